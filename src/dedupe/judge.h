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
/// sets of these sizes reach the given Jaccard index or containment.
[[nodiscard]] bool may_be_similar(double jaccard, double containment, double estimate,
                                  std::size_t first, std::size_t second) noexcept;

[[nodiscard]] bool is_similar(const DedupeOptions& options, const Overlap& overlap) noexcept;

/// The Jaccard index that a pair must have at least to be similar by its passages or by itself.
[[nodiscard]] double least_jaccard(const DedupeOptions& options) noexcept;

/// How the first document relates to the second.
[[nodiscard]] Relation relate(const DedupeOptions& options, const Overlap& overlap) noexcept;

/// True if the first document may be dropped for the second: most of it stands there, and it is no
/// longer version.
[[nodiscard]] bool is_covered(const DedupeOptions& options, const Overlap& overlap) noexcept;

/// The number that goes with the relation.
[[nodiscard]] double similarity(Relation relation, const Overlap& overlap) noexcept;

/// Counts one document's verdict.
void count_verdict(bool duplicate, Relation relation, DedupeCounts& counts) noexcept;

}  // namespace copydesk::dedupe
