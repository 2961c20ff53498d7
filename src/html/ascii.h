#pragma once

/// @file
/// ASCII helpers of the tokenizer. HTML's white space and case rules are ASCII only.

#include <array>
#include <cstddef>
#include <string_view>

namespace copydesk::html {

[[nodiscard]] constexpr bool is_html_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/// By byte: true where it ends the name of a tag.
inline constexpr std::array<bool, 256> kEndsTagName = [] {
  std::array<bool, 256> ends{};
  for (const char c : {' ', '\n', '\t', '\r', '\f', '/', '>'})
    ends[static_cast<unsigned char>(c)] = true;
  return ends;
}();
[[nodiscard]] constexpr bool ends_tag_name(char c) noexcept {
  return kEndsTagName[static_cast<unsigned char>(c)];
}

[[nodiscard]] constexpr bool is_ascii_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

[[nodiscard]] constexpr char ascii_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// True if `text` begins with `lower` (given in lower case), whatever the case of its letters.
[[nodiscard]] constexpr bool starts_with_lower(std::string_view text,
                                               std::string_view lower) noexcept {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (ascii_lower(text[i]) != lower[i]) return false;
  }
  return true;
}

/// Where `lower` first stands in `text`, whatever the case of its letters; npos if nowhere.
/// For short texts: the cost is the product of the sizes.
[[nodiscard]] constexpr std::size_t find_lower(std::string_view text,
                                               std::string_view lower) noexcept {
  for (std::size_t i = 0; i + lower.size() <= text.size(); ++i) {
    if (starts_with_lower(text.substr(i), lower)) return i;
  }
  return std::string_view::npos;
}

}  // namespace copydesk::html
