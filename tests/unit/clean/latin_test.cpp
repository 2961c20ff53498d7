#include <gtest/gtest.h>

#include "clean/latin.h"

namespace copydesk::clean {
namespace {

void expect_forms(std::string_view text, std::string_view first, std::string_view second) {
  const LatinForms forms = latin_forms(text);
  EXPECT_EQ(forms.first, first) << text;
  EXPECT_EQ(forms.second, second) << text;
}

TEST(Latin, KeepsLettersAndDigits) {
  expect_forms("The New York Times, 2nd ed.", "thenewyorktimes2nded", "thenewyorktimes2nded");
  EXPECT_TRUE(latin_forms(" - | ").empty());
}

TEST(Latin, WritesAccentsAndUmlautsAsHostsDo) {
  expect_forms("K\xC3\xB6ln", "koln", "koeln");
  expect_forms(
      "Stra\xC3\x9F"
      "e",
      "strasse", "strase");
  expect_forms(
      "F\xC3\xA9vrier \xC5\x81\xC3\xB3"
      "d\xC5\xBA",
      "fevrierlodz", "fevrierlodz");
}

TEST(Latin, TransliteratesCyrillicAndGreek) {
  expect_forms("\xD0\xA5\xD0\xBE\xD0\xB4", "khod", "hod");
  expect_forms("\xCE\x9D\xCE\xAD\xCE\xB1", "nea", "nea");
}

TEST(Latin, LeavesOtherScripts) {
  expect_forms("\xE6\x96\xB0\xE9\x97\xBB", "\xE6\x96\xB0\xE9\x97\xBB", "\xE6\x96\xB0\xE9\x97\xBB");
}

}  // namespace
}  // namespace copydesk::clean
