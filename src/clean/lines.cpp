#include "clean/lines.h"

#include <algorithm>
#include <utility>

#include "clean/learned_marks.h"
#include "clean/line_edits.h"
#include "clean/line_rules.h"
#include "clean/repeated_lines.h"

namespace copydesk::clean {
namespace {

constexpr int kMostRounds = 32;
constexpr int kMostScoreRounds = 6;

class LineFilter {
 public:
  LineFilter(std::string_view text, const LineContext& context)
      : context_(context),
        lines_(text, *context.rules, context.host),
        learned_(context.learned, lines_, context.level) {}

  LineResult run() {
    settle_rules();
    LineResult result;
    if (context_.facts) {
      result.facts = scored().facts();
    } else if (context_.scores && may_score()) {
      drop_by_score();
    }
    result.edits = edits_of(lines_);
    result.labels = labels();
    result.byline = std::move(byline_);
    result.limited = lines_.limited();
    result.learned_refused = learned_.refused();
    result.words = lines_.words();
    for (const TextLine& line : lines_.lines()) result.words_removed += line.alive ? 0 : line.words;
    return result;
  }

 private:
  bool apply_once() {
    const bool whole_page = context_.level == CleanLevel::full_page;
    const bool changed = apply_rules(*context_.rules, learned_, lines_, byline_);
    if (context_.level == CleanLevel::safe) return changed;
    return drop_repeated(lines_, whole_page) || changed;
  }

  void settle_rules() {
    for (int round = 0; round < kMostRounds && (apply_once() || learned_.reconsider(lines_));
         ++round) {
    }
  }

  [[nodiscard]] ScoredLines scored() {
    const LineScorer* scorer = context_.scores ? &builtin_scorer(context_.level) : nullptr;
    return {*context_.rules, scorer, context_.english, context_.max_removed, lines_};
  }

  /// At level news a text is scored on the evidence of rules only: so the others, most of them,
  /// need not read the table.
  [[nodiscard]] bool may_score() const {
    if (context_.level != CleanLevel::news) return true;
    return std::any_of(lines_.lines().begin(), lines_.lines().end(),
                       [](const TextLine& line) { return line.evidence != Evidence::none; });
  }

  /// At level news once: no evidence is left in what comes out, so that it stays as it is when it
  /// is cleaned again. At level full_page rules and scores take turns until neither takes a line.
  /// Where that does not end, nothing goes by score, for the same reason.
  void drop_by_score() {
    ScoredLines scored = this->scored();
    if (context_.level == CleanLevel::news) {
      if (scored.drop()) settle_rules();
      return;
    }
    const std::vector<TextLine> before = lines_.lines();
    for (int round = 0; round < kMostScoreRounds; ++round) {
      if (!scored.drop()) return;
      settle_rules();
    }
    lines_.lines() = before;
  }

  [[nodiscard]] std::vector<LabelledLine> labels() const {
    std::vector<LabelledLine> labels;
    for (const TextLine& line : lines_.lines()) {
      if (!line.alive) continue;
      for (const std::uint32_t number : lines_.rules_on(line)) {
        if (context_.rules->rule(number).verb == rules::Verb::label)
          labels.push_back({line.begin, line.end - line.begin, number});
      }
    }
    return labels;
  }

  const LineContext& context_;
  TextLines lines_;
  LearnedMarks learned_;
  Byline byline_;
};

}  // namespace

LineResult filter_lines(std::string_view text, const LineContext& context) {
  return LineFilter(text, context).run();
}

}  // namespace copydesk::clean
