#include "clean/title.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "clean/dates.h"
#include "clean/latin.h"
#include "clean/site_name.h"
#include "clean/title_cuts.h"
#include "clean/title_head.h"
#include "clean/title_slug.h"
#include "rules/line_facts.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::clean {
namespace {

constexpr std::size_t kLongestSection = 5;     // words of a segment that may go unnamed
constexpr std::size_t kFewestLeft = 4;         // words that must be left then
constexpr std::size_t kFewestLeftOfBar = 3;    // the same before a bar
constexpr std::size_t kFewestLeftOfHost = 2;   // the same where the host has a word of the segment
constexpr std::size_t kBlog = 5;               // letters that a site adds to its name
constexpr std::size_t kLongestSlogan = 10;     // words, behind a bar, where the host is known
constexpr std::size_t kLongestDate = 4;        // words
constexpr std::size_t kNameBehindColon = 3;    // words
constexpr std::size_t kFewestItems = 3;        // of a list of keywords
constexpr std::size_t kLongWord = 5;           // letters
constexpr std::size_t kLongestTitle = 1000;    // bytes: what is longer is no title
constexpr std::size_t kMostChoices = 12;       // separators between which a headline is looked for
constexpr std::size_t kHeadLines = 6;          // of a text, that may be its headline
constexpr std::size_t kLongestHeadLine = 300;  // bytes

/// What may stand in a title, from what is known beside it.
struct TitleEvidence {
  TitleEvidence(std::string_view title, const TitleContext& context)
      : site(context.host, context.site_names),
        slug(context.url),
        head(context.head, title.size()),
        is_title(context.is_title) {}

  SiteName site;
  TitleSlug slug;
  TitleHead head;
  bool is_title;
};

class TitleTrimmer {
 public:
  TitleTrimmer(std::string_view title, const TitleEvidence& evidence)
      : title_(title),
        site_(evidence.site),
        slug_(evidence.slug),
        head_(evidence.head),
        is_title_(evidence.is_title),
        cuts_(find_cuts(title)),
        range_{0, title.size()} {}

  TitleRange trim() {
    drop_hanging();
    if (is_title_ && choose_known()) return without_blanks();
    if (is_title_) drop_brackets();  // "A boat at sea. (CBC)" is a caption
    cut_from_site();
    while (!cuts_.empty() && (cut_end() || cut_start())) {
    }
    drop_hanging();
    drop_hanging_star();
    return without_blanks();
  }

 private:
  [[nodiscard]] std::string_view left() const {
    return title_.substr(range_.begin, range_.end - range_.begin);
  }

  /// "Headline  | Site": blanks before what went.
  [[nodiscard]] TitleRange without_blanks() const {
    TitleRange range = range_;
    if (range.end == title_.size()) return range;
    while (range.end > range.begin && title_[range.end - 1] == ' ') --range.end;
    return range;
  }

  /// Takes what the head of the text repeats of the title, else what the address does. True if that
  /// is less than the title: then nothing else goes.
  bool choose_known() {
    if (cuts_.empty()) return false;
    in_head_ = head_.has(left());
    if (in_head_) return false;
    return choose_by_head() || choose_by_address();
  }

  bool choose_by_head() {
    TitleRange best;
    for_each_run([&](TitleRange run, const TitleCut*, const TitleCut* behind) {
      const std::string_view text = title_.substr(run.begin, run.end - run.begin);
      if (run.end - run.begin <= best.end - best.begin) return;
      // A short line may be the kicker that stands before the colon.
      if (words(text) < (behind && behind->named ? kFewestLeft : 2)) return;
      if (!belongs_to_site(text) && head_.has(text)) best = run;
    });
    if (best.end > 0) range_ = best;
    return best.end > 0;
  }

  bool choose_by_address() {
    std::optional<TitleRange> best;
    for_each_run([&](TitleRange run, const TitleCut* before, const TitleCut* behind) {
      if (best && run.end - run.begin >= best->end - best->begin) return;
      const std::string_view text = title_.substr(run.begin, run.end - run.begin);
      if ((before || behind) && !names_site(text) && is_address(text, before, behind)) best = run;
    });
    if (best) range_ = *best;
    return best.has_value();
  }

