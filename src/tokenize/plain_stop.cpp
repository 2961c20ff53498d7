#include "tokenize/plain_stop.h"

#include <algorithm>
#include <bit>
#include <optional>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "tokenize/mark_table.h"
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

/// Of sixteen bytes, a bit a byte.
struct LetterBytes {
  std::uint32_t of_word;  ///< ASCII letters and all bytes beyond ASCII
  std::uint32_t others;   ///< first bytes of characters that may be no letters
  std::uint32_t latin;    ///< first bytes of U+00C0 to U+00FF
  std::uint32_t signs;    ///< second bytes of the two of these that are no letters
};

#if defined(__SSE2__)
LetterBytes letter_bytes(const char* from) noexcept {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  const auto equal = [&](unsigned value) {
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(value)));
  };
  const auto mask = [](__m128i vector) {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(vector));
  };
  const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
  const __m128i offset = _mm_sub_epi8(lower, _mm_set1_epi8('a'));
  const __m128i letter = _mm_cmpeq_epi8(_mm_min_epu8(offset, _mm_set1_epi8(25)), offset);
  const __m128i lead = _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8('\xC0')), bytes);
  const __m128i latin = equal(0xC3);
  const __m128i known = _mm_or_si128(latin, _mm_or_si128(equal(0xD0), equal(0xD1)));
  return {mask(_mm_or_si128(letter, bytes)), mask(_mm_andnot_si128(known, lead)), mask(latin),
          mask(_mm_or_si128(equal(0x97), equal(0xB7)))};
}
#endif

/// Whether letters of one and two bytes are two or more, and many or with a vowel among them.
bool sounds(std::string_view letters) noexcept {
  constexpr std::size_t kAlwaysMany = 2 * plain_stop::kLongWord - 1;  // bytes
  if (letters.size() >= kAlwaysMany) return true;
  std::size_t count = 0;
  bool vowel = false;
  for (std::size_t i = 0; i < letters.size(); ++count) {
    const Decoded decoded = decode_at(letters, i);
    vowel |= is_vowel(decoded.code_point);
    i += decoded.length;
  }
  return count >= plain_stop::kLongWord || (count >= 2 && vowel);
}

/// Language::last_bytes() of the word before `at`, if it is plain but for what the lists say and of
/// letters of ASCII, Latin-1 and Cyrillic. Nothing if that is not seen at once.
std::optional<std::uint64_t> known_word_bytes(std::string_view text, std::size_t at) {
#if defined(__SSE2__)
  constexpr unsigned kLongest = 30;
  if (at <= 32) return std::nullopt;
  const char* end = text.data() + at;
  const LetterBytes near = letter_bytes(end - 16);
  const LetterBytes far = letter_bytes(end - 32);
  const std::uint32_t of_word = near.of_word << 16 | far.of_word;
  const auto length = static_cast<unsigned>(std::countl_one(of_word));
  if (length == 0 || length > kLongest || !parts_words(end[-1 - static_cast<int>(length)])) {
    return std::nullopt;
  }
  std::uint32_t others = near.others << 16 | far.others;
  others |= (near.latin << 16 | far.latin) & (near.signs << 16 | far.signs) >> 1;
  if (others >> (32 - length) != 0) return std::nullopt;
  if (!sounds({end - length, length})) return std::nullopt;
  return last_bytes_before(end, std::min<unsigned>(length, kLastLetters));
#else
  static_cast<void>(text);
  static_cast<void>(at);
  return std::nullopt;
#endif
}

}  // namespace

bool plain_stop::follows_other_word(std::string_view text, std::size_t at,
                                    const Language& language) {
  if (const auto last = known_word_bytes(text, at)) {
    return (language.groups_of(*last) & Language::kAbbreviations) == 0;
  }
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
  // The number of a short word holds its first letter, whose case has to be of a known kind.
  if (capital && !is_ascii_letter(word[0]) && word.size() <= sizeof(std::uint64_t)) return false;
  return (language.groups_of(Language::last_bytes(word)) & Language::kAbbreviations) == 0;
}

namespace {

bool is_capital_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const char c = text[at];
  if (is_ascii(c)) return is_ascii_upper(c);
  // Cyrillic to U+042F is capital.
  if (c == '\xD0' && at + 1 < text.size()) return static_cast<unsigned char>(text[at + 1]) < 0xB0;
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

namespace {

/// Whether nothing that stands at `next`, behind a full stop, can join it to a word of four letters
/// or more with a vowel: white space, and no comma or the like behind it.
bool parts_ordinary_word(const char* next) {
  using namespace plain_stop;
  if ((meaning_of(*next) & kSpaces) == 0) return false;
  if (is_ascii(next[1])) return (meaning_of(next[1]) & kAloneBehind) != 0;
  const bool letter = MarkTable::after(next + 1) == Neighbour::letter;
  const bool general = next[1] == '\xE2' && next[2] == '\x80';
  return letter || general || (next[1] == '\xC2' && (next[2] == '\xAB' || next[2] == '\xBB'));
}

/// Whether the last four characters before `at` are letters, one of them a vowel.
bool follows_ordinary_word(std::string_view text, std::size_t at) {
  bool vowel = false;
  for (int i = 0; i < 4; ++i) {
    const Decoded decoded = decode_before(text, at);
    if (!properties_of(decoded.code_point).is_letter()) return false;
    vowel |= is_vowel(decoded.code_point);
    at -= decoded.length;
  }
  return vowel;
}

}  // namespace

bool plain_stop::is_other_lone_stop(std::string_view text, std::size_t at,
                                    const Language& language) {
  const char* next = text.data() + at + 1;
  const std::string_view mark(next, 3);
  const bool closed = mark == "\u2019" || mark == "\u201C" || mark == "\u201D";
  const bool alone = closed || (meaning_of(*next) & kAlone) != 0 || plain_end(text, at) != 0;
  if (!alone && !(parts_ordinary_word(next) && follows_ordinary_word(text, at))) return false;
  return is_ascii(next[-2]) ? follows_plain_word(text, at, language)
                            : follows_other_word(text, at, language);
}

}  // namespace copydesk::tokenize
