#pragma once

/// @file
/// Lines that went, as edits of the text.

#include <vector>

#include "copydesk/clean.h"

#include "clean/text_lines.h"

namespace copydesk::clean {

/// Each run of lines that are gone becomes one edit a rule: with its line breaks, so that the
/// larger of the gaps before and behind it stays between the lines that are left.
[[nodiscard]] std::vector<Edit> edits_of(const TextLines& text);

}  // namespace copydesk::clean
