#pragma once

/// @file
/// What one character becomes in folded text.

#include <array>
#include <cstdint>

namespace copydesk::rules {

/// A character that has no folded form: it is left out.
inline constexpr char32_t kDrop = 0xFFFFFFFF;

/// The folded form of an ASCII character: lower case; white space and control characters are
/// spaces.
[[nodiscard]] constexpr char32_t fold_ascii(char32_t c) noexcept {
  if (c <= 0x20 || c == 0x7F) return ' ';
  return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/// The folded form of `c`: one character, or kDrop.
[[nodiscard]] char32_t fold_point(char32_t c) noexcept;

/// The folded forms of the characters that UTF-8 writes in two bytes (U+0080 to U+07FF), which is
/// what Latin letters with accents, Greek, Cyrillic and Arabic are written in.
class TwoByteFolds {
 public:
  TwoByteFolds() noexcept;

  /// The two bytes of the folded form as they lie in memory; 0: it has not two bytes.
  [[nodiscard]] std::uint16_t of(unsigned char lead, unsigned char trail) const noexcept {
    return bytes_[static_cast<std::size_t>((lead & 0x1FU) << 6 | (trail & 0x3FU))];
  }

 private:
  std::array<std::uint16_t, 0x800> bytes_{};
};

/// The table, made when it is first asked for. Thread-safe.
[[nodiscard]] const TwoByteFolds& two_byte_folds() noexcept;

}  // namespace copydesk::rules
