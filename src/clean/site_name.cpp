#include "clean/site_name.h"

#include <algorithm>
#include <array>

#include "rules/fold.h"
#include "text/utf8.h"

namespace copydesk::clean {
namespace {

constexpr std::size_t kTopLevel = 3;     // letters of "com"
constexpr std::size_t kLongHost = 8;     // letters of a host that is no word by chance
constexpr std::size_t kHostWord = 4;     // letters of such a word
constexpr std::size_t kHostPart = 3;     // letters of a part of the host that is a name
constexpr std::size_t kMostSpelt = 4;    // words
constexpr std::size_t kSpeltShare = 70;  // %, of their letters

/// The first letters of the words: "DW" is "Deutsche Welle". Without `small` ones: "MDHA" is
/// "Metropolitan Development and Housing Agency".
std::string initials(std::string_view text, bool small) {
  const std::string folded = rules::fold_literal(text);
  std::string out;
  bool begins = true;
  for (std::size_t at = 0; at < folded.size(); ++at) {
    const char c = folded[at];
    if (begins && c != ' ' &&
        (small || !begins_with_small_word(std::string_view(folded).substr(at))))
      out.push_back(c);
    begins = c == ' ' || c == '-' || c == '.';
  }
  return out;
}

/// "www.news.example.co.uk" gives "example": the longest label but the last.
std::string_view host_name(std::string_view host) {
  std::string_view best;
  while (true) {
    const std::size_t dot = host.find('.');
    if (dot == std::string_view::npos) break;
    if (dot >= best.size()) best = host.substr(0, dot);
    host.remove_prefix(dot + 1);
  }
  return best;
}

/// The parts of the host but the last: "ers.usda.gov" gives "ers" and "usda".
std::vector<std::string> host_parts(std::string_view host) {
  std::vector<std::string> parts;
  const std::size_t last = host.rfind('.');
  if (last == std::string_view::npos) return parts;
  host = host.substr(0, last);
  while (!host.empty()) {
    const std::size_t end = std::min(host.find_first_of(".-"), host.size());
    std::string part = latin_forms(host.substr(0, end)).first;
    if (part.size() >= kHostPart && part != "www") parts.push_back(std::move(part));
    host.remove_prefix(std::min(end + 1, host.size()));
  }
  return parts;
}

/// Takes the first word off `text`.
std::string_view next_word(std::string_view& text) noexcept {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

template <typename Test>
bool either(const LatinForms& forms, Test test) {
  return test(forms.first) || (forms.second != forms.first && test(forms.second));
}

}  // namespace

bool begins_with_small_word(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 12> kSmall = {"of ", "the ", "and ", "for ", "de ", "la ",
                                                       "in ", "on ",  "der ", "di ",  "y ",  "et "};
  return std::any_of(kSmall.begin(), kSmall.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

SiteName::SiteName(std::string_view host, const std::vector<std::string_view>& known) {
  if (host.starts_with("www.")) host.remove_prefix(4);
  host_ = latin_forms(host_name(host)).first;
  whole_ = latin_forms(host).first;
  parts_ = host_parts(host);
  for (const std::string_view name : known) known_.push_back(latin_forms(name));
}

bool SiteName::is(std::string_view words, std::size_t more) const {
  const LatinForms latin = latin_forms(words);
  if (latin.empty()) return false;
  const bool known = std::any_of(known_.begin(), known_.end(),
                                 [&](const LatinForms& name) { return name.first == latin.first; });
  if (known) return true;
  if (host_.size() < 2) return false;
  const std::size_t most = host_.size() >= kHostWord ? more : 0;
  return either(latin, [&](const std::string& text) {
    return text.starts_with(host_) &&
           text::count_code_points(std::string_view(text).substr(host_.size())) <= most;
  });
}

bool SiteName::is_named_by(std::string_view words, bool loose) const {
  if (host_.empty()) return false;
  const LatinForms latin = latin_forms(words);
  if (latin.empty()) return false;
  const bool within = either(latin, [&](const std::string& text) {
    return text == host_ || (text.size() >= kHostWord && host_.find(text) != std::string::npos);
  });
  return within || is_part(words, latin, loose);
}

bool SiteName::is_part(std::string_view words, const LatinForms& latin, bool loose) const {
  const std::string all = initials(words, true);
  if (host_.size() >= 2 && all == host_) return true;
  const std::string large = initials(words, false);
  const bool dotted = loose && words.find('.') != std::string_view::npos;
  return std::any_of(parts_.begin(), parts_.end(), [&](const std::string& part) {
    return part == all || part == large ||
           (dotted && latin.first.starts_with(part) &&
            latin.first.size() <= part.size() + kTopLevel);
  });
}

bool SiteName::is_spelt_by(std::string_view words) const {
  std::size_t count = 0;
  std::size_t letters = 0;
  std::size_t spelt = 0;
  while (!words.empty()) {
    const LatinForms word = latin_forms(next_word(words));
    if (word.empty()) continue;
    ++count;
    letters += word.first.size();
    const bool has = word.first.size() >= kHostPart && either(word, [&](const std::string& text) {
                       return whole_.find(text) != std::string::npos;
                     });
    if (has) spelt += word.first.size();
  }
  return count >= 2 && count <= kMostSpelt && spelt * 100 >= letters * kSpeltShare;
}

bool SiteName::begins(std::string_view words) const {
  return host_.size() >= kLongHost && either(latin_forms(words), [&](const std::string& text) {
           return text.starts_with(host_);
         });
}

bool SiteName::shares_word(std::string_view words) const {
  while (!words.empty()) {
    const LatinForms word = latin_forms(next_word(words));
    if (word.first.size() >= kHostWord && either(word, [&](const std::string& text) {
          return host_.find(text) != std::string::npos;
        })) {
      return true;
    }
  }
  return false;
}

bool SiteName::has_address(std::string_view words) const {
  while (!words.empty()) {
    const std::string_view word = next_word(words);
    if (word.find('.') != std::string_view::npos && latin_forms(word).first == whole_) return true;
  }
  return false;
}

bool SiteName::is_word_of(std::string_view words) const {
  while (!words.empty()) {
    const LatinForms word = latin_forms(next_word(words));
    if (word.first.size() < kHostWord) continue;
    if (either(word, [&](const std::string& text) { return text == host_ || text == whole_; }))
      return true;
  }
  return false;
}

}  // namespace copydesk::clean
