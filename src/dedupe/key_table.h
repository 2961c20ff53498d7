#pragma once

/// @file
/// A multimap from 64-bit keys to documents, made for many small look-ups in memory.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace copydesk::dedupe {

/// Maps keys to document numbers. 38 bits of a key are kept, so a hit must be verified: with n keys
/// held, a look-up meets a stranger with probability n / 2^38.
///
/// Layout: 64 shards by the key's top bits, each an array of 64-byte lines of 8 slots. A slot is
/// the key's next 32 bits over the number plus one. A line is chosen by those 32 bits as a fraction
/// of the shard's length, so growing is one pass in order, by an eighth, and needs no key again. A
/// full line overflows into the next one. About 9.4 bytes a key, one cache miss a look-up.
class KeyTable {
 public:
  /// Requires bucket_cap > 0.
  explicit KeyTable(std::size_t bucket_cap);

  /// Asks the processor to fetch what find and insert of `key` will touch.
  void prefetch(std::uint64_t key) const noexcept;

  /// Appends to `found` the numbers under `key` (strangers possible), oldest first.
  void find(std::uint64_t key, std::vector<std::uint32_t>& found) const;

  /// Adds `document` under `key`; numbers rise from call to call. Where bucket_cap documents stand
  /// under the key, the oldest gives way.
  void insert(std::uint64_t key, std::uint32_t document);

  /// Calls visit(tag, number) for each key of a shard; see shard_of and tag_of in segment_format.h.
  template <typename Visit>
  void visit_shard(std::size_t shard, Visit visit) const {
    for (const Line& line : shards_[shard].lines) {
      for (const std::uint64_t slot : line.slots) {
        if (slot != 0) {
          visit(static_cast<std::uint32_t>(slot >> 32), static_cast<std::uint32_t>(slot) - 1U);
        }
      }
    }
  }

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] std::uint64_t capped() const noexcept { return capped_; }
  [[nodiscard]] std::uint64_t memory() const noexcept;

 private:
  static constexpr std::size_t kSlots = 8;
  struct alignas(64) Line {
    std::uint64_t slots[kSlots];  ///< filled from the front; 0: free
  };
  struct Shard {
    std::vector<Line> lines;
    std::size_t used = 0;
  };

  static std::size_t home(const Shard& shard, std::uint32_t tag) noexcept;
  static void grow(Shard& shard);

  std::vector<Shard> shards_;
  std::size_t bucket_cap_;
  std::uint64_t size_ = 0;
  std::uint64_t capped_ = 0;
};

}  // namespace copydesk::dedupe
