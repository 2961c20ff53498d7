#pragma once

/// @file
/// The general categories that the patterns of language models tell apart, one byte a code point,
/// in a two-stage table that the build writes from ICU (generate_properties.cpp).

#include <cstddef>
#include <cstdint>

#include "tokenize/properties.h"

namespace copydesk::tokenize {

enum class Category : std::uint8_t {
  other = 0,
  space = 1,     ///< White_Space, but for the next
  line_end = 2,  ///< U+000A, U+000D
  lower = 3,     ///< Ll
  upper = 4,     ///< Lu, Lt
  letter = 5,    ///< Lm, Lo
  mark = 6,      ///< M*
  number = 7,    ///< N*
};

extern const std::uint16_t kCategoryIndex[];
extern const std::uint16_t kCategoryBlocks[];

/// Requires code_point <= U+10FFFF.
[[nodiscard]] inline Category category_of(char32_t code_point) noexcept {
  const std::size_t block = kCategoryIndex[code_point >> kPropertyBlockShift];
  return static_cast<Category>(kCategoryBlocks[(block << kPropertyBlockShift) |
                                               (code_point & ((1U << kPropertyBlockShift) - 1))]);
}

}  // namespace copydesk::tokenize
