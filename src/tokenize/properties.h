#pragma once

/// @file
/// The Unicode properties that segmentation asks for, one 16-bit value a code point, in a two-stage
/// table that the build writes from ICU (generate_properties.cpp). Looking one up is two loads.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace copydesk::tokenize {

/// Word_Break of UAX #29. The numbers are those of ICU's UWordBreakValues.
enum class WordBreak : std::uint8_t {
  other = 0,
  a_letter = 1,
  format = 2,
  katakana = 3,
  mid_letter = 4,
  mid_num = 5,
  numeric = 6,
  extend_num_let = 7,
  cr = 8,
  extend = 9,
  lf = 10,
  mid_num_let = 11,
  newline = 12,
  regional_indicator = 13,
  hebrew_letter = 14,
  single_quote = 15,
  double_quote = 16,
  zwj = 21,
  wseg_space = 22,
};

/// Sentence_Break of UAX #29. The numbers are those of ICU's USentenceBreak.
enum class SentenceBreak : std::uint8_t {
  other = 0,
  a_term = 1,
  close = 2,
  format = 3,
  lower = 4,
  numeric = 5,
  o_letter = 6,
  sep = 7,
  sp = 8,
  s_term = 9,
  upper = 10,
  cr = 11,
  extend = 12,
  lf = 13,
  s_continue = 14,
};

/// The properties of one code point.
class Properties {
 public:
  static constexpr unsigned kPictographic = 1U << 5;
  static constexpr unsigned kSentenceShift = 6;
  static constexpr unsigned kDictionary = 1U << 10;
  static constexpr unsigned kSpace = 1U << 11;
  static constexpr unsigned kLetter = 1U << 12;
  static constexpr unsigned kUpper = 1U << 13;
  static constexpr unsigned kLower = 1U << 14;
  static constexpr unsigned kSymbol = 1U << 15;

  explicit constexpr Properties(std::uint16_t bits) noexcept : bits_(bits) {}
  [[nodiscard]] constexpr WordBreak word_break() const noexcept {
    return static_cast<WordBreak>(bits_ & 31U);
  }
  [[nodiscard]] constexpr SentenceBreak sentence_break() const noexcept {
    return static_cast<SentenceBreak>((bits_ >> kSentenceShift) & 15U);
  }
  /// Extended_Pictographic: emoji and their like.
  [[nodiscard]] constexpr bool is_pictographic() const noexcept { return has(kPictographic); }
  /// In a script whose words only a dictionary finds (Han, Kana, Thai, Lao, Khmer, Myanmar).
  [[nodiscard]] constexpr bool is_dictionary() const noexcept { return has(kDictionary); }
  [[nodiscard]] constexpr bool is_space() const noexcept { return has(kSpace); }    ///< White_Space
  [[nodiscard]] constexpr bool is_letter() const noexcept { return has(kLetter); }  ///< L*
  [[nodiscard]] constexpr bool is_upper() const noexcept {
    return has(kUpper);
  }  ///< upper or title
  [[nodiscard]] constexpr bool is_lower() const noexcept { return has(kLower); }
  [[nodiscard]] constexpr bool is_symbol() const noexcept { return has(kSymbol); }  ///< P* or S*
  [[nodiscard]] constexpr bool is_digit() const noexcept {
    return word_break() == WordBreak::numeric;
  }

 private:
  [[nodiscard]] constexpr bool has(unsigned flag) const noexcept { return (bits_ & flag) != 0; }
  std::uint16_t bits_;
};

inline constexpr unsigned kPropertyBlockShift = 7;
extern const std::uint16_t kPropertyIndex[];
extern const std::uint16_t kPropertyBlocks[];

/// Requires code_point <= U+10FFFF.
[[nodiscard]] inline Properties properties_of(char32_t code_point) noexcept {
  const std::size_t block = kPropertyIndex[code_point >> kPropertyBlockShift];
  return Properties(kPropertyBlocks[(block << kPropertyBlockShift) |
                                    (code_point & ((1U << kPropertyBlockShift) - 1))]);
}

/// A code point and how many bytes it takes.
struct Decoded {
  char32_t code_point;
  std::uint32_t length;
};

/// The code point at `text[at]`, at < text.size(). Text is expected to be well-formed UTF-8; a byte
/// that begins no well-formed sequence counts as U+FFFD of length 1, so nothing is read out of
/// bounds whatever the bytes are.
[[nodiscard]] inline Decoded decode_at(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) -> char32_t { return static_cast<unsigned char>(text[i]); };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const char32_t lead = byte(at);
  const std::size_t left = text.size() - at;
  if (lead < 0x80) return {lead, 1};
  if (lead >= 0xC2 && lead < 0xE0 && left >= 2 && follows(at + 1)) {
    return {((lead & 0x1FU) << 6) | (byte(at + 1) & 0x3FU), 2};
  }
  if (lead >= 0xE0 && lead < 0xF0 && left >= 3 && follows(at + 1) && follows(at + 2)) {
    return {((lead & 0x0FU) << 12) | ((byte(at + 1) & 0x3FU) << 6) | (byte(at + 2) & 0x3FU), 3};
  }
  if (lead >= 0xF0 && lead < 0xF5 && left >= 4 && follows(at + 1) && follows(at + 2) &&
      follows(at + 3)) {
    const char32_t c = ((lead & 0x07U) << 18) | ((byte(at + 1) & 0x3FU) << 12) |
                       ((byte(at + 2) & 0x3FU) << 6) | (byte(at + 3) & 0x3FU);
    if (c <= 0x10FFFF) return {c, 4};
  }
  return {0xFFFD, 1};
}

/// The code point that ends just before `at`, at > 0.
[[nodiscard]] inline Decoded decode_before(std::string_view text, std::size_t at) noexcept {
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 &&
         (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) {
    --begin;
  }
  const Decoded decoded = decode_at(text, begin);
  if (begin + decoded.length == at) return decoded;
  return {0xFFFD, 1};
}

}  // namespace copydesk::tokenize
