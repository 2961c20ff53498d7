#include "clean/title_cuts.h"

#include <array>

namespace copydesk::clean {
namespace {

struct Separator {
  std::string_view text;
  bool strong;         ///< hardly ever part of a headline
  bool named = false;  ///< a cut only where the site's own name stands beside it
};

/// Tried at each place in this order.
constexpr std::array<Separator, 18> kSeparators = {{
    {" | ", true},
    {"\xEF\xBD\x9C", true},  // full-width bar
    {" :: ", true},
    {" \xC2\xBB ", true},      // right guillemet
    {" \xC2\xAB ", true},      // left guillemet
    {" \xE2\x80\xBA ", true},  // single guillemet
    {" \xC2\xB7 ", true},      // middle dot
    {" \xE2\x80\xA2 ", true},  // bullet
    {" \xE2\x97\x8F ", true},  // black circle
    {" \xE2\x8B\x86 ", true},  // star
    {" : ", false, true},      // French writes it before every colon
    {": ", false, true},
    {" - ", false},
    {" \xE2\x80\x93 ", false},  // en dash
    {" \xE2\x80\x94 ", false},  // em dash
    {" // ", true},
    {" --", false},
    {"_", true},  // only between Han characters; see is_separator
}};

constexpr std::string_view kFirstBytes = " :_-|\xEF";  // of a separator

bool is_han_title(std::string_view title) noexcept {
  for (const char c : title) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xE4 && byte <= 0xED) return true;
  }
  return false;
}

}  // namespace

std::vector<TitleCut> find_cuts(std::string_view title) {
  const bool han = is_han_title(title);
  std::vector<TitleCut> cuts;
  for (std::size_t at = 0; at < title.size(); ++at) {
    if (kFirstBytes.find(title[at]) == std::string_view::npos) continue;
    for (const Separator& separator : kSeparators) {
      if (!title.substr(at).starts_with(separator.text)) continue;
      if (separator.text == "_" && !han) continue;
      cuts.push_back({at, at + separator.text.size(), separator.strong, separator.named,
                      separator.text == kSeparators[0].text});
      // The space behind may be the one before the next separator.
      at += separator.text.size() - (separator.text.back() == ' ' ? 2 : 1);
      break;
    }
    // Chinese sites write "headline-site" and "headline|site" without spaces.
    const bool range = at + 1 < title.size() && title[at + 1] >= '0' && title[at + 1] <= '9';
    const bool tight = han && ((title[at] == '-' && !range) || title[at] == '|');
    if (tight && (cuts.empty() || cuts.back().end <= at)) cuts.push_back({at, at + 1, true});
  }
  return cuts;
}

}  // namespace copydesk::clean
