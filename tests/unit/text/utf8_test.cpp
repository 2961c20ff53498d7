#include <array>

#include <gtest/gtest.h>

#include "text/utf8.h"

namespace copydesk::text {
namespace {

TEST(Utf8, RepairsMaximalSubparts) {
  // Table 3-8 and 3-11 of the Unicode standard.
  EXPECT_EQ(repair_utf8("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"),
            "������"
            "��"
            "A");
  EXPECT_EQ(repair_utf8("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), "����A");
  EXPECT_EQ(repair_utf8("\xED\xA0\x80"), "���");
  EXPECT_EQ(repair_utf8("abc\xFF"), "abc�");
  EXPECT_EQ(repair_utf8("ok – é 你 😀"), "ok – é 你 😀");
}

TEST(Utf8, ValidatesAsItRepairs) {
  for (const char* text : {"", "a", "é", "\xC3", "\xF4\x90\x80\x80", "\xE2\x82", "\x80", "😀"}) {
    EXPECT_EQ(is_valid_utf8(text), repair_utf8(text) == text) << text;
    EXPECT_TRUE(is_valid_utf8(repair_utf8(text)));
  }
}

TEST(Utf8, EveryCodePointRoundTripsBothWays) {
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text = "x";
    append_utf8(text, c);
    std::size_t at = 1;
    ASSERT_EQ(next_code_point(text, at), c);
    ASSERT_EQ(at, text.size());
    ASSERT_EQ(previous_code_point(text, at), c);
    ASSERT_EQ(at, 1U);
  }
}

TEST(Utf8, SurrogatesAndTooLargeBecomeReplacement) {
  std::string text;
  append_utf8(text, 0xD800);
  append_utf8(text, 0x110000);
  EXPECT_EQ(text, "��");
  EXPECT_EQ(count_code_points("aé你😀"), 4U);
}

TEST(Utf8, CountsTheCharactersOfTextsOfAnyLength) {
  std::string text;
  for (std::size_t count = 0; count < 60; ++count) {
    EXPECT_EQ(count_code_points(text), count) << text;
    append_utf8(text, std::array<char32_t, 4>{U'a', 0xFF, 0x4E00, 0x1F600}[count % 7 % 4]);
  }
}

}  // namespace
}  // namespace copydesk::text
