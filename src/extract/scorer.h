#pragma once

/// @file
/// The learned judge of blocks: gradient-boosted trees over facts, read from a table.
///
/// The table is text, one item a line; tools/train writes it:
///
///     copydesk-scorer 1
///     threshold P                 a block with a probability of P or more is article
///     facts NAME ...              the facts that the trees use; the trees number them from 0
///     token SCOPE VALUE NAME      log-odds of a class token (SCOPE: own, near, far)
///     base X                      where the sum of the trees begins
///     early TREES X [SCORE]       a sum of X or less after so many trees is final; SCORE, if
///                                 given, is put in its place; a table may have several such
///                                 lines, each with more trees than the one before
///     tree ...                    one of the trees, as trees/forest.h tells
///
///     again X                     the trees below are of the second look, at blocks whose sum so
///                                 far is over X; the mean of both sums is their score
///
/// The sum over all trees is a log-odds. The second look has facts of its own (score_facts.h): what
/// the first look says of the neighbours.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/error.h"

#include "extract/class_tokens.h"
#include "extract/facts.h"
#include "trees/forest.h"

namespace copydesk::extract {

/// Immutable after parse(); thread-safe.
class Scorer {
 public:
  /// Error: bad_data, with the line.
  [[nodiscard]] static Result<Scorer> parse(std::string_view table);

  /// The log-odds of a block's being article.
  [[nodiscard]] float score(std::span<const float> facts) const noexcept;
  /// The same for every row, several rows at a time.
  void score(const FactRows& rows, std::span<float> scores) const;

  /// True if the table has trees for a second look.
  [[nodiscard]] bool looks_twice() const noexcept { return !second_.empty(); }
  /// Puts the mean of both looks in the place of `scores`, where those of the first look are not
  /// plainly low. The rows have their score facts by now.
  void score_again(const FactRows& rows, std::span<float> scores) const;

  [[nodiscard]] double threshold() const noexcept { return threshold_; }
  [[nodiscard]] const TokenTable& tokens() const noexcept { return tokens_; }

 private:
  struct Reader;

  double threshold_ = 0.5;
  float base_ = 0;
  trees::Forest forest_;
  /// Most blocks of a page are plainly not article, and a few trees see it.
  std::vector<trees::EarlyEnd> ends_;
  float again_ = 0;  ///< the second look is at sums over this
  trees::Forest second_;
  TokenTable tokens_;
};

/// Log-odds to probability and back.
[[nodiscard]] double probability(double log_odds) noexcept;
[[nodiscard]] double log_odds(double probability) noexcept;

}  // namespace copydesk::extract
