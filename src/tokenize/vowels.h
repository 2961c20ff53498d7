#pragma once

/// @file
/// Vowels of the Latin, Greek and Cyrillic alphabets: a short word without any looks abbreviated.

#include <cstdint>

namespace copydesk::tokenize {

namespace vowels {

/// One bit a letter, from `base` on.
consteval std::uint64_t set_of(const char32_t* letters, char32_t base) {
  std::uint64_t set = 0;
  for (; *letters != 0; ++letters) set |= std::uint64_t{1} << (*letters - base);
  return set;
}

inline constexpr std::uint64_t kAscii = set_of(U"aeiouy", 0x60);
inline constexpr std::uint64_t kLatin = set_of(
    U"\u00E1\u00E9\u00ED\u00F3\u00FA\u00FD\u00E0\u00E8\u00EC\u00F2\u00F9\u00E2\u00EA\u00EE"
    U"\u00F4\u00FB\u00E4\u00EB\u00EF\u00F6\u00FC\u00E3\u00F5\u00E5\u00E6\u00F8\u00FF",
    0xE0);
inline constexpr std::uint64_t kGreek = set_of(
    U"\u03B1\u03B5\u03B7\u03B9\u03BF\u03C5\u03C9\u03AC\u03AD\u03AE\u03AF\u03CC\u03CD\u03CE"
    U"\u03CA\u03CB",
    0x3A0);
inline constexpr std::uint64_t kCyrillic = set_of(
    U"\u0430\u0435\u0438\u043E\u0443\u044B\u044D\u044E\u044F\u0451\u0456\u0457\u0454", 0x420);

constexpr bool has(std::uint64_t set, char32_t offset) noexcept {
  return ((set >> (offset & 63U)) & 1U) != 0;
}

/// Of the letters of Latin beyond U+00FF these are vowels, in lower case and capital.
constexpr bool is_extended(char32_t c) noexcept {
  switch (c | 1U) {  // most capitals are even, their small letters odd
    case 0x105:      // a and e with ogonek
    case 0x119:
    case 0x11B:  // e with caron
    case 0x131:  // dotless i, and its capital
    case 0x151:  // o and u with double acute
    case 0x153:  // oe
    case 0x16F:  // u with ring
    case 0x171:
      return true;
    default:
      return c == 0x178;  // capital y with diaeresis
  }
}

}  // namespace vowels

/// Requires a letter.
[[nodiscard]] constexpr bool is_vowel(char32_t c) noexcept {
  if (c < 0x80) return vowels::has(vowels::kAscii, c & 31U);
  if (c < 0x100) return c >= 0xC0 && c != 0xDF && vowels::has(vowels::kLatin, c & 31U);
  if (c < 0x180) return vowels::is_extended(c);
  if (c >= 0x386 && c < 0x3D0) {
    switch (c) {  // accented capitals stand apart from their small letters
      case 0x386:
      case 0x388:
      case 0x389:
      case 0x38A:
      case 0x38C:
      case 0x38E:
      case 0x38F:
        return true;
      default:
        return vowels::has(vowels::kGreek, (c < 0x3AC ? c + 0x20 : c) - 0x3A0);
    }
  }
  if (c >= 0x400 && c < 0x460) {
    const char32_t lower = c < 0x410 ? c + 0x50 : c < 0x430 ? c + 0x20 : c;
    return vowels::has(vowels::kCyrillic, lower - 0x420);
  }
  return false;
}

}  // namespace copydesk::tokenize
