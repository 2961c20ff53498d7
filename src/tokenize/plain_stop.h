#pragma once

/// @file
/// Most full stops of running text stand behind an ordinary word, and most of those before a space
/// and a capital letter. These are found here with a few operations; full_stop.h has the rules for
/// the rest, and gives the same answer where it is asked about these (a test compares them). No one
/// can tell how long the last word of a sentence is, so there are no branches on it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tokenize/ascii.h"
#include "tokenize/language.h"
#include "tokenize/last_word.h"
#include "tokenize/vowels.h"

namespace copydesk::tokenize {

/// True if the letters before the full stop at `at` are a word of at least two that cannot be
/// an abbreviation, an initial or a number, whatever follows: the last of them is in lower case,
/// the word is not listed, and it is long or has a vowel. False does not say the opposite.
[[nodiscard]] bool follows_plain_word(std::string_view text, std::size_t at,
                                      const Language& language);

/// Where the sentence ends whose full stop, behind a plain word, stands at `at`: behind the full
/// stop or the quotation mark that closes. 0 if what follows leaves that open.
[[nodiscard]] std::size_t plain_end(std::string_view text, std::size_t at);

/// Both at once, for the commonest of all: an ASCII word, and a sentence that ends at the full
/// stop. Most of what this gives false for has to be asked again.
[[nodiscard]] bool is_plain_stop(std::string_view text, std::size_t at, const Language& language);

/// For words alone, which do not ask where the sentence ends: true if the full stop at `at` is a
/// token of its own behind a plain word. Requires more than kLastLetters bytes before it and four
/// behind it. False does not say the opposite.
[[nodiscard]] bool is_lone_stop(std::string_view text, std::size_t at, const Language& language);

namespace plain_stop {

/// A word of fewer letters has to have a vowel.
inline constexpr std::size_t kLongWord = 5;

/// What a byte may mean beside a plain word.
inline constexpr unsigned kParts = 1U << 0;  ///< ASCII, nothing before it is of the word
inline constexpr unsigned kVowel = 1U << 1;
inline constexpr unsigned kAfterSpace = 1U << 2;    ///< begins a sentence behind ". "
inline constexpr unsigned kAfterLineEnd = 1U << 3;  ///< the same for a full stop and a line end
inline constexpr unsigned kBetween = 4;  ///< a space and a line end have theirs so far to the left
inline constexpr unsigned kSpaces = (kAfterSpace | kAfterLineEnd) << kBetween;
inline constexpr unsigned kNoWord = 1U << 10;      ///< ASCII, neither letter nor digit
inline constexpr unsigned kOfWord = 1U << 11;      ///< ASCII letter or digit
inline constexpr unsigned kAlone = 1U << 8;        ///< before it a full stop is of no plain word
inline constexpr unsigned kAloneBehind = 1U << 9;  ///< the same with white space between, and of a
                                                   ///< word of four letters and a vowel

consteval std::array<std::uint16_t, 256> meanings() {
  std::array<std::uint16_t, 256> table{};
  constexpr AsciiSet kInner(".&");  // behind - and ' stands the part that counts
  constexpr AsciiSet kLone("\"')]}-*<|");
  constexpr AsciiSet kGoesOn(",;:)]}[");
  for (unsigned i = 0; i < 0x80; ++i) {
    const char c = static_cast<char>(i);
    unsigned meaning = 0;
    meaning |= is_ascii_word(c) ? kOfWord : kInner.has(c) ? kNoWord : kNoWord | kParts;
    if (is_ascii_upper(c) || is_ascii_digit(c)) meaning |= kAfterSpace;
    if (is_ascii_upper(c) || c == '\n') meaning |= kAfterLineEnd;
    if (c == ' ') meaning |= kAfterSpace << kBetween;
    if (c == '\n') meaning |= kAfterLineEnd << kBetween;
    if (is_ascii_letter(c) && is_vowel(static_cast<unsigned char>(c))) meaning |= kVowel;
    if (kLone.has(c)) meaning |= kAlone;
    if (c > ' ' && c != 0x7F && !kGoesOn.has(c)) meaning |= kAloneBehind;
    table[i] = static_cast<std::uint16_t>(meaning);
  }
  return table;
}
inline constexpr std::array<std::uint16_t, 256> kMeanings = meanings();

inline unsigned meaning_of(char c) noexcept {
  return kMeanings[static_cast<unsigned char>(c)];
}

/// 1 or 0: whether `behind`, of kMeanings, begins a sentence behind the white space `next`.
inline unsigned begins_sentence(unsigned next, unsigned behind) noexcept {
  return static_cast<unsigned>((next >> kBetween & behind & (kAfterSpace | kAfterLineEnd)) != 0);
}

/// Words that the quick way does not know, and those near the start of the text.
[[nodiscard]] bool follows_other_word(std::string_view text, std::size_t at,
                                      const Language& language);

/// What the number of a word's letters says of it.
inline constexpr unsigned kWordSized = 1U << 0;  ///< two or more, and all of them seen
inline constexpr unsigned kLong = 1U << 1;
inline constexpr unsigned kOrdinarySized = 1U << 2;  ///< four or more
inline constexpr unsigned kAllSeen = 1U << 3;        ///< one or more
consteval std::array<std::uint8_t, kLastLetters + 1> lengths() {
  std::array<std::uint8_t, kLastLetters + 1> table{};
  for (unsigned letters = 1; letters <= kLastLetters; ++letters) {
    unsigned length = 0;
    if (letters < kLastLetters) length |= kAllSeen | (letters >= 2 ? kWordSized : 0);
    if (letters >= kLongWord) length |= kLong;
    if (letters >= 4) length |= kOrdinarySized;
    table[letters] = static_cast<std::uint8_t>(length);
  }
  return table;
}
inline constexpr std::array<std::uint8_t, kLastLetters + 1> kLengths = lengths();

/// ASCII letters before a mark.
struct Letters {
  Letters(const char* mark, const Language& language) noexcept {
    const unsigned count = last_letters_before(mark);
    last = last_bytes_before(mark, count);
    length = kLengths[count];
    groups = language.ascii_groups_of(last);
    before = meaning_of(mark[-1 - static_cast<int>(count)]);
    static_assert(kParts == 1);
  }
  std::uint64_t last;  ///< Language::last_bytes()
  unsigned length;     ///< of kLengths
  unsigned groups;     ///< of Language
  unsigned before;     ///< what stands before them, of kMeanings; 0 beyond ASCII
};

/// What a word before a full stop is; only bit 0 counts.
struct Word {
  unsigned plain;
  unsigned ordinary;  ///< four letters or more, and a vowel among the last four
};

inline Word word_of(const Letters& letters) noexcept {
  // Bytes that are not of the word are 0, which is no vowel.
  const auto vowel = [&](unsigned shift) { return kMeanings[(letters.last >> shift) & 0xFFU]; };
  const unsigned vowels = (vowel(56) | vowel(48) | vowel(40) | vowel(32)) / kVowel;
  const auto lower = static_cast<unsigned>(letters.last >> (56 + 5));  // bit 5 of the last letter
  static_assert(Language::kAbbreviations == 1 && kWordSized == 1);
  return {
      (vowels | letters.length / kLong) & letters.length & lower & letters.before & ~letters.groups,
      vowels & letters.length / kOrdinarySized};
}

/// Bit 0: whether what stands at `at`, behind a full stop and a space, cannot join them to an
/// ordinary word: passes over two more spaces or line ends, and takes U+2000 to U+203F for marks
/// that part.
inline unsigned parts(const char* at) noexcept {
  const auto space = [&](int i) {
    return static_cast<unsigned>((meaning_of(at[i]) & kSpaces) != 0);
  };
  const auto alone = [&](int i) { return meaning_of(at[i]) / kAloneBehind; };
  const auto general =
      static_cast<unsigned>(at[0] == '\xE2') & static_cast<unsigned>(at[1] == '\x80');
  return general | alone(0) | (space(0) & (alone(1) | (space(1) & alone(2))));
}

/// Bit 0: is_lone_stop() for a word of ASCII letters and an ASCII character behind the full stop.
inline unsigned stands_alone(const char* stop, const Letters& letters) noexcept {
  const Word word = word_of(letters);
  const unsigned next = meaning_of(stop[1]);
  const unsigned behind = meaning_of(stop[2]);
  const unsigned begins = begins_sentence(next, behind);
  const auto spaced = static_cast<unsigned>((next & kSpaces) != 0);
  return word.plain & (next / kAlone | begins | (spaced & word.ordinary & parts(stop + 2)));
}

/// Another way to the same answer: words of letters beyond ASCII, and what begins with a character
/// beyond ASCII behind the full stop.
[[nodiscard]] bool is_other_lone_stop(std::string_view text, std::size_t at,
                                      const Language& language);

}  // namespace plain_stop

inline bool follows_plain_word(std::string_view text, std::size_t at, const Language& language) {
  if (at > kLastLetters) {
    const char* stop = text.data() + at;
    if (is_ascii(stop[-1 - static_cast<int>(last_letters_before(stop))])) {
      return (plain_stop::word_of({stop, language}).plain & 1U) != 0;
    }
  }
  return plain_stop::follows_other_word(text, at, language);
}

inline bool is_plain_stop(std::string_view text, std::size_t at, const Language& language) {
  using namespace plain_stop;
  if (at > kLastLetters && at + 2 < text.size()) {
    const char* stop = text.data() + at;
    if (!is_ascii(stop[-1])) {
      return *stop == '.' && plain_end(text, at) == at + 1 &&
             follows_other_word(text, at, language);
    }
    const unsigned ends = begins_sentence(meaning_of(stop[1]), meaning_of(stop[2]));
    const unsigned plain = word_of({stop, language}).plain & 1U;
    return (ends & plain & static_cast<unsigned>(*stop == '.')) != 0;
  }
  return text[at] == '.' && plain_end(text, at) == at + 1 && follows_plain_word(text, at, language);
}

inline bool is_lone_stop(std::string_view text, std::size_t at, const Language& language) {
  const char* stop = text.data() + at;
  const plain_stop::Letters letters(stop, language);
  if (letters.before == 0 || !is_ascii(stop[1])) {
    return plain_stop::is_other_lone_stop(text, at, language);
  }
  return (plain_stop::stands_alone(stop, letters) & 1U) != 0;
}

}  // namespace copydesk::tokenize