  /// Calls `use` with each run of segments and the separators around it.
  template <typename Use>
  void for_each_run(Use use) const {
    if (cuts_.size() > kMostChoices) return;
    for (std::size_t first = 0; first <= cuts_.size(); ++first) {
      const TitleCut* before = first == 0 ? nullptr : &cuts_[first - 1];
      const std::size_t begin = before ? before->end : range_.begin;
      for (std::size_t last = first; last <= cuts_.size(); ++last) {
        const TitleCut* behind = last == cuts_.size() ? nullptr : &cuts_[last];
        const std::size_t end = behind ? behind->begin : range_.end;
        if (end > begin) use(TitleRange{begin, end}, before, behind);
      }
    }
  }

  [[nodiscard]] bool belongs_to_site(std::string_view text) const {
    return names_site(text) || site_.begins(text) || site_.has_address(text);
  }

  /// Addresses leave out short words and beginnings: behind a colon or before a dash only the whole
  /// is sure.
  [[nodiscard]] bool is_address(std::string_view run, const TitleCut* before,
                                const TitleCut* behind) const {
    if ((before && before->named) || (behind && behind->named)) return false;
    const bool sure = (!before || before->strong) && (!behind || behind->strong);
    if (sure) return slug_.repeats(run);
    const std::string_view segment = behind ? title_.substr(behind->end) : std::string_view();
    return words(run) >= 2 && slug_.is(run) &&
           !rules::ends_sentence(segment.substr(0, segment.find(" - ")));
  }

  /// "Headline |": the name behind the bar was empty.
  void drop_hanging() {
    constexpr std::array<std::string_view, 6> kEnds = {
        " |", " -", " \xE2\x80\x93", " \xE2\x80\x94", " \xC2\xBB", " ::"};
    const std::string_view rest = text::trim(left());
    for (const std::string_view end : kEnds) {
      if (!is_title_ && end != kEnds.front()) break;  // "Entertainment -", "More >>": no title
      if (rest.size() <= end.size() || !rest.ends_with(end)) continue;
      const std::string_view kept = text::trim(rest.substr(0, rest.size() - end.size()));
      range_.end = static_cast<std::size_t>(kept.data() - title_.data()) + kept.size();
      drop_cuts_outside();
      break;
    }
    if (is_title_) drop_hanging_start();
  }

  /// ">> Headline": the name before the guillemet was empty, or has gone.
  void drop_hanging_start() {
    constexpr std::array<std::string_view, 4> kStarts = {"\xC2\xBB ", "| ", "- ", ":: "};
    for (const std::string_view start : kStarts) {
      if (!left().starts_with(start) || left().size() == start.size()) continue;
      range_.begin += start.size();
      drop_cuts_outside();
      return;
    }
  }

  /// "Headline *", the star being U+22C6: a template whose last part was empty.
  void drop_hanging_star() {
    constexpr std::string_view kStar = " \xE2\x8B\x86";
    const std::string_view rest = text::trim(left());
    if (rest.size() > kStar.size() && rest.ends_with(kStar)) {
      range_.end =
          static_cast<std::size_t>(rest.data() - title_.data()) + rest.size() - kStar.size();
    }
  }

  /// "Headline (example.org)".
  void drop_brackets() {
    const std::string_view rest = text::trim(left());
    const std::size_t open = rest.rfind(" (");
    if (open == std::string_view::npos || !rest.ends_with(')')) return;
    const std::string_view inside = rest.substr(open + 2, rest.size() - open - 3);
    if (!site_.is(inside, kBlog) && !site_.is_word_of(inside)) return;
    if (words(inside) > kNameBehindColon || words(rest.substr(0, open)) < 2) return;
    range_.end = static_cast<std::size_t>(rest.data() - title_.data()) + open;
    drop_cuts_outside();
  }

  /// "Headline - Example Times - All that is new": behind the site's name stands no headline.
  void cut_from_site() {
    for (std::size_t i = 0; i + 1 < cuts_.size(); ++i) {
      if (cuts_[i].named || cuts_[i + 1].named) continue;
      const std::size_t begin = std::min(cuts_[i].end, cuts_[i + 1].begin);
      const std::string_view segment = title_.substr(begin, cuts_[i + 1].begin - begin);
      if (!site_.is(segment, kBlog) && !site_.begins(segment)) continue;
      const std::string_view rest = title_.substr(range_.begin, cuts_[i].begin - range_.begin);
      if (words(rest) < 2 || site_.begins(rest) || names_site(rest)) continue;
      range_.end = cuts_[i].begin;
      cuts_.resize(i);
      return;
    }
  }

