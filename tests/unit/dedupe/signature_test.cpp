#include <cmath>
#include <numeric>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "dedupe/shingle_set.h"
#include "dedupe/shingles.h"
#include "dedupe/signature.h"

namespace copydesk::dedupe {
namespace {

std::vector<std::uint32_t> random_values(std::size_t count, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::uint32_t> values(count);
  for (auto& value : values) value = static_cast<std::uint32_t>(random());
  return values;
}

TEST(Shingles, OneForEachWindow) {
  const std::vector<std::uint64_t> tokens = {1, 2, 3, 4, 5, 6};
  std::vector<std::uint32_t> shingles;
  append_shingles(tokens, 5, shingles);
  EXPECT_EQ(shingles.size(), 2U);
  EXPECT_NE(shingles[0], shingles[1]);
  // The rolled hash of the second window is the hash of that window by itself.
  std::vector<std::uint32_t> alone;
  append_shingles(std::span(tokens).subspan(1), 5, alone);
  EXPECT_EQ(alone.at(0), shingles[1]);
}

TEST(Shingles, ShortTextsMakeOne) {
  const std::vector<std::uint64_t> tokens = {1, 2};
  std::vector<std::uint32_t> shingles;
  append_shingles(tokens, 5, shingles);
  EXPECT_EQ(shingles.size(), 1U);
  shingles.clear();
  append_shingles({}, 5, shingles);
  EXPECT_TRUE(shingles.empty());
}

TEST(Shingles, OrderOfWordsMatters) {
  std::vector<std::uint32_t> one;
  std::vector<std::uint32_t> other;
  append_shingles(std::vector<std::uint64_t>{1, 2, 3}, 3, one);
  append_shingles(std::vector<std::uint64_t>{3, 2, 1}, 3, other);
  EXPECT_NE(one, other);
}

TEST(Shingles, TheSampleIsTheSameWhereverTheTextStands) {
  const auto drawn = random_values(4000, 5);
  const std::vector<std::uint64_t> tokens(drawn.begin(), drawn.end());
  std::vector<std::uint64_t> all;
  std::vector<std::uint64_t> some;
  append_sampled(tokens, 8, 16, all);
  append_sampled(std::span(tokens).subspan(1000, 2000), 8, 16, some);
  EXPECT_NEAR(static_cast<double>(all.size()), 4000.0 / 16, 60);
  const std::set<std::uint64_t> whole(all.begin(), all.end());
  for (const std::uint64_t key : some) EXPECT_TRUE(whole.contains(key));
  std::vector<std::uint64_t> sparse;
  append_sampled(tokens, 8, 64, sparse);
  for (const std::uint64_t key : sparse) EXPECT_TRUE(whole.contains(key));
}

TEST(Signature, IsTheSameWithAndWithoutVectorInstructions) {
  for (const std::size_t count : {1U, 2U, 31U, 550U}) {
    const auto shingles = random_values(count, 7);
    EXPECT_EQ(make_signature(shingles), make_signature_portably(shingles));
  }
}

TEST(Signature, IsFrozen) {
  // The index on disk depends on these values: a change needs a new format version.
  const std::vector<std::uint32_t> shingles = {1, 2, 3};
  const Signature signature = make_signature(shingles);
  std::vector<std::uint64_t> keys;
  append_band_keys(signature, 32, 4, keys);
  EXPECT_EQ(signature[0], 16360289U);
  EXPECT_EQ(keys.at(0), 9731378236897019423U);
}

TEST(Signature, DoesNotDependOnOrderOrRepetition) {
  auto shingles = random_values(100, 3);
  const Signature signature = make_signature(shingles);
  std::reverse(shingles.begin(), shingles.end());
  shingles.insert(shingles.end(), shingles.begin(), shingles.begin() + 50);
  EXPECT_EQ(make_signature(shingles), signature);
}

TEST(Signature, EstimatesJaccardWithoutBias) {
  for (const double wanted : {0.0, 0.2, 0.5, 0.8, 1.0}) {
    double sum = 0;
    constexpr int kRounds = 200;
    for (int round = 0; round < kRounds; ++round) {
      const auto pool = random_values(600, static_cast<std::uint32_t>(round) * 11 + 1);
      const auto shared = static_cast<std::ptrdiff_t>(300 * 2 * wanted / (1 + wanted));
      std::vector<std::uint32_t> a(pool.begin(), pool.begin() + 300);
      std::vector<std::uint32_t> b(pool.begin() + 300 - shared, pool.begin() + 600 - shared);
      const double estimate =
          estimate_jaccard(make_digest(make_signature(a)), make_digest(make_signature(b)));
      sum += estimate;
      EXPECT_NEAR(estimate, wanted, 0.25);
    }
    EXPECT_NEAR(sum / kRounds, wanted, 0.02) << wanted;
  }
}

TEST(Signature, BandsOfEqualValuesHaveEqualKeys) {
  const auto shingles = random_values(50, 1);
  Signature one = make_signature(shingles);
  Signature other = one;
  other[5] ^= 1;
  std::vector<std::uint64_t> keys;
  std::vector<std::uint64_t> other_keys;
  append_band_keys(one, 32, 4, keys);
  append_band_keys(other, 32, 4, other_keys);
  ASSERT_EQ(keys.size(), 32U);
  for (std::size_t band = 0; band < 32; ++band) {
    EXPECT_EQ(keys[band] == other_keys[band], band != 1) << band;
  }
}

TEST(Verifier, CountsAsStandardSetsDo) {
  std::mt19937 random(42);
  Verifier verifier;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::uint32_t> a(random() % 200);
    std::vector<std::uint32_t> b(random() % (round % 50 == 0 ? 20000 : 200));
    for (auto& value : a) value = static_cast<std::uint32_t>(random() % 150);
    for (auto& value : b) value = static_cast<std::uint32_t>(random() % 150);
    const std::set<std::uint32_t> set_a(a.begin(), a.end());
    const std::set<std::uint32_t> set_b(b.begin(), b.end());
    std::size_t both = 0;
    for (const auto value : set_b) both += set_a.count(value);
    verifier.set_first(a);
    const Overlap overlap = verifier.compare(b);
    EXPECT_EQ(overlap.first, set_a.size());
    EXPECT_EQ(overlap.second, set_b.size());
    EXPECT_EQ(overlap.both, both);
  }
}

TEST(Verifier, CountsPassages) {
  const auto numbers = [](std::uint32_t first, std::size_t count) {
    std::vector<std::uint32_t> out(count);
    std::iota(out.begin(), out.end(), first);
    return out;
  };
  const auto joined = [](std::vector<std::uint32_t> a, const std::vector<std::uint32_t>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  };
  const auto passages = [](const std::vector<std::uint32_t>& a,
                           const std::vector<std::uint32_t>& b) {
    Verifier verifier;
    verifier.set_first(a);
    const Overlap there = verifier.compare(b);
    verifier.set_first(b);
    EXPECT_EQ(verifier.compare(a).passages, there.passages);
    return there.passages;
  };
  // 96 shingles span 100 words; of the copy's 196 in all that is half, of the shorter one more.
  EXPECT_EQ(passages(numbers(0, 196), joined(numbers(0, 96), numbers(1000, 100))), 50U);
  EXPECT_EQ(passages(numbers(0, 146), joined(numbers(0, 96), numbers(1000, 100))), 50U);
  // 47 words are too few, and so are many passages of 15.
  EXPECT_EQ(passages(numbers(0, 44), joined(numbers(0, 43), numbers(1000, 44))), 0U);
  std::vector<std::uint32_t> torn;
  for (std::uint32_t i = 0; i < 300; ++i) torn.push_back(i % 12 == 11 ? 5000 + i : i);
  EXPECT_EQ(passages(numbers(0, 450), torn), 0U);
  EXPECT_EQ(passages({}, numbers(0, 100)), 0U);
}

TEST(Verifier, Measures) {
  const Overlap overlap{10, 40, 8};
  EXPECT_DOUBLE_EQ(overlap.jaccard(), 8.0 / 42);
  EXPECT_DOUBLE_EQ(overlap.containment(), 0.8);
  EXPECT_DOUBLE_EQ(overlap.first_covered(), 0.8);
  EXPECT_DOUBLE_EQ(Overlap{}.jaccard(), 0.0);
}

}  // namespace
}  // namespace copydesk::dedupe
