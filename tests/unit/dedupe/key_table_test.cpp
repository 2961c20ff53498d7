#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "dedupe/hash.h"
#include "dedupe/key_table.h"

namespace copydesk::dedupe {
namespace {

std::vector<std::uint32_t> under(const KeyTable& table, std::uint64_t key) {
  std::vector<std::uint32_t> found;
  table.find(key, found);
  return found;
}

TEST(KeyTable, FindsWhatAMapFinds) {
  KeyTable table(1000);
  std::multimap<std::uint64_t, std::uint32_t> oracle;
  std::mt19937_64 random(9);
  for (std::uint32_t document = 0; document < 200000; ++document) {
    const std::uint64_t key = mix(random() % 120000);
    table.insert(key, document);
    oracle.emplace(key, document);
  }
  EXPECT_EQ(table.size(), oracle.size());
  for (std::uint64_t value = 0; value < 120000; ++value) {
    const auto [begin, end] = oracle.equal_range(mix(value));
    std::vector<std::uint32_t> expected;
    for (auto at = begin; at != end; ++at) expected.push_back(at->second);
    const auto found = under(table, mix(value));
    // Strangers are possible, one in a million look-ups here.
    ASSERT_TRUE(std::includes(found.begin(), found.end(), expected.begin(), expected.end()));
    ASSERT_LE(found.size(), expected.size() + 1);
  }
}

TEST(KeyTable, TakesLittleMemory) {
  KeyTable table(64);
  for (std::uint32_t i = 0; i < 2000000; ++i) table.insert(mix(i), i);
  EXPECT_LT(static_cast<double>(table.memory()) / 2000000, 10.2);
}

TEST(KeyTable, GrowsWhereLinesOverflowAtBothEndsOfAShard) {
  // In one shard: many keys of the first line and of the last one, which overflows into the first,
  // among others that make it grow.
  const auto key = [](std::uint32_t tag) {
    return std::uint64_t{3} << 58 | static_cast<std::uint64_t>(tag) << 26;
  };
  KeyTable table(1000);
  std::vector<std::uint64_t> keys;
  std::mt19937 random(4);
  for (std::uint32_t i = 0; i < 60000; ++i) {
    if (i % 300 == 0) keys.push_back(key(i / 300 + 1));
    if (i % 300 == 1) keys.push_back(key(~std::uint32_t{0} - i / 300));
    keys.push_back(key(static_cast<std::uint32_t>(random())));
    const auto before = static_cast<std::uint32_t>(table.size());
    for (std::uint32_t n = before; n < keys.size(); ++n) table.insert(keys[n], n);
  }
  for (std::uint32_t n = 0; n < keys.size(); ++n) {
    const std::vector<std::uint32_t> found = under(table, keys[n]);
    ASSERT_NE(std::find(found.begin(), found.end(), n), found.end()) << n;
  }
  std::size_t visited = 0;
  table.visit_shard(3, [&](std::uint32_t, std::uint32_t) { ++visited; });
  EXPECT_EQ(visited, keys.size());
  EXPECT_LT(table.memory(), std::size_t{12} * keys.size() + (std::size_t{512} << 10))
      << "the other shards stay small";
}

TEST(KeyTable, AFullBucketKeepsTheLatest) {
  KeyTable table(3);
  for (std::uint32_t document = 0; document < 10; ++document) table.insert(77, document);
  EXPECT_EQ(under(table, 77), (std::vector<std::uint32_t>{7, 8, 9}));
  EXPECT_EQ(table.capped(), 7U);
  EXPECT_EQ(table.size(), 3U);
}

TEST(KeyTable, KeysThatCollideOnPurposeStayBounded) {
  // Keys that differ only in bits the table does not keep, and neighbours that share its lines.
  KeyTable table(16);
  for (std::uint32_t document = 0; document < 100000; ++document) {
    table.insert((std::uint64_t{5} << 40) | (document & 0xFF), document);
  }
  EXPECT_EQ(under(table, std::uint64_t{5} << 40).size(), 16U);
  EXPECT_EQ(table.capped(), 100000U - 16);
}

}  // namespace
}  // namespace copydesk::dedupe
