#pragma once

/// @file
/// Most marks mean nothing to the rules where they stand: an apostrophe between the letters of an
/// English word, a hyphen between two words that it parts, a dollar sign before a number. What
/// stands on both sides says so, and this table has it for each mark, so that such marks are left
/// out without a branch.

#include <array>
#include <cstdint>
#include <string_view>

#include "tokenize/ascii.h"

namespace copydesk::tokenize {

class Language;

/// What a byte is beside a mark. Of characters beyond ASCII the letters are one class.
enum class Neighbour : std::uint8_t { space, upper, lower, s, digit, other, beyond, letter };
inline constexpr unsigned kNeighbours = 8;

consteval std::array<Neighbour, 256> neighbours() {
  std::array<Neighbour, 256> table{};
  constexpr AsciiSet kWhite("\t\n\v\f\r ");
  for (unsigned i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    table[i] = i >= 0x80           ? Neighbour::beyond
               : kWhite.has(c)     ? Neighbour::space
               : is_ascii_upper(c) ? Neighbour::upper
               : c == 's'          ? Neighbour::s
               : is_ascii_lower(c) ? Neighbour::lower
               : is_ascii_digit(c) ? Neighbour::digit
                                   : Neighbour::other;
  }
  return table;
}
inline constexpr std::array<Neighbour, 256> kNeighbourOf = neighbours();

class MarkTable {
 public:
  /// What to do about a mark, as one bit for each pair of neighbours, the one before it first.
  struct Entry {
    std::uint64_t look = 0;   ///< the rules decide
    std::uint64_t ask = 0;    ///< they do only if the word before is of one of `groups`
    std::uint64_t bind = 0;   ///< it is one token with the words on both sides
    std::uint64_t cut = 0;    ///< it begins a token that the s behind it belongs to
    std::uint64_t elide = 0;  ///< of `ask`: behind Language::is_elision() it ends a token
    unsigned groups = 0;      ///< of Language
  };

  /// Everything is looked at.
  MarkTable();
  explicit MarkTable(const Language& language);

  /// The entry of the mark whose first byte is at `mark`, two more bytes being there, and its
  /// length if it is one that the table has.
  [[nodiscard]] const Entry& entry(const char* mark, unsigned& length) const noexcept {
    const auto byte = static_cast<unsigned char>(*mark);
    const bool general = byte == 0xE2 && mark[1] == '\x80';
    const unsigned third = 0x80U | (static_cast<unsigned char>(mark[2]) & 0x3FU);
    length = general ? 3 : 1;
    return entries_[general ? third : byte < 0x80 ? byte : kUnknown];
  }

  /// The entry of a mark of ASCII.
  [[nodiscard]] const Entry& entry(char mark) const noexcept {
    return entries_[static_cast<unsigned char>(mark) & 0x7FU];
  }
  /// Where bit pair() is clear, nothing has to be done about the mark; all are set for what is
  /// beyond ASCII.
  [[nodiscard]] std::uint64_t matters(char mark) const noexcept {
    return matters_[static_cast<unsigned char>(mark)];
  }

  /// The bit for what stands before `mark` and at `behind`; two bytes are read behind,
  /// three before.
  [[nodiscard]] static unsigned pair(const char* mark, const char* behind) noexcept {
    return pair(before(mark), after(behind));
  }
  static constexpr unsigned pair(Neighbour before, Neighbour after) noexcept {
    return static_cast<unsigned>(before) * kNeighbours + static_cast<unsigned>(after);
  }
  /// The same where a letter beyond ASCII may count as anything beyond ASCII.
  [[nodiscard]] static unsigned quick_pair(const char* mark) noexcept {
    return pair(kNeighbourOf[static_cast<unsigned char>(mark[-1])],
                kNeighbourOf[static_cast<unsigned char>(mark[1])]);
  }
  [[nodiscard]] static Neighbour after(const char* at) noexcept {
    const bool letter = is_letter_pair(at[0], at[1]);
    return letter ? Neighbour::letter : kNeighbourOf[static_cast<unsigned char>(*at)];
  }
  [[nodiscard]] static Neighbour before(const char* at) noexcept {
    if (is_letter_pair(at[-2], at[-1])) return Neighbour::letter;
    return closes_quotation(at) ? Neighbour::other
                                : kNeighbourOf[static_cast<unsigned char>(at[-1])];
  }

 private:
  static constexpr unsigned kUnknown = 0xC0;  ///< the place of all others

  /// Two bytes of U+00C0 to U+017F or U+0400 to U+047F that are a letter.
  static bool is_letter_pair(char lead, char second) noexcept {
    const auto pair = static_cast<unsigned>(static_cast<unsigned char>(lead)) << 8U |
                      static_cast<unsigned char>(second);
    const unsigned leads = pair >> 8U;
    const bool cyrillic = (leads & 0xFEU) == 0xD0;
    const bool latin = leads - 0xC3U <= 2U;
    return (cyrillic | latin) & (pair != 0xC397U) & (pair != 0xC3B7U);  // not U+00D7, U+00F7
  }

  /// The commonest quotation marks beyond ASCII, before `at`: U+00AB, U+00BB, U+2018 to U+201F.
  static bool closes_quotation(const char* at) noexcept {
    if (at[-2] == '\xC2') return at[-1] == '\xAB' || at[-1] == '\xBB';
    return at[-3] == '\xE2' && at[-2] == '\x80' && (at[-1] & 0x38) == 0x18;
  }

  void add_apostrophes(const Language& language);
  void add_hyphens(const Language& language);
  void add_terminators(const Language& language);
  void add_signs(const Language& language);
  void sum_up();

  std::array<Entry, kUnknown + 1> entries_;
  std::array<std::uint64_t, 256> matters_;
};

}  // namespace copydesk::tokenize
