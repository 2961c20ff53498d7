#include "tokenize/plain_stop.h"

#include <algorithm>

#include "tokenize/properties.h"
#include "tokenize/vowels.h"

namespace copydesk::tokenize {
namespace {

/// No word that is read here is longer, in bytes; word_before() of full_stop.h reads more.
constexpr std::size_t kLongestWord = 32;

/// Whether a word can begin behind `c`, so that nothing before it matters.
bool parts_words(char c) noexcept {
  return (plain_stop::meaning_of(c) & plain_stop::kParts) != 0;
}

}  // namespace

bool plain_stop::follows_other_word(std::string_view text, std::size_t at,
                                    const Language& language) {
  std::size_t letters = 0;
  std::size_t begin = at;
  bool vowel = false;
  bool capital = false;
  while (begin > 0) {
    if (parts_words(text[begin - 1])) break;
    if (capital || at - begin >= kLongestWord) return false;
    const Decoded decoded = decode_before(text, begin);
    const Properties properties = properties_of(decoded.code_point);
    if (!properties.is_letter()) return false;
    capital = !properties.is_lower();
    vowel |= is_vowel(decoded.code_point);
    begin -= decoded.length;
    if (++letters == 1 && capital) return false;
  }
  if (letters < 2 || (letters < kLongWord && !vowel)) return false;
  const std::string_view word = text.substr(begin, at - begin);
  // The key of a short word holds its first letter, which has to be in lower case there.
  if (capital && !is_ascii_letter(word[0]) && word.size() <= sizeof(std::uint64_t)) return false;
  return (language.groups_of(Language::last_bytes(word)) & Language::kAbbreviations) == 0;
}

namespace {

bool is_capital_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const char c = text[at];
  if (is_ascii(c)) return is_ascii_upper(c);
  return properties_of(decode_at(text, at).code_point).is_upper();
}

/// Behind a quotation mark that may stand at `at`: " or U+201C, U+201D.
std::size_t skip_quote(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '"') return at + 1;
  const std::string_view mark = text.substr(std::min(at, text.size()), 3);
  return mark == "\u201C" || mark == "\u201D" ? at + 3 : at;
}

/// Behind "- " or "* " at `at`.
std::size_t skip_bullet(std::string_view text, std::size_t at) {
  const std::string_view bullet = text.substr(std::min(at, text.size()), 2);
  return bullet == "- " || bullet == "* " ? at + 2 : at;
}

}  // namespace

std::size_t plain_end(std::string_view text, std::size_t at) {
  const std::size_t end = skip_quote(text, at + 1);
  if (end >= text.size()) return end;
  if (text[end] == '\n') {
    const std::size_t line = skip_bullet(text, end + 1);
    const bool empty_line = line < text.size() && text[line] == '\n';
    return empty_line || is_capital_at(text, line) ? end : 0;
  }
  if (text[end] != ' ' || end + 1 == text.size()) return 0;
  if (is_ascii_digit(text[end + 1])) return end;
  return is_capital_at(text, skip_quote(text, end + 1)) ? end : 0;
}

}  // namespace copydesk::tokenize
