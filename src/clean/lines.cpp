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

/// Most of a whole page is furniture; of what others took for an article a memory that knows most
/// is wrong, whatever may go by rules.
double learned_share(const LineContext& context) noexcept {
  constexpr double kMost = 0.40;
  if (context.level == CleanLevel::full_page) return context.max_removed;
  return std::min(context.max_removed, kMost);
}

class LineFilter {
 public:
  LineFilter(std::string_view text, const LineContext& context)
      : context_(context),
        lines_(text, *context.rules, context.host),
        learned_(context.learned, lines_, learned_share(context)) {}

  LineResult run() {
    settle_rules();
    LineResult result;
    if (context_.facts) {
      result.facts = scored().facts();
    } else if (context_.scores && context_.level == CleanLevel::full_page) {
      drop_from_whole_page();
    } else if (context_.scores && has_evidence()) {
      result.score_bounded = drop_on_evidence();
    }
    result.edits = edits_of(lines_);
    result.labels = labels();
    result.byline = std::move(byline_);
    result.limited = lines_.limited();
    result.learned_refused = learned_.refused();
    result.words = lines_.words();
    result.words_removed = lines_.words_gone();
    result.words_learned = LearnedMarks::words_gone(lines_);
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
    return {*context_.rules, scorer, context_.language, lines_};
  }

  /// At level news a text is scored on the evidence of rules only: so the others, most of them,
  /// need not read the table.
  [[nodiscard]] bool has_evidence() const {
    return std::any_of(lines_.lines().begin(), lines_.lines().end(),
                       [](const TextLine& line) { return line.evidence != Evidence::none; });
  }

  /// How many words may still go by rule or score; below zero where too many have gone.
  [[nodiscard]] std::int64_t words_to_take() const {
    const std::uint64_t gone = lines_.words_gone() - LearnedMarks::words_gone(lines_);
    const double most = context_.max_removed * static_cast<double>(lines_.words());
    return static_cast<std::int64_t>(most) - static_cast<std::int64_t>(gone);
  }

  /// Once: no evidence is left in what comes out, so that it stays as it is when it is cleaned
  /// again. What rules find when lines are gone has to fit, too: then the score takes less.
  bool drop_on_evidence() {
    ScoredLines scored = this->scored();
    const std::vector<TextLine> before = lines_.lines();
    const Byline byline = byline_;
    std::int64_t most = words_to_take();
    for (int round = 0; round < kMostScoreRounds && most > 0; ++round) {
      if (!scored.drop_surest(static_cast<std::uint64_t>(most))) break;
      settle_rules();
      if (words_to_take() >= 0) break;
      most += words_to_take();
      lines_.lines() = before;
      byline_ = byline;
    }
    return scored.bounded();
  }

  /// Rules and scores take turns until neither takes a line. Where that does not end, nothing goes
  /// by score: what would change when it is cleaned again is not cleaned.
  void drop_from_whole_page() {
    ScoredLines scored = this->scored();
    const std::vector<TextLine> before = lines_.lines();
    for (int round = 0; round < kMostScoreRounds; ++round) {
      const std::int64_t most = std::max<std::int64_t>(words_to_take(), 0);
      if (!scored.drop(static_cast<std::uint64_t>(most))) return;
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
