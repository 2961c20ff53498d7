#pragma once

/// @file
/// Sets of ASCII characters in the form that vector code asks them in.

#include <array>
#include <cstdint>
#include <string_view>

namespace copydesk::tokenize {

/// A set of ASCII characters as 16 bytes: byte = low nibble, bit = high nibble.
using CharacterSet = std::array<std::uint8_t, 16>;

constexpr CharacterSet character_set(std::string_view characters) {
  CharacterSet set{};
  for (const char c : characters) {
    const auto byte = static_cast<unsigned>(static_cast<unsigned char>(c));
    set[byte & 15U] = static_cast<std::uint8_t>(set[byte & 15U] | (1U << (byte >> 4)));
  }
  return set;
}

}  // namespace copydesk::tokenize
