/// @file
/// Any bytes as a record: what is accepted another parser accepts too, and an edit changes nothing
/// but its own members.

#include <string>

#include <nlohmann/json.hpp>

#include "check.h"
#include "text/json.h"

namespace {

/// The UTF-16 unit of a `\u` escape at `at`, else -1.
long unit_at(const std::string& json, std::size_t at) {
  if (json.compare(at, 2, "\\u") != 0 || at + 6 > json.size()) return -1;
  return std::stol(json.substr(at + 2, 4), nullptr, 16);
}

/// `json`, which is valid, as a parser reads it that knows no lone surrogates.
std::string without_lone_surrogates(std::string json) {
  for (std::size_t at = 0; at < json.size();) {
    if (json[at] != '\\') {
      ++at;
      continue;
    }
    const long unit = unit_at(json, at);
    const bool high = unit >= 0xD800 && unit < 0xDC00;
    const long next = high ? unit_at(json, at + 6) : -1;
    if (next >= 0xDC00 && next < 0xE000) {
      at += 12;
    } else {
      if (unit >= 0xD800 && unit < 0xE000) json.replace(at, 6, "\\ufffd");
      at += unit < 0 ? 2 : 6;
    }
  }
  return json;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using copydesk::fuzz::check;
  using nlohmann::json;
  const std::string line(copydesk::fuzz::as_text(data, size));
  const auto record = copydesk::text::JsonObject::parse(line);
  if (!record) return 0;
  json before = json::parse(without_lone_surrogates(line), nullptr, false);
  check(before.is_object());
  copydesk::text::RecordEdit edit;
  edit.set_string("text", "new \x01 \xC3\xA9");
  edit.set_raw("added", "[1,2]");
  const json after = json::parse(without_lone_surrogates(edit.apply(*record)), nullptr, false);
  check(after.is_object());
  before["text"] = "new \x01 \xC3\xA9";
  before["added"] = {1, 2};
  check(after == before);
  return 0;
}
