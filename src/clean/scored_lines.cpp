#include "clean/scored_lines.h"

#include <algorithm>
#include <utility>

namespace copydesk::clean {

ScoredLines::ScoredLines(const rules::RuleSet& rules, const LineScorer* scorer,
                         std::string_view language, TextLines& lines)
    : rules_(rules),
      scorer_(scorer),
      language_(language),
      lines_(lines),
      reader_(scorer ? &scorer->tokens() : nullptr) {}

Evidence ScoredLines::evidence() const {
  Evidence most = Evidence::none;
  for (const TextLine& line : lines_.lines()) most = std::max(most, line.evidence);
  return most;
}

void ScoredLines::measure() {
  measures_.resize(lines_.lines().size());
  for (std::size_t i = 0; i < measures_.size(); ++i) measure(lines_.lines()[i], measures_[i]);
}

void ScoredLines::measure(const TextLine& line, LineMeasures& measures) {
  measures.words = line.words;
  measures.ends_sentence = line.stop;
  measures.prose = line.prose;
  for (const std::uint32_t number : lines_.rules_on(line)) {
    const rules::Verb verb = rules_.rule(number).verb;
    measures.rule_drop |= verb == rules::Verb::drop_line;
    measures.rule_cut |= verb == rules::Verb::cut_to_end;
  }
  reader_.measure(lines_.bytes_of(line), measures);
}

void ScoredLines::build_facts() {
  if (measures_.empty()) measure();
  left_.clear();
  left_lines_.clear();
  GoneWords gone;
  for (std::size_t i = 0; i < measures_.size(); ++i) {
    const TextLine& line = lines_.lines()[i];
    if (!line.alive) {
      gone.all += line.evidence != Evidence::none ? line.words : 0;
      gone.sure += line.evidence == Evidence::sure ? line.words : 0;
      continue;
    }
    measures_[i].gone_before = std::exchange(gone, GoneWords());
    left_.push_back(&measures_[i]);
    left_lines_.push_back(static_cast<std::uint32_t>(i));
  }
  facts_.build(left_, reader_.content(), gone);
}

bool ScoredLines::drop(std::uint64_t most_words) {
  return drop({language_, evidence(), most_words, false});
}

bool ScoredLines::drop_surest(std::uint64_t most_words) {
  return drop({language_, evidence(), most_words, true});
}

bool ScoredLines::drop(const ScoredText& text) {
  if (!scorer_->judges(text)) return false;
  build_facts();
  bounded_ = scorer_->choose(facts_, left_, text, gone_);
  for (const std::uint32_t i : gone_)
    lines_.lines()[left_lines_[i]].drop(kScoreRule, "reads like the rest of a page");
  return !gone_.empty();
}

std::vector<LineFacts> ScoredLines::facts() {
  build_facts();
  std::vector<LineFacts> facts;
  for (std::size_t i = 0; i < left_.size(); ++i) {
    const auto row = facts_.row(i);
    facts.push_back({std::string(left_[i]->bytes), {row.begin(), row.end()}});
  }
  return facts;
}

}  // namespace copydesk::clean
