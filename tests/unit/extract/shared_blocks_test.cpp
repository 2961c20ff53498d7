#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "copydesk/shared_blocks.h"

namespace copydesk {
namespace {

/// Reads the pages of a site: menu and footer around the paragraphs that are given.
class SharedBlocksTest : public ::testing::Test {
 protected:
  static std::string site_page(const std::string& body, const std::string& site = "harbour") {
    std::string html = "<html><body><nav><ul>";
    for (const char* item : {"news", "sport", "weather", "letters", "archive", "jobs"}) {
      html += "<li><a href='/'>" + site + " " + item + " section</a>";
    }
    html += "</ul></nav><article>" + body + "</article><footer><p>" + site + " is printed by the " +
            site + " press</footer>";
    return html;
  }
  static std::string paragraph(const std::string& subject) {
    return "<p>On Monday the " + subject + " was shown to the council, which asked how the " +
           subject + " could be paid for, and put off its decision on the " + subject +
           " until spring.";
  }
  static std::string story(const std::string& subject) {
    std::string html;
    for (const char* part : {"plan", "cost", "map", "model", "hearing"}) {
      html += paragraph(subject + " " + part);
    }
    return html;
  }

  void add(const std::string& html) {
    const Article article = extractor_.extract(html);
    ASSERT_GE(article.trace.kept.size(), 5U) << article.text;
    texts_.push_back(article.text);
    shared_.add(article.trace);
  }
  /// The text of a page without what it shares.
  std::string left(std::size_t page) { return without(texts_[page], shared_.find(page)); }

  static Extractor extractor() {
    ExtractOptions options;
    options.trace = true;
    return *Extractor::create(options);
  }

