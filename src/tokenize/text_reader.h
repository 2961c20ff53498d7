#pragma once

/// @file
/// Reading a text around a place: characters, and the words before and behind it.

#include <cstddef>
#include <string_view>

#include "tokenize/ascii.h"
#include "tokenize/properties.h"

namespace copydesk::tokenize {

/// No word is read further back than this when a rule asks what stands before a mark.
inline constexpr std::size_t kLongestWord = 48;

/// A base for what reads one text. Reads nothing outside of it.
class TextReader {
 protected:
  explicit TextReader(std::string_view text) : text_(text) {}

  [[nodiscard]] char byte(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  [[nodiscard]] char32_t after(std::size_t at) const {
    return at < text_.size() ? decode_at(text_, at).code_point : U'\0';
  }
  /// The character before `at`, passing over the marks that it may bear.
  [[nodiscard]] char32_t before(std::size_t at) const {
    for (int i = 0; at > 0 && i < 8; ++i) {
      const Decoded decoded = decode_before(text_, at);
      const WordBreak c = properties_of(decoded.code_point).word_break();
      if (c != WordBreak::extend && c != WordBreak::format) return decoded.code_point;
      at -= decoded.length;
    }
    return U'\0';
  }
  static bool is_letter(char32_t c) { return properties_of(c).is_letter(); }
  static bool is_digit(char32_t c) { return properties_of(c).is_digit(); }
  static bool is_word(char32_t c) {
    const Properties properties = properties_of(c);
    return properties.is_letter() || properties.is_digit() ||
           properties.word_break() == WordBreak::extend;
  }
  static bool is_upper(char32_t c) { return properties_of(c).is_upper(); }
  static bool is_space(char32_t c) { return c == 0 || properties_of(c).is_space(); }

  /// The letters and digits that end at `at`.
  [[nodiscard]] std::string_view word_before(std::size_t at) const {
    std::size_t begin = at;
    while (begin > 0 && at - begin < kLongestWord) {
      if (is_ascii_word(text_[begin - 1])) {
        --begin;
        continue;
      }
      const Decoded decoded = decode_before(text_, begin);
      if (!is_word(decoded.code_point)) break;
      begin -= decoded.length;
    }
    return text_.substr(begin, at - begin);
  }
  [[nodiscard]] std::string_view word_after(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && end - at < kLongestWord) {
      if (is_ascii_word(text_[end])) {
        ++end;
        continue;
      }
      const Decoded decoded = decode_at(text_, end);
      if (!is_word(decoded.code_point)) break;
      end += decoded.length;
    }
    return text_.substr(at, end - at);
  }

  std::string_view text_;
};

}  // namespace copydesk::tokenize
