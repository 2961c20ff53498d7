#pragma once

/// @file
/// Small hash steps. Their values are part of the index format: they are the same on every machine
/// and never change within a format version.

#include <bit>
#include <cstdint>
#include <cstring>

namespace copydesk::dedupe {

/// The finaliser of SplitMix64 (G. Steele, D. Lea, C. Flood, 2014): every input bit reaches every
/// output bit.
constexpr std::uint64_t mix(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31);
}

/// `value` joined to what was hashed so far; the order matters.
constexpr std::uint64_t combine(std::uint64_t so_far, std::uint64_t value) noexcept {
  return mix(so_far * 0x9E3779B97F4A7C15U + value);
}

/// 8 bytes as a little-endian number, whatever the machine.
inline std::uint64_t load_little(const char* bytes) noexcept {
  std::uint64_t value;
  std::memcpy(&value, bytes, sizeof value);
  if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap64(value);
  return value;
}

}  // namespace copydesk::dedupe
