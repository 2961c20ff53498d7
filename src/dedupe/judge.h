#pragma once

/// @file
/// The rules by which a pair of documents counts as the same story.

#include <cstddef>
#include <cstdint>
#include <optional>

#include "copydesk/dedupe.h"

#include "dedupe/shingle_set.h"

namespace copydesk::dedupe {

/// Jaccard index from which on two documents are called near.
inline constexpr double kNear = 0.8;

/// True unless both are dated and lie further apart than the window.
[[nodiscard]] bool within_window(const DedupeOptions& options, std::int64_t a,
                                 std::int64_t b) noexcept;

/// False if the estimate of the Jaccard index rules out, with three standard errors to spare, that
/// sets of these sizes are similar.
[[nodiscard]] bool may_be_similar(const DedupeOptions& options, double estimate, std::size_t first,
                                  std::size_t second) noexcept;

[[nodiscard]] bool is_similar(const DedupeOptions& options, const Overlap& overlap) noexcept;

/// How the first document relates to the second.
[[nodiscard]] Relation relate(const DedupeOptions& options, const Overlap& overlap) noexcept;

/// The number that goes with the relation.
[[nodiscard]] double similarity(Relation relation, const Overlap& overlap) noexcept;

}  // namespace copydesk::dedupe
