#pragma once

/// @file
/// An HTTP response as a WARC record holds it: status line, header fields, body with its codings.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"

namespace copydesk::stream {

struct HeaderField {
  std::string_view name;
  std::string_view value;  ///< without white space at its ends; a folded line keeps its line feed
};

/// Splits header lines (\r\n or \n) up to the first empty line. `end` is set behind it, or to
/// std::string_view::npos where there is none.
[[nodiscard]] std::vector<HeaderField> parse_header_fields(std::string_view bytes,
                                                           std::size_t& end);

/// The value of the first field of that name (ASCII case-insensitive), or an empty view.
[[nodiscard]] std::string_view find_field(const std::vector<HeaderField>& fields,
                                          std::string_view name) noexcept;

struct HttpResponse {
  int status = 0;
  std::string media_type;  ///< "text/html": lower case, without parameters
  std::string charset;     ///< parameter of the Content-Type, as written
  std::string body;        ///< transfer and content codings undone
};

/// True for media types that are HTML pages; an absent type counts as one when the body looks so.
[[nodiscard]] bool is_html_type(std::string_view media_type) noexcept;

/// `type`'s media type and charset parameter.
void parse_content_type(std::string_view type, std::string& media_type, std::string& charset);

/// Parses a response. Its body is decoded only where the type is HTML or unknown.
/// Errors: bad_record (no status line), bad_compression, truncated, too_large (body over `limit`),
/// unsupported_type (a content coding we cannot undo).
[[nodiscard]] Result<HttpResponse> parse_http_response(std::string_view bytes, std::uint64_t limit);

}  // namespace copydesk::stream
