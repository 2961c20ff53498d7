#include "clean/title.h"

#include <algorithm>
#include <array>
#include <string>

#include "rules/fold.h"
#include "rules/line_facts.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::clean {
namespace {

constexpr std::size_t kLongestSection = 5;    // words of a segment that may go unnamed
constexpr std::size_t kFewestLeft = 4;        // words that must be left then
constexpr std::size_t kFewestLeftOfBar = 3;   // the same before a bar
constexpr std::size_t kFewestLeftOfHost = 2;  // the same where the host has a word of the segment
constexpr std::size_t kTopLevel = 3;          // letters of "com"
constexpr std::size_t kBlog = 5;              // letters that a site adds to its name
constexpr std::size_t kLongHost = 8;          // letters of a host that is no word by chance
constexpr std::size_t kHostWord = 4;          // letters of such a word
constexpr std::size_t kHostPart = 3;          // letters of a part of the host that is a name
constexpr std::size_t kLongestSlogan = 10;    // words, behind a bar, where the host is known

struct Separator {
  std::string_view text;
  bool strong;         ///< hardly ever part of a headline
  bool named = false;  ///< a cut only where the site's own name stands beside it
};

/// Tried at each place in this order.
constexpr std::array<Separator, 17> kSeparators = {{
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
    {"_", true},  // only between Han characters; see is_separator
}};

struct Cut {
  std::size_t begin = 0;  ///< of the separator
  std::size_t end = 0;
  bool strong = false;
  bool named = false;
  bool bar = false;
};

bool is_han_title(std::string_view title) noexcept {
  for (const char c : title) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xE4 && byte <= 0xED) return true;
  }
  return false;
}

std::vector<Cut> find_cuts(std::string_view title) {
  const bool han = is_han_title(title);
  std::vector<Cut> cuts;
  for (std::size_t at = 0; at < title.size(); ++at) {
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
    const bool tight = han && (title[at] == '-' || title[at] == '|');
    if (tight && (cuts.empty() || cuts.back().end <= at)) cuts.push_back({at, at + 1, true});
  }
  return cuts;
}

/// Letters and digits only, folded: "The New York Times" and "thenewyorktimes" are one.
std::string squeeze(std::string_view text) {
  const std::string folded = rules::fold_literal(text);
  std::string out;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = text::next_code_point(folded, at);
    if (text::is_letter(c) || text::is_digit(c)) text::append_utf8(out, c);
  }
  return out;
}

