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
///     early TREES X               a sum of X or less after so many trees is final
///     tree N (FACT LIMIT LEFT RIGHT){N} (VALUE){N+1}
///
/// A tree has N splits and N+1 leaves. A split goes LEFT where the fact is at most LIMIT. LEFT and
/// RIGHT are numbers of later splits, or -1-K for leaf K. The sum over all trees is a log-odds.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/error.h"

#include "extract/class_tokens.h"
#include "extract/facts.h"

namespace copydesk::extract {

/// Immutable after parse(); thread-safe.
class Scorer {
 public:
  /// Error: bad_data, with the line.
  [[nodiscard]] static Result<Scorer> parse(std::string_view table);

  /// The log-odds of a block's being article.
  [[nodiscard]] float score(std::span<const float> facts) const noexcept;
  /// The same for every row, in one pass over the trees for several rows at a time.
  void score(const FactRows& rows, std::span<float> scores) const noexcept;

  [[nodiscard]] double threshold() const noexcept { return threshold_; }
  [[nodiscard]] const TokenTable& tokens() const noexcept { return tokens_; }

 private:
  /// A node of a tree. Of a split's two children the left one stands at `child`, the right one
  /// behind it. A leaf is its own child whatever the fact, so that every walk of a tree may take as
  /// many steps as its longest one: no step depends on a branch, and several walks go on at once.
  struct Node {
    float limit = 0;
    std::uint16_t fact = 0;
    std::uint16_t child = 0;  ///< counted from the tree's first node
  };
  struct Tree {
    std::uint32_t nodes = 0;  ///< where it begins in nodes_ and values_
    std::uint32_t depth = 0;  ///< steps of its longest walk
  };
  struct Reader;
  template <std::size_t Lanes>
  void add_tree(const Tree& tree, const float* const* rows, float* sums) const noexcept;
  void add_trees(std::span<const float* const> rows, float* sums, std::size_t first,
                 std::size_t last) const noexcept;
  void score_rows(std::span<const float* const> rows, float* scores) const noexcept;

  double threshold_ = 0.5;
  float base_ = 0;
  std::vector<Node> nodes_;
  std::vector<float> values_;  ///< of the leaves, by node
  std::vector<Tree> trees_;
  std::size_t early_trees_ = 0;  ///< 0: no early end
  float early_limit_ = 0;
  TokenTable tokens_;
};

/// Log-odds to probability and back.
[[nodiscard]] double probability(double log_odds) noexcept;
[[nodiscard]] double log_odds(double probability) noexcept;

}  // namespace copydesk::extract
