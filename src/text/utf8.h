#pragma once

/// @file
/// UTF-8 as bytes: validation, decoding, encoding and repair. Code points are char32_t.

#include <cstddef>
#include <string>
#include <string_view>

namespace copydesk::text {

inline constexpr char32_t kReplacement = 0xFFFD;

/// True if `bytes` is well-formed UTF-8 (RFC 3629: no surrogates, nothing over U+10FFFF). SIMD
/// speed.
[[nodiscard]] bool is_valid_utf8(std::string_view bytes) noexcept;

/// `bytes` with each maximal ill-formed subsequence replaced by U+FFFD (Unicode 15, section 3.9,
/// "U+FFFD substitution of maximal subparts", as browsers do).
[[nodiscard]] std::string repair_utf8(std::string_view bytes);

/// Bytes of the longest character in UTF-8.
inline constexpr std::size_t kLongestUtf8 = 4;

/// Writes `code_point` as UTF-8 to `place`, which has room for kLongestUtf8 bytes. Returns how many
/// it wrote. A surrogate or a value over U+10FFFF is written as U+FFFD.
std::size_t write_utf8(char* place, char32_t code_point) noexcept;

/// Appends `code_point` as UTF-8. A surrogate or a value over U+10FFFF is appended as U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

/// The code point that begins at `text[at]` of well-formed UTF-8; advances `at` behind it.
/// Requires at < text.size().
inline char32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const char32_t lead = byte(at);
  if (lead < 0x80) {
    at += 1;
    return lead;
  }
  if (lead < 0xE0) {
    const char32_t c = ((lead & 0x1F) << 6) | (byte(at + 1) & 0x3F);
    at += 2;
    return c;
  }
  if (lead < 0xF0) {
    const char32_t c =
        ((lead & 0x0F) << 12) | ((byte(at + 1) & 0x3FU) << 6) | (byte(at + 2) & 0x3F);
    at += 3;
    return c;
  }
  const char32_t c = ((lead & 0x07) << 18) | ((byte(at + 1) & 0x3FU) << 12) |
                     ((byte(at + 2) & 0x3FU) << 6) | (byte(at + 3) & 0x3F);
  at += 4;
  return c;
}

/// The code point that ends just before `at` in well-formed UTF-8; moves `at` to its first byte.
/// Requires at > 0.
inline char32_t previous_code_point(std::string_view text, std::size_t& at) noexcept {
  do --at;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  std::size_t forward = at;
  return next_code_point(text, forward);
}

/// The longest prefix of at most `most` bytes that cuts no character.
[[nodiscard]] inline std::string_view whole_prefix(std::string_view text,
                                                   std::size_t most) noexcept {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

/// Number of code points in well-formed UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view text) noexcept;

}  // namespace copydesk::text
