#include <string>

#include <gtest/gtest.h>

#include "extract/state_text.h"
#include "html/page.h"

namespace copydesk::extract {
namespace {

std::string read(std::string_view json, double least_words = 10) {
  const html::Script script{"__NEXT_DATA__", json};
  return state_text({&script, 1}, least_words);
}

TEST(StateText, ParagraphsOfPiecesWithLinks) {
  const std::string text = read(R"({"props":{"layout":{"css":["a very long rule of a style {x:y}"]},
    "story":{"url":"https://example.com/a/long/address","body":{"content":[
      {"type":"paragraph","content":[{"type":"text","value":"The dam above the town held after a "},
        {"type":"link","data":{"href":"https://example.com"},
         "content":[{"type":"text","value":"night"}]},
        {"type":"text","value":" of heavy rain."}]},
      {"type":"advert","content":[]},
      {"type":"paragraph","content":[{"type":"text",
        "value":"Engineers had worked until dawn to open the second gate."}]}]}}}})");
  EXPECT_EQ(text,
            "The dam above the town held after a night of heavy rain.\n\n"
            "Engineers had worked until dawn to open the second gate.\n");
}

TEST(StateText, ListsOfHtml) {
  EXPECT_EQ(read(R"({"content_elements":[
        {"type":"text","content":"The dam above the town <b>held</b> after a night of rain."},
        {"type":"text","content":"Engineers had worked until dawn to open the second gate."}]})"),
            "The dam above the town held after a night of rain.\n\n"
            "Engineers had worked until dawn to open the second gate.\n");
}

TEST(StateText, OneStringOfHtml) {
  EXPECT_EQ(read(R"({"post":{"title":"Dam holds","body":
      "<p>The dam above the town held after a night of rain.</p><p>Families could return.</p>"}})"),
            "The dam above the town held after a night of rain.\n\nFamilies could return.\n");
}

TEST(StateText, LabelsCodeAndShortTextsAreNoArticle) {
  EXPECT_EQ(read(R"({"menu":[{"text":"Home"},{"text":"Sport"},{"text":"Weather and traffic"}]})"),
            "");
  EXPECT_EQ(
      read(R"({"content":"a { color: red; } b { color: blue; } c { color: green } d {x:y}."})"),
      "");
  EXPECT_EQ(read(R"({"content":"The dam above the town held after a night of rain."})", 50), "");
  EXPECT_EQ(read("not JSON at all"), "");
}

TEST(StateText, ShareOfTriples) {
  EXPECT_DOUBLE_EQ(share_in("the dam held", "Yesterday the dam held again"), 1);
  EXPECT_DOUBLE_EQ(share_in("the dam broke", "Yesterday the dam held again"), 0);
  EXPECT_DOUBLE_EQ(share_in("dam", "dam dam dam"), 0);
}

}  // namespace
}  // namespace copydesk::extract
