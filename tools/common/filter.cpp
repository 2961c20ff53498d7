#include "common/filter.h"

#include <utility>

namespace copydesk::tools {

void Outcome::fail(const Document& document, const Error& error) {
  emit = false;
  diagnostics.push_back({Diagnostic::Kind::failure, document.location, to_string(error)});
}

void Outcome::stop(const Location& location, const Error& error) {
  emit = false;
  diagnostics.push_back({Diagnostic::Kind::fatal, location, to_string(error)});
}

void Outcome::warn(const Document& document, std::string message) {
  diagnostics.push_back({Diagnostic::Kind::warning, document.location, std::move(message)});
}

std::string document_id(const Document& document) {
  if (!document.origin.id.empty()) return document.origin.id;
  std::string id(document.location.file_name());
  if (document.number_in_file > 1) id += "#" + std::to_string(document.number_in_file);
  return id;
}

Result<std::string> record_text(const text::JsonObject& record, std::string_view member) {
  const auto value = record.find(member);
  if (!value) {
    return {ErrorCode::missing_text, member == "text" ? "" : "no member " + std::string(member)};
  }
  if (!text::is_json_string(*value)) {
    return {ErrorCode::missing_text, "its " + std::string(member) + " is not a string"};
  }
  return text::decode_json_string(*value);
}

}  // namespace copydesk::tools
