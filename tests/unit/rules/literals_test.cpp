#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "rules/literals.h"

namespace copydesk::rules {
namespace {

std::vector<std::uint32_t> found_in(const LiteralScanner& scanner, std::string_view text) {
  std::vector<std::uint32_t> found;
  scanner.find(text, found);
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::uint32_t> plainly_found(const std::vector<std::string>& literals,
                                         std::string_view text) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < literals.size(); ++i) {
    for (std::size_t at = text.find(literals[i]); at != std::string_view::npos;
         at = text.find(literals[i], at + 1)) {
      found.push_back(i);
    }
  }
  return found;
}

TEST(LiteralScanner, FindsEachAtEachPlace) {
  const std::vector<std::string> literals = {"he", "she",        "his",     "hers",
                                             "a",  "share this", "\xC2\xA9"};
  const LiteralScanner scanner(literals);
  for (const std::string_view text : {"", "a", "he", "ushers", "share this, he says: ahis",
                                      "\xC2\xA9 a", "hehehe", "share thi"}) {
    EXPECT_EQ(found_in(scanner, text), plainly_found(literals, text)) << text;
  }
}

TEST(LiteralScanner, FindsWhatAPlainSearchFinds) {
  std::mt19937 random(11);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts each time
  const auto draw = [&](std::size_t least, std::size_t most) {
    std::string text(least + random() % (most - least + 1), ' ');
    for (char& c : text) c = "abc "[random() % 4];
    return text;
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> literals;
    while (literals.size() < 30) {
      const std::string literal = draw(1, 7);
      if (std::find(literals.begin(), literals.end(), literal) == literals.end()) {
        literals.push_back(literal);
      }
    }
    const LiteralScanner scanner(literals);
    for (const std::size_t most : {60, 300}) {  // the longer ones are read in parts
      const std::string text = draw(0, most);
      EXPECT_EQ(found_in(scanner, text), plainly_found(literals, text)) << text;
    }
  }
}

TEST(LiteralScanner, FindsLongLiteralsWhereverTheyStand) {
  const std::vector<std::string> literals = {std::string(40, 'a') + "b", "ab", "the whole of it"};
  const LiteralScanner scanner(literals);
  for (std::size_t before = 0; before < 200; ++before) {
    const std::string text = std::string(before, 'x') + literals[0] + " the whole of it" +
                             std::string(200 - before, 'a');
    EXPECT_EQ(found_in(scanner, text), plainly_found(literals, text)) << text;
  }
}

TEST(LiteralScanner, FindsEveryByteThatUtf8Has) {
  std::vector<std::string> literals;
  for (int byte = 1; byte < 0xF5; byte += 2) {
    literals.push_back({static_cast<char>(byte), static_cast<char>(byte - 1)});
  }
  const LiteralScanner scanner(literals);
  std::string text;
  for (int byte = 0; byte < 256; ++byte)
    text += {static_cast<char>(byte), static_cast<char>(byte - 1)};
  EXPECT_EQ(found_in(scanner, text), plainly_found(literals, text));
}

/// So many that their rows need long numbers.
TEST(LiteralScanner, FindsAmongManyLiterals) {
  std::mt19937 random(5);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts each time
  std::vector<std::string> literals;
  while (literals.size() < 2000) {
    std::string literal(12, ' ');
    for (char& c : literal) c = static_cast<char>('a' + random() % 26);
    literals.push_back(literal);
  }
  const LiteralScanner scanner(literals);
  std::string text;
  for (std::size_t i = 0; i < literals.size(); i += 7) text += literals[i].substr(i % 3) + "xy";
  EXPECT_EQ(found_in(scanner, text), plainly_found(literals, text));
}

TEST(LiteralScanner, HoldsNoLiterals) {
  EXPECT_TRUE(found_in(LiteralScanner({}), "any text at all").empty());
}

}  // namespace
}  // namespace copydesk::rules
