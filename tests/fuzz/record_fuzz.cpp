/// @file
/// Any bytes as a record: what is accepted another parser accepts too, and an edit changes nothing
/// but its own members.

#include <string>

#include <nlohmann/json.hpp>

#include "check.h"
#include "text/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using copydesk::fuzz::check;
  using nlohmann::json;
  const std::string line(copydesk::fuzz::as_text(data, size));
  const auto record = copydesk::text::JsonObject::parse(line);
  if (!record) return 0;
  json before = json::parse(line, nullptr, false);
  check(before.is_object());
  copydesk::text::RecordEdit edit;
  edit.set_string("text", "new \x01 \xC3\xA9");
  edit.set_raw("added", "[1,2]");
  const json after = json::parse(edit.apply(*record), nullptr, false);
  check(after.is_object());
  before["text"] = "new \x01 \xC3\xA9";
  before["added"] = {1, 2};
  check(after == before);
  return 0;
}
