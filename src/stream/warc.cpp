#include "stream/warc.h"

#include <charconv>
#include <utility>

#include "stream/http.h"

namespace copydesk::stream {
namespace {

constexpr std::string_view kVersion = "WARC/1.";
constexpr std::uint64_t kLongestHeader = std::uint64_t{1} << 20;
// The HTTP header stands in the block, before the page that the limit is meant for.
constexpr std::uint64_t kHttpHeaderAllowance = std::uint64_t{1} << 20;

std::string without_angle_brackets(std::string_view id) {
  if (id.size() >= 2 && id.front() == '<' && id.back() == '>') id = id.substr(1, id.size() - 2);
  return std::string(id);
}

}  // namespace

Status WarcReader::skip_to_next_record() {
  for (;;) {
    auto skipped = input_.skip_past('\n');
    if (!skipped) return std::move(skipped).error();
    auto have = input_.ensure(kVersion.size());
    if (!have) return std::move(have).error();
    if (*have == 0 || input_.view().starts_with(kVersion)) return {};
  }
}

Result<std::optional<WarcReader::Header>> WarcReader::next_header() {
  // Records end with two empty lines; be lenient about more and fewer.
  for (;;) {
    auto have = input_.ensure(kVersion.size());
    if (!have) {
      finished_ = true;
      return std::move(have).error();
    }
    if (*have == 0) {
      finished_ = true;
      return std::optional<Header>();
    }
    const char first = input_.view()[0];
    if (first != '\r' && first != '\n') break;
    input_.consume(1);
  }
  ++record_number_;
  if (!input_.view().starts_with(kVersion)) {
    if (Status skipped = skip_to_next_record(); !skipped) finished_ = true;
    return ErrorCode::bad_warc;
  }
  std::size_t end = std::string_view::npos;
  std::vector<HeaderField> fields;
  for (std::size_t wanted = 4096;; wanted *= 2) {
    auto have = input_.ensure(wanted);
    if (!have) {
      finished_ = true;
      return std::move(have).error();
    }
    fields = parse_header_fields(input_.view().substr(0, *have), end);
    if (end != std::string_view::npos) break;
    if (*have < wanted || *have > kLongestHeader) {
      finished_ = true;
      return {ErrorCode::truncated, "WARC header"};
    }
  }
  Header header;
  header.type = find_field(fields, "WARC-Type");
  header.content_type = find_field(fields, "Content-Type");
  header.origin.id = without_angle_brackets(find_field(fields, "WARC-Record-ID"));
  header.origin.url = without_angle_brackets(find_field(fields, "WARC-Target-URI"));
  header.origin.date = find_field(fields, "WARC-Date");
  const std::string_view length = find_field(fields, "Content-Length");
  const auto parsed = std::from_chars(length.data(), length.data() + length.size(), header.length);
  if (parsed.ec != std::errc()) {
    if (Status skipped = skip_to_next_record(); !skipped) finished_ = true;
    return {ErrorCode::bad_warc, "no Content-Length"};
  }
  input_.consume(end);
  return std::optional<Header>(std::move(header));
}

Result<std::optional<WarcReader::Page>> WarcReader::read_page(Header header) {
  auto have = input_.ensure(static_cast<std::size_t>(header.length));
  if (!have || *have < header.length) {
    finished_ = true;
    if (!have) return std::move(have).error();
    return {ErrorCode::truncated, "WARC record " + header.origin.id};
  }
  const std::string_view block = input_.view().substr(0, static_cast<std::size_t>(header.length));
  Page page{std::move(header.origin), {}};
  std::string media_type;
  parse_content_type(header.content_type, media_type, page.origin.charset);
  if (header.type == "resource") {
    if (block.size() > limit_) {
      input_.consume(block.size());
      return {ErrorCode::too_large, "WARC record " + page.origin.id};
    }
    page.bytes = block;
  } else {
    auto response = parse_http_response(block, limit_);
    input_.consume(block.size());
    if (!response) return std::move(response).error();
    const bool html =
        is_html_type(response->media_type) ||
        (response->media_type.empty() && response->body.find('<') != std::string::npos);
    if (!html || response->status < 200 || response->status > 299) {
      ++records_skipped_;
      return std::optional<Page>();
    }
    if (response->body.size() > limit_) {
      return {ErrorCode::too_large, "WARC record " + page.origin.id};
    }
    page.bytes = std::move(response->body);
    page.origin.charset = std::move(response->charset);
    return std::optional<Page>(std::move(page));
  }
  input_.consume(block.size());
  return std::optional<Page>(std::move(page));
}

bool WarcReader::begins_page() {
  if (!input_.ensure(kHttpHeaderAllowance)) return true;
  const auto response = parse_http_response(input_.view().substr(0, kHttpHeaderAllowance), limit_);
  return !response || is_html_type(response->media_type);
}

Result<std::optional<WarcReader::Page>> WarcReader::next() {
  for (;;) {
    auto header = next_header();
    if (!header) return std::move(header).error();
    if (!*header) return std::optional<Page>();
    const Header& record = **header;
    std::string media_type;
    std::string charset;
    parse_content_type(record.content_type, media_type, charset);
    const bool wanted = (record.type == "response" && media_type != "text/dns") ||
                        (record.type == "resource" && is_html_type(media_type));
    const bool large = record.length > limit_ + kHttpHeaderAllowance;
    if (wanted && !large) {
      auto page = read_page(std::move(**header));
      if (!page || *page) return page;
      continue;
    }
    if (!wanted) ++records_skipped_;
    // A film is no page that is too large. What the record holds stands at its beginning.
    const bool page = wanted && (record.type == "resource" || begins_page());
    if (wanted && !page) ++records_skipped_;
    auto skipped = input_.skip(record.length);
    if (!skipped || !*skipped) {
      finished_ = true;
      if (!skipped) return std::move(skipped).error();
      return {ErrorCode::truncated, "WARC record " + record.origin.id};
    }
    if (page) return {ErrorCode::too_large, "WARC record " + record.origin.id};
  }
}

}  // namespace copydesk::stream
