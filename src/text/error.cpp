#include "copydesk/error.h"

namespace copydesk {

std::string_view phrase(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::cannot_open:
      return "cannot open";
    case ErrorCode::is_directory:
      return "is a directory";
    case ErrorCode::read_failed:
      return "read failed";
    case ErrorCode::write_failed:
      return "write failed";
    case ErrorCode::bad_compression:
      return "damaged compressed data";
    case ErrorCode::truncated:
      return "input ends too early";
    case ErrorCode::bad_warc:
      return "not a WARC record";
    case ErrorCode::bad_record:
      return "not a JSON object";
    case ErrorCode::missing_text:
      return "record has no text";
    case ErrorCode::too_large:
      return "document is larger than --max-document-size";
    case ErrorCode::unsupported_type:
      return "unsupported type of content";
    case ErrorCode::bad_option:
      return "bad option";
    case ErrorCode::bad_rule:
      return "bad rule";
    case ErrorCode::bad_data:
      return "bad data file";
    case ErrorCode::limit_reached:
      return "limit reached";
    case ErrorCode::locked:
      return "in use by another process";
  }
  return "unknown error";
}

std::string to_string(const Error& error) {
  std::string text(phrase(error.code));
  if (!error.detail.empty()) text.append(": ").append(error.detail);
  return text;
}

}  // namespace copydesk
