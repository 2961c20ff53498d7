#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "trees/forest.h"

namespace copydesk::trees {
namespace {

/// A tree as its line gives it, walked without any haste.
struct PlainTree {
  struct Split {
    std::size_t fact;
    float limit;
    int left, right;
  };
  std::vector<Split> splits;
  std::vector<float> leaves;

  [[nodiscard]] float leaf_of(const float* row) const {
    int at = splits.empty() ? -1 : 0;
    while (at >= 0) {
      const Split& split = splits[static_cast<std::size_t>(at)];
      at = row[split.fact] <= split.limit || std::isnan(row[split.fact]) ? split.left : split.right;
    }
    return leaves[static_cast<std::size_t>(-1 - at)];
  }

  [[nodiscard]] std::string line() const {
    std::string text = std::to_string(splits.size());
    for (const Split& split : splits) {
      text += ' ' + std::to_string(split.fact) + ' ' + std::to_string(split.limit) + ' ' +
              std::to_string(split.left) + ' ' + std::to_string(split.right);
    }
    for (const float leaf : leaves) text += ' ' + std::to_string(leaf);
    return text;
  }
};

constexpr std::size_t kFacts = 23;

/// Trees, rows and what the plain walk says of them.
class ForestTest : public testing::Test {
 protected:
  /// A tree whose splits come up at a random open place; limits are numbers that to_string keeps.
  PlainTree random_tree(std::size_t leaves) {
    PlainTree tree;
    std::vector<int*> open;
    int root = -1;
    open.push_back(&root);
    tree.splits.reserve(leaves);
    while (open.size() < leaves) {
      const std::size_t place = random_() % open.size();
      *open[place] = static_cast<int>(tree.splits.size());
      PlainTree::Split& split = tree.splits.emplace_back();
      split.fact = random_() % kFacts;
      split.limit = static_cast<float>(random_() % 16) * 0.5F;
      open[place] = &split.left;
      open.push_back(&split.right);
    }
    // Leaves take their numbers in any order.
    std::shuffle(open.begin(), open.end(), random_);
    for (std::size_t i = 0; i < open.size(); ++i) *open[i] = -1 - static_cast<int>(i);
    for (std::size_t i = 0; i < leaves; ++i) {
      tree.leaves.push_back(
          std::stof(std::to_string(1.0F / static_cast<float>(1 + random_() % 97))));
    }
    return tree;
  }

  void plant(std::size_t trees, std::size_t most_leaves) {
    std::vector<std::uint16_t> places(kFacts);
    for (std::size_t i = 0; i < kFacts; ++i) places[i] = static_cast<std::uint16_t>(i);
    for (std::size_t i = 0; i < trees; ++i) {
      plain_.push_back(random_tree(i == 0 ? most_leaves : 1 + random_() % most_leaves));
      const std::string text = plain_.back().line();
      TableLine line(text);
      ASSERT_TRUE(forest_.add(line, places)) << text;
      ASSERT_TRUE(line.word().empty());
    }
  }

  void draw_rows(std::size_t count) {
    values_.resize(count * kFacts);
    for (float& value : values_) value = static_cast<float>(random_() % 18) * 0.5F - 0.5F;
    if (count > 1) {
      values_[kFacts + 3] = std::numeric_limits<float>::quiet_NaN();
      values_[kFacts + 4] = std::numeric_limits<float>::infinity();
      values_[kFacts + 5] = -std::numeric_limits<float>::infinity();
    }
    for (std::size_t i = 0; i < count; ++i) rows_.push_back(values_.data() + i * kFacts);
  }

  [[nodiscard]] float plain_sum(std::size_t row, float sum, std::size_t first,
                                std::size_t last) const {
    for (std::size_t i = first; i < last; ++i) sum += plain_[i].leaf_of(rows_[row]);
    return sum;
  }

