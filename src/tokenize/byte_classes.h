#pragma once

/// @file
/// The classes of ASCII characters that vector code asks for, in the two forms that it asks them
/// in: a nibble table a class, and one table of all of them.

#include <array>
#include <cstdint>
#include <string_view>

#include "tokenize/word_scan.h"

namespace copydesk::tokenize {

enum class ByteClass : std::uint8_t {
  word,  ///< letters, digits, underscore
  mid,   ///< what may stand inside a word or a number
  mid_letter,
  mid_number,
  white,
  loud,  ///< kLoudMarks
  quiet,
  end,  ///< kSentenceEnds
};

inline constexpr std::array<std::string_view, 8> kByteClasses = {
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_",
    ".':,;",
    ".':",
    ".',;",
    "\t\n\v\f\r ",
    kLoudMarks,
    kQuietMarks,
    kSentenceEnds};

/// A set of ASCII characters as 16 bytes: byte = low nibble, bit = high nibble.
using NibbleSet = std::array<std::uint8_t, 16>;

consteval std::array<NibbleSet, kByteClasses.size()> nibble_sets() {
  std::array<NibbleSet, kByteClasses.size()> sets{};
  for (std::size_t i = 0; i < sets.size(); ++i) {
    for (const char c : kByteClasses[i]) {
      const unsigned byte = static_cast<unsigned char>(c);
      sets[i][byte & 15U] = static_cast<std::uint8_t>(sets[i][byte & 15U] | (1U << (byte >> 4)));
    }
  }
  return sets;
}
inline constexpr std::array<NibbleSet, kByteClasses.size()> kNibbleSets = nibble_sets();

/// Of each ASCII character its classes, as bits.
consteval std::array<std::uint8_t, 128> classes_of_ascii() {
  std::array<std::uint8_t, 128> table{};
  for (std::size_t i = 0; i < kByteClasses.size(); ++i) {
    for (const char c : kByteClasses[i]) {
      const unsigned byte = static_cast<unsigned char>(c);
      table[byte] = static_cast<std::uint8_t>(table[byte] | (1U << i));
    }
  }
  return table;
}
alignas(64) inline constexpr std::array<std::uint8_t, 128> kClassesOfAscii = classes_of_ascii();

}  // namespace copydesk::tokenize
