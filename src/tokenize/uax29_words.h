#pragma once

/// @file
/// Word boundaries of UAX #29 (Unicode 15), code point by code point: the reference that every
/// faster path is held to, and the path for text that the vector code does not do itself.

#include <cstddef>
#include <string_view>

#include "tokenize/bitmap.h"

namespace copydesk::tokenize {

/// Sets in `boundaries` each word boundary of text[begin, end), `begin` included, `end` not; bits
/// that are set already stay. `begin` must be a place where what stands before does not matter: the
/// start of the text, behind a line feed, or behind a space if no mark follows. Linear.
void mark_word_boundaries(std::string_view text, std::size_t begin, std::size_t end,
                          Bitmap& boundaries);

}  // namespace copydesk::tokenize
