#pragma once

/// @file
/// Small functions over strings of metadata. Strings are well-formed UTF-8.

#include <string>
#include <string_view>

#include "html/page.h"

namespace copydesk::extract {

/// Text as a page's attribute or JSON holds it, made plain: character references resolved (twice
/// where they were escaped twice), tags dropped, white space collapsed, NFC.
[[nodiscard]] std::string plain_text(std::string_view markup);

/// The text of a subtree on one line: collapsed, with a space at block boundaries and `br`, without
/// the texts of hidden elements; at most about `limit` bytes of it.
[[nodiscard]] std::string line_of(const html::Page& page, html::NodeId node,
                                  std::size_t limit = 2000);

/// Lower case with everything but letters, marks and digits dropped: for comparing titles.
[[nodiscard]] std::string fold_title(std::string_view text);

/// ASCII lower case; other bytes as they are.
[[nodiscard]] std::string ascii_lower(std::string_view text);

/// The host of an absolute URL without "www.", lower case; empty for anything else.
[[nodiscard]] std::string host_of(std::string_view url);

/// `url` made absolute against `base` (RFC 3986, without dot segments); `url` itself where `base`
/// is no absolute URL.
[[nodiscard]] std::string absolute_url(std::string_view url, std::string_view base);

}  // namespace copydesk::extract
