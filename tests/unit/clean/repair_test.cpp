#include <gtest/gtest.h>

#include "clean/repair.h"
#include "text/utf8.h"

namespace copydesk::clean {
namespace {

std::string repaired(std::string_view text, RepairOptions options = {}) {
  const std::vector<Edit> edits = repair(text, options);
  std::string out = apply_edits(text, edits);
  EXPECT_EQ(*restore_edits(out, edits), text);
  EXPECT_TRUE(text::is_valid_utf8(out));
  EXPECT_TRUE(repair(out, options).empty()) << out;
  return out;
}

TEST(Repair, SpacesAndLines) {
  EXPECT_EQ(repaired("a\u00a0b \u00a0c\u2009d"), "a b c d");
  EXPECT_EQ(repaired("a\r\nb\rc\u2028d"), "a\nb\nc\nd");
  EXPECT_EQ(repaired("\n\n a  \n\t\n\n\nb\n\n"), " a\n\nb\n");
  EXPECT_EQ(repaired("    code\n        more"), "    code\n        more");
}

TEST(Repair, InvisibleCharactersGoWhereNoScriptNeedsThem) {
  EXPECT_EQ(repaired("soft\u00adhyphen\u200b and \ufeffmark"), "softhyphen and mark");
  EXPECT_EQ(repaired("می\u200cخواهم"), "می\u200cخواهم");
  EXPECT_EQ(repaired("\U0001F468\u200d\U0001F469\u200d\U0001F467"),
            "\U0001F468\u200d\U0001F469\u200d\U0001F467");
  EXPECT_EQ(repaired("a\u200db"), "ab");
}

TEST(Repair, C1ControlsAreWindows1252) {
  EXPECT_EQ(repaired("it\u0092s \u0093so\u0094 \u0096 5\u0080\u0081"),
            "it\u2019s \u201cso\u201d \u2013 5\u20ac");
}

TEST(Repair, Entities) {
  EXPECT_EQ(repaired("R&amp;D &quot;x&quot; &#8217; &#x27; &nbsp;&#146;&hellip;"),
            "R&D \"x\" \u2019 ' \u2019\u2026");
  EXPECT_EQ(repaired("&amp;amp;lt;"), "<");
  EXPECT_EQ(repaired("write <b>&amp;</b>"), "write <b>&amp;</b>");
  EXPECT_EQ(repaired("AT&T; R&D, &nosuch; &#0; &#55296;"), "AT&T; R&D, &nosuch; &#0; &#55296;");
}

TEST(Repair, Normalisation) {
  EXPECT_EQ(repaired("cafe\u0301"), "caf\u00e9");
  EXPECT_EQ(repaired("か\u3099"), "が");
  EXPECT_EQ(repaired("\u212b"), "\u00c5");
}

TEST(Repair, Ligatures) {
  EXPECT_EQ(repaired("o\ufb03ce"), "o\ufb03ce");
  EXPECT_EQ(repaired("o\ufb03ce", {.ligatures = true}), "office");
}

TEST(Repair, Quotes) {
  EXPECT_EQ(repaired("on \u2033security guarantees\u2033 |"),
            "on \u201csecurity guarantees\u201d |");
  EXPECT_EQ(repaired("a 12\u2033 record, 5\u203210\u2033"), "a 12\u2033 record, 5\u203210\u2033");
  EXPECT_EQ(repaired("\u201cso\u201d it\u2019s", {.quotes = Quotes::straight}), "\"so\" it's");
  EXPECT_EQ(repaired("\"so\" it's", {.quotes = Quotes::curly}), "\u201cso\u201d it\u2019s");
}

TEST(Repair, BytesThatAreNotUtf8) {
  EXPECT_EQ(repaired("a\xff"
                     "b"),
            "a\ufffd"
            "b");
  EXPECT_EQ(repaired(std::string_view("a\0b\x7f\x1b[0m", 8)), "ab[0m");
}

}  // namespace
}  // namespace copydesk::clean
