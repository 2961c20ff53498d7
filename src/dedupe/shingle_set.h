#pragma once

/// @file
/// Exact comparison of two documents' shingles as sets.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk::dedupe {

/// How two sets overlap.
struct Overlap {
  std::size_t first = 0;   ///< distinct shingles of the first document
  std::size_t second = 0;  ///< of the second
  std::size_t both = 0;    ///< of both

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
  /// The first document of the comparisons that follow; its shingles are copied.
  void set_first(std::span<const std::uint32_t> shingles);
  [[nodiscard]] Overlap compare(std::span<const std::uint32_t> second);

 private:
  ShingleSet first_;
  ShingleSet second_;
};

}  // namespace copydesk::dedupe
