#pragma once

/// @file
/// The lines of a text under a learned scorer: measured once, judged as often as lines go.

#include <cstdint>
#include <vector>

#include "copydesk/clean.h"

#include "clean/facts.h"
#include "clean/line_scorer.h"
#include "clean/text_lines.h"
#include "rules/matcher.h"

namespace copydesk::clean {

/// The name that an edit bears where a line went by its score.
inline constexpr std::string_view kScoreRule = "score/line";

/// One object a text; `rules`, `scorer` and `lines` must live as long.
class ScoredLines {
 public:
  /// `scorer`: null for the facts alone. `english`: its words are those of the text. `max_removed`:
  /// share of the words; the score takes nothing where more would be gone.
  ScoredLines(const rules::RuleSet& rules, const LineScorer* scorer, bool english,
              double max_removed, TextLines& lines);

  /// Drops what the scorer takes of the lines that are left. True if a line went. Requires a
  /// scorer.
  bool drop();

  /// The facts of the lines that are left.
  [[nodiscard]] std::vector<LineFacts> facts();

 private:
  [[nodiscard]] ScoredText scored_text() const;
  void measure();
  void measure(const TextLine& line, LineMeasures& measures);
  void build_facts();

  const rules::RuleSet& rules_;
  const LineScorer* scorer_;
  bool english_;
  double max_removed_;
  TextLines& lines_;
  LineReader reader_;
  std::vector<LineMeasures> measures_;
  std::vector<const LineMeasures*> left_;
  std::vector<std::uint32_t> left_lines_;  ///< left_[i] is of line left_lines_[i]
  std::vector<std::uint32_t> gone_;
  FactBuilder facts_;
};

}  // namespace copydesk::clean
