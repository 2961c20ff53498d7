#pragma once

/// @file
/// The file that holds one run's part of the index. Native byte order; the header says which.
///
///     Header
///     SegmentEntry[documents]          facts of fixed size
///     uint64[kShards + 1]              where each shard begins in the slots
///     uint32[directory]                for each shard: where each of its buckets begins, and its
///     end uint64[keys]                     slots, sorted: 32 bits of key over the document's
///     number records                          text hash, URL key, id, shingles of each document
///
/// A key's top 6 bits choose the shard, the next 32 are the slot's tag; tag * buckets / 2^32 is the
/// bucket. Each section has an XXH3 checksum in the header, and each record one in its entry.

#include <array>
#include <cstdint>

#include "copydesk/dedupe.h"

#include "dedupe/signature.h"

namespace copydesk::dedupe {

inline constexpr std::uint32_t kSegmentVersion = 2;
inline constexpr std::size_t kShardBits = 6;
inline constexpr std::size_t kShards = std::size_t{1} << kShardBits;
/// Slots in a bucket of the directory, about: one line of memory.
inline constexpr std::size_t kBucketSlots = 8;
inline constexpr std::array<char, 8> kSegmentMagic = {'C', 'P', 'Y', 'D', 'S', 'K', 'S', 'G'};
inline constexpr std::uint32_t kByteOrder = 0x01020304;

/// What two segments, or a segment and a run, must have in common. All members count.
struct IndexParameters {
  std::uint32_t shingle_kind = 0;
  std::uint32_t shingle_size = 0;
  std::uint32_t bands = 0;
  std::uint32_t rows = 0;
  std::uint32_t shortest_paragraph = 0;
  std::uint32_t by = 0;  ///< 1: url, 2: exact, 4: near
  friend bool operator==(const IndexParameters&, const IndexParameters&) = default;
};

struct SectionPlace {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;  ///< bytes
  std::uint64_t checksum = 0;
};

struct SegmentHeader {
  std::array<char, 8> magic = kSegmentMagic;
  std::uint32_t byte_order = kByteOrder;
  std::uint32_t version = kSegmentVersion;
  IndexParameters parameters;
  std::uint64_t file_size = 0;
  std::int64_t created = 0;  ///< seconds since 1970
  std::uint64_t documents = 0;
  std::uint64_t keys = 0;
  std::int64_t first_date = 0;  ///< of the dated documents
  std::int64_t last_date = 0;
  std::uint64_t undated = 0;
  std::uint64_t run = 0;  ///< hash of the run's name; 0: it has none
  SectionPlace entries, shards, directory, slots, records;
  std::uint64_t checksum = 0;  ///< of the bytes before it
};

struct SegmentEntry {
  std::uint64_t record = 0;  ///< offset in the records
  std::int64_t date = 0;     ///< kNoDate: none
  std::uint32_t checksum = 0;
  std::uint32_t shingles = 0;
  Digest digest{};
};

struct RecordHead {
  TextHash text_hash;
  std::uint64_t url_key = 0;
  std::uint32_t id_size = 0;
  std::uint32_t shingles = 0;
};

inline std::size_t shard_of(std::uint64_t key) noexcept {
  return static_cast<std::size_t>(key >> (64 - kShardBits));
}
/// Never 0: that marks a free slot in memory.
inline std::uint32_t tag_of(std::uint64_t key) noexcept {
  const auto tag = static_cast<std::uint32_t>(key >> (32 - kShardBits));
  return tag != 0 ? tag : 1;
}

}  // namespace copydesk::dedupe
