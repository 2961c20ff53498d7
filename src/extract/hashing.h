#pragma once

/// @file
/// Small hashes for names and words inside one page, and a table keyed by them. Not kept, not
/// compared between programs except through the text of the scorer's table.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "text/big_endian.h"

namespace copydesk::extract {

/// A bijective scramble of 64 bits (the finaliser of SplitMix64).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

/// A hash of bytes, eight at a time.
[[nodiscard]] inline std::uint64_t hash_bytes(std::string_view bytes) noexcept {
  constexpr std::uint64_t kFactor = 0x9FB21C651E98DF25ULL;
  std::uint64_t hash = 0xCBF29CE484222325ULL ^ bytes.size();
  std::uint64_t unit = 0;
  while (bytes.size() >= sizeof unit) {
    std::memcpy(&unit, bytes.data(), sizeof unit);
    hash = (hash ^ unit) * kFactor;
    hash ^= hash >> 32;
    bytes.remove_prefix(sizeof unit);
  }
  return mix((hash ^ text::short_number(bytes.data(), bytes.size())) * kFactor);
}

/// A hash for longer texts: four chains of multiplications go on at once. Other values than those
/// of hash_bytes.
[[nodiscard]] inline std::uint64_t hash_text(std::string_view bytes) noexcept {
  constexpr std::uint64_t kFactor = 0x9FB21C651E98DF25ULL;
  constexpr std::size_t kChains = 4;
  std::uint64_t chains[kChains] = {1, 2, 3, 4};
  while (bytes.size() >= sizeof chains) {
    std::uint64_t units[kChains];
    std::memcpy(units, bytes.data(), sizeof units);
    for (std::size_t i = 0; i < kChains; ++i) {
      chains[i] = (chains[i] ^ units[i]) * kFactor;
      chains[i] ^= chains[i] >> 32;
    }
    bytes.remove_prefix(sizeof units);
  }
  std::uint64_t hash = hash_bytes(bytes);
  for (const std::uint64_t chain : chains) hash = mix(hash ^ chain);
  return hash;
}

/// Hash -> number, by open addressing. The hashes must be well mixed; 0 counts as 1.
class HashIndex {
 public:
  static constexpr std::uint32_t kAbsent = 0xFFFFFFFF;

  /// The number of `hash`; kAbsent if it has none.
  [[nodiscard]] std::uint32_t find(std::uint64_t hash) const noexcept {
    if (slots_.empty()) return kAbsent;
    hash = std::max<std::uint64_t>(hash, 1);
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      if (slots_[at].hash == hash) return slots_[at].number;
      if (slots_[at].hash == 0) return kAbsent;
    }
  }

  /// The number of `hash`, which is `next` if it had none.
  std::uint32_t find_or_add(std::uint64_t hash, std::uint32_t next) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    hash = std::max<std::uint64_t>(hash, 1);
    std::size_t at = hash & mask_;
    for (; slots_[at].hash != 0; at = (at + 1) & mask_) {
      if (slots_[at].hash == hash) return slots_[at].number;
    }
    slots_[at] = {hash, next};
    ++count_;
    return next;
  }

  /// Empties the table, which keeps its memory.
  void clear() {
    if (count_ > 0) std::fill(slots_.begin(), slots_.end(), Slot{});
    count_ = 0;
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t number = 0;
  };

  void grow() {
    constexpr std::size_t kLeastSlots = 64;
    std::vector<Slot> old(std::max(kLeastSlots, 2 * slots_.size()));
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    count_ = 0;
    for (const Slot& slot : old) {
      if (slot.hash != 0) find_or_add(slot.hash, slot.number);
    }
  }

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::size_t count_ = 0;
};

}  // namespace copydesk::extract
