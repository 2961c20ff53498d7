#include "extract/phrases.h"

#include <algorithm>
#include <utility>

namespace copydesk::extract {
namespace {

using rules::Rule;
using rules::Verb;

/// Where a block stands among the words that are kept.
struct Place {
  double before = 0;       ///< words before it
  double rest = 0;         ///< words from it on
  double prose_after = 0;  ///< words of running text behind it
  bool head = false;       ///< no running text before it
};

bool fits(const Rule& rule, const Place& place) {
  if (!rule.site.empty() || place.before < rule.after_words) return false;
  if (place.rest > rule.rest_words) return false;
  if (100 * place.rest > rule.last_percent * (place.before + place.rest)) return false;
  if (100 * place.prose_after > rule.rest_prose * place.rest) return false;
  if (rule.zone == rules::Zone::head) return place.head;
  return rule.zone != rules::Zone::tail || place.prose_after <= 0;
}

bool drops(Verb verb) {
  return verb == Verb::drop_line || verb == Verb::cut_to_end || verb == Verb::cut_to_start;
}

/// True for lines like "Related" and "Comments": rules that are sure enough to cut from the middle
/// of a text on. Others ("Share", "Sign up") mean only themselves.
bool heads_a_section(const Rule& rule) {
  constexpr std::uint32_t kHalf = 50;  // per cent
  return rule.verb == Verb::cut_to_end && rule.last_percent >= kHalf;
}

/// False if no rule could drop a line of so many words at that place, whatever it says: true of
/// most paragraphs.
bool may_drop(const rules::RuleSet& rules, std::size_t words, const Place& place) {
  if (words <= rules.most_words_anywhere()) return true;
  const auto long_rules = rules.for_long_lines();
  return std::any_of(long_rules.begin(), long_rules.end(), [&](const Rule* rule) {
    return words <= rule->max_words && drops(rule->verb) && fits(*rule, place);
  });
}

}  // namespace

Result<Phrases> Phrases::create() {
  auto book = rules::Rulebook::create({});
  if (!book) return book.error();
  return Phrases(std::move(*book));
}

void Phrases::drop(const BlockList& list, const Survey& survey, std::string_view language,
                   std::vector<Verdict>& verdicts) const {
  const rules::RuleSet& rules = book_.for_language(language).text;
  Place place;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    if (!verdicts[i].kept) continue;
    place.rest += survey.measures[i].words;
    if (survey.prose[i] != 0) place.prose_after += survey.measures[i].words;
  }
  place.head = true;
  rules::FoldedLine folded;
  rules::LineHits hits;
  const Rule* tail = nullptr;  // the rule whose block is being dropped
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    if (!verdicts[i].kept) continue;
    const double words = survey.measures[i].words;
    const bool prose = survey.prose[i] != 0;
    if (prose) place.prose_after -= words;
    const std::string_view line = list.text_of(list.blocks[i]);
    if (may_drop(rules, survey.measures[i].tokens, place) &&
        line.find('\n') == std::string_view::npos) {
      rules::fold_line(line, folded);
      rules.find(folded, line, survey.measures[i].tokens, hits);
      const auto is = [&](auto&& test) {
        return std::find_if(hits.rules.begin(), hits.rules.end(),
                            [&](std::uint32_t number) { return test(rules.rule(number)); });
      };
      const bool keep =
          is([](const Rule& r) { return r.verb == Verb::keep_line; }) != hits.rules.end();
      const auto hit = is([&](const Rule& r) { return drops(r.verb) && fits(r, place); });
      if (!keep && hit != hits.rules.end()) {
        const Rule& rule = rules.rule(*hit);
        verdicts[i] = {false, rule.id};
        tail = heads_a_section(rule) ? &rule : nullptr;
      }
    }
    // What a line like "Related" heads goes with it, up to the next running text.
    if (prose) tail = nullptr;
    if (tail != nullptr && verdicts[i].kept) verdicts[i] = {false, tail->id};
    place.rest -= words;
    if (verdicts[i].kept) place.before += words;
    if (prose && verdicts[i].kept) place.head = false;
  }
}

}  // namespace copydesk::extract
