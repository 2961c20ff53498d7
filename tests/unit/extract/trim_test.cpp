#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extract/comments.h"
#include "extract/trim.h"
#include "surveyed_page.h"

namespace copydesk::extract {
namespace {

using ::testing::ElementsAre;

/// Trims pages of which the scorer wants to keep every block.
class TrimTest : public ::testing::Test {
 protected:
  /// The reason for each block, "" where it is kept.
  std::vector<std::string> reasons(std::string_view html, float score = 1) {
    return reasons_of(html, [score](std::size_t) { return score; });
  }

  /// The same; `score_of` gives the score of each block.
  template <typename ScoreOf>
  std::vector<std::string> reasons_of(std::string_view html, ScoreOf score_of) {
    const SurveyedPage read(html);
    std::vector<float> scores;
    for (std::size_t i = 0; i < read.list.blocks.size(); ++i) scores.push_back(score_of(i));
    std::vector<Verdict> verdicts;
    trim({read.page, read.list, read.survey, read.facts, scores}, 0, verdicts);
    name_reasons(read.list, read.survey, find_comments(read.page, read.list), verdicts);
    std::vector<std::string> found;
    found.reserve(verdicts.size());
    for (const Verdict& verdict : verdicts) found.emplace_back(verdict.reason);
    return found;
  }
};

constexpr std::string_view kStory =
    "<p>The dam above the town held on Tuesday after a night of heavy rain, the water board said, "
    "and engineers worked until dawn to open the second gate, which had been stuck since spring, "
    "while families who had left their homes in the evening were told that they could return by "
    "noon if the level of the lake went on falling as it had done since the early morning.</p>";

std::string story(const std::string& title) {
  return "<article><header><h1 class=headline>" + title + "</h1></header>" + std::string(kStory) +
         "</article>";
}

TEST_F(TrimTest, WhatStandsAboveWordForWordGoes) {
  const std::string html =
      std::string(kStory) + "<p>A refrain.</p>" + std::string(kStory) + "<p>A refrain.</p>";
  EXPECT_THAT(reasons(html), ElementsAre("", "", "repeat", ""));
  // One paragraph of several comes back: as it was written.
  const std::string lead = "<p>" + std::string(kStory.substr(3, 90)) + "</p>";
  EXPECT_THAT(reasons(lead + std::string(kStory) + lead), ElementsAre("", "", ""));
}

TEST_F(TrimTest, LinksThatCloseTheTextGo) {
  const std::string story(kStory);
  const std::string link = "<p><a href=/n>The lake is full again</a></p>";
  EXPECT_THAT(reasons(story + "<h3>Next</h3>" + link + link),
              ElementsAre("", "empty-heading", "closing-links", "closing-links"));
  EXPECT_THAT(reasons(story + link + "<p>The lake fell.</p>"), ElementsAre("", "", ""));
  // A list of sources; a page of links alone.
  EXPECT_THAT(reasons(story + link + link + link + link), ElementsAre("", "", "", "", ""));
  EXPECT_THAT(reasons(link + link), ElementsAre("", ""));
}

TEST_F(TrimTest, TheTitleIsNotText) {
  EXPECT_THAT(reasons("<title>Dam holds after rain</title>" + story("Dam holds after rain")),
              ElementsAre("title", ""));
}

TEST_F(TrimTest, TheNextArticleEndsTheText) {
  EXPECT_THAT(reasons("<title>Dam holds after rain</title>" + story("Dam holds after rain") +
                      story("Goats stop the early train")),
              ElementsAre("title", "", "next-article", "next-article"));
}

TEST_F(TrimTest, MainHeadingsInsideOneArticleDoNot) {
  const std::string html =
      "<title>Dam holds after rain</title><article><h1>Dam holds after rain</h1>" +
      std::string(kStory) + "<h1>What comes next</h1><p>More.</p></article>";
  EXPECT_THAT(reasons(html), ElementsAre("title", "", "", ""));
}

TEST_F(TrimTest, DoubtfulTextFarFromWhatIsSureGoes) {
  std::string page;
  for (int i = 0; i < 60; ++i) page += "<p>Some words of the page.</p>";
  const auto kept = [&](std::size_t sure, float doubtful) {
    std::vector<std::size_t> found;
    const auto why = reasons_of(page, [&](std::size_t i) { return i == sure ? 3.0F : doubtful; });
    for (std::size_t i = 0; i < why.size(); ++i) {
      if (why[i].empty()) {
        found.push_back(i);
      } else {
        EXPECT_EQ(why[i], "stray") << i;
      }
    }
    return found;
  };
  const auto near = kept(25, 0.5F);
  EXPECT_EQ(near.size(), 41U);
  EXPECT_EQ(near.front(), 5U);
  EXPECT_EQ(near.back(), 45U);
  EXPECT_EQ(kept(0, 0.5F).back(), 20U);
  EXPECT_EQ(kept(25, 1.0F).size(), 60U) << "not doubtful";
  EXPECT_EQ(kept(99, 0.5F).size(), 60U) << "nothing is sure";
  const auto between =
      reasons_of(page, [&](std::size_t i) { return i == 0 || i == 59 ? 3.0F : 0.5F; });
  EXPECT_THAT(between, ::testing::Each("")) << "between what is sure";
}

TEST_F(TrimTest, DialogsAndHeadingsOfNothingGo) {
  EXPECT_THAT(reasons("<div role=dialog><p>We value your privacy.</p></div>" + std::string(kStory) +
                      "<h3>Related</h3>"),
              ElementsAre("dialog", "", "empty-heading"));
}

TEST_F(TrimTest, AHeadlineThatScoresLowIsNamedAsOne) {
  const std::string page =
      "<title>Dam holds after a night of rain</title>" + story("Dam holds after a night of rain");
  EXPECT_THAT(reasons(page, -1), ElementsAre("title", "score"));
}

TEST_F(TrimTest, OffersToSubscribeGoWhole) {
  const std::string offer =
      "<div class='css-box css-paywall'><h2>Keep reading</h2><p>Subscribe to read the rest of this "
      "article.</p><ul><li>Cancel anytime</li></ul></div>";
  EXPECT_THAT(reasons(std::string(kStory) + offer), ElementsAre("", "offer", "offer", "offer"));
  // A large box of that name, and one without the words, hold the rest of the article.
  EXPECT_THAT(reasons("<div class=paywall>" + std::string(kStory) + "<p>Then" +
                      std::string(kStory.substr(3)) + "<p>Subscribe to our newsletter.</p></div>"),
              ElementsAre("", "", ""));
  EXPECT_THAT(reasons(std::string(kStory) + ("<div class=paywall><p>The lake fell.</p></div>")),
              ElementsAre("", ""));
}

TEST_F(TrimTest, ReasonsNameThePlace) {
  EXPECT_THAT(reasons("<nav>a</nav><div hidden>b</div><footer>c</footer><aside>d</aside>"
                      "<form>e</form><div id=comments><p>c</p></div><p>f</p>",
                      -1),
              ElementsAre("navigation", "hidden", "footer", "aside", "form", "comment", "score"));
}

}  // namespace
}  // namespace copydesk::extract
