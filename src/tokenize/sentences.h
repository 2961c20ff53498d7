#pragma once

/// @file
/// Sentences of the news profile: one scan over the text from terminator to terminator.

#include <string_view>
#include <vector>

#include "copydesk/tokenize.h"

#include "tokenize/language.h"

namespace copydesk::tokenize {

/// Appends the sentences of `text`, without the white space around them. Linear.
void append_news_sentences(std::string_view text, const Language& language, bool lines,
                           std::vector<Span>& sentences);

/// The same by the rules of UAX #29 alone.
void append_uax29_sentences(std::string_view text, std::vector<Span>& sentences);

}  // namespace copydesk::tokenize
