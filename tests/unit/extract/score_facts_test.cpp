#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extract/score_facts.h"
#include "surveyed_page.h"

namespace copydesk::extract {
namespace {

using ::testing::ElementsAre;

/// Three paragraphs that look alike, a heading, a list: ten words each but the heading.
constexpr std::string_view kPage =
    "<p>one two three four five six seven eight nine ten</p>"
    "<p>a b c d e f g h i j</p><p>k l m n o p q r s t</p>"
    "<h2>More</h2><ul><li>u v w x y z aa bb cc dd</li></ul>";

class ScoreFactsTest : public ::testing::Test {
 protected:
  void build(const std::vector<float>& scores) {
    ASSERT_EQ(read_.list.blocks.size(), scores.size());
    ScoreFactBuilder().build(read_.list, read_.survey, scores, read_.facts);
  }

  [[nodiscard]] std::vector<float> all(Fact fact) const {
    std::vector<float> values;
    for (std::size_t i = 0; i < read_.list.blocks.size(); ++i) values.push_back(at(i, fact));
    return values;
  }

  [[nodiscard]] float at(std::size_t block, Fact fact) const { return read_.facts.at(block, fact); }

 private:
  SurveyedPage read_{kPage};
};

TEST_F(ScoreFactsTest, NeighboursAndLargest) {
  build({-9, 2, 1, -3, 0});
  EXPECT_THAT(all(Fact::first_score), ElementsAre(-6, 2, 1, -3, 0));
  EXPECT_THAT(all(Fact::score_before1), ElementsAre(-7, -6, 2, 1, -3));
  EXPECT_THAT(all(Fact::score_before2), ElementsAre(-7, -7, -6, 2, 1));
  EXPECT_THAT(all(Fact::score_after1), ElementsAre(2, 1, -3, 0, -7));
  EXPECT_THAT(all(Fact::score_after2), ElementsAre(1, -3, 0, -7, -7));
  EXPECT_THAT(all(Fact::score_most_before), ElementsAre(-7, -6, 2, 2, 2));
  EXPECT_THAT(all(Fact::score_most_after), ElementsAre(2, 1, 0, 0, -7));
  EXPECT_THAT(all(Fact::sure_after), ElementsAre(1, 999, 999, 999, 999));
}

TEST_F(ScoreFactsTest, SharesOfWords) {
  // Even odds: half of the words of a block are expected to be article.
  build({0, 0, 0, 0, 0});
  EXPECT_THAT(all(Fact::article_words), ElementsAre(20.5F, 20.5F, 20.5F, 20.5F, 20.5F));
  EXPECT_FLOAT_EQ(at(0, Fact::article_share), 20.5F / 42);
  EXPECT_FLOAT_EQ(at(1, Fact::article_share_before), 5 / 21.5F);
  EXPECT_FLOAT_EQ(at(1, Fact::article_share_after), 10.5F / 21.5F);
  EXPECT_FLOAT_EQ(at(0, Fact::article_near2), 15.0F / 31);
  EXPECT_FLOAT_EQ(at(2, Fact::article_near5), 20.5F / 42);
  EXPECT_FLOAT_EQ(at(2, Fact::article_before15), 10.0F / 21);
  EXPECT_FLOAT_EQ(at(0, Fact::article_before15), 0);
  EXPECT_FLOAT_EQ(at(3, Fact::article_after5), 5.0F / 11);
}

TEST_F(ScoreFactsTest, TheArticleEndsBehindItsLastLikelyBlock) {
  build({1, -1, 2, -4, -1});
  EXPECT_THAT(all(Fact::behind_article), ElementsAre(0, 0, 0, 1, 2));
  build({-1, -1, -1, -1, -1});
  EXPECT_THAT(all(Fact::behind_article), ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(ScoreFactsTest, GroupsAndSections) {
  build({6, 0, -6, 1, 0});
  EXPECT_THAT(all(Fact::alike_score_most), ElementsAre(6, 6, 6, 1, 0));
  EXPECT_NEAR(at(1, Fact::alike_article), 10.0 / 21, 1e-5);
  EXPECT_NEAR(at(0, Fact::alike_article_words), 15, 1e-5);
  EXPECT_NEAR(at(4, Fact::alike_article), 0, 1e-5);
  EXPECT_NEAR(at(0, Fact::section_article), 15.0 / 31, 1e-5);
  EXPECT_NEAR(at(0, Fact::next_section_article), (5 + 0.731059) / 12, 1e-5);
  EXPECT_EQ(at(4, Fact::next_section_article), at(4, Fact::section_article));
}

TEST(ScoreFacts, APageWithoutBlocks) {
  FactRows rows;
  ScoreFactBuilder().build({}, {}, {}, rows);
  EXPECT_TRUE(rows.values.empty());
}

}  // namespace
}  // namespace copydesk::extract