  std::mt19937 random_{20261126};
  std::vector<PlainTree> plain_;
  Forest forest_;
  std::vector<float> values_;
  std::vector<const float*> rows_;
};

TEST_F(ForestTest, EveryPathGivesTheSumsOfThePlainWalk) {
  plant(60, MaskedTrees::kMostLeaves);
  draw_rows(61);
  ASSERT_TRUE(forest_.has_masks());
  for (const MaskSums* path : {static_cast<const MaskSums*>(nullptr), avx2_sums(), avx512_sums()}) {
    for (const std::size_t count :
         {std::size_t{1}, std::size_t{5}, std::size_t{16}, rows_.size()}) {
      std::vector<float> sums(count, 0.25F);
      const std::span<const float* const> rows(rows_.data(), count);
      if (path == nullptr) {
        forest_.walk(rows, 7, 60, sums.data());
      } else {
        forest_.add_masked(*path, rows, 7, 60, sums.data());
      }
      for (std::size_t i = 0; i < count; ++i) {
        EXPECT_EQ(sums[i], plain_sum(i, 0.25F, 7, 60)) << "row " << i << " of " << count;
      }
    }
  }
}

TEST_F(ForestTest, WalksTreesThatAreTooLargeForMasks) {
  plant(5, 4 * MaskedTrees::kMostLeaves);
  draw_rows(20);
  EXPECT_FALSE(forest_.has_masks());
  std::vector<float> sums(rows_.size());
  forest_.sum(rows_, 0.5F, {}, sums);
  for (std::size_t i = 0; i < rows_.size(); ++i) EXPECT_EQ(sums[i], plain_sum(i, 0.5F, 0, 5)) << i;
}

TEST_F(ForestTest, EndsEarlyOnTheWantedSide) {
  plant(30, 40);
  draw_rows(700);
  const float limit = plain_sum(0, 0, 0, 10);
  for (const auto side : {EarlyEnd::Side::at_most, EarlyEnd::Side::at_least}) {
    for (const std::optional<float> verdict : {std::optional<float>(), std::optional<float>(77)}) {
      std::vector<float> sums(rows_.size());
      const EarlyEnd end{10, limit, side, verdict};
      forest_.sum(rows_, 0, {&end, 1}, sums);
      std::size_t ended = 0;
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        const float few = plain_sum(i, 0, 0, 10);
        const bool final = side == EarlyEnd::Side::at_most ? few <= limit : few >= limit;
        ended += final ? 1 : 0;
        EXPECT_EQ(sums[i], final ? verdict.value_or(few) : plain_sum(i, few, 10, 30)) << i;
      }
      EXPECT_GT(ended, 0U);
      EXPECT_LT(ended, rows_.size());
    }
  }
}

TEST_F(ForestTest, EndsEarlyMoreThanOnceAndOnBothSides) {
  plant(30, 40);
  draw_rows(700);
  const auto end = [](std::size_t trees, float limit, EarlyEnd::Side side) {
    return EarlyEnd{trees, limit, side, std::nullopt};
  };
  constexpr auto kLow = EarlyEnd::Side::at_most;
  constexpr auto kHigh = EarlyEnd::Side::at_least;
  const float low = plain_sum(0, 0, 0, 5);
  const float high = low + 0.1F;
  const float later = plain_sum(1, 0, 0, 12);
  // Those with no trees, fewer than the one before, or none left behind them are passed over.
  const std::vector<EarlyEnd> ends = {end(0, 1000, kLow), end(5, low, kLow),    end(5, high, kHigh),
                                      end(3, 1000, kLow), end(12, later, kLow), end(30, 1000, kLow),
                                      end(50, 1000, kLow)};
  std::vector<float> sums(rows_.size());
  forest_.sum(rows_, 0, ends, sums);
  std::array<std::size_t, 4> counts{};
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const float few = plain_sum(i, 0, 0, 5);
    const float more = plain_sum(i, few, 5, 12);
    const std::size_t way = few <= low ? 0 : few >= high ? 1 : more <= later ? 2 : 3;
    ++counts[way];
    EXPECT_EQ(sums[i], way < 2 ? few : way == 2 ? more : plain_sum(i, more, 12, 30)) << i;
  }
  for (const std::size_t count : counts) EXPECT_GT(count, 0U);
}

TEST_F(ForestTest, SumsNothingOfNothing) {
  std::vector<float> sums;
  forest_.sum(rows_, 1, {}, sums);
  draw_rows(3);
  sums.resize(3);
  forest_.sum(rows_, 1, {}, sums);
  EXPECT_EQ(sums, std::vector<float>(3, 1.0F));
}

TEST(TableLine, ReadsWordsAndNumbers) {
  TableLine line("tree  7 -0.5 x");
  int whole = 0;
  float real = 0;
  EXPECT_EQ(line.word(), "tree");
  EXPECT_TRUE(line.number(whole));
  EXPECT_TRUE(line.number(real));
  EXPECT_FALSE(line.number(whole));
  EXPECT_TRUE(line.word().empty());
  EXPECT_EQ(whole, 7);
  EXPECT_EQ(real, -0.5F);
}

}  // namespace
}  // namespace copydesk::trees
