#pragma once

/// @file
/// Questions about single bytes. All are false for bytes beyond ASCII.

#include <cstdint>
#include <string_view>

namespace copydesk::tokenize {

/// A set of ASCII characters; asking it is two instructions.
class AsciiSet {
 public:
  consteval explicit AsciiSet(std::string_view characters) {
    for (const char c : characters) {
      const auto byte = static_cast<unsigned char>(c);
      bits_[(byte >> 6) & 1U] |= std::uint64_t{1} << (byte & 63U);
    }
  }
  [[nodiscard]] constexpr bool has(char c) const noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 && ((bits_[byte >> 6] >> (byte & 63U)) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool has(char32_t c) const noexcept {
    return c < 0x80 && has(static_cast<char>(c));
  }

 private:
  std::uint64_t bits_[2] = {};
};

[[nodiscard]] constexpr bool is_ascii(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x80;
}
[[nodiscard]] constexpr bool is_ascii_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_ascii_lower(char c) noexcept {
  return c >= 'a' && c <= 'z';
}
[[nodiscard]] constexpr bool is_ascii_upper(char c) noexcept {
  return c >= 'A' && c <= 'Z';
}
[[nodiscard]] constexpr bool is_ascii_letter(char c) noexcept {
  return is_ascii_lower(static_cast<char>(c | 0x20));
}
[[nodiscard]] constexpr bool is_ascii_word(char c) noexcept {
  return is_ascii_letter(c) || is_ascii_digit(c);
}

}  // namespace copydesk::tokenize
