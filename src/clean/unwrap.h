#pragma once

/// @file
/// Hard-wrapped text: tells it from text that is merely short-lined, and joins its lines.

#include <string_view>
#include <vector>

#include "copydesk/clean.h"

namespace copydesk::clean {

/// The edits that join the lines of each block, if the whole document is hard-wrapped; else none.
/// A line is taken for wrapped if the next line's first word would not have fitted behind it; the
/// document, if that is so of 9 in 10 of at least five lines that could be. List items and indented
/// lines keep their breaks. `text`: well-formed UTF-8. Linear.
[[nodiscard]] std::vector<Edit> unwrap_lines(std::string_view text);

}  // namespace copydesk::clean
