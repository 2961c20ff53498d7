#pragma once

/// @file
/// The article as a page's JSON-LD gives it: the last resort where the page itself has no text.

#include <string>
#include <string_view>

namespace copydesk::extract {

/// The paragraphs of a declared articleBody, which may hold HTML: a blank line between them, NFC, a
/// line feed at the end; empty if there is no text in it.
[[nodiscard]] std::string declared_text(std::string_view body);

}  // namespace copydesk::extract
