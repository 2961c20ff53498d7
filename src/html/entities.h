#pragma once

/// @file
/// Character references (`&amp;`, `&#8217;`, `&eacute`) as HTML defines them (WHATWG HTML 13.2.5.72
/// and following). Input and output are well-formed UTF-8. Thread-safe.

#include <string>
#include <string_view>

namespace copydesk::html {

/// In an attribute, `&copy=` and `&copyx` stay as they are (query strings); in text they do not.
enum class ReferenceContext { text, attribute };

/// Appends `source` to `out` with its character references resolved. Numbers 128-159 mean
/// windows-1252, as in every browser; a surrogate, zero or too large a number becomes U+FFFD.
/// CR LF and CR become LF.
void append_decoded(std::string& out, std::string_view source, ReferenceContext context);

}  // namespace copydesk::html
