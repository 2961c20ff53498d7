#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "extract/scorer.h"

namespace copydesk::extract {
namespace {

std::vector<float> row_with(Fact fact, float value) {
  std::vector<float> row(kFactCount, 0.0F);
  row[static_cast<std::size_t>(fact)] = value;
  return row;
}

TEST(Scorer, SumsTheLeavesItReaches) {
  const auto scorer = Scorer::parse(
      "copydesk-scorer 1\nthreshold 0.3\nfacts words links\nbase 0.5\n"
      "tree 2 0 10 -1 1 1 0 -2 -3 1 2 4\ntree 0 8\n");
  ASSERT_TRUE(scorer) << to_string(scorer.error());
  EXPECT_DOUBLE_EQ(scorer->threshold(), 0.3);
  EXPECT_FLOAT_EQ(scorer->score(row_with(Fact::words, 10)), 9.5F);
  EXPECT_FLOAT_EQ(scorer->score(row_with(Fact::words, 11)), 10.5F);
  auto both = row_with(Fact::words, 11);
  both[static_cast<std::size_t>(Fact::links)] = 1;
  EXPECT_FLOAT_EQ(scorer->score(both), 12.5F);
}

TEST(Scorer, ReadsTokens) {
  const auto scorer = Scorer::parse("copydesk-scorer 1\ntoken near -1.5 sidebar\ntree 0 0\n");
  ASSERT_TRUE(scorer);
  html::Parser parser;
  const html::Page& page = parser.parse("<div id=sidebar>x</div>");
  ElementReader reader;
  reader.reset(page, scorer->tokens());
  const ElementTokens& found = reader.tokens(page.find_first(html::Tag::div));
  EXPECT_EQ(found.values[static_cast<std::size_t>(Scope::near)].sum, -1.5F);
  EXPECT_EQ(found.values[static_cast<std::size_t>(Scope::own)].count, 0);
}

TEST(Scorer, RefusesWhatCannotBeUsed) {
  const char* tables[] = {
      "", "something else\n",
      "copydesk-scorer 1\n",                                     // no tree
      "copydesk-scorer 1\nfacts no_such_fact\ntree 0 1\n",       // unknown name
      "copydesk-scorer 1\nfacts words\ntree 1 0 1 0 -2 1 1\n",   // a split is its own child
      "copydesk-scorer 1\nfacts words\ntree 1 0 1 -1 -3 1 1\n",  // no such leaf
      "copydesk-scorer 1\nfacts words\ntree 1 1 1 -1 -2 1 1\n",  // no such fact
      "copydesk-scorer 1\nfacts words\ntree 1 0 1 -1 -2 1\n",    // a leaf is missing
      "copydesk-scorer 1\nfacts words\ntree 1 0 x -1 -2 1 1\n",  // not a number
      "copydesk-scorer 1\ntree 0 1 2\n",                         // something is left
      // Both children of the first split are the second.
      "copydesk-scorer 1\nfacts words\ntree 2 0 1 1 1 0 2 -1 -2 1 1 1\n",
      "copydesk-scorer 1\nunknown 1\ntree 0 1\n",
      "copydesk-scorer 1\nearly 8 1\nearly 8 1\ntree 0 1\n",  // not more trees than before
      "copydesk-scorer 1\nearly 8 1 x\ntree 0 1\n",
      "copydesk-scorer 1\nagain 1\ntree 0 1\n",                     // no first look
      "copydesk-scorer 1\ntree 0 1\nagain 1\nagain 1\ntree 0 1\n",  // a third one
  };
  for (const char* table : tables) {
    const auto scorer = Scorer::parse(table);
    ASSERT_FALSE(scorer) << table;
    EXPECT_EQ(scorer.error().code, ErrorCode::bad_data);
  }
}

/// Rows scored together must get what each gets alone, to the last bit.
TEST(Scorer, ScoresManyRowsAsOneByOne) {
  const std::pair<const char*, float> tables[] = {
      {"", 0.210001F}, {"early 1 0.4\n", 0.2F}, {"early 1 0.1\nearly 2 0.4\n", 0.21F}};
  for (const auto& [early, of_first] : tables) {
    const auto scorer =
        Scorer::parse(std::string("copydesk-scorer 1\nfacts words links\nbase 0.1\n") + early +
                      "tree 3 0 4 1 2 1 2 -1 -2 0 9 -3 -4 0.1 0.3 0.7 0.9\ntree 0 0.01\n"
                      "tree 1 1 3 -1 -2 1e-6 0.33\n");
    ASSERT_TRUE(scorer) << to_string(scorer.error());
    FactRows rows;
    constexpr std::size_t kRows = 19;
    rows.values.assign(kRows * kFactCount, 0.0F);
    for (std::size_t i = 0; i < kRows; ++i) {
      rows.row(i)[static_cast<std::size_t>(Fact::words)] = static_cast<float>(i);
      rows.row(i)[static_cast<std::size_t>(Fact::links)] = static_cast<float>(i % 5);
    }
    std::vector<float> together(kRows);
    scorer->score(rows, together);
    for (std::size_t i = 0; i < kRows; ++i) EXPECT_EQ(together[i], scorer->score(rows.row(i))) << i;
    EXPECT_FLOAT_EQ(together[0], of_first);
    EXPECT_FLOAT_EQ(together[18], 0.1F + 0.9F + 0.01F + 1e-6F + (18 % 5 > 3 ? 0.33F : 0.0F));
  }
}

TEST(Scorer, LooksAgainWhereTheFirstLookIsNotPlainlyLow) {
  const auto scorer = Scorer::parse(
      "copydesk-scorer 1\nfacts words first_score\nearly 1 -3 -9\ntree 1 0 4 -1 -2 -3 "
      "1\ntree 0 "
      "0.5\n"
      "again -2\ntree 1 1 1 -1 -2 -4 4\n");
  ASSERT_TRUE(scorer) << to_string(scorer.error());
  EXPECT_TRUE(scorer->looks_twice());
  FactRows rows;
  rows.values.assign(3 * kFactCount, 0.0F);
  rows.row(0)[static_cast<std::size_t>(Fact::words)] = 4;
  rows.row(1)[static_cast<std::size_t>(Fact::words)] = 5;
  rows.row(2)[static_cast<std::size_t>(Fact::words)] = 5;
  std::vector<float> scores(3);
  scorer->score(rows, scores);
  EXPECT_EQ(scores, (std::vector<float>{-9, 1.5F, 1.5F}));
  rows.row(2)[static_cast<std::size_t>(Fact::first_score)] = 1.5F;
  scorer->score_again(rows, scores);
  EXPECT_EQ(scores, (std::vector<float>{-9, (1.5F - 4) / 2, (1.5F + 4) / 2}));
}

TEST(Scorer, ProbabilityAndLogOddsAreInverse) {
  EXPECT_DOUBLE_EQ(probability(0), 0.5);
  EXPECT_NEAR(probability(log_odds(0.3)), 0.3, 1e-12);
}

}  // namespace
}  // namespace copydesk::extract
