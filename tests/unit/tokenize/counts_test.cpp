#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "copydesk/counts.h"
#include "copydesk/tokenize.h"

namespace copydesk {
namespace {

using Entries = std::vector<std::pair<std::string, std::uint64_t>>;

Entries read_all(Counter& counter) {
  Entries entries;
  for (auto entry = counter.next(); entry.ok() && entry->count > 0; entry = counter.next()) {
    entries.emplace_back(entry->key, entry->count);
  }
  return entries;
}

/// Counts the same random words with a map, as the reference.
Entries count(std::size_t memory, std::uint64_t min_count, Entries& expected, std::size_t& spills) {
  std::mt19937 random(3);
  std::geometric_distribution<int> word(0.002);
  std::map<std::string, std::uint64_t> reference;
  Counter counter({.memory = memory, .directory = {}, .min_count = min_count});
  for (int i = 0; i < 60000; ++i) {
    const std::string key = "w" + std::to_string(word(random));
    ++reference[key];
    EXPECT_TRUE(counter.add(key).ok());
  }
  for (const auto& entry : reference) {
    if (entry.second >= min_count) expected.push_back(entry);
  }
  std::stable_sort(expected.begin(), expected.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  Entries found = read_all(counter);
  spills = counter.spills();
  return found;
}

TEST(Counter, InMemory) {
  Entries expected;
  std::size_t spills = 0;
  EXPECT_EQ(count(std::size_t{1} << 30, 1, expected, spills), expected);
  EXPECT_EQ(spills, 0U);
}

TEST(Counter, OnDiskGivesTheSame) {
  Entries expected;
  std::size_t spills = 0;
  EXPECT_EQ(count(20000, 3, expected, spills), expected);
  EXPECT_GT(spills, 64U) << "runs are merged among themselves beyond 64";
}

TEST(Counter, MissingDirectoryIsAnError) {
  Counter counter({.memory = 1, .directory = "/nonexistent", .min_count = 1});
  const Status added = counter.add("a");
  ASSERT_FALSE(added.ok());
  EXPECT_EQ(added.error().code, ErrorCode::cannot_open);
}

TEST(Counter, NothingCounted) {
  Counter counter;
  EXPECT_EQ(counter.next()->count, 0U);
}

TEST(Transform, StopWordsPunctuationAndStems) {
  const auto transform = TokenTransform::create({.lower = false,
                                                 .fold = false,
                                                 .stem = true,
                                                 .no_punctuation = true,
                                                 .stop_words = "# ours\nfoo BAR\n",
                                                 .stop_word_language = "auto"});
  ASSERT_TRUE(transform.ok());
  auto run = transform->start("en");
  EXPECT_FALSE(run.keeps("The"));
  EXPECT_FALSE(run.keeps("Foo"));
  EXPECT_FALSE(run.keeps("..."));
  EXPECT_TRUE(run.keeps("zebra"));
  EXPECT_EQ(run.apply("Running"), "run");
  auto unknown = transform->start("xx");
  EXPECT_TRUE(unknown.keeps("The"));
  EXPECT_EQ(unknown.apply("Running"), "Running");
  EXPECT_EQ(TokenTransform::create({.lower = false,
                                    .fold = false,
                                    .stem = false,
                                    .no_punctuation = false,
                                    .stop_words = {},
                                    .stop_word_language = "xx"})
                .error()
                .code,
            ErrorCode::bad_option);
}

TEST(Characters, GraphemeClustersWithoutWhiteSpace) {
  const std::string text = "e\u0301 \U0001F1E9\U0001F1EAa";
  const std::vector<Span> expected = {{0, 3}, {4, 12}, {12, 13}};
  EXPECT_EQ(characters(text), expected);
}

}  // namespace
}  // namespace copydesk
