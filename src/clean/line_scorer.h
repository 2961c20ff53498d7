#pragma once

/// @file
/// The learned judge of lines: gradient-boosted trees over facts, read from a table.
///
/// The table is text, one item a line; tools/train writes it:
///
///     copydesk-lines 1
///     drop X              a line with a score under X goes wherever it stands
///     edge X              what a line of the article scores: the stretch of lines with the largest
///                         sum of what is over X, weighed by words, is the window
///     margin M            what stands before or behind the window goes if it falls short by M
///     least S             no line goes by score where less than this share of the words would
///     english 1           the table judges English texts only
///     indented 1          indented lines may go, too: the text was laid out in columns
///     most N              no line goes by score where more than N words would
///     facts NAME ...      the facts that the trees use; the trees number them from 0
///     token VALUE WORD    log-odds of a word's standing in article lines
///     early TREES X       a line whose sum is X or more after so many trees is surely article
///     base X              where the sum of the trees begins
///     tree ...            one of the trees, as trees/forest.h tells
///
/// The sum over all trees is the log-odds of a line's being article.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/clean.h"
#include "copydesk/error.h"

#include "clean/facts.h"
#include "trees/forest.h"

namespace copydesk::clean {

/// Immutable after parse(); thread-safe.
class LineScorer {
 public:
  /// Error: bad_data, with the line.
  [[nodiscard]] static Result<LineScorer> parse(std::string_view table);

  /// The log-odds of a line's being article; a large number where that is beyond doubt.
  [[nodiscard]] float score(std::span<const float> facts) const noexcept;

  /// True if it may judge a text of the language; English lines are to be measured with tokens().
  [[nodiscard]] bool judges(bool english) const noexcept { return english || english_ == 0; }

  /// The numbers of the lines that should go, ascending, of those that `facts` was built from.
  void choose(const FactBuilder& facts, std::span<const LineMeasures* const> lines,
              std::vector<std::uint32_t>& gone) const;

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

  float drop_ = -1e9F;
  float edge_ = -1e9F;
  float margin_ = 1e9F;
  int english_ = 0;
  float least_ = 0;
  std::uint64_t most_ = 0;
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
