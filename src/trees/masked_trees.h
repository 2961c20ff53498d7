#pragma once

/// @file
/// Trees as masks of the leaves that a split rules out, which many rows can follow at once.
///
/// The leaves of a tree are numbered from left to right. Where a fact is over a split's limit, the
/// walk goes right, so no leaf of the left subtree is reached. The leaf that is reached is the
/// first one that no split rules out, in whatever order the splits are asked. (Lucchese et al.,
/// QuickScorer, SIGIR 2015; here tree by tree, every split asked, so that nothing is a branch.)

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "trees/node.h"

namespace copydesk::trees {

class MaskedTrees {
 public:
  static constexpr std::size_t kMostLeaves = 64;

  /// What one split leaves of the leaves where the fact is over its limit.
  struct Split {
    float limit = 0;
    std::uint32_t fact = 0;
    std::uint32_t low = 0;   ///< bit i: leaf i
    std::uint32_t high = 0;  ///< bit i: leaf 32 + i
  };
  /// Where a tree's parts begin in splits() and leaves(). First come the splits that rule out low
  /// leaves only, then those with some of both, then those with high ones.
  struct Tree {
    std::uint32_t low = 0;
    std::uint32_t both = 0;
    std::uint32_t high = 0;
    std::uint32_t end = 0;
    std::uint32_t leaves = 0;
  };

  /// Takes a tree by its nodes and their values. False where it has too many leaves.
  bool add(std::span<const Node> nodes, std::span<const float> values);

  [[nodiscard]] const Tree& tree(std::size_t number) const noexcept { return trees_[number]; }
  [[nodiscard]] const Split* splits() const noexcept { return splits_.data(); }
  /// kMostLeaves values may be read from where any tree's begin.
  [[nodiscard]] const float* leaves() const noexcept { return leaves_.data(); }

 private:
  std::vector<Tree> trees_;
  std::vector<Split> splits_;
  std::vector<float> leaves_ = std::vector<float>(kMostLeaves);
};

}  // namespace copydesk::trees
