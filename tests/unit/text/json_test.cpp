#include <gtest/gtest.h>

#include "text/json.h"

namespace copydesk::text {
namespace {

JsonObject parsed(std::string_view line) {
  auto result = JsonObject::parse(line);
  EXPECT_TRUE(result.ok()) << line;
  return std::move(result).value();
}

TEST(Json, FindsMembersAsTheyStand) {
  const auto record = parsed(R"( {"id": 7 ,"text":"a\"b\nc","list":[1,{"x":"]}"}, 3],"n":null} )");
  EXPECT_EQ(record.members().size(), 4U);
  EXPECT_EQ(record.find("id"), "7");
  EXPECT_EQ(record.find("list"), R"([1,{"x":"]}"}, 3])");
  EXPECT_EQ(record.find_string("text"), "a\"b\nc");
  EXPECT_EQ(record.find_string("id"), std::nullopt);
  EXPECT_EQ(record.find("absent"), std::nullopt);
}

TEST(Json, LastOfRepeatedKeysCounts) {
  EXPECT_EQ(parsed(R"({"a":1,"a":2})").find("a"), "2");
  EXPECT_EQ(parsed(R"({"\u0061":1})").find("a"), "1");
}

TEST(Json, RefusesWhatIsNoObject) {
  for (const char* line : {"", "[]", "1", "{", "{\"a\":}", "{\"a\":1}}", "{'a':1}",
                           "{\"a\":\"\xFF\"}", "{\"a\":[1,,2]}", "{\"a\":\"\n\"}"}) {
    auto result = JsonObject::parse(line);
    ASSERT_FALSE(result.ok()) << line;
    EXPECT_EQ(result.error().code, ErrorCode::bad_record);
  }
}

TEST(Json, TakesLoneSurrogateEscapes) {
  const auto decoded = [](std::string_view line) { return parsed(line).find_string("a").value(); };
  EXPECT_EQ(decoded(R"({"a":"cut \ud83d"})"), "cut \uFFFD");
  EXPECT_EQ(decoded(R"({"a":"\udc80 low"})"), "\uFFFD low");
  EXPECT_EQ(decoded(R"({"a":"\ud83d\ud83d\ude00"})"), "\uFFFD\U0001F600");
  EXPECT_EQ(decoded(R"({"a":"\ud83d\u0041\\ud83d"})"), "\uFFFDA\\ud83d");

  const auto record = parsed(R"({"other":"\ud83d","a":1})");
  RecordEdit edit;
  edit.set_raw("a", "2");
  EXPECT_EQ(edit.apply(record), R"({"other":"\ud83d","a":2})");

  for (const char* line : {R"({"a":"\ud83"})", R"({"a":"\ud83d\u00"})", R"({"a":"\ud83d\x"})"}) {
    EXPECT_FALSE(JsonObject::parse(line).ok()) << line;
  }
}

TEST(Json, EditsInPlace) {
  const auto record = parsed(R"({ "id":1, "text" : "x",  "z":[1, 2] })");
  RecordEdit edit;
  edit.set_string("text", "y\t");
  edit.set_raw("new", "5");
  EXPECT_EQ(edit.apply(record), R"({ "id":1, "text" : "y\t",  "z":[1, 2] ,"new":5})");
  EXPECT_EQ(RecordEdit().apply(record), record.line());
}

TEST(Json, RemovesMembers) {
  const auto removed = [](std::string_view line, std::initializer_list<const char*> keys) {
    RecordEdit edit;
    for (const char* key : keys) edit.remove(key);
    return edit.apply(parsed(line));
  };
  EXPECT_EQ(removed(R"({"a":1,"b":2,"c":3})", {"a"}), R"({"b":2,"c":3})");
  EXPECT_EQ(removed(R"({"a":1,"b":2,"c":3})", {"b"}), R"({"a":1,"c":3})");
  EXPECT_EQ(removed(R"({"a":1,"b":2,"c":3})", {"c"}), R"({"a":1,"b":2})");
  EXPECT_EQ(removed(R"({"a":1})", {"a"}), "{}");
  EXPECT_EQ(removed(R"({"a":1,"b":2,"c":3})", {"a", "b", "c"}), "{}");
  EXPECT_EQ(removed(R"({"a":1,"b":2,"c":3})", {"a", "b"}), R"({"c":3})");
}

TEST(Json, RemoveAndAdd) {
  RecordEdit edit;
  edit.remove("a");
  edit.set_raw("b", "2");
  EXPECT_EQ(edit.apply(parsed(R"({"a":1})")), R"({"b":2})");
  EXPECT_EQ(edit.apply(parsed(R"({})")), R"({"b":2})");
}

TEST(Json, StringsRoundTrip) {
  for (const char* text : {"", "plain", "q\"b\\s/", "\x01\x1f\x7f\n\r\t\b\f", "é\u2028\u2029😀€‹"}) {
    const std::string json = to_json_string(text);
    EXPECT_TRUE(is_valid_json(json)) << json;
    EXPECT_EQ(json.find('\n'), std::string::npos);
    EXPECT_EQ(decode_json_string(json), text);
  }
  EXPECT_EQ(to_json_string("\u2028"), R"("\u2028")");
  EXPECT_EQ(decode_json_string(R"("\ud83d\ude00\/\u00e9")"), "😀/é");
}

TEST(Json, StringsEndAtTheFirstQuoteThatIsNotEscaped) {
  const auto record = parsed(R"({"a":"\\\"","b":"\\\\","c":"\\\\\"\\","d":"","e":"\"\""})");
  EXPECT_EQ(record.members().size(), 5U);
  EXPECT_EQ(record.find("a"), R"("\\\"")");
  EXPECT_EQ(record.find("c"), R"("\\\\\"\\")");
  EXPECT_EQ(record.find("e"), R"("\"\"")");
}

TEST(Json, Writer) {
  JsonWriter writer;
  writer.string("a", "x")
      .integer("b", -3)
      .number("c", 0.1)
      .boolean("d", true)
      .raw("e", "[]")
      .strings("f", {"p", "q"});
  EXPECT_EQ(writer.finish(), R"({"a":"x","b":-3,"c":0.1,"d":true,"e":[],"f":["p","q"]})");
  EXPECT_EQ(writer.finish(), "{}");
}

TEST(Json, ArraysAndObjects) {
  EXPECT_EQ(json_array_elements(R"([1, "a,b" ,{"x":[2]}])"),
            (std::vector<RawJson>{"1", "\"a,b\"", R"({"x":[2]})"}));
  EXPECT_TRUE(json_array_elements("[]").empty());
  EXPECT_TRUE(json_array_elements("{}").empty());
  const auto members = json_object_members(R"({"a":{"b":"}"},"c":1})");
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0].value, R"({"b":"}"})");
}

}  // namespace
}  // namespace copydesk::text
