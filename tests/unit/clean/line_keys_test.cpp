#include <gtest/gtest.h>

#include "clean/line_keys.h"

namespace copydesk::clean {
namespace {

TEST(LineKeys, NumbersOfOneWordHaveAKeyOfTheirOwn) {
  const LineKeys five = line_keys("Comments (5)");
  const LineKeys seven = line_keys("comments (7)");
  EXPECT_NE(five.line, seven.line);
  EXPECT_NE(five.numbered, 0U);
  EXPECT_EQ(five.numbered, seven.numbered);
  EXPECT_EQ(five.numbered, line_keys("Comments (0)").numbered);
  EXPECT_NE(five.numbered, line_keys("Comments (0)").line);
  EXPECT_NE(five.numbered, line_keys("Prices (5)").numbered);
}

TEST(LineKeys, OtherLinesHaveOne) {
  EXPECT_EQ(line_keys("Comments").numbered, 0U);
  EXPECT_EQ(line_keys("Page 4 of the list").numbered, 0U);
  EXPECT_EQ(line_keys("Page 4 of the list").line, line_keys("page 12 of the list").line);
  EXPECT_EQ(line_keys("10:15").line, 0U);
  EXPECT_EQ(line_keys("10:15").numbered, 0U);
}

std::uint64_t key_of(std::string_view headline, std::string_view line) {
  PageHeadlines headlines;
  headlines.add("Home");
  headlines.add(headline);
  return headlines.key(line);
}

TEST(PageHeadlines, ALineIsTheSameWhateverHeadlineItRepeats) {
  const auto key = key_of("Storm hits the coast", "No comments on Storm hits the coast - add one");
  EXPECT_NE(key, 0U);
  EXPECT_EQ(key, key_of("Council votes again", "No comments on Council votes again - add one"));
  EXPECT_NE(key, key_of("Council votes again", "Few comments on Council votes again - add one"));
}

TEST(PageHeadlines, ALineWithFewWordsOfItsOwnHasNoKey) {
  EXPECT_EQ(key_of("Storm hits the coast", "Photos: Storm hits the coast"), 0U);
  EXPECT_EQ(key_of("Storm hits the coast", "Storm hits the coast"), 0U);
  EXPECT_EQ(key_of("Storm hits the coast", "No comments on the council's vote"), 0U);
  EXPECT_EQ(key_of("Storm hits", "No comments on Storm hits - add one"), 0U);  // no headline
}

TEST(PageHeadlines, TheirOwnPartSaysWhereTheHeadlineStood) {
  PageHeadlines headlines;
  headlines.add("Storm hits the coast");
  EXPECT_EQ(headlines.own_part("No comments on STORM HITS THE COAST - add one"),
            "no comments on \x02 - add one");
}

}  // namespace
}  // namespace copydesk::clean
