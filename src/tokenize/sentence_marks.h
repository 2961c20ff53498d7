#pragma once

/// @file
/// Characters around the ends of sentences.

namespace copydesk::tokenize {

/// A quotation mark of any language and direction.
[[nodiscard]] bool is_quote(char32_t c) noexcept;

/// Behind a terminator, without a space between: a quotation mark of any direction closes (German
/// closes with what opens in English, Swedish with the mark that opens), a bracket only if it is a
/// closing one.
[[nodiscard]] bool is_closer(char32_t c) noexcept;

/// May stand before the first word of a sentence: quotation marks, opening brackets, bullets.
[[nodiscard]] bool is_opener(char32_t c) noexcept;

/// Written like emoji: star, and the blank of Braille, which keeps empty lines from being dropped.
[[nodiscard]] bool is_ornament(char32_t c) noexcept;

/// Emoji that stand before the items of lists.
[[nodiscard]] bool is_bullet(char32_t c) noexcept;

/// Stands inside abbreviations: apostrophe, degree sign, ordinal indicators, middle dot.
[[nodiscard]] bool is_inner_mark(char32_t c) noexcept;

/// A hyphen or dash.
[[nodiscard]] bool is_dash(char32_t c) noexcept;

/// Terminators of scripts that put no space behind them.
[[nodiscard]] bool is_wide_terminator(char32_t c) noexcept;

}  // namespace copydesk::tokenize