  void drop_cuts_outside() {
    std::erase_if(cuts_, [&](const TitleCut& cut) {
      return cut.end > range_.end || cut.begin < range_.begin;
    });
  }

  bool cut_end() {
    const TitleCut& cut = cuts_.back();
    const std::string_view segment = title_.substr(cut.end, range_.end - cut.end);
    const std::string_view rest = title_.substr(range_.begin, cut.begin - range_.begin);
    if (!may_go(segment, rest, cut)) return false;
    range_.end = cut.begin;
    cuts_.pop_back();
    return true;
  }

  /// A prefix goes only by name: "Exclusive - ...", "Obama: ..." belong to the headline.
  bool cut_start() {
    const TitleCut& cut = cuts_.front();
    const std::string_view segment = title_.substr(range_.begin, cut.begin - range_.begin);
    const std::string_view rest = title_.substr(cut.end, range_.end - cut.end);
    if (!may_go_before(segment, cut) || words(rest) < 2) return false;
    range_.begin = cut.end;
    cuts_.erase(cuts_.begin());
    return true;
  }

  [[nodiscard]] bool may_go_before(std::string_view segment, const TitleCut& cut) const {
    if (cut.named) {
      return site_.is(segment, kBlog) || (is_title_ && site_.is_spelt_by(segment));
    }
    if (names_site(segment)) return true;
    return is_title_ && !in_head_ &&
           (is_date(segment) || slug_.is_section(segment) || site_.is_spelt_by(segment) ||
            (words(segment) <= kNameBehindColon && site_.has_address(segment)));
  }

  [[nodiscard]] bool may_go(std::string_view segment, std::string_view rest,
                            const TitleCut& cut) const {
    if (text::trim(segment).empty()) return true;
    if (cut.named) return words(rest) >= 2 && is_name_behind_colon(segment);
    if (names_site(segment) || site_.begins(segment)) return words(rest) >= 1;
    if (in_head_ && !cut.strong) return false;
    if (site_.has_address(last_segment(rest))) return false;
    if (!is_title_ && !cut.bar) return false;
    if (is_title_ && !cut.strong && slug_.goes_on(rest, segment)) return false;
    if (is_author(segment)) return words(rest) >= 2;
    if (slug_.is_section(segment)) return words(rest) >= 2;
    if (is_title_ && is_date(segment)) return words(rest) >= 2;
    if (slug_.ends_before(rest, segment) &&
        (cut.strong || (words(segment) <= kLongestSection && looks_like_name(segment) &&
                        !continues_headline(segment) && !rules::ends_sentence(segment)))) {
      return true;
    }
    const bool last = range_.end == title_.size();
    const std::size_t size = words(segment);
    // A slogan stands last: what stands before a site's name is rather part of the headline.
    if (cut.strong && last && site_.has_host() && size <= kLongestSlogan &&
        words(rest) >= kFewestLeft && !rules::ends_sentence(segment) &&
        !repeats_words(segment, rest)) {
      return true;
    }
    // Behind a site's name that has gone already stands its section.
    if (cut.strong && !last && size <= 2 && words(rest) >= 3) return true;
    if (!last && size <= 2 && words(rest) >= kFewestLeft && !rules::ends_sentence(segment) &&
        !continues_headline(segment))
      return true;
    if ((cut.strong || !last) && is_keywords(segment) && words(rest) >= kFewestLeft) return true;
    if (rules::ends_sentence(segment)) return false;
    if (words(rest) >= kFewestLeftOfHost && looks_like_name(segment) &&
        site_.shares_word(segment)) {
      return true;
    }
    if (size > kLongestSection || words(rest) < (cut.strong ? kFewestLeftOfBar : kFewestLeft))
      return false;
    return cut.strong || (looks_like_name(segment) && !continues_headline(segment));
  }

