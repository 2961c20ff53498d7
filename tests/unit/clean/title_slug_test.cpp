#include <gtest/gtest.h>

#include "clean/title_slug.h"

namespace copydesk::clean {
namespace {

TEST(TitleSlug, IsThePathsLastPart) {
  const TitleSlug slug("https://example.com/news/storm-hits-the-coast.html?page=2#top");
  EXPECT_TRUE(slug.is("Storm hits the coast"));
  EXPECT_FALSE(slug.is("Storm hits coast"));
  EXPECT_TRUE(slug.repeats("Storm hits at the coast"));
  EXPECT_FALSE(slug.repeats("Storm hits coast, thousands flee"));
  EXPECT_FALSE(slug.repeats("Storm hits"));
}

TEST(TitleSlug, TellsWhetherAHeadlineGoesOn) {
  const TitleSlug slug("example.com/reflections-on-building-a-pixel-perfect-pipeline");
  EXPECT_TRUE(slug.goes_on("Reflections on Building", "A Pixel Perfect Pipeline"));
  EXPECT_FALSE(slug.goes_on("Reflections on Building", "All About Software"));
  EXPECT_TRUE(slug.ends_before("Reflections on Building a Pixel Perfect Pipeline", "Software"));
  EXPECT_FALSE(slug.ends_before("Reflections on Building", "A Pixel Perfect Pipeline"));
}

TEST(TitleSlug, KnowsSections) {
  const TitleSlug slug("https://example.com/heart-matters/2024/ten-meals-for-you");
  EXPECT_TRUE(slug.is_section("Heart Matters"));
  EXPECT_FALSE(slug.is_section("Ten meals for you"));
}

TEST(TitleSlug, OfNoPathSaysNothing) {
  for (const std::string_view url :
       {"", "example.com", "https://example.com/", "https://example.com/a/123"}) {
    const TitleSlug slug(url);
    EXPECT_FALSE(slug.is("Storm hits the coast")) << url;
    EXPECT_FALSE(slug.repeats("Storm hits the coast")) << url;
    EXPECT_FALSE(slug.ends_before("Storm hits the coast", "Site")) << url;
    EXPECT_FALSE(slug.goes_on("Storm hits", "the coast")) << url;
  }
}

}  // namespace
}  // namespace copydesk::clean
