#include "tokenize/pre_tokenizer.h"

#include <algorithm>

#include "tokenize/category.h"
#include "tokenize/properties.h"

namespace copydesk::tokenize {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// A text with the character classes of the patterns. Every method reads forward from `at`; one
/// that tries to match returns the end, or kNone.
class Matcher {
 public:
  explicit Matcher(std::string_view text) : text_(text) {}

  [[nodiscard]] std::size_t gpt2(std::size_t at) const {
    if (const std::size_t end = contraction(at, false); end != kNone) return end;
    const std::size_t behind = text_[at] == ' ' ? at + 1 : at;
    if (behind < text_.size()) {
      const Category first = category(behind);
      if (is_letter(first)) return skip(behind, is_letter);
      if (first == Category::number) return skip(behind, is_number);
      if (!is_space(first)) return skip(behind, is_other);
    }
    return spaces(at);
  }

  /// Also llama3, whose expression differs in spelling only.
  [[nodiscard]] std::size_t cl100k(std::size_t at) const {
    if (const std::size_t end = contraction(at, true); end != kNone) return end;
    const Category first = category(at);
    if (is_letter(first)) return skip(at, is_letter);
    if (first == Category::number) return numbers(at);
    if (first != Category::line_end) {
      const std::size_t behind = next(at);
      if (behind < text_.size() && is_letter(category(behind))) return skip(behind, is_letter);
    }
    return rest(at, "\r\n");
  }

  [[nodiscard]] std::size_t o200k(std::size_t at) const {
    const Category first = category(at);
    const bool prefix =
        !is_letter(first) && first != Category::number && first != Category::line_end;
    const std::size_t behind = prefix ? next(at) : at;
    std::size_t end = prefix ? lower_word(behind) : kNone;
    if (end == kNone) end = lower_word(at);
    if (end == kNone && prefix) end = upper_word(behind);
    if (end == kNone) end = upper_word(at);
    if (end != kNone) {
      const std::size_t suffix = contraction(end, true);
      return suffix == kNone ? end : suffix;
    }
    if (first == Category::number) return numbers(at);
    return rest(at, "\r\n/");
  }

 private:
  static bool is_letter(Category c) {
    return c == Category::lower || c == Category::upper || c == Category::letter;
  }
  static bool is_number(Category c) { return c == Category::number; }
  static bool is_space(Category c) { return c == Category::space || c == Category::line_end; }
  static bool is_other(Category c) { return c == Category::other || c == Category::mark; }
  /// [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]
  static bool is_upper_class(Category c) {
    return c == Category::upper || c == Category::letter || c == Category::mark;
  }
  /// [\p{Ll}\p{Lm}\p{Lo}\p{M}]
  static bool is_lower_class(Category c) {
    return c == Category::lower || c == Category::letter || c == Category::mark;
  }

  [[nodiscard]] Category category(std::size_t at) const {
    return category_of(decode_at(text_, at).code_point);
  }
  [[nodiscard]] std::size_t next(std::size_t at) const { return at + decode_at(text_, at).length; }

  template <typename Test>
  [[nodiscard]] std::size_t skip(std::size_t at, Test test) const {
    while (at < text_.size()) {
      const Decoded decoded = decode_at(text_, at);
      if (!test(category_of(decoded.code_point))) break;
      at += decoded.length;
    }
    return at;
  }

  /// 's 't 're 've 'm 'll 'd. Without case, s is also U+017F.
  [[nodiscard]] std::size_t contraction(std::size_t at, bool any_case) const {
    if (at >= text_.size() || text_[at] != '\'') return kNone;
    const auto letter = [&](std::size_t i) -> char {
      if (i >= text_.size()) return '\0';
      const char c = text_[i];
      return any_case && c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    };
    const char first = letter(at + 1);
    if (first == 's' || first == 't' || first == 'm' || first == 'd') return at + 2;
    const char second = letter(at + 2);
    if ((first == 'r' || first == 'v') && second == 'e') return at + 3;
    if (first == 'l' && second == 'l') return at + 3;
    if (any_case && text_.substr(at + 1, 2) == "\xC5\xBF") return at + 3;
    return kNone;
  }

  /// \p{N}{1,3}
  [[nodiscard]] std::size_t numbers(std::size_t at) const {
    for (int i = 0; i < 3 && at < text_.size() && is_number(category(at)); ++i) at = next(at);
    return at;
  }

  /// U* L+ of o200k, U and L being the two classes above, which share letters without case and
  /// marks. Where no L follows the run of U, the expression gives back as much of the run as it
  /// must: up to its last character that is an L too.
  [[nodiscard]] std::size_t lower_word(std::size_t at) const {
    std::size_t end = at;
    std::size_t shared = kNone;
    while (end < text_.size()) {
      const Decoded decoded = decode_at(text_, end);
      const Category c = category_of(decoded.code_point);
      if (c == Category::lower) return skip(end, is_lower_class);
      if (!is_upper_class(c)) break;
      end += decoded.length;
      if (c != Category::upper) shared = end;
    }
    return shared;
  }

  /// U+ L* of o200k, tried where lower_word() found nothing, so that no L follows.
  [[nodiscard]] std::size_t upper_word(std::size_t at) const {
    const std::size_t end = skip(at, is_upper_class);
    return end == at ? kNone : end;
  }

  /// " ?[^\s\p{L}\p{N}]+" with the characters of `tail` that follow, else white space.
  [[nodiscard]] std::size_t rest(std::size_t at, std::string_view tail) const {
    const std::size_t behind = text_[at] == ' ' ? at + 1 : at;
    const std::size_t end = skip(behind, is_other);
    if (end > behind) return std::min(text_.find_first_not_of(tail, end), text_.size());
    const std::size_t run = skip(at, is_space);
    const std::size_t line_end = text_.substr(at, run - at).find_last_of("\r\n");
    if (line_end != kNone) return at + line_end + 1;  // \s*[\r\n]+
    return spaces(at);
  }

  /// \s+(?!\S)|\s+: white space but for its last character, if something follows.
  [[nodiscard]] std::size_t spaces(std::size_t at) const {
    const std::size_t end = skip(at, is_space);
    if (end == text_.size()) return end;
    const std::size_t last = end - decode_before(text_, end).length;
    return last > at ? last : end;
  }

  std::string_view text_;
};

}  // namespace

std::size_t piece_end(std::string_view text, std::size_t at, SubwordPattern pattern) {
  const Matcher matcher(text);
  switch (pattern) {
    case SubwordPattern::gpt2:
      return matcher.gpt2(at);
    case SubwordPattern::o200k:
      return matcher.o200k(at);
    case SubwordPattern::cl100k:
    case SubwordPattern::llama3:
      break;
  }
  return matcher.cl100k(at);
}

}  // namespace copydesk::tokenize