  /// What stands behind the last separator of `rest`, which ends before the last but one.
  [[nodiscard]] std::string_view last_segment(std::string_view rest) const {
    if (cuts_.size() < 2) return rest;
    const std::size_t from = cuts_[cuts_.size() - 2].end - range_.begin;
    return rest.substr(std::min(from, rest.size()));
  }

  [[nodiscard]] bool names_site(std::string_view segment) const {
    return site_.is(segment, kBlog) || site_.is_named_by(segment, is_title_);
  }

  /// "Headline: Stadt Ahlen" at ahlen.de, not "Headline: example's answer to it".
  [[nodiscard]] bool is_name_behind_colon(std::string_view segment) const {
    if (site_.is(segment, 0)) return true;
    return is_title_ && words(segment) <= kNameBehindColon && looks_like_name(segment) &&
           site_.is_word_of(segment);
  }

  [[nodiscard]] static bool is_date(std::string_view segment) {
    return words(segment) <= kLongestDate && !read_date(segment).empty();
  }

  /// "Most Desired Cameras | The Best Cameras on the Market": no slogan.
  [[nodiscard]] static bool repeats_words(std::string_view segment, std::string_view rest) {
    const std::string all = latin_forms(rest).first;
    while (!segment.empty()) {
      const std::size_t end = std::min(segment.find(' '), segment.size());
      const std::string word = latin_forms(segment.substr(0, end)).first;
      if (word.size() >= kLongWord && all.find(word) != std::string::npos) return true;
      segment.remove_prefix(std::min(end + 1, segment.size()));
    }
    return false;
  }

  /// "News, Scores, Highlights, and Rumors".
  [[nodiscard]] static bool is_keywords(std::string_view segment) noexcept {
    const auto commas = static_cast<std::size_t>(std::count(segment.begin(), segment.end(), ','));
    return commas + 1 >= kFewestItems && words(segment) <= 3 * (commas + 1);
  }

  /// "- Features, Pricing, And Comparison", "- Our Review 2026": lists and years are of a headline
  /// in capitals, not of a name.
  [[nodiscard]] static bool continues_headline(std::string_view segment) noexcept {
    return segment.find(',') != std::string_view::npos ||
           std::any_of(segment.begin(), segment.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  /// "by Jane Doe", as newsletters write it behind the headline.
  [[nodiscard]] static bool is_author(std::string_view segment) {
    constexpr std::string_view kBy = "by ";
    if (!segment.starts_with(kBy)) return false;
    segment.remove_prefix(kBy.size());
    return words(segment) >= 2 && words(segment) <= kLongestSection && looks_like_name(segment);
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
        if (!begins_with_small_word(segment.substr(at - 1))) return false;
      } else if (begins && text::is_letter(c)) {
        capital = true;
      }
      begins = false;
    }
    return capital;
  }

  static std::size_t words(std::string_view text) noexcept { return rules::count_words(text); }

  std::string_view title_;
  const SiteName& site_;
  const TitleSlug& slug_;
  const TitleHead& head_;
  bool in_head_ = false;  // the text's head has the title as it is: only a name may go
  bool is_title_;
  std::vector<TitleCut> cuts_;
  TitleRange range_;
};

/// False for a title of words alone.
bool may_hold_more(std::string_view title) noexcept {
  return title.find_first_of(":|()_-/") != std::string_view::npos ||
         std::any_of(title.begin(), title.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xC2; });
}

}  // namespace

std::vector<std::string_view> head_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty() && lines.size() < kHeadLines) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text::trim(text.substr(0, end));
    if (!line.empty() && line.size() <= kLongestHeadLine) lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

TitleRange article_title(std::string_view title, const TitleContext& context) {
  TitleRange range{0, title.size()};
  if (title.size() > kLongestTitle || !may_hold_more(title)) return range;
  const TitleEvidence evidence(title, context);
  // What is left is looked at anew, so that what came out stays as it is.
  for (bool changed = true; changed;) {
    const TitleRange next =
        TitleTrimmer(title.substr(range.begin, range.end - range.begin), evidence).trim();
    changed = next.end - next.begin < range.end - range.begin;
    range = {range.begin + next.begin, range.begin + next.end};
  }
  return range;
}

std::vector<std::string_view> title_parts(std::string_view title) {
  const std::vector<TitleCut> cuts = find_cuts(title);
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
