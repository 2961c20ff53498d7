#pragma once

/// @file
/// The charset that browsers take Latin-1 for. Source: WHATWG Encoding Standard, index
/// windows-1252.

#include <array>
#include <cstddef>

namespace copydesk::text {

/// What the bytes 80 to 9F are; 0 for the five that are nothing.
inline constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/// The byte over 7F that reads as `c` in windows-1252, or in Latin-1 for the C1 controls; -1: none.
[[nodiscard]] inline int windows_1252_byte(char32_t c) noexcept {
  if (c >= 0x80 && c <= 0xFF) return static_cast<int>(c);
  if (c < 0x152 || c > 0x2122) return -1;
  for (std::size_t i = 0; i < kWindows1252.size(); ++i) {
    if (kWindows1252[i] == c) return static_cast<int>(0x80 + i);
  }
  return -1;
}

}  // namespace copydesk::text
