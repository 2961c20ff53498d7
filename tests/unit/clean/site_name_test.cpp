#include <gtest/gtest.h>

#include "clean/site_name.h"

namespace copydesk::clean {
namespace {

TEST(SiteName, IsTheHostOrAKnownName) {
  const SiteName site("www.example.co.uk", {"The Known Paper"});
  EXPECT_TRUE(site.has_host());
  EXPECT_TRUE(site.is("Example", 0));
  EXPECT_TRUE(site.is("the known paper", 0));
  EXPECT_TRUE(site.is("Example Blog", 5));
  EXPECT_FALSE(site.is("Example Blog", 0));
  EXPECT_FALSE(site.is("Exam", 5));
  EXPECT_FALSE(site.is("", 5));
}

TEST(SiteName, IsAbbreviatedByTheHost) {
  EXPECT_TRUE(SiteName("nyt.com", {}).is_named_by("New York Times", false));
  EXPECT_TRUE(SiteName("www.ers.usda.gov", {}).is_named_by("Economic Research Service", false));
  EXPECT_TRUE(SiteName("shop.newegg.com", {}).is_named_by("Newegg.com", true));
  EXPECT_FALSE(SiteName("example.com", {}).is_named_by("Storm hits coast", true));
}

TEST(SiteName, IsSpeltByTheHostsWords) {
  const SiteName site("security.exampleblog.com", {});
  EXPECT_TRUE(site.is_spelt_by("Example Online Security Blog"));
  EXPECT_FALSE(site.is_spelt_by("Security"));
  EXPECT_FALSE(site.is_spelt_by("Security after the storm on the coast"));
}

TEST(SiteName, StandsAmongWords) {
  const SiteName site("www.ahlen-news.de", {});
  EXPECT_TRUE(site.has_address("News Ahlen-News.de"));
  EXPECT_FALSE(site.has_address("News from Ahlen"));
  EXPECT_TRUE(SiteName("ahlen.de", {}).is_word_of("Stadt Ahlen"));
  EXPECT_FALSE(SiteName("ahlen.de", {}).is_word_of("Stadt Ahlener"));
  EXPECT_TRUE(SiteName("wethewild.us", {}).begins("We The Wild Plant Care USA"));
  EXPECT_TRUE(SiteName("logan.edu", {}).shares_word("Logan University"));
}

TEST(SiteName, OfNoHostIsNothing) {
  const SiteName site("", {});
  EXPECT_FALSE(site.has_host());
  EXPECT_FALSE(site.is("Example", 5));
  EXPECT_FALSE(site.is_named_by("Example", true));
  EXPECT_FALSE(site.has_address("example.com"));
  EXPECT_FALSE(site.is_word_of("Example"));
}

}  // namespace
}  // namespace copydesk::clean
