#pragma once

/// @file
/// Small hashes for names and words inside one page. Not kept, not compared between programs except
/// through the text of the scorer's table.

#include <cstdint>
#include <string_view>

namespace copydesk::extract {

/// A bijective scramble of 64 bits (the finaliser of SplitMix64).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

inline constexpr std::uint64_t kHashSeed = 0xCBF29CE484222325ULL;

/// One step of FNV-1a over a byte or a code point.
[[nodiscard]] constexpr std::uint64_t hash_step(std::uint64_t hash, std::uint32_t unit) noexcept {
  return (hash ^ unit) * 0x100000001B3ULL;
}

[[nodiscard]] constexpr std::uint64_t hash_bytes(std::string_view bytes) noexcept {
  std::uint64_t hash = kHashSeed;
  for (const char c : bytes) hash = hash_step(hash, static_cast<unsigned char>(c));
  return mix(hash);
}

}  // namespace copydesk::extract
