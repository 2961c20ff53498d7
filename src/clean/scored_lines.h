#pragma once

/// @file
/// The lines of a text under a learned scorer: measured once, judged as often as lines go.

#include <cstdint>
#include <string_view>
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
  /// `scorer`: null for the facts alone. `language`: of the text; it must live as long.
  ScoredLines(const rules::RuleSet& rules, const LineScorer* scorer, std::string_view language,
              TextLines& lines);

  /// Drops what the scorer takes of the lines that are left, nothing if that has more than
  /// `most_words`. True if a line went. Requires a scorer.
  bool drop(std::uint64_t most_words);

  /// The same, but of more words the surest lines go, as far as they fit; bounded() tells of it.
  bool drop_surest(std::uint64_t most_words);

  [[nodiscard]] bool bounded() const noexcept { return bounded_; }

  /// The facts of the lines that are left.
  [[nodiscard]] std::vector<LineFacts> facts();

 private:
  [[nodiscard]] Evidence evidence() const;
  bool drop(const ScoredText& text);
  void measure();
  void measure(const TextLine& line, LineMeasures& measures);
  void build_facts();

  const rules::RuleSet& rules_;
  const LineScorer* scorer_;
  std::string_view language_;
  bool bounded_ = false;
  TextLines& lines_;
  LineReader reader_;
  std::vector<LineMeasures> measures_;
  std::vector<const LineMeasures*> left_;
  std::vector<std::uint32_t> left_lines_;  ///< left_[i] is of line left_lines_[i]
  std::vector<std::uint32_t> gone_;
  FactBuilder facts_;
};

}  // namespace copydesk::clean
