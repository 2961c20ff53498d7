#pragma once

/// @file
/// Sums over MaskedTrees for several rows at a time, by the vectors that the processor has.

#include <cstddef>
#include <span>

#include "trees/masked_trees.h"

namespace copydesk::trees {

/// Facts of a row that a path can take.
inline constexpr std::size_t kMostFacts = 512;

/// One way to add trees [first, last), in this order, to the sums of rows.
struct MaskSums {
  /// Of each row the first `width` facts are read; `sums` has an item for each row.
  void (*add)(const MaskedTrees& trees, std::size_t first, std::size_t last,
              std::span<const float* const> rows, std::size_t width, float* sums) = nullptr;
};

/// Null where the processor does not have the instructions.
[[nodiscard]] const MaskSums* avx2_sums() noexcept;
[[nodiscard]] const MaskSums* avx512_sums() noexcept;

}  // namespace copydesk::trees
