#pragma once

/// @file
/// Words of the news profile: what UAX #29 found (word_scan.h), joined and split again at its
/// marks.

#include <string_view>

#include "tokenize/language.h"
#include "tokenize/word_scan.h"

namespace copydesk::tokenize {

/// Changes the boundaries of `scan`, which must be that of `text`. Linear.
void apply_news_rules(std::string_view text, const Language& language, bool lines, WordScan& scan);

}  // namespace copydesk::tokenize
