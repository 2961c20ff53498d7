#pragma once

/// @file
/// Tells most words that are not in a list of words from those that are, before anything is hashed.

#include <bitset>
#include <cstddef>
#include <string_view>

namespace copydesk::text {

/// Looks at a word's length, its first two bytes and its last. Never denies a word that was added.
/// Immutable after the last add(); thread-safe then.
class WordFilter {
 public:
  void add(std::string_view word) noexcept { bits_.set(slot(word)); }
  [[nodiscard]] bool may_have(std::string_view word) const noexcept { return bits_[slot(word)]; }

 private:
  static constexpr std::size_t kBits = 8192;

  static std::size_t slot(std::string_view word) noexcept {
    if (word.empty()) return 0;
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(word[at]); };
    const std::size_t ends =
        byte(0) | byte(word.size() > 1 ? 1 : 0) << 8 | byte(word.size() - 1) << 16;
    return ((ends ^ word.size() << 24) * 0x9E3779B97F4A7C15ULL >> 51) % kBits;
  }

  std::bitset<kBits> bits_;
};

}  // namespace copydesk::text
