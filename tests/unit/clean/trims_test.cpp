#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "copydesk/clean.h"

namespace copydesk {
namespace {

Cleaner with_rules(const std::string& rules) {
  CleanOptions options;
  options.language = "en";
  options.rules = {{"mine", "pack mine lang en\n\n" + rules}};
  Result<Cleaner> cleaner = Cleaner::create(std::move(options));
  EXPECT_TRUE(cleaner.ok());
  return *std::move(cleaner);
}

constexpr const char* kTrims =
    "rule dw   trim end   site dw.com\nmatch \\| dw\nyes a | DW => a\nno a\n\n"
    "rule place   trim start\nmatch (london|paris) -\nyes PARIS - Rain => Rain\nno Rain\n\n"
    "rule video   trim end   field title\nmatch \\[video\\]\nyes Cat [video] => Cat\nno Cat\n";

std::string cleaned(const Cleaner& cleaner, std::string_view text, std::string_view site = {}) {
  const CleanResult result = cleaner.clean({.text = text, .site = site});
  EXPECT_EQ(*restore_edits(result.text, result.edits), text);
  EXPECT_EQ(cleaner.clean({.text = result.text, .site = site}).text, result.text);
  return result.text;
}

TEST(Trims, TakeThePartThatThePatternMatches) {
  const Cleaner cleaner = with_rules(kTrims);
  EXPECT_EQ(cleaned(cleaner,
                    "LONDON \xE2\x80\x93 Rain fell on the city all day long.\nIt will "
                    "fall tomorrow, too."),
            "Rain fell on the city all day long.\nIt will fall tomorrow, too.");
  EXPECT_EQ(cleaned(cleaner, "Paris - London - Rain fell on both of the cities all day."),
            "Rain fell on both of the cities all day.");
  EXPECT_EQ(cleaned(cleaner, "Rain fell all day - Paris - and it will fall again."),
            "Rain fell all day - Paris - and it will fall again.");
}

TEST(Trims, KeepToTheirSite) {
  const Cleaner cleaner = with_rules(kTrims);
  const std::string text = "Some words of a first line.\nA line of the site, no title | DW\nEnd.";
  EXPECT_EQ(cleaned(cleaner, text, "www.dw.com"),
            "Some words of a first line.\nA line of the site, no title\nEnd.");
  EXPECT_EQ(cleaned(cleaner, text, "example.com"), text);
}

TEST(Trims, NeverLeaveNothing) {
  EXPECT_EQ(cleaned(with_rules(kTrims), "Rain fell.\n\nLondon -"), "Rain fell.\n\nLondon -");
}

TEST(Trims, OfTitles) {
  const CleanResult result = with_rules(kTrims).clean(
      {.text = "The cat fell. [video]", .title = "Cat falls from the tall tree [video]"});
  EXPECT_EQ(result.title, "Cat falls from the tall tree");
  EXPECT_EQ(result.text, "The cat fell. [video]");
  ASSERT_EQ(result.title_edits.size(), 1U);
  EXPECT_EQ(result.title_edits[0].rule, "mine/video");
}

}  // namespace
}  // namespace copydesk
