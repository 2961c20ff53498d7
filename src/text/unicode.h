#pragma once

/// @file
/// The facade over ICU: properties of code points, case, normalisation. No ICU type is seen
/// outside. All functions are locale-independent and thread-safe. Strings are well-formed UTF-8.

#include <cstdint>
#include <string>
#include <string_view>

namespace copydesk::text {

[[nodiscard]] bool is_letter(char32_t c) noexcept;  ///< general category L*
[[nodiscard]] bool is_mark(char32_t c) noexcept;    ///< general category M*
[[nodiscard]] bool is_digit(char32_t c) noexcept;   ///< general category Nd
[[nodiscard]] bool is_number(char32_t c) noexcept;  ///< general category N*
[[nodiscard]] bool is_word(char32_t c) noexcept;    ///< L*, M*, N* or `_`: what a regex calls \w
[[nodiscard]] bool is_space(char32_t c) noexcept;   ///< White_Space property
[[nodiscard]] bool is_punctuation(char32_t c) noexcept;  ///< general category P*
[[nodiscard]] bool is_upper(char32_t c) noexcept;        ///< Uppercase property, or category Lt
[[nodiscard]] bool is_lower(char32_t c) noexcept;        ///< Lowercase property
[[nodiscard]] char32_t to_lower(char32_t c) noexcept;    ///< simple mapping

/// Scripts that are told apart because words or sentences work differently in them.
enum class Script : std::uint8_t {
  common,  ///< common or inherited: digits, punctuation, marks
  latin,
  greek,
  cyrillic,
  arabic,
  hebrew,
  han,
  kana,  ///< Hiragana and Katakana
  hangul,
  thai,
  khmer,
  lao,
  myanmar,
  other,
};
[[nodiscard]] Script script_of(char32_t c) noexcept;

/// True for the scripts that put no space between words (Han, Kana, Thai, Khmer, Lao, Myanmar).
[[nodiscard]] bool is_unspaced(Script script) noexcept;

/// Normalization Form C (UAX #15). Returns the text itself, unchanged, when it is already in NFC.
[[nodiscard]] std::string nfc(std::string_view text);
[[nodiscard]] bool is_nfc(std::string_view text);

/// Full case folding without locale (Unicode CaseFolding.txt, status C + F), then NFC.
[[nodiscard]] std::string fold_case(std::string_view text);

/// Lower case, full mapping, root locale.
[[nodiscard]] std::string lower(std::string_view text);

/// Runs of White_Space become one U+0020; none remains at either end.
[[nodiscard]] std::string collapse_space(std::string_view text);

/// The view without leading and trailing White_Space.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

}  // namespace copydesk::text
