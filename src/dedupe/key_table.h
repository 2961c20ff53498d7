#pragma once

/// @file
/// A multimap from 64-bit keys to documents, made for many small look-ups in memory.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dedupe/pages.h"
#include "dedupe/segment_format.h"

namespace copydesk::dedupe {

/// Maps keys to document numbers. 38 bits of a key are kept, so a hit must be verified: with n keys
/// held, a look-up meets a stranger with probability n / 2^38.
///
/// Layout: 64 shards by the key's top bits, each a run of lines of 16 slots: first the slots'
/// tags, the keys' next 32 bits, which are compared all at once, then their documents. A line is
/// chosen by the tag as a fraction of the shard's length, so growing, by an eighth, is one pass in
/// place and needs no key again. A full line overflows into the next one. The shards' lines stand
/// in one array, a page of each in turn, so that all of it can have huge pages. About 9.2 bytes a
/// key, one cache miss a look-up.
class KeyTable {
 public:
  /// Requires bucket_cap > 0.
  explicit KeyTable(std::size_t bucket_cap);

  /// Asks the processor to fetch what find and insert of `key` will touch.
  void prefetch(std::uint64_t key) const noexcept;
  /// What prefetch() asked for must be there: asks for the line that comes next, if it is needed.
  void prefetch_overflow(std::uint64_t key) const noexcept;

  /// Appends to `found` the numbers under `key` (strangers possible), oldest first.
  void find(std::uint64_t key, std::vector<std::uint32_t>& found) const;

  /// Adds `document` under `key`; numbers rise from call to call. Where bucket_cap documents stand
  /// under the key, the oldest gives way.
  void insert(std::uint64_t key, std::uint32_t document);

  /// Calls visit(tag, number) for each key of a shard; see shard_of and tag_of in segment_format.h.
  template <typename Visit>
  void visit_shard(std::size_t shard, Visit visit) const {
    for (std::size_t i = 0; i < shards_[shard].count; ++i) {
      const Line& one = line(shard, i);
      for (std::size_t slot = 0; slot < kSlots && one.tags[slot] != 0; ++slot) {
        visit(one.tags[slot], one.documents[slot]);
      }
    }
  }

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] std::uint64_t capped() const noexcept { return capped_; }
  [[nodiscard]] std::uint64_t memory() const noexcept;

 private:
  static constexpr std::size_t kSlots = 16;
  struct alignas(64) Line {
    std::uint32_t tags[kSlots];  ///< filled from the front; 0: free
    std::uint32_t documents[kSlots];

    [[nodiscard]] bool full() const noexcept { return tags[kSlots - 1] != 0; }
  };
  /// Lines of one shard that stand together: a page of 4 KiB.
  static constexpr std::size_t kPageLines = 4096 / sizeof(Line);

  struct Shard {
    std::size_t count = 0;  ///< lines
    std::size_t used = 0;   ///< slots
    std::size_t limit = 0;  ///< slots that may be used before it grows

    [[nodiscard]] std::size_t after(std::size_t i) const noexcept {
      return i + 1 < count ? i + 1 : 0;
    }
    [[nodiscard]] std::size_t home(std::uint32_t tag) const noexcept {
      return static_cast<std::size_t>((std::uint64_t{tag} * count) >> 32);
    }
  };
  class Growth;

  static void prefetch(const Line& line) noexcept;

  [[nodiscard]] Line& line(std::size_t shard, std::size_t i) const noexcept {
    const std::size_t page = i / kPageLines * kShards + shard;
    return static_cast<Line*>(lines_.data())[page * kPageLines + i % kPageLines];
  }
  static std::uint32_t slots_with(const Line& line, std::uint32_t tag) noexcept;
  void resize(std::size_t shard, std::size_t count);
  void grow(std::size_t shard);

  Pages lines_;
  std::array<Shard, kShards> shards_;
  std::size_t bucket_cap_;
  std::uint64_t size_ = 0;
  std::uint64_t capped_ = 0;
};

}  // namespace copydesk::dedupe
