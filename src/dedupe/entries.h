#pragma once

/// @file
/// The fixed-size facts of the documents remembered, by number.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "dedupe/signature.h"

namespace copydesk::dedupe {

inline constexpr std::int64_t kNoDate = std::numeric_limits<std::int64_t>::min();

/// Packed: there is one for each document in memory.
struct Entry {
  std::uint64_t stored_at : 42;  ///< in the SetStore
  std::uint64_t shingles : 22;   ///< how many, repeated ones included; the highest value: or more
  std::int64_t date;             ///< seconds since 1970
  std::uint64_t root;            ///< the document that stands for it; its own: itself
  Digest digest;
};

inline constexpr std::uint64_t kMostStored = (std::uint64_t{1} << 42) - 1;
inline constexpr std::uint64_t kMostShingles = (std::uint64_t{1} << 22) - 1;

/// A growing array that never moves what it holds, so that growing costs no second copy.
class EntryArray {
 public:
  std::uint32_t push(const Entry& entry) {
    if (size_ % kChunk == 0) chunks_.push_back(std::make_unique<Entry[]>(kChunk));
    chunks_.back()[size_ % kChunk] = entry;
    return static_cast<std::uint32_t>(size_++);
  }
  [[nodiscard]] const Entry& operator[](std::uint32_t i) const {
    return chunks_[i / kChunk][i % kChunk];
  }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::uint64_t memory() const noexcept {
    return chunks_.size() * kChunk * sizeof(Entry);
  }

 private:
  static constexpr std::size_t kChunk = 4096;
  std::vector<std::unique_ptr<Entry[]>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace copydesk::dedupe
