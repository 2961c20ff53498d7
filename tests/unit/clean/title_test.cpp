#include <gtest/gtest.h>

#include "clean/title.h"

namespace copydesk::clean {
namespace {

std::string trimmed(std::string_view title, std::string_view host = "") {
  const TitleRange range = article_title(title, host);
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
