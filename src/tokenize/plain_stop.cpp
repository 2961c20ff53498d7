#include "tokenize/plain_stop.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "tokenize/ascii.h"
#include "tokenize/properties.h"
#include "tokenize/vowels.h"

namespace copydesk::tokenize {
namespace {

/// No word that is read here is longer, in bytes; word_before() of full_stop.h reads more.
constexpr std::size_t kLongestWord = 32;
/// A word of fewer letters has to have a vowel.
constexpr std::size_t kLongWord = 5;

/// The number of ASCII letters right before `at`, at most 16.
std::size_t ascii_letters_before(std::string_view text, std::size_t at) noexcept {
#if defined(__SSE2__)
  if (at >= 16) {
    const __m128i bytes =
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at - 16));
    const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    const __m128i offset = _mm_sub_epi8(lower, _mm_set1_epi8('a'));
    const __m128i letter = _mm_cmpeq_epi8(_mm_min_epu8(offset, _mm_set1_epi8(25)), offset);
    const auto mask = static_cast<std::uint16_t>(_mm_movemask_epi8(letter));
    return static_cast<std::size_t>(std::countl_one(mask));
  }
#endif
  std::size_t count = 0;
  while (count < 16 && count < at && is_ascii_letter(text[at - count - 1])) ++count;
  return count;
}

/// Language::last_bytes() of the `letters` bytes before `at`.
std::uint64_t last_letters(std::string_view text, std::size_t at, std::size_t letters) noexcept {
  if constexpr (std::endian::native == std::endian::little) {
    if (at >= sizeof(std::uint64_t)) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, text.data() + at - sizeof bytes, sizeof bytes);
      const std::size_t others = letters < sizeof bytes ? sizeof bytes - letters : 0;
      return bytes & (~std::uint64_t{0} << (8 * others));
    }
  }
  return Language::last_bytes(text.substr(at - letters, letters));
}

/// Whether a word can begin behind `c`, so that nothing before it matters.
bool parts_words(char c) noexcept {
  constexpr AsciiSet kInner(".-'&");
  return is_ascii(c) && !is_ascii_word(c) && !kInner.has(c);
}

/// Whether a vowel is among the last of the `letters` ASCII letters (two or more) before `at`, of
/// which four are looked at: no branch, as no one can tell how long the last word of a sentence is.
bool has_ascii_vowel(std::string_view text, std::size_t at, std::size_t letters) noexcept {
  const auto vowel = [&](std::size_t i) {
    return static_cast<int>(vowels::has(vowels::kAscii, static_cast<unsigned char>(text[at - i]) & 31U));
  };
  const std::size_t third = letters >= 3 ? 3 : 2;
  const std::size_t fourth = letters >= 4 ? 4 : 2;
  return (vowel(1) | vowel(2) | vowel(third) | vowel(fourth)) != 0;
}

/// The same for words with letters beyond ASCII.
bool follows_plain_letters(std::string_view text, std::size_t at, const Language& language) {
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
  return !language.may_abbreviate(Language::last_bytes(word));
}

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

bool follows_plain_word(std::string_view text, std::size_t at, const Language& language) {
  const std::size_t letters = ascii_letters_before(text, at);
  if (letters < at && !is_ascii(text[at - letters - 1])) {
    return follows_plain_letters(text, at, language);
  }
  if (letters < 2 || letters > 15) return false;
  const bool whole = letters == at || parts_words(text[at - letters - 1]);
  const int sounds = static_cast<int>(letters >= kLongWord) |
                     static_cast<int>(has_ascii_vowel(text, at, letters));
  const bool listed = language.may_abbreviate(last_letters(text, at, letters));
  return (static_cast<int>(is_ascii_lower(text[at - 1])) & static_cast<int>(whole) & sounds &
          static_cast<int>(!listed)) != 0;
}

std::size_t plain_end(std::string_view text, std::size_t at) {
  if (at + 2 < text.size()) {
    const char next = text[at + 1];
    const char second = text[at + 2];
    const bool line = next == '\n' && (second == '\n' || is_ascii_upper(second));
    if (line || (next == ' ' && is_ascii_word(second) && !is_ascii_lower(second))) return at + 1;
  }
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
