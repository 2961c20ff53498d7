#include <gtest/gtest.h>

#include "clean/title.h"

namespace copydesk::clean {
namespace {

std::string trimmed(std::string_view title, std::string_view host = "") {
  const TitleRange range = article_title(title, {host, {}});
  return std::string(title.substr(range.begin, range.end - range.begin));
}

TEST(Title, TakesOffSiteAndSection) {
  EXPECT_EQ(trimmed("Merkel resigns after sixteen years | Politics news from Germany | DW"),
            "Merkel resigns after sixteen years");
  EXPECT_EQ(trimmed("Storm hits the northern coast - The Example Times"),
            "Storm hits the northern coast");
  EXPECT_EQ(trimmed("Example Times - Storm hits coast", "www.example-times.com"),
            "Storm hits coast");
  EXPECT_EQ(trimmed("Storm hits - New York Times", "nyt.com"), "Storm hits");
  EXPECT_EQ(trimmed("部长星期一表示会谈将继续_新浪新闻"), "部长星期一表示会谈将继续");
}

TEST(Title, TakesOffAuthorsStarsAndNamesBehindColons) {
  EXPECT_EQ(trimmed("Process knowledge, part four - by Jane Doe", "jane.substack.com"),
            "Process knowledge, part four");
  EXPECT_EQ(trimmed("Must haves for every home gym \xE2\x8B\x86"), "Must haves for every home gym");
  EXPECT_EQ(trimmed("Plumbers train as substitute teachers : NPR", "www.npr.org"),
            "Plumbers train as substitute teachers");
  EXPECT_EQ(trimmed("Garnix Blog: Hardware-attested builds", "garnix.io"),
            "Hardware-attested builds");
  EXPECT_EQ(trimmed("Nutritional Myths Debunked - Logan University", "www.logan.edu"),
            "Nutritional Myths Debunked");
  EXPECT_EQ(trimmed("Certificate vs Certification | Stanford Online", "online.stanford.edu"),
            "Certificate vs Certification");
  EXPECT_EQ(trimmed("Ukraine : la guerre continue", "www.lemonde.fr"),
            "Ukraine : la guerre continue");
}

TEST(Title, TakesOffWhatAPartOfTheHostAbbreviates) {
  EXPECT_EQ(
      trimmed("Repair Programs - Metropolitan Development and Housing Agency", "www.x-mdha.org"),
      "Repair Programs");
  EXPECT_EQ(trimmed("Climate Change | Economic Research Service", "www.ers.usda.gov"),
            "Climate Change");
  EXPECT_EQ(trimmed("Game Changer | Newegg.com", "promotions.newegg.com"), "Game Changer");
  EXPECT_EQ(trimmed("Game Changer | Newegg", "shop.example.com"), "Game Changer | Newegg");
}

TEST(Title, LeavesWhatGoesOnWithTheHeadline) {
  for (const char* title :
       {"Best CRM For Small Businesses - Features, Pricing, And Honest Comparison",
        "Reflections on Building a Pipeline - Part 1",
        "Best Drip Coffee Maker - Our Review 2026"}) {
    EXPECT_EQ(trimmed(title, "example.com"), title);
  }
  EXPECT_EQ(
      trimmed("Ten Most Desired Cameras | The Best Mirrorless Cameras on the Market \xE2\x80\x94 "
              "Example Photography",
              "www.examplephotography.com"),
      "Ten Most Desired Cameras | The Best Mirrorless Cameras on the Market");
}

TEST(Title, AColonIsNoBar) {
  for (const char* title : {"Report: US considers hiking the tariff",
                            "Campaign of conspiracy: PolitiFact's lie of the year"}) {
    EXPECT_EQ(trimmed(title, "techreport.com"), title);
    EXPECT_EQ(trimmed(title, "www.politifact.com"), title);
  }
}

TEST(Title, OfAFirstLineOnlyBarsAndNamesGo) {
  const auto first_line = [](std::string_view line, std::string_view host) {
    const TitleRange range = article_title(line, {host, {}, false});
    return std::string(line.substr(range.begin, range.end - range.begin));
  };
  EXPECT_EQ(first_line("Storm hits the northern coast | The Example Times", ""),
            "Storm hits the northern coast");
  EXPECT_EQ(first_line("Storm hits the northern coast - Example", "example.com"),
            "Storm hits the northern coast");
  for (const char* line : {"Storm hits the northern coast - The Harbour Closes",
                           "Storm hits the northern coast \xC2\xBB Second Part"}) {
    EXPECT_EQ(first_line(line, "example.com"), line);
  }
}

TEST(Title, LeavesHeadlinesWhole) {
  for (const char* title :
       {"Storm hits the northern coast",
        "Spider-Man: no way home - the review we needed today here", "Jekyll | Hyde",
        "Why we left the city - and why we came back", "Trump - Biden debate: what we know"}) {
    EXPECT_EQ(trimmed(title), title);
  }
}

}  // namespace
}  // namespace copydesk::clean
