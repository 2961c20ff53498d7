#include <cctype>
#include <string>

#include <gtest/gtest.h>

#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::text {
namespace {

TEST(Unicode, Properties) {
  EXPECT_TRUE(is_letter(U'ß'));
  EXPECT_TRUE(is_letter(U'你'));
  EXPECT_FALSE(is_letter(U'1'));
  EXPECT_TRUE(is_digit(U'٣'));
  EXPECT_TRUE(is_mark(0x0301));
  EXPECT_TRUE(is_space(0x00A0));
  EXPECT_FALSE(is_space(0x200B));
  EXPECT_TRUE(is_punctuation(U'“'));
  EXPECT_TRUE(is_word(U'_'));
  EXPECT_TRUE(is_upper(U'Я'));
  EXPECT_TRUE(is_lower(U'я'));
  EXPECT_EQ(to_lower(U'Σ'), U'σ');
}

/// Those of ASCII are told without ICU.
TEST(Unicode, PropertiesOfAscii) {
  for (int c = 0; c < 128; ++c) {
    const auto point = static_cast<char32_t>(c);
    EXPECT_EQ(is_letter(point), std::isalpha(c) != 0) << c;
    EXPECT_EQ(is_digit(point), std::isdigit(c) != 0) << c;
    EXPECT_EQ(is_number(point), std::isdigit(c) != 0) << c;
    EXPECT_EQ(is_word(point), c == '_' || std::isalnum(c) != 0) << c;
    EXPECT_EQ(is_space(point), std::isspace(c) != 0) << c;
    EXPECT_FALSE(is_mark(point)) << c;
  }
}

/// What is told by the bytes alone must be what ICU says, which is asked where a Greek letter is.
TEST(Unicode, NormalisationIsSeenByBytesOrByIcu) {
  for (char32_t c = 1; c < 0x3400; ++c) {
    if (c >= 0x300 && c < 0x370) continue;  // marks
    for (const char* before : {"", "a", "1234567", "12345678"}) {
      std::string text = before;
      append_utf8(text, c);
      EXPECT_EQ(is_nfc(text), is_nfc(text + "\u0370")) << static_cast<unsigned>(c) << before;
    }
  }
  EXPECT_FALSE(is_nfc("0123456789 e\u0301 0123456789"));
  EXPECT_FALSE(is_nfc("\u201C0123456 e\u0301"));
  EXPECT_FALSE(is_nfc("\u2019\u2126"));
  EXPECT_TRUE(is_nfc("\u201C\u2019\u2014\u00E9\u2026"));
}

TEST(Unicode, Scripts) {
  EXPECT_EQ(script_of(U'a'), Script::latin);
  EXPECT_EQ(script_of(U'ж'), Script::cyrillic);
  EXPECT_EQ(script_of(U'.'), Script::common);
  EXPECT_TRUE(is_unspaced(script_of(U'你')));
  EXPECT_TRUE(is_unspaced(script_of(U'ก')));
  EXPECT_FALSE(is_unspaced(script_of(U'한')));
}

TEST(Unicode, NormalisationAndCase) {
  EXPECT_EQ(nfc("e\u0301"), "é");
  EXPECT_FALSE(is_nfc("e\u0301"));
  EXPECT_TRUE(is_nfc("plain"));
  EXPECT_EQ(fold_case("Straße ÉCOLE"), "strasse école");
  EXPECT_EQ(fold_case("ABC"), "abc");
  EXPECT_EQ(lower("ΟΔΟΣ"), "οδος");
}

TEST(Unicode, Spaces) {
  EXPECT_EQ(collapse_space("  a \u00A0\n b\u3000"), "a b");
  EXPECT_EQ(collapse_space(" \t "), "");
  EXPECT_EQ(trim("\u00A0 a b \u2003"), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(trim("x"), "x");
}

}  // namespace
}  // namespace copydesk::text
