#pragma once

/// @file
/// Sentence boundaries of UAX #29 (Unicode 15), as the standard has them.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace copydesk::tokenize {

/// The offset of each sentence boundary in `text`, 0 included and the end not; empty for an empty
/// text. Linear.
[[nodiscard]] std::vector<std::uint32_t> sentence_boundaries(std::string_view text);

}  // namespace copydesk::tokenize
