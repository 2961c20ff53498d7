#include <gtest/gtest.h>

#include "clean/line_keys.h"
#include "rules/fold.h"

namespace copydesk::clean {
namespace {

std::string fold(std::string_view line) {
  rules::FoldedLine folded;
  rules::fold_line(line, folded);
  return std::string(folded.key());
}

LineKeys keys_of(std::string_view line) {
  return line_keys(fold(line));
}

TEST(LineKeys, NumbersOfOneWordHaveAKeyOfTheirOwn) {
  const LineKeys five = keys_of("Comments (5)");
  const LineKeys seven = keys_of("comments (7)");
  EXPECT_NE(five.line, seven.line);
  EXPECT_NE(five.numbered, 0U);
  EXPECT_EQ(five.numbered, seven.numbered);
  EXPECT_EQ(five.numbered, keys_of("Comments (0)").numbered);
  EXPECT_NE(five.numbered, keys_of("Comments (0)").line);
  EXPECT_NE(five.numbered, keys_of("Prices (5)").numbered);
}

TEST(LineKeys, OtherLinesHaveOne) {
  EXPECT_EQ(keys_of("Comments").numbered, 0U);
  EXPECT_EQ(keys_of("Page 4 of the list").numbered, 0U);
  EXPECT_EQ(keys_of("Page 4 of the list").line, keys_of("page 12 of the list").line);
  EXPECT_EQ(keys_of("10:15").line, 0U);
  EXPECT_EQ(keys_of("10:15").numbered, 0U);
}

std::uint64_t key_of(std::string_view headline, std::string_view line) {
  PageHeadlines headlines;
  headlines.add(fold("Home"));
  headlines.add(fold(headline));
  return headlines.own_part(fold(line)).key;
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
  headlines.add(fold("Storm hits the coast"));
  EXPECT_EQ(headlines.own_part(fold("No comments on STORM HITS THE COAST - add one")).text,
            "no comments on \x02 - add one");
}

}  // namespace
}  // namespace copydesk::clean
