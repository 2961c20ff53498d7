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
      "",
      "something else\n",
      "copydesk-scorer 1\n",                                     // no tree
      "copydesk-scorer 1\nfacts no_such_fact\ntree 0 1\n",       // unknown name
      "copydesk-scorer 1\nfacts words\ntree 1 0 1 0 -2 1 1\n",   // a split is its own child
      "copydesk-scorer 1\nfacts words\ntree 1 0 1 -1 -3 1 1\n",  // no such leaf
      "copydesk-scorer 1\nfacts words\ntree 1 1 1 -1 -2 1 1\n",  // no such fact
      "copydesk-scorer 1\nfacts words\ntree 1 0 1 -1 -2 1\n",    // a leaf is missing
      "copydesk-scorer 1\nfacts words\ntree 1 0 x -1 -2 1 1\n",  // not a number
      "copydesk-scorer 1\ntree 0 1 2\n",                         // something is left
      "copydesk-scorer 1\nunknown 1\ntree 0 1\n",
  };
  for (const char* table : tables) {
    const auto scorer = Scorer::parse(table);
    ASSERT_FALSE(scorer) << table;
    EXPECT_EQ(scorer.error().code, ErrorCode::bad_data);
  }
}

TEST(Scorer, ProbabilityAndLogOddsAreInverse) {
  EXPECT_DOUBLE_EQ(probability(0), 0.5);
  EXPECT_NEAR(probability(log_odds(0.3)), 0.3, 1e-12);
}

}  // namespace
}  // namespace copydesk::extract
