#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "html/token_ends.h"

namespace copydesk::html {
namespace {

/// Texts of up to 200 characters, runs of one kind among them, each with what a plain loop says.
class TokenEnds : public testing::Test {
 protected:
  std::string draw() {
    static constexpr std::string_view kCharacters = "aZ \n\t\r\f</>=&\"-\x01\x1F\x7F\xC3";
    std::string text;
    const std::size_t size = random_() % 200;
    while (text.size() < size) {
      text.append(random_() % 8 == 0 ? random_() % 60 : 1,
                  kCharacters[random_() % kCharacters.size()]);
    }
    return text;
  }
  template <typename Test>
  static std::size_t first(const std::string& text, std::size_t from, Test&& test) {
    const auto begin = text.begin() + static_cast<std::ptrdiff_t>(from);
    return static_cast<std::size_t>(std::find_if(begin, text.end(), test) - text.begin());
  }

  std::mt19937 random_{17};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts each time
};

TEST_F(TokenEnds, AreWhereAPlainLoopFindsThem) {
  for (int round = 0; round < 3000; ++round) {
    const std::string text = draw();
    const std::size_t from = text.empty() ? 0 : random_() % text.size();
    EXPECT_EQ(find_name_end(text, from), first(text, from, ends_tag_name)) << text;
    EXPECT_EQ(find_attribute_end(text, from),
              first(text, from, [](char c) { return c == '=' || ends_tag_name(c); }))
        << text;
    EXPECT_EQ(find_near(text, '"', from), text.find('"', from)) << text;
    EXPECT_EQ(has_either(text, '&', '"'), text.find_first_of("&\"") != std::string::npos) << text;
  }
}

TEST_F(TokenEnds, OfTextsSayWhetherThereIsAnythingToDecode) {
  int plain_ones = 0;
  for (int round = 0; round < 3000; ++round) {
    const std::string text = draw();
    bool plain = true;
    const std::size_t end = find_text_end(text, 0, plain);
    EXPECT_EQ(end, first(text, 0, [](char c) { return c == '<'; })) << text;
    if (!plain) continue;
    ++plain_ones;
    EXPECT_EQ(std::string_view(text).substr(0, end).find_first_of("&\r"), std::string_view::npos);
  }
  EXPECT_GT(plain_ones, 300);
  bool plain = true;
  EXPECT_EQ(find_text_end("no end and no reference in it", 0, plain), 29U);
  EXPECT_FALSE(plain);  // it has not looked
}

TEST_F(TokenEnds, TellsWhiteSpaceAlone) {
  for (int round = 0; round < 3000; ++round) {
    std::string text = draw();
    if (round % 2 == 0)
      std::replace_if(
          text.begin(), text.end(), [](char c) { return !is_html_space(c); }, ' ');
    if (text.empty()) continue;
    const std::string_view piece = std::string_view(text).substr(0, 1 + random_() % text.size());
    const bool blank = std::all_of(piece.begin(), piece.end(), is_html_space);
    const bool lines = piece.find('\n') != std::string_view::npos;
    EXPECT_EQ(blank_of(piece, text), !blank ? Blank::no : lines ? Blank::lines : Blank::spaces);
  }
}

}  // namespace
}  // namespace copydesk::html
