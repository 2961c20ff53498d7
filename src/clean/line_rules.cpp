#include "clean/line_rules.h"

#include <algorithm>

namespace copydesk::clean {
namespace {

using rules::Rule;
using rules::Verb;

/// Where a line stands among the lines that are left.
struct Place {
  std::uint64_t words_before = 0;
  std::uint64_t words_from = 0;  // of the line and all behind it
  std::uint64_t words_all = 0;
  std::uint64_t prose_words_before = 0;  // words of running text
  std::uint64_t prose_words_behind = 0;
  std::uint32_t prose_before = 0;
  std::uint32_t prose_behind = 0;

  explicit Place(const std::vector<TextLine>& lines) {
    for (const TextLine& line : lines) {
      if (!line.alive) continue;
      words_all += line.words;
      prose_behind += line.prose ? 1 : 0;
      prose_words_behind += line.prose ? line.words : 0;
    }
    words_from = words_all;
  }

  void enter(const TextLine& line) {
    if (!line.prose) return;
    --prose_behind;
    prose_words_behind -= line.words;
  }

  void leave(const TextLine& line) {
    prose_before += line.prose ? 1 : 0;
    prose_words_before += line.prose ? line.words : 0;
    words_before += line.words;
    words_from -= line.words;
  }
};

/// "12 comments" may stand above the article, as a link: there is nothing to cut where more running
/// text stands behind than before.
bool has_article_before(const Place& place) {
  return place.prose_words_before >= place.prose_words_behind;
}

bool holds(const Rule& rule, const Place& place) {
  if (rule.zone == rules::Zone::head && place.prose_before >= kEdgeProseLines) return false;
  if (rule.zone == rules::Zone::tail && place.prose_behind >= kEdgeProseLines) return false;
  if (place.words_before < rule.after_words) return false;
  if (place.words_from > rule.rest_words) return false;
  if (place.prose_words_behind * 100 > place.words_from * rule.rest_prose) return false;
  if (rule.verb == Verb::cut_to_end && !has_article_before(place)) return false;
  return place.words_from * 100 <= place.words_all * rule.last_percent;
}

/// The rule that takes the line away, if any: `keep line` wins, then the first in the packs.
std::optional<std::uint32_t> rule_for(const rules::RuleSet& rules, const TextLines& lines,
                                      const TextLine& line, const Place& place) {
  std::optional<std::uint32_t> chosen;
  for (const std::uint32_t number : lines.rules_on(line)) {
    const Rule& rule = rules.rule(number);
    if (!holds(rule, place)) continue;
    if (rule.verb == Verb::keep_line) return std::nullopt;
    if (rule.verb != Verb::label && !chosen) chosen = number;
  }
  return chosen;
}

/// Bylines and dates at the head are the article's own; captions and "Read also" may be.
Evidence evidence_of(const Rule& rule) {
  if (rule.level == rules::RuleLevel::safe || rule.verb == Verb::cut_to_end) return Evidence::sure;
  return rule.zone == rules::Zone::head ? Evidence::none : Evidence::some;
}

void drop_by(const Rule& rule, std::size_t at, std::vector<TextLine>& lines) {
  const std::size_t first = rule.verb == Verb::cut_to_start ? 0 : at;
  const std::size_t last = rule.verb == Verb::cut_to_end ? lines.size() - 1 : at;
  for (std::size_t i = first; i <= last; ++i) {
    if (!lines[i].alive) continue;
    lines[i].evidence = evidence_of(rule);
    lines[i].drop(rule.id, name(rule.verb));
  }
}

}  // namespace

bool apply_rules(const rules::RuleSet& rules, LearnedMarks& learned, TextLines& lines,
                 Byline& byline) {
  learned.update(lines);
  std::vector<TextLine>& each = lines.lines();
  bool changed = false;
  Place place(each);
  for (std::size_t i = 0; i < each.size(); ++i) {
    TextLine& line = each[i];
    if (!line.alive) continue;
    place.enter(line);
    if (const auto number = rule_for(rules, lines, line, place)) {
      const Rule& rule = rules.rule(*number);
      drop_by(rule, i, each);
      if (rule.verb == Verb::drop_line && rule.zone == rules::Zone::head)
        read_byline(rules, *number, lines.bytes_of(line), byline);
      changed = true;
      if (rule.verb == Verb::cut_to_end) break;
    }
    if (line.alive && learned.goes(lines, i, place.prose_before, place.prose_behind)) {
      LearnedMarks::drop(line);
      changed = true;
    }
    place.leave(line);
  }
  return learned.drop_between(lines) || changed;
}

}  // namespace copydesk::clean
