#pragma once

/// @file
/// Charset labels of the web, and where pages declare them. Thread-safe.

#include <string_view>

namespace copydesk::stream {

/// iconv's name for a charset label of the web ("latin1" -> "CP1252"); empty if it is not known.
[[nodiscard]] std::string_view charset_by_label(std::string_view label);

/// The charset label that the head of a page declares in `<meta charset>`, `<meta http-equiv
/// content>` or `<?xml encoding?>`; a view into `html`, empty if there is none.
[[nodiscard]] std::string_view declared_charset(std::string_view html) noexcept;

}  // namespace copydesk::stream
