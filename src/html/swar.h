#pragma once

/// @file
/// Short searches eight bytes at a time, for places where a call of memchr costs more than the
/// search.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace copydesk::html {

/// Eight bytes of memory, the first one lowest.
[[nodiscard]] inline std::uint64_t load_word(const char* bytes) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

[[nodiscard]] constexpr std::uint64_t repeated(char byte) noexcept {
  return 0x0101010101010101ULL * static_cast<unsigned char>(byte);
}

/// Nonzero where a byte of `word` is zero; the lowest bit that is set tells the first one.
[[nodiscard]] constexpr std::uint64_t zero_bytes(std::uint64_t word) noexcept {
  return (word - repeated('\x01')) & ~word & repeated('\x80');
}

/// The highest bit of each byte of `word` that is zero, and no other bit.
[[nodiscard]] constexpr std::uint64_t exact_zero_bytes(std::uint64_t word) noexcept {
  const std::uint64_t low = (word & repeated('\x7F')) + repeated('\x7F');
  return ~(low | word | repeated('\x7F'));
}

/// Nonzero where a byte of `word` is below `limit`, an ASCII character.
[[nodiscard]] constexpr std::uint64_t bytes_below(std::uint64_t word, char limit) noexcept {
  return (word - repeated(limit)) & ~word & repeated('\x80');
}

/// Each upper-case ASCII letter of `word` in lower case.
[[nodiscard]] constexpr std::uint64_t lower_word(std::uint64_t word) noexcept {
  const std::uint64_t low = word & repeated('\x7F');
  const std::uint64_t from_a = low + repeated(static_cast<char>(0x80 - 'A'));
  const std::uint64_t behind_z = low + repeated(static_cast<char>(0x80 - 'Z' - 1));
  return word | ((from_a & ~behind_z & ~word & repeated('\x80')) >> 2);
}

/// The first of two bytes from `from` on, or npos; for places where one is mostly near.
[[nodiscard]] inline std::size_t find_either(std::string_view text, char first, char second,
                                             std::size_t from) noexcept {
  std::size_t at = from;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += 8) {
    const std::uint64_t word = load_word(text.data() + at);
    const std::uint64_t found =
        zero_bytes(word ^ repeated(first)) | zero_bytes(word ^ repeated(second));
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
  }
  for (; at < text.size(); ++at) {
    if (text[at] == first || text[at] == second) return at;
  }
  return std::string_view::npos;
}

}  // namespace copydesk::html
