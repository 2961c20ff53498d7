#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extract/class_tokens.h"

namespace copydesk::extract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> tokens(std::string_view value) {
  std::vector<std::string> found;
  for_each_token(value, [&](std::string_view token) { found.emplace_back(token); });
  return found;
}

TEST(ClassTokens, CutsAtMarksAndCase) {
  EXPECT_THAT(tokens("article-body__text isHidden"),
              ElementsAre("article", "body", "text", "is", "hidden"));
}

TEST(ClassTokens, DigitsAreOneZeroAndNoTokenAlone) {
  EXPECT_THAT(tokens("post-1234 h2 col12md"), ElementsAre("post", "h0", "col0md"));
}

TEST(ClassTokens, LeavesOutShortAndLong) {
  EXPECT_THAT(tokens("a abcdefghijklmnopqrstuvwxyz"), IsEmpty());
}

TEST(ElementReader, CombinesTheValuesOfKnownTokens) {
  TokenTable table;
  table.add(Scope::own, "body", 2);
  table.add(Scope::own, "footer", -1);
  table.add(Scope::near, "body", 5);
  html::Parser parser;
  const html::Page& page = parser.parse("<div class='body footer other'>x</div>");
  ElementReader reader;
  reader.reset(page, table);
  const TokenValues& own = reader.tokens(page.find_first(html::Tag::div)).values[0];
  EXPECT_EQ(own.largest, 2);
  EXPECT_EQ(own.smallest, -1);
  EXPECT_EQ(own.sum, 1);
  EXPECT_EQ(own.count, 2);
}

TEST(ElementReader, AlikeElementsHaveTheSameSignature) {
  html::Parser parser;
  const html::Page& page = parser.parse("<p class=a1b>x</p><p class=a2b>y</p><p class=zz>z</p>");
  ElementReader reader;
  const TokenTable table;
  reader.reset(page, table);
  const html::NodeId first = page.find_first(html::Tag::p);
  // Copies: a reference does not outlive the next call.
  const std::uint64_t one = reader.tokens(first).signature;
  const std::uint64_t alike = reader.tokens(first + 1).signature;
  const std::uint64_t other = reader.tokens(first + 2).signature;
  EXPECT_EQ(one, alike);
  EXPECT_NE(one, other);
}

}  // namespace
}  // namespace copydesk::extract
