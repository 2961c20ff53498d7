#pragma once

/// @file
/// A page's bytes -> well-formed UTF-8. Thread-safe.
///
/// What counts, in this order: a byte order mark; what the bytes are without doubt (UTF-16 by its
/// zero bytes, UTF-8 by its multi-byte sequences, whatever is declared); the HTTP header; `<meta>`
/// or
/// `<?xml encoding?>` in the head; a guess by uchardet; windows-1252. A page whose UTF-8 was taken
/// for windows-1252 and encoded once more is decoded once more. Labels mean what browsers
/// take them for (WHATWG Encoding Standard: iso-8859-1 is windows-1252, gb2312 is gb18030 ...).

#include <string>
#include <string_view>

namespace copydesk {

/// A page in UTF-8.
struct DecodedPage {
  std::string text;     ///< well-formed; no byte order mark, no U+0000
  std::string charset;  ///< what the bytes were taken for, as iconv names it: "UTF-8", "CP1252"
};

/// Decodes a page. Never fails: what cannot be decoded becomes U+FFFD.
/// `http_charset`: the charset parameter of the Content-Type header, as written; may be empty or
/// nonsense. UTF-8 without defects is passed through without a copy. Linear in the size.
[[nodiscard]] DecodedPage decode_page(std::string bytes, std::string_view http_charset = {});

/// The same for bytes that stay where they are. Returns the text: `bytes` themselves, without a
/// byte order mark, where they are UTF-8 without defects (`page.text` is empty then); else
/// `page.text`. The view is valid as long as both are.
[[nodiscard]] std::string_view decode_page(std::string_view bytes, std::string_view http_charset,
                                           DecodedPage& page);

}  // namespace copydesk
