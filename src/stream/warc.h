#pragma once

/// @file
/// WARC 1.0 and 1.1 (ISO 28500): the HTML pages of a crawl, one record after the other.

#include <cstdint>
#include <optional>
#include <string>

#include "copydesk/document.h"
#include "copydesk/error.h"

#include "stream/buffered_input.h"

namespace copydesk::stream {

/// Reads the pages of one WARC file: `response` records with a 2xx status and an HTML type, and
/// `resource` records of an HTML type. All others are passed over and counted.
class WarcReader {
 public:
  WarcReader(BufferedInput& input, std::uint64_t max_document_size)
      : input_(input), limit_(max_document_size) {}

  struct Page {
    PageOrigin origin;
    std::string bytes;
  };
  /// The next page; nothing at the end. After an error next() goes on behind the bad record, unless
  /// finished(). Errors: bad_warc, truncated, too_large, and those of parse_http_response.
  [[nodiscard]] Result<std::optional<Page>> next();

  /// True once nothing more can be read.
  [[nodiscard]] bool finished() const noexcept { return finished_; }
  /// Ordinal of the record that next() looked at last; counts from 1.
  [[nodiscard]] std::uint64_t record_number() const noexcept { return record_number_; }
  [[nodiscard]] std::uint64_t records_skipped() const noexcept { return records_skipped_; }

 private:
  struct Header {
    std::string type;
    std::string content_type;
    PageOrigin origin;
    std::uint64_t length = 0;
  };
  [[nodiscard]] Result<std::optional<Header>> next_header();
  [[nodiscard]] Status skip_to_next_record();
  [[nodiscard]] Result<std::optional<Page>> read_page(Header header);
  /// Whether the record that begins here holds an HTML page, as far as its header tells.
  [[nodiscard]] bool begins_page();

  BufferedInput& input_;
  std::uint64_t limit_;
  std::uint64_t record_number_ = 0;
  std::uint64_t records_skipped_ = 0;
  bool finished_ = false;
};

}  // namespace copydesk::stream
