#include <gtest/gtest.h>

#include "text/unicode.h"

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
