#pragma once

/// @file
/// The regular expressions by which language models cut text into pieces, as hand-written code: the
/// same matches as a backtracking engine finds, in one pass.

#include <cstddef>
#include <string_view>

#include "copydesk/subwords.h"

namespace copydesk::tokenize {

/// The end of the piece that begins at `at`, at < text.size().
[[nodiscard]] std::size_t piece_end(std::string_view text, std::size_t at, SubwordPattern pattern);

}  // namespace copydesk::tokenize
