#pragma once

/// @file
/// Long lines that stand twice in one text.

#include "clean/text_lines.h"

namespace copydesk::clean {

/// A long line that stood at the head, word for word, says nothing new when it comes again: a
/// standfirst, a summary. An item of a list, or what stands three times, is repeated on purpose; so
/// is, but in the text of a whole page, more than a twentieth of a text. True if a line went.
bool drop_repeated(TextLines& lines, bool whole_page);

}  // namespace copydesk::clean
