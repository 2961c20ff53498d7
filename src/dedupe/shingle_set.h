#pragma once

/// @file
/// Exact comparison of two documents' shingles as sets.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk::dedupe {

/// Passages are runs of this many words (or characters) and more that two documents share.
inline constexpr std::size_t kShortestPassage = 16;
/// Words in all passages together below which these say nothing: reports by template share as many.
inline constexpr std::size_t kFewestInPassages = 3 * kShortestPassage;
inline constexpr double kLeastForPassages = 0.2;
inline constexpr double kMostForPassages = 0.8;

/// How two sets overlap.
struct Overlap {
  std::size_t first = 0;   ///< distinct shingles of the first document
  std::size_t second = 0;  ///< of the second
  std::size_t both = 0;    ///< of both
  /// Percent of each document, of the two the lesser, rounded down, that stand in the other as
  /// passages; 0 where these are short altogether. Computed where it can count: for a Jaccard index
  /// from kLeastForPassages to kMostForPassages.
  std::size_t passages = 0;

  [[nodiscard]] double jaccard() const noexcept;
  /// The part of the smaller set that stands in the other.
  [[nodiscard]] double containment() const noexcept;
  /// The part of the first set that stands in the second.
  [[nodiscard]] double first_covered() const noexcept;
};

/// A set of 32-bit hashes; clearing costs nothing, so that one serves many comparisons.
class ShingleSet {
 public:
  /// Empties the set and makes room for `count` values.
  void reset(std::size_t count);
  /// False if the value was there.
  bool insert(std::uint32_t value) noexcept;
  [[nodiscard]] bool contains(std::uint32_t value) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  struct Slot {
    std::uint32_t value;
    std::uint32_t round;  ///< the slot is taken if this is the current round
  };
  [[nodiscard]] std::size_t home(std::uint32_t value) const noexcept;

  std::vector<Slot> slots_;
  std::uint32_t round_ = 0;
  int shift_ = 64;
  std::size_t size_ = 0;
};

/// Compares one document with several. Linear in the number of shingles.
class Verifier {
 public:
  /// The first document of the comparisons that follow; they read its shingles, in text order.
  void set_first(std::span<const std::uint32_t> shingles);
  [[nodiscard]] Overlap compare(std::span<const std::uint32_t> second);

 private:
  [[nodiscard]] std::size_t passages(std::span<const std::uint32_t> second) const;

  std::span<const std::uint32_t> first_text_;
  ShingleSet first_;
  ShingleSet second_;
};

}  // namespace copydesk::dedupe
