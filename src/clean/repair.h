#pragma once

/// @file
/// Repair of characters: what scraping, wrong charsets and page markup leave in a text.

#include <string_view>
#include <vector>

#include "copydesk/clean.h"

namespace copydesk::clean {

struct RepairOptions {
  Quotes quotes = Quotes::keep;
  bool ligatures = false;
};

/// The edits that make `text` (any bytes) clean: well-formed UTF-8 in NFC, no mojibake, no C1
/// controls, no left-over entities, no invisible characters but those that a script needs, plain
/// spaces, \n as line end, no blanks at line ends, at most one blank line in a row. Linear.
/// repair(apply(repair(x))) is empty.
[[nodiscard]] std::vector<Edit> repair(std::string_view text, const RepairOptions& options);

}  // namespace copydesk::clean
