#pragma once

/// @file
/// JSON as the record stream uses it: one object a line, read by members, edited in place.
///
/// A record is validated whole by simdjson (RFC 8259, UTF-8; lone surrogate escapes, which its
/// grammar has, are taken) and then looked at as spans of its own line, so that every member that
/// is not changed passes through byte for byte.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/error.h"

namespace copydesk::text {

/// A JSON value as it stands in the text: `"a\nb"` with its quotes, `[1, 2]`, `null`.
using RawJson = std::string_view;

/// A member of an object. Both views point into the line that was parsed.
struct JsonMember {
  std::string_view raw_key;  ///< without the quotes, escapes as written
  RawJson value;
};

/// The top-level members of one record's line.
///
/// Holds views into the line: the caller keeps the line alive and unchanged. Of a repeated key the
/// last one counts, as in every common JSON reader.
class JsonObject {
 public:
  /// Parses `line` (no line terminator; white space around the object is allowed).
  /// Error: bad_record with simdjson's reason.
  [[nodiscard]] static Result<JsonObject> parse(std::string_view line);

  [[nodiscard]] const std::vector<JsonMember>& members() const noexcept { return members_; }
  [[nodiscard]] std::string_view line() const noexcept { return line_; }

  /// The raw value of `key`, if there is such a member.
  [[nodiscard]] std::optional<RawJson> find(std::string_view key) const;

  /// The value of `key` where it is a string, unescaped; nothing where it is absent or no string.
  [[nodiscard]] std::optional<std::string> find_string(std::string_view key) const;

 private:
  std::string_view line_;
  std::vector<JsonMember> members_;
};

/// What is to change in a record: members to set, in order. A member that exists is replaced where
/// it stands; a new one is put at the end. An edit without value removes the member.
class RecordEdit {
 public:
  void set_raw(std::string_view key, std::string raw_value);
  void set_string(std::string_view key, std::string_view value);
  void remove(std::string_view key);
  [[nodiscard]] bool empty() const noexcept { return changes_.empty(); }

  /// The record's line with the changes made; every other byte as it was.
  [[nodiscard]] std::string apply(const JsonObject& record) const;

 private:
  std::vector<std::pair<std::string, std::optional<std::string>>> changes_;
};

/// True if `value` is a JSON string.
[[nodiscard]] inline bool is_json_string(RawJson value) noexcept {
  return !value.empty() && value.front() == '"';
}

/// The characters of a valid JSON string value. A lone surrogate escape becomes U+FFFD.
[[nodiscard]] std::string decode_json_string(RawJson value);

/// Appends `value` (well-formed UTF-8) as a JSON string with its quotes. Escapes what RFC 8259 asks
/// for, and U+007F, U+2028, U+2029, so that a record is one line to every reader.
void append_json_string(std::string& out, std::string_view value);
[[nodiscard]] std::string to_json_string(std::string_view value);

/// The elements of a valid raw JSON array, as views into it; empty for anything else.
[[nodiscard]] std::vector<RawJson> json_array_elements(RawJson array);

/// The members of a valid raw JSON object, as views into it; empty for anything else.
[[nodiscard]] std::vector<JsonMember> json_object_members(RawJson object);

/// True if `value` is one valid JSON value in UTF-8 (white space around it is allowed).
[[nodiscard]] bool is_valid_json(std::string_view value);

/// Writes one JSON object member by member: `{"a":1,"b":"x"}`.
class JsonWriter {
 public:
  JsonWriter& string(std::string_view name, std::string_view value);
  JsonWriter& integer(std::string_view name, long long value);
  /// Shortest form that reads back as the same double, '.' as decimal point whatever the locale.
  JsonWriter& number(std::string_view name, double value);
  JsonWriter& boolean(std::string_view name, bool value);
  JsonWriter& raw(std::string_view name, std::string_view json);
  JsonWriter& strings(std::string_view name, const std::vector<std::string>& values);
  /// The finished object. The writer is empty after.
  [[nodiscard]] std::string finish();

 private:
  void key(std::string_view name);
  std::string out_ = "{";
};

}  // namespace copydesk::text
