#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extract/class_tokens.h"

namespace copydesk::extract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> tokens(std::string_view value) {
  std::vector<std::string> found;
  TokenCutter cutter;
  cutter.for_each(value, [&](std::string_view token) { found.emplace_back(token); });
  return found;
}

/// The same, character by character.
std::vector<std::string> plain_tokens(std::string_view value) {
  std::vector<std::string> found;
  std::string token;
  std::size_t size = 0;
  bool letters = false;
  char before = ' ';
  const auto flush = [&] {
    if (size >= 2 && size <= 24 && letters) found.push_back(token);
    token.clear();
    size = 0;
    letters = false;
  };
  for (const char c : value.substr(0, 300)) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool digit = c >= '0' && c <= '9';
    const bool lower = c >= 'a' && c <= 'z';
    if (!upper && !digit && !lower) flush();
    if (upper && before >= 'a' && before <= 'z') flush();
    if (upper || lower) token += static_cast<char>(c | 0x20);
    if (digit && (token.empty() || token.back() != '0')) token += '0';
    if (upper || digit || lower) ++size;
    letters = letters || upper || lower;
    before = c;
  }
  flush();
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

TEST(ClassTokens, AreThoseOfThePlainReading) {
  std::mt19937 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same values each time
  constexpr std::string_view kBytes = "abcXYZ0199aaabbbccc-_ \xC3\xA9";
  for (int round = 0; round < 5000; ++round) {
    std::string value(random() % 330, ' ');
    for (char& c : value) c = kBytes[random() % (round % 2 == 0 ? kBytes.size() : 18)];
    EXPECT_EQ(tokens(value), plain_tokens(value)) << value;
  }
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
