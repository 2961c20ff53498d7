#include "stream/http.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "stream/byte_source.h"

namespace copydesk::stream {
namespace {

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string_view trimmed(std::string_view text) noexcept {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

/// Undoes the chunked transfer coding (RFC 9112, 7.1). Crawlers store bodies that are cut, and
/// bodies that were unchunked though the header stayed: what does not parse is taken as it is.
std::string unchunked(std::string_view body) {
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t line_end = body.find('\n', at);
    std::uint64_t size = 0;
    const char* first = body.data() + at;
    const char* last = body.data() + std::min(line_end, body.size());
    const auto [end, error] = std::from_chars(first, last, size, 16);
    if (error != std::errc() || line_end == std::string_view::npos) {
      return at == 0 ? std::string(body) : out;
    }
    if (size == 0) return out;
    const std::string_view data = body.substr(line_end + 1, size);
    out.append(data);
    if (data.size() < size) return out;
    at = line_end + 1 + size;
    if (at < body.size() && body[at] == '\r') ++at;
    if (at < body.size() && body[at] == '\n') ++at;
  }
}

/// Undoes the codings of a Content-Encoding field, last one first.
Result<std::string> decoded(std::string body, std::string_view codings, std::uint64_t limit) {
  while (!codings.empty()) {
    const std::size_t comma = codings.rfind(',');
    const std::string coding =
        lowered(trimmed(comma == std::string_view::npos ? codings : codings.substr(comma + 1)));
    codings = comma == std::string_view::npos ? std::string_view() : codings.substr(0, comma);
    if (coding.empty() || coding == "identity" || body.empty()) continue;
    const bool gzip = coding == "gzip" || coding == "x-gzip" || coding == "deflate";
    // Some crawlers undo the coding and keep the header: a page is a page.
    if (trimmed(std::string_view(body).substr(0, 64)).starts_with('<')) continue;
    if (!gzip && coding != "zstd") return {ErrorCode::unsupported_type, "content coding " + coding};
    auto plain = gzip ? inflate_all(body, limit) : unzstd_all(body, limit);
    if (!plain) return std::move(plain).error();
    body = std::move(plain).value();
  }
  return body;
}

}  // namespace

std::vector<HeaderField> parse_header_fields(std::string_view bytes, std::size_t& end) {
  std::vector<HeaderField> fields;
  end = std::string_view::npos;
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t line_end = bytes.find('\n', at);
    const bool last = line_end == std::string_view::npos;
    if (last) line_end = bytes.size();
    const std::string_view line = bytes.substr(at, line_end - at);
    const std::size_t next = last ? bytes.size() : line_end + 1;
    if (trimmed(line).empty()) {
      end = next;
      return fields;
    }
    const std::size_t colon = line.find(':');
    if ((line[0] == ' ' || line[0] == '\t') && !fields.empty()) {
      // A folded line: the value goes on (RFC 9112, 5.2, obs-fold).
      const char* begin = fields.back().value.data();
      fields.back().value =
          trimmed({begin, static_cast<std::size_t>(line.data() + line.size() - begin)});
    } else if (colon != std::string_view::npos) {
      fields.push_back({trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1))});
    }
    at = next;
  }
  return fields;
}

std::string_view find_field(const std::vector<HeaderField>& fields,
                            std::string_view name) noexcept {
  for (const HeaderField& field : fields) {
    if (equals_ignoring_case(field.name, name)) return field.value;
  }
  return {};
}

bool is_html_type(std::string_view media_type) noexcept {
  return media_type == "text/html" || media_type == "application/xhtml+xml";
}

void parse_content_type(std::string_view type, std::string& media_type, std::string& charset) {
  const std::size_t semicolon = type.find(';');
  media_type = lowered(trimmed(type.substr(0, semicolon)));
  if (semicolon == std::string_view::npos) return;
  const std::string parameters = lowered(type.substr(semicolon + 1));
  const std::size_t at = parameters.find("charset=");
  if (at == std::string::npos) return;
  std::string_view value = std::string_view(parameters).substr(at + 8);
  value = trimmed(value.substr(0, value.find(';')));
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) {
    value = value.substr(1, value.size() - 2);
  }
  charset = value;
}

Result<HttpResponse> parse_http_response(std::string_view bytes, std::uint64_t limit) {
  HttpResponse response;
  const std::size_t line_end = bytes.find('\n');
  if (!bytes.starts_with("HTTP/") || line_end == std::string_view::npos) {
    return {ErrorCode::bad_record, "no HTTP status line"};
  }
  const std::string_view status_line = bytes.substr(0, line_end);
  const std::size_t space = status_line.find(' ');
  if (space != std::string_view::npos) {
    std::from_chars(status_line.data() + space + 1, status_line.data() + status_line.size(),
                    response.status);
  }
  bytes.remove_prefix(line_end + 1);
  std::size_t header_end = 0;
  const auto fields = parse_header_fields(bytes, header_end);
  if (header_end == std::string_view::npos) header_end = bytes.size();
  parse_content_type(find_field(fields, "Content-Type"), response.media_type, response.charset);
  if (!response.media_type.empty() && !is_html_type(response.media_type)) return response;
  const std::string_view raw = bytes.substr(header_end);
  const bool chunked = equals_ignoring_case(find_field(fields, "Transfer-Encoding"), "chunked");
  auto body = decoded(chunked ? unchunked(raw) : std::string(raw),
                      find_field(fields, "Content-Encoding"), limit);
  if (!body) return std::move(body).error();
  response.body = std::move(body).value();
  return response;
}

}  // namespace copydesk::stream
