#pragma once

/// @file
/// Gradient-boosted trees over rows of facts: read from lines of a table, summed for many rows.
///
/// A tree's line, behind the word `tree`:
///
///     N (FACT LIMIT LEFT RIGHT){N} (VALUE){N+1}
///
/// It has N splits and N+1 leaves. A split goes LEFT where the fact is at most LIMIT. LEFT and
/// RIGHT are numbers of later splits, or -1-K for leaf K.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "trees/mask_sums.h"
#include "trees/masked_trees.h"
#include "trees/node.h"
#include "trees/table_line.h"

namespace copydesk::trees {

/// When the first trees of a forest are enough.
struct EarlyEnd {
  enum class Side : std::uint8_t { at_most, at_least };

  std::size_t trees = 0;  ///< 0: never
  float limit = 0;
  Side side = Side::at_most;     ///< on which side of the limit a sum is final
  std::optional<float> verdict;  ///< what such a row gets; else its sum so far
};

/// Immutable after the last add(); thread-safe.
class Forest {
 public:
  /// Reads one tree to the end of its line; `places` gives for each number of a fact in the table
  /// its place in a row. False where the line is wrong: then the forest is not to be used.
  bool add(TableLine& line, std::span<const std::uint16_t> places);

  [[nodiscard]] std::size_t size() const noexcept { return trees_.size(); }
  [[nodiscard]] bool empty() const noexcept { return trees_.empty(); }

  /// For every row `base` and the leaves it reaches, added in the order of the trees: the same to
  /// the last bit however many rows are summed together, and on every processor. After each of
  /// `ends`, none of which asks for fewer trees than one before it, go on only the rows whose sum
  /// is not final.
  void sum(std::span<const float* const> rows, float base, std::span<const EarlyEnd> ends,
           std::span<float> sums) const noexcept;

  /// Adds trees [first, last) to `sums` by a walk from split to split.
  void walk(std::span<const float* const> rows, std::size_t first, std::size_t last,
            float* sums) const noexcept;
  /// The same by masks. Requires has_masks().
  void add_masked(const MaskSums& path, std::span<const float* const> rows, std::size_t first,
                  std::size_t last, float* sums) const noexcept;
  /// True if every tree is small enough for masks.
  [[nodiscard]] bool has_masks() const noexcept { return has_masks_ && width_ <= kMostFacts; }

 private:
  struct Tree {
    std::uint32_t nodes = 0;  ///< where it begins in nodes_ and values_
    std::uint32_t depth = 0;  ///< steps of its longest walk
  };
  struct Split;
  struct OpenRows;
  bool lay_out(std::span<const Split> splits, std::span<const float> leaves);
  template <std::size_t Lanes>
  void walk_tree(const Tree& tree, const float* const* rows, float* sums) const noexcept;
  void add_trees(std::span<const float* const> rows, std::size_t first, std::size_t last,
                 float* sums) const noexcept;
  void sum_some(std::span<const float* const> rows, float base, std::span<const EarlyEnd> ends,
                float* sums) const noexcept;

  std::vector<Node> nodes_;
  std::vector<float> values_;  ///< of the leaves, by node
  std::vector<Tree> trees_;
  MaskedTrees masked_;
  bool has_masks_ = true;
  std::size_t width_ = 0;  ///< facts of a row that are read
};

}  // namespace copydesk::trees