bool is_small_word(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 12> kSmall = {"of ", "the ", "and ", "for ", "de ", "la ",
                                                       "in ", "on ",  "der ", "di ",  "y ",  "et "};
  return std::any_of(kSmall.begin(), kSmall.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

/// The first letters of the words: "DW" is "Deutsche Welle". Without `small` ones: "MDHA" is
/// "Metropolitan Development and Housing Agency".
std::string initials(std::string_view text, bool small) {
  const std::string folded = rules::fold_literal(text);
  std::string out;
  bool begins = true;
  for (std::size_t at = 0; at < folded.size(); ++at) {
    const char c = folded[at];
    if (begins && c != ' ' && (small || !is_small_word(std::string_view(folded).substr(at)))) {
      out.push_back(c);
    }
    begins = c == ' ' || c == '-' || c == '.';
  }
  return out;
}

/// "www.news.example.co.uk" gives "example": the longest label but the last.
std::string_view host_name(std::string_view host) {
  if (host.starts_with("www.")) host.remove_prefix(4);
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
    std::string part = squeeze(host.substr(0, end));
    if (part.size() >= kHostPart && part != "www") parts.push_back(std::move(part));
    host.remove_prefix(std::min(end + 1, host.size()));
  }
  return parts;
}

class TitleTrimmer {
 public:
  TitleTrimmer(std::string_view title, const TitleContext& context)
      : title_(title),
        host_(squeeze(host_name(context.host))),
        host_parts_(host_parts(context.host)),
        is_title_(context.is_title),
        range_{0, title.size()} {
    for (const std::string_view name : context.site_names) site_names_.push_back(squeeze(name));
  }

  TitleRange trim() {
    cuts_ = find_cuts(title_);
    drop_hanging_bar();
    while (!cuts_.empty() && (cut_end() || cut_start())) {
    }
    drop_hanging_star();
    // "Headline  | Site": blanks before what went.
    if (range_.end < title_.size()) {
      while (range_.end > range_.begin && title_[range_.end - 1] == ' ') --range_.end;
    }
    return range_;
  }

 private:
  /// "Headline |": the name behind the bar was empty.
  void drop_hanging_bar() {
    std::string_view rest = text::trim(title_.substr(0, range_.end));
    if (rest.size() < 3 || !rest.ends_with(" |")) return;
    rest.remove_suffix(1);
    range_.end = text::trim(rest).size() + (rest.data() - title_.data());
  }

  /// "Headline *", the star being U+22C6: a template whose last part was empty.
  void drop_hanging_star() {
    constexpr std::string_view kStar = " \xE2\x8B\x86";
    const std::string_view rest =
        text::trim(title_.substr(range_.begin, range_.end - range_.begin));
    if (rest.size() > kStar.size() && rest.ends_with(kStar)) {
      range_.end =
          static_cast<std::size_t>(rest.data() - title_.data()) + rest.size() - kStar.size();
    }
  }

  bool cut_end() {
    const Cut& cut = cuts_.back();
    const std::string_view segment = title_.substr(cut.end, range_.end - cut.end);
    const std::string_view rest = title_.substr(range_.begin, cut.begin - range_.begin);
    if (!may_go(segment, rest, cut)) return false;
    range_.end = cut.begin;
    cuts_.pop_back();
    return true;
  }

  /// A prefix goes only by name: "Exclusive - ...", "Obama: ..." belong to the headline.
  bool cut_start() {
    const Cut& cut = cuts_.front();
    const std::string_view segment = title_.substr(range_.begin, cut.begin - range_.begin);
    const std::string_view rest = title_.substr(cut.end, range_.end - cut.end);
    if (!(cut.named ? is_site(segment, kBlog) : names_site(segment)) || words(rest) < 2)
      return false;
    range_.begin = cut.end;
    cuts_.erase(cuts_.begin());
    return true;
  }

  [[nodiscard]] bool may_go(std::string_view segment, std::string_view rest, const Cut& cut) const {
    if (text::trim(segment).empty()) return true;
    if (cut.named) return is_site(segment, 0) && words(rest) >= 2;
    if (names_site(segment) || continues_host(segment)) return words(rest) >= 1;
    if (!is_title_ && !cut.bar) return false;
    if (is_author(segment)) return words(rest) >= 2;
    const std::size_t size = words(segment);
    const bool last = range_.end == title_.size();
    // A slogan stands last: what stands before a site's name is rather part of the headline.
    if (cut.strong && last && !host_.empty() && size <= kLongestSlogan &&
        words(rest) >= kFewestLeft) {
      return !rules::ends_sentence(segment);
    }
    // Behind a site's name that has gone already stands its section.
    if (cut.strong && !last && size <= 2 && words(rest) >= 3) return true;
    if (rules::ends_sentence(segment)) return false;
    if (words(rest) >= kFewestLeftOfHost && looks_like_name(segment) && shares_host(segment)) {
      return true;
    }
    if (size > kLongestSection || words(rest) < (cut.strong ? kFewestLeftOfBar : kFewestLeft))
      return false;
    return cut.strong || (looks_like_name(segment) && !continues_headline(segment));
  }

  /// "- Features, Pricing, And Comparison", "- Our Review 2026": lists and years are of a headline
  /// in capitals, not of a name.
  [[nodiscard]] static bool continues_headline(std::string_view segment) noexcept {
    return segment.find(',') != std::string_view::npos ||
           std::any_of(segment.begin(), segment.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  /// The segment is the host, or a name of the site that is known, with at most `more` letters.
  [[nodiscard]] bool is_site(std::string_view segment, std::size_t more) const {
    const std::string squeezed = squeeze(segment);
    if (squeezed.empty()) return false;
    if (std::find(site_names_.begin(), site_names_.end(), squeezed) != site_names_.end())
      return true;
    return host_.size() >= 2 && squeezed.starts_with(host_) &&
           squeezed.size() <= host_.size() + (host_.size() >= kHostWord ? more : 0);
  }

  [[nodiscard]] bool names_site(std::string_view segment) const {
    if (is_site(segment, kBlog)) return true;
    if (host_.empty()) return false;
    const std::string squeezed = squeeze(segment);
    if (squeezed.empty()) return false;
    if (squeezed == host_ || (squeezed.size() >= 4 && host_.find(squeezed) != std::string::npos)) {
      return true;
    }
    const std::string all = initials(segment, true);
    if (host_.size() >= 2 && all == host_) return true;
    const std::string large = initials(segment, false);
    return std::any_of(host_parts_.begin(), host_parts_.end(), [&](const std::string& part) {
      return part == all || part == large ||
             (is_title_ && squeezed.starts_with(part) &&
              squeezed.size() <= part.size() + kTopLevel &&
              segment.find('.') != std::string_view::npos);
    });
  }

  /// "We The Wild Plant Care USA" at wethewild.us: a long host is no word by chance.
  [[nodiscard]] bool continues_host(std::string_view segment) const {
    return host_.size() >= kLongHost && squeeze(segment).starts_with(host_);
  }

  /// "by Jane Doe", as newsletters write it behind the headline.
  [[nodiscard]] static bool is_author(std::string_view segment) {
    constexpr std::string_view kBy = "by ";
    if (!segment.starts_with(kBy)) return false;
    segment.remove_prefix(kBy.size());
    return words(segment) >= 2 && words(segment) <= kLongestSection && looks_like_name(segment);
  }

  /// One of the segment's words stands in the host: "Logan University" at logan.edu.
  [[nodiscard]] bool shares_host(std::string_view segment) const {
    while (!segment.empty()) {
      const std::size_t end = std::min(segment.find(' '), segment.size());
      const std::string word = squeeze(segment.substr(0, end));
      if (word.size() >= kHostWord && host_.find(word) != std::string::npos) return true;
      segment.remove_prefix(std::min(end + 1, segment.size()));
    }
    return false;
  }

  /// Behind a dash a headline may go on: only a segment whose words all begin with capitals,
  /// or a host name, is a name.
  [[nodiscard]] static bool looks_like_name(std::string_view segment) {
    bool begins = true;
    bool capital = false;
    for (std::size_t at = 0; at < segment.size();) {
      const char32_t c = text::next_code_point(segment, at);
      if (text::is_space(c)) {
        begins = true;
        continue;
      }
      if (begins && text::is_lower(c)) {
        if (!is_small_word(segment.substr(at - 1))) return false;
      } else if (begins && text::is_letter(c)) {
        capital = true;
      }
      begins = false;
    }
    return capital;
  }

  static std::size_t words(std::string_view text) noexcept { return rules::count_words(text); }

  std::string_view title_;
  std::string host_;
  std::vector<std::string> host_parts_;
  bool is_title_;
  std::vector<std::string> site_names_;
  TitleRange range_;
  std::vector<Cut> cuts_;
};

}  // namespace

TitleRange article_title(std::string_view title, const TitleContext& context) {
  return TitleTrimmer(title, context).trim();
}

std::vector<std::string_view> title_parts(std::string_view title) {
  const std::vector<Cut> cuts = find_cuts(title);
  std::vector<std::string_view> parts;
  const auto add = [&](std::string_view part) {
    part = text::trim(part);
    if (part.empty() || rules::count_words(part) > kLongestSlogan) return;
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
  };
  for (std::size_t i = cuts.size(); i-- > 0 && i + 2 >= cuts.size();) {
    const std::size_t end = i + 1 < cuts.size() ? cuts[i + 1].begin : title.size();
    add(title.substr(cuts[i].end, std::max(end, cuts[i].end) - cuts[i].end));
  }
  if (!cuts.empty()) add(title.substr(0, cuts.front().begin));
  return parts;
}

std::vector<Edit> trim_title(std::string_view title, const TitleContext& context) {
  const TitleRange range = article_title(title, context);
  std::vector<Edit> edits;
  if (range.begin > 0) {
    edits.push_back(
        {0, std::string(title.substr(0, range.begin)), "", "title/site", "site prefix"});
  }
  if (range.end < title.size()) {
    edits.push_back(
        {range.end, std::string(title.substr(range.end)), "", "title/site", "site suffix"});
  }
  return edits;
}

}  // namespace copydesk::clean
