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

namespace plain_stop {

/// A word of fewer letters has to have a vowel.
inline constexpr std::size_t kLongWord = 5;

/// What a byte may mean beside a plain word.
inline constexpr unsigned kParts = 1U << 0;  ///< ASCII, nothing before it is of the word
inline constexpr unsigned kVowel = 1U << 1;
inline constexpr unsigned kAfterSpace = 1U << 2;    ///< begins a sentence behind ". "
inline constexpr unsigned kAfterLineEnd = 1U << 3;  ///< the same for a full stop and a line end
inline constexpr unsigned kBetween = 4;  ///< a space and a line end have theirs so far to the left

consteval std::array<std::uint8_t, 256> meanings() {
  std::array<std::uint8_t, 256> table{};
  constexpr AsciiSet kInner(".-'&");
  for (unsigned i = 0; i < 0x80; ++i) {
    const char c = static_cast<char>(i);
    unsigned meaning = 0;
    if (!is_ascii_word(c) && !kInner.has(c)) meaning |= kParts;
    if (is_ascii_upper(c) || is_ascii_digit(c)) meaning |= kAfterSpace;
    if (is_ascii_upper(c) || c == '\n') meaning |= kAfterLineEnd;
    if (c == ' ') meaning |= kAfterSpace << kBetween;
    if (c == '\n') meaning |= kAfterLineEnd << kBetween;
    if (is_ascii_letter(c) && is_vowel(static_cast<unsigned char>(c))) meaning |= kVowel;
    table[i] = static_cast<std::uint8_t>(meaning);
  }
  return table;
}
inline constexpr std::array<std::uint8_t, 256> kMeanings = meanings();

inline unsigned meaning_of(char c) noexcept {
  return kMeanings[static_cast<unsigned char>(c)];
}

/// Words that the quick way does not know, and those near the start of the text.
[[nodiscard]] bool follows_other_word(std::string_view text, std::size_t at,
                                      const Language& language);

/// 1 or 0: whether the ASCII letters before `at`, `letters` of them, are a plain word.
inline unsigned is_plain_word(const char* at, unsigned letters, const Language& language) noexcept {
  const std::uint64_t last = last_bytes_before(at, letters);
  // Bytes that are not of the word are 0, which is no vowel.
  const auto vowel = [&](unsigned shift) { return kMeanings[(last >> shift) & 0xFFU]; };
  const unsigned vowels = (vowel(56) | vowel(48) | vowel(40) | vowel(32)) / kVowel;
  const unsigned sounds = vowels | static_cast<unsigned>(letters >= kLongWord);
  const auto sized = static_cast<unsigned>(letters - 2 <= 13);
  const auto lower = static_cast<unsigned>(last >> (56 + 5));  // bit 5 of the last letter
  static_assert(Language::kAbbreviations == 1 && kParts == 1);
  const unsigned listed = language.groups_of(last);
  return sounds & sized & lower & meaning_of(at[-1 - static_cast<int>(letters)]) & ~listed & 1U;
}

}  // namespace plain_stop

inline bool follows_plain_word(std::string_view text, std::size_t at, const Language& language) {
  if (at > kLastLetters) {
    const char* stop = text.data() + at;
    const unsigned letters = last_letters_before(stop);
    if (is_ascii(stop[-1 - static_cast<int>(letters)])) {
      return plain_stop::is_plain_word(stop, letters, language) != 0;
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
    const unsigned ends = meaning_of(stop[1]) >> kBetween & meaning_of(stop[2]);
    const unsigned plain = is_plain_word(stop, last_letters_before(stop), language);
    return (static_cast<unsigned>(ends != 0) & plain & static_cast<unsigned>(*stop == '.')) != 0;
  }
  return text[at] == '.' && plain_end(text, at) == at + 1 && follows_plain_word(text, at, language);
}

}  // namespace copydesk::tokenize
