#include "rules/check.h"

#include <algorithm>

#include "rules/line_facts.h"
#include "rules/matcher.h"
#include "text/unicode.h"

namespace copydesk::rules {
namespace {

/// What is left of `line` when the trim rule 0 of `set` is applied; the line itself if it does not.
std::string trimmed(const RuleSet& set, std::string_view line) {
  FoldedLine folded;
  std::vector<std::uint32_t> offsets;
  LineHits hits;
  fold_line(line, folded, &offsets);
  set.find_trims(folded, count_words(line), hits);
  if (hits.rules.empty()) return std::string(line);
  const auto range = set.trim_range(0, folded, hits);
  if (!range) return std::string(line);
  const bool start = set.rule(0).verb == Verb::trim_start;
  return std::string(
      text::trim(start ? line.substr(offsets[range->end]) : line.substr(0, offsets[range->begin])));
}

bool matches(const RuleSet& set, std::string_view line) {
  const Rule& rule = set.rule(0);
  if (rule.verb == Verb::trim_start || rule.verb == Verb::trim_end)
    return trimmed(set, line) != line;
  FoldedLine folded;
  LineHits hits;
  fold_line(line, folded);
  set.find(folded, line, count_words(line), hits);
  return !hits.rules.empty() && !(rule.no_stop && ends_sentence(line));
}

}  // namespace

std::vector<CheckFailure> check_pack(const Pack& pack) {
  std::vector<CheckFailure> failures;
  for (const Rule& rule : pack.rules) {
    const RuleSet set({&rule});
    if (const Status status = set.compile(); !status) {
      failures.push_back({rule.id, rule.line, status.error().detail});
      continue;
    }
    for (const Example& example : rule.examples) {
      if (matches(set, example.text) != example.positive) {
        failures.push_back({rule.id, example.line,
                            (example.positive ? "does not match: " : "matches: ") + example.text});
      } else if (example.has_after && trimmed(set, example.text) != example.after) {
        failures.push_back({rule.id, example.line, "leaves: " + trimmed(set, example.text)});
      }
    }
  }
  return failures;
}

}  // namespace copydesk::rules
