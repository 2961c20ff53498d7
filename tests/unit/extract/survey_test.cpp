#include <random>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "extract/survey.h"

namespace copydesk::extract {
namespace {

TEST(DistinctWords, CountsAsASetDoes) {
  std::mt19937_64 random(3);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same words each time
  DistinctWords counter;
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::uint64_t> words(random() % (kHashedWords + 1));
    // Some rounds have words that differ only where a slot's number does not show it.
    for (std::uint64_t& word : words) word = round % 2 == 0 ? random() % 40 : (random() % 9) << 40;
    std::vector<std::uint64_t> seen;
    const std::uint32_t distinct =
        counter.count(words, [&](std::uint64_t word) { seen.push_back(word); });
    const std::set<std::uint64_t> expected(words.begin(), words.end());
    ASSERT_EQ(distinct, expected.size());
    ASSERT_EQ(seen.size(), expected.size());
    ASSERT_EQ(std::set<std::uint64_t>(seen.begin(), seen.end()), expected);
  }
}

TEST(NameWords, SaysWhichNamesHaveAWord) {
  NameWords names;
  names.set({"Storm hits coast", "A storm", "The coast after a storm"});
  std::vector<std::uint64_t> words;
  hash_words("storm coast after harbour", words);
  EXPECT_EQ(names.names_of(words[0]), 0x010101U);
  EXPECT_EQ(names.names_of(words[1]), 0x010001U);
  EXPECT_EQ(names.names_of(words[2]), 0x010000U);
  EXPECT_EQ(names.names_of(words[3]), 0U);
  names.set({"Harbour", "", ""});
  EXPECT_EQ(names.names_of(words[0]), 0U);
  EXPECT_EQ(names.names_of(words[3]), 1U);
}

}  // namespace
}  // namespace copydesk::extract
