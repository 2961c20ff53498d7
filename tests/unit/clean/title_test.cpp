#include <gtest/gtest.h>

#include "clean/title.h"

namespace copydesk::clean {
namespace {

std::string kept(std::string_view title, const TitleContext& context) {
  const TitleRange range = article_title(title, context);
  return std::string(title.substr(range.begin, range.end - range.begin));
}

std::string trimmed(std::string_view title, std::string_view host = "") {
  return kept(title, {host, {}});
}

std::string at_url(std::string_view title, std::string_view url) {
  TitleContext context;
  context.host = url.substr(0, url.find('/'));
  context.url = url;
  return kept(title, context);
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
  for (const char* line :
       {"Storm hits the northern coast - The Harbour Closes",
        "Storm hits the northern coast \xC2\xBB Second Part", "- Storm hits the northern coast",
        "More stories \xC2\xBB", "The ward of a hospital on the coast (Example)"}) {
    EXPECT_EQ(first_line(line, "example.com"), line);
  }
}

TEST(Title, KnowsNamesInTheLettersOfHosts) {
  EXPECT_EQ(trimmed("\xC3\x96konomenstimme: Eine neue Deutung des Multiplikators",
                    "www.oekonomenstimme.org"),
            "Eine neue Deutung des Multiplikators");
  EXPECT_EQ(trimmed("\xD0\xA5\xD0\xBE\xD0\xB4 \xD0\xB4\xD0\xB5\xD0\xBB - "
                    "\xD0\x9B\xD0\xB5\xD0\xBD\xD1\x82\xD0\xB0",
                    "lenta.ru"),
            "\xD0\xA5\xD0\xBE\xD0\xB4 \xD0\xB4\xD0\xB5\xD0\xBB");
  EXPECT_EQ(trimmed("Example Security Blog: Safe browsing is here", "security.exampleblog.com"),
            "Safe browsing is here");
  EXPECT_EQ(trimmed("Repair day on 31 January: Stadt Ahlen", "www.ahlen.de"),
            "Repair day on 31 January");
  EXPECT_EQ(trimmed("News EXAMPLE.com :: Blasts kill two", "www.example.com"), "Blasts kill two");
}

TEST(Title, NothingOfTheHeadlineStandsBehindTheSite) {
  EXPECT_EQ(trimmed("Get in the Spirit With Workouts - Example Daily - Art, Design and Beauty!",
                    "exampledaily.com"),
            "Get in the Spirit With Workouts");
  EXPECT_EQ(trimmed("Example Site | example.com - The Five Best Phones", "example.com"),
            "The Five Best Phones");
}

TEST(Title, TakesOffDatesBracketsAndHangingMarks) {
  EXPECT_EQ(trimmed("Storm hits the northern coast - 9 January 2012"),
            "Storm hits the northern coast");
  EXPECT_EQ(trimmed("23.01.2022 - Storm hits the northern coast"), "Storm hits the northern coast");
  EXPECT_EQ(trimmed("Storm hits coast (example.com)", "example.com"), "Storm hits coast");
  EXPECT_EQ(trimmed("Storm hits coast (and more)", "example.com"), "Storm hits coast (and more)");
  EXPECT_EQ(trimmed("Storm hits coast - "), "Storm hits coast");
  EXPECT_EQ(trimmed("\xC2\xBB Storm hits coast"), "Storm hits coast");
}

TEST(Title, TheAddressTellsWhereAHeadlineEnds) {
  EXPECT_EQ(at_url("Baking Bread - Our Complete Baking Course", "example.com/baking-bread.html"),
            "Baking Bread");
  EXPECT_EQ(at_url("Ten Healthy Meals - Heart Matters magazine",
                   "example.org/heart-matters-magazine/nutrition/ten-healthy-meals"),
            "Ten Healthy Meals");
  EXPECT_EQ(at_url("Kicker Words - Trade meets Diplomacy: what it means",
                   "example.org/trade-meets-diplomacy-what-it-means/"),
            "Trade meets Diplomacy: what it means");
}

TEST(Title, TheAddressTellsWhereAHeadlineGoesOn) {
  const std::string_view title = "Reflections on Building - A Pixel Perfect Pipeline";
  EXPECT_EQ(at_url(title, "example.com/blog/reflections-on-building-a-pixel-perfect-pipeline"),
            title);
  EXPECT_EQ(at_url("Bread Machines - My Favorites!", "example.com/bread-machines/"),
            "Bread Machines - My Favorites!");
}

TEST(Title, TheHeadOfTheTextRepeatsTheHeadline) {
  TitleContext context;
  context.head = head_lines("Menu\n\n3 June 2024\nA storm \xE2\x80\x93 and then rain!\nIt rained.");
  EXPECT_EQ(kept("Weather - Coast - A storm - and then rain - Home - Some Paper", context),
            "A storm - and then rain");
  EXPECT_EQ(kept("The Agency: A storm - and then rain", context), "A storm - and then rain");
  EXPECT_EQ(kept("A storm - and then rain", context), "A storm - and then rain");
}

TEST(Title, ANameInTheHeadOfTheTextIsNoHeadline) {
  TitleContext context;
  context.host = "example.com";
  context.head = head_lines("Example Labs\nKicker\nIt rained.");
  EXPECT_EQ(kept("Weekend Coding Agent | Example Labs", context), "Weekend Coding Agent");
  EXPECT_EQ(kept("Kicker: why it rained", context), "Kicker: why it rained");
}

TEST(Title, IsTakenOffOnceAndForAll) {
  for (const std::string_view title :
       {"Big cameras compared | Online Courses, Learning Paths, and Lists - Example",
        "A - B - C - D - Example", "Storm | x | Example | News", " - | - ", "|", ": Example"}) {
    const std::string once = trimmed(title, "example.com");
    EXPECT_EQ(trimmed(once, "example.com"), once);
  }
  const std::string hostile(200000, '|');
  EXPECT_EQ(trimmed(hostile), hostile);
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
