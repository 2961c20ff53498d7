#pragma once

/// @file
/// The learned judge of lines: gradient-boosted trees over facts, read from a table.
///
/// The table is text, one item a line; tools/train writes it:
///
/// - `copydesk-lines 1` comes first
/// - `drop X`: a line with a score under X goes wherever it stands
/// - `edge X`: what a line of the article scores: the stretch of lines with the largest sum of what
///   is over X, weighed by words, is the window
/// - `margin M`: what stands before or behind the window goes if it falls short by M
/// - `least S`: no line goes by score where less than this share of the words would
/// - `drop-with CLASS X Y`: as `drop`, in a text of which rules took something: CLASS `some` of any
///   kind, `sure` plain furniture; X in English texts, Y in others
/// - `languages CODE ...`: texts of other languages are not judged; without it all are
/// - `keep-head 1`: lines before the first of running text stay: bylines and dates are for rules
/// - `indented 1`: indented lines may go, too: the text was laid out in columns
/// - `facts NAME ...`: the facts that the trees use; the trees number them from 0
/// - `token VALUE WORD`: what a word adds to the log-odds of its line's being article
/// - `early TREES X`: a line whose sum is X or more after so many trees is surely article
/// - `base X`: where the sum of the trees begins
/// - `tree ...`: one of the trees, as trees/forest.h tells
///
/// The sum over all trees is the log-odds of a line's being article.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/clean.h"
#include "copydesk/error.h"

#include "clean/evidence.h"
#include "clean/facts.h"
#include "trees/forest.h"

namespace copydesk::clean {

/// What a scorer has to know of a text as a whole.
struct ScoredText {
  std::string_view language;  ///< ISO 639-1
  Evidence evidence = Evidence::none;
  std::uint64_t most_words = 0;  ///< that may go by score
  bool surest =
      false;  ///< where more would go, the surest of them go, as far as they fit; else none
};

/// Immutable after parse(); thread-safe.
class LineScorer {
 public:
  /// Error: bad_data, with the line.
  [[nodiscard]] static Result<LineScorer> parse(std::string_view table);

  /// The log-odds of a line's being article; a large number where that is beyond doubt.
  [[nodiscard]] float score(std::span<const float> facts) const noexcept;

  /// False if no line of such a text can go: there is no need to measure it.
  [[nodiscard]] bool judges(const ScoredText& text) const noexcept;

  /// The numbers of the lines that should go, ascending, of those that `facts` was built from; they
  /// are to be measured with tokens(). True if others should go, too, that do not fit.
  bool choose(const FactBuilder& facts, std::span<const LineMeasures* const> lines,
              const ScoredText& text, std::vector<std::uint32_t>& gone) const;

  [[nodiscard]] const TokenTable& tokens() const noexcept { return tokens_; }

 private:
  struct Reader;

  /// Half-open range of lines: the window and, at each end, what is not surely outside.
  struct Window {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  [[nodiscard]] Window find_window(std::span<const LineMeasures* const> lines,
                                   std::span<const float> scores) const;

  /// Limits of the classes of evidence.
  struct DropWith {
    float english = -kUnbounded;
    float other = -kUnbounded;
  };
  [[nodiscard]] float drop_limit(const ScoredText& text) const noexcept;
  /// The lines that are none of the article's, whatever their words add up to.
  void find_others(std::span<const LineMeasures* const> lines, std::span<const float> scores,
                   const ScoredText& text, std::vector<std::uint32_t>& gone) const;

  static constexpr float kUnbounded = 1e9F;
  std::vector<std::string> languages_;
  float drop_ = -kUnbounded;
  DropWith with_some_;
  DropWith with_sure_;
  float edge_ = -kUnbounded;
  float margin_ = kUnbounded;
  float least_ = 0;
  int keep_head_ = 0;
  int indented_ = 0;
  float base_ = 0;
  trees::EarlyEnd early_;
  trees::Forest forest_;
  TokenTable tokens_;
};

/// The scorer compiled in for a level; read when it is first asked for.
[[nodiscard]] const LineScorer& builtin_scorer(CleanLevel level);

/// Changes when a built-in table does.
[[nodiscard]] std::uint64_t builtin_tables_hash() noexcept;

}  // namespace copydesk::clean