  Extractor extractor_ = extractor();
  SharedBlocks shared_;
  std::vector<std::string> texts_;
  const std::string notice_ = paragraph("house rule for readers");
};

TEST_F(SharedBlocksTest, TakesOutWhatThreeStoriesOfASiteShare) {
  for (const char* subject : {"ferry", "museum", "bakery"}) {
    add(site_page(story(subject) + notice_ + paragraph(subject)));
  }
  for (std::size_t page = 0; page < 3; ++page) {
    EXPECT_NE(texts_[page].find("house rule"), std::string::npos);
    EXPECT_EQ(left(page).find("house rule"), std::string::npos);
    EXPECT_EQ(shared_.find(page).size(), 1U);
  }
}

TEST_F(SharedBlocksTest, TwoStoriesShareOnlyTheirEnds) {
  for (const char* subject : {"ferry", "museum"}) {
    add(site_page(story(subject) + notice_ + paragraph(subject)));
  }
  EXPECT_TRUE(shared_.find(0).empty());

  for (const char* subject : {"bakery", "lock"})
    add(site_page(story(subject) + paragraph("old bridge")));
  EXPECT_EQ(shared_.find(3).size(), 1U);
  EXPECT_EQ(left(3).find("old bridge"), std::string::npos);
}

TEST_F(SharedBlocksTest, KeepsAStoryThatIsScrapedAgainAndAgain) {
  for (int day = 0; day < 6; ++day) {
    std::string news;
    for (const char* hour : {"morning", "noon", "evening", "night"}) {
      news += paragraph(std::string(hour) + " update " + std::to_string(day));
    }
    add(site_page(news + story("ferry")));  // five of nine paragraphs stay
  }
  for (std::size_t page = 0; page < 6; ++page) EXPECT_TRUE(shared_.find(page).empty()) << page;
}

TEST_F(SharedBlocksTest, KeepsWhatOtherSitesPrintToo) {
  const char* subjects[] = {"ferry", "museum", "bakery"};
  const char* sites[] = {"harbour", "valley", "ledger"};
  for (std::size_t i = 0; i < 3; ++i) {
    add(site_page(story(subjects[i]) + notice_ + paragraph(subjects[i]), sites[i]));
  }
  for (std::size_t page = 0; page < 3; ++page) EXPECT_TRUE(shared_.find(page).empty()) << page;
}

TEST_F(SharedBlocksTest, KeepsTheLeadThatOtherPagesTease) {
  const std::string lead = paragraph("regatta");
  add(site_page(lead + story("sailing")));
  for (const char* subject : {"ferry", "museum", "bakery", "lock", "levy"}) {
    add(site_page(story(subject)) + "<aside><h3>More</h3>" + lead + "</aside>");
  }
  EXPECT_NE(left(0).find("regatta"), std::string::npos);
}

TEST_F(SharedBlocksTest, KeepsAnArticleOfWhichMostIsShared) {
  const auto three = [](const std::string& subject) {
    return paragraph(subject + " one") + paragraph(subject + " two") +
           paragraph(subject + " three");
  };
  add(site_page(story("ferry") + three("charter")));
  add(site_page(story("museum") + three("statute")));
  add(site_page(paragraph("digest") + three("charter") + three("statute")));
  EXPECT_TRUE(shared_.find(2).empty());
}

TEST_F(SharedBlocksTest, TakesAHeadingWithAllThatItHeads) {
  for (const char* subject : {"ferry", "museum", "bakery"}) {
    add(site_page(story(subject) + "<h2>How we work</h2>" + notice_ + "<h2>What is next</h2>" +
                  paragraph(subject)));
  }
  EXPECT_NE(texts_[1].find("How we work"), std::string::npos);
  EXPECT_EQ(left(1).find("How we work"), std::string::npos);
  EXPECT_NE(left(1).find("What is next"), std::string::npos);
}

TEST_F(SharedBlocksTest, SeesAsFarAsItSays) {
  const auto crawl = [&](std::size_t pages) {
    for (std::size_t i = 0; i < pages; ++i) {
      add(site_page(story("subject" + std::to_string(i)), "site" + std::to_string(i)));
    }
  };
  add(site_page(story("ferry") + paragraph("old bridge")));
  crawl(SharedBlocks::kPagesBefore - 1);
  add(site_page(story("museum") + paragraph("old bridge")));
  EXPECT_EQ(shared_.find(SharedBlocks::kPagesBefore).size(), 1U);
  crawl(SharedBlocks::kPagesBefore);
  add(site_page(story("bakery") + paragraph("old bridge")));
  EXPECT_TRUE(shared_.find(shared_.size() - 1).empty());
}

TEST(Without, KeepsTheLargerGap) {
  const auto cut = [](std::string_view text, std::size_t begin, std::size_t end) {
    TracedBlock block;
    block.begin = begin;
    block.end = end;
    return without(text, {block});
  };
  EXPECT_EQ(cut("a\n\nb\n\nc\n", 3, 4), "a\n\nc\n");
  EXPECT_EQ(cut("a\n\nb\n\nc\n", 0, 1), "b\n\nc\n");
  EXPECT_EQ(cut("a\n\nb\n\nc\n", 6, 7), "a\n\nb\n");
  EXPECT_EQ(cut("a\nb\n\nc\n", 2, 3), "a\n\nc\n");
  EXPECT_EQ(cut("a\n\nb\nc\n", 3, 4), "a\n\nc\n");
  EXPECT_EQ(cut("a\n", 0, 1), "");
  EXPECT_EQ(without("a\n", {}), "a\n");
}

TEST(Trace, PlacesAreOfTheComposedText) {
  ExtractOptions options;
  options.trace = true;
  const std::string long_words =
      " and the other words of a paragraph that is long enough to be kept here, he said.";
  const Article article = Extractor::create(options)->extract(
      "<article><p>Cafe\xCC\x81" + long_words + "<p>The e\xCC\x81lite" + long_words);
  ASSERT_EQ(article.trace.kept.size(), 2U) << article.text;
  const TracedBlock& second = article.trace.kept[1];
  EXPECT_EQ(article.text.substr(second.begin, second.end - second.begin),
            "The \xC3\xA9lite" + long_words);
}

}  // namespace
}  // namespace copydesk
