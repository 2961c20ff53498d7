#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "copydesk/extract.h"

namespace copydesk {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view kPage = R"(<html><head><title>Dam holds - The Valley Post</title></head>
<body><nav><ul><li><a href=/>Home</a></li><li><a href=/s>Sport</a></li></ul></nav>
<article><h1>Dam holds after a night of rain</h1>
<p>The dam above the town held on Tuesday after a night of heavy rain, the water board said.</p>
<p>Engineers had worked until dawn to open the second gate, which had been stuck since spring.</p>
<p>Families who left their homes in the evening were told that they could return by noon.</p>
</article><div style="display:none">Loading</div>
<footer><p><a href=/i>Imprint</a> <a href=/p>Privacy</a></p></footer></body></html>)";

Extractor make(ExtractOptions options = {}) {
  auto extractor = Extractor::create(std::move(options));
  EXPECT_TRUE(extractor);
  return std::move(*extractor);
}

TEST(Extract, TakesTheStoryAndNothingElse) {
  const Article article = make().extract(kPage);
  EXPECT_THAT(article.text, HasSubstr("The dam above the town"));
  EXPECT_THAT(article.text, HasSubstr("could return by noon."));
  EXPECT_THAT(article.text, Not(HasSubstr("Sport")));
  EXPECT_THAT(article.text, Not(HasSubstr("Imprint")));
  EXPECT_THAT(article.text, Not(HasSubstr("Dam holds after")));
  EXPECT_THAT(article.status, IsEmpty());
  EXPECT_THAT(article.blocks, IsEmpty());
}

TEST(Extract, EveryBlockIsKeptOrHasAReason) {
  ExtractOptions options;
  options.facts = true;
  const Article article = make(options).extract(kPage);
  ASSERT_EQ(article.blocks.size(), 8U);
  for (const Block& block : article.blocks) {
    EXPECT_EQ(block.kept, block.reason.empty()) << block.text;
    EXPECT_FALSE(block.facts.empty());
  }
}

TEST(Extract, AnEmptyPageHasAStatus) {
  EXPECT_EQ(make().extract("").status, "empty");
  EXPECT_EQ(make().extract("").text, "");
}

TEST(Extract, SaysWhyThereIsNothing) {
  const Extractor extractor = make();
  const std::string script = "<script>" + std::string(5000, 'x') + "</script>";
  EXPECT_EQ(extractor.extract("<ul><li>Wait</ul>" + script).status, "needs-javascript");
  const std::string_view shell =
      "<noscript>You need to enable JavaScript to run this app.</noscript><div "
      "id=root></div><script "
      "src=a.js></script>";
  EXPECT_EQ(extractor.extract(shell).status, "needs-javascript");
  EXPECT_EQ(extractor.extract("<noscript><img src=counter.gif></noscript>").status, "empty");
  EXPECT_EQ(extractor.extract("%PDF-1.4 nothing to see").status, "unsupported-type");
  EXPECT_EQ(extractor.extract("<ul><li><a href=/>Home</a><li><a href=/s>Sport</a></ul>").status,
            "not-an-article");
}

TEST(Extract, TakesTheDeclaredTextWhereThePageHasNone) {
  std::string body;
  for (int i = 0; i < 20; ++i) body += "The dam above the town held.\\n";
  const std::string page =
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
      "\"articleBody\":\"" +
      body + "\"}</script><div id=root></div>";
  const Article article = make().extract(page);
  EXPECT_THAT(article.text, HasSubstr("The dam above the town held.\n\nThe dam"));
  EXPECT_EQ(article.status, "");
}

/// A page that shows one paragraph and keeps a story of forty in the state of its framework.
std::string page_with_state(std::string_view shown) {
  std::string paragraphs;
  for (int i = 0; i < 40; ++i) {
    paragraphs += R"(,{"text":"Engineers of the town worked on gate )" + std::to_string(i) +
                  R"( until dawn."})";
  }
  return "<h1>Dam holds after a night of rain</h1><p>" + std::string(shown) +
         R"(</p><script id=__NEXT_DATA__ type=application/json>{"body":[)" +
         R"({"text":"The dam above the town held on Tuesday after a night of heavy rain."})" +
         paragraphs + "]}</script>";
}

TEST(Extract, TakesTheTextOfTheStateWhereThePageShowsItsBeginning) {
  const std::string shown = "The dam above the town held on Tuesday after a night of heavy rain.";
  EXPECT_THAT(make().extract(page_with_state(shown)).text, HasSubstr("gate 39 until dawn."));
}

TEST(Extract, LeavesTheStateOfAnotherStory) {
  const std::string shown =
      "The council of the valley met on Monday to speak about the new school, its costs, and the "
      "road that will lead to it from the station in the spring of next year, the mayor said.";
  EXPECT_THAT(make().extract(page_with_state(shown)).text, Not(HasSubstr("gate 39")));
}

TEST(Extract, RulePacksNameWhatTheyDrop) {
  ExtractOptions options;
  options.blocks = true;
  std::string page(kPage);
  page.insert(page.find("</article>"), "<p>Sign up for our newsletter</p>");
  page.replace(0, 6, "<html lang=en>");
  const Article article = make(options).extract(page);
  EXPECT_THAT(article.text, Not(HasSubstr("newsletter")));
}

TEST(Extract, WhatARelatedHeadingHeadsGoesWithIt) {
  // A scorer that keeps everything: the rules stand alone.
  ExtractOptions options;
  options.blocks = true;
  options.scorer_table = "copydesk-scorer 1\nthreshold 0.5\ntree 0 9\n";
  std::string page(kPage);
  std::string story;
  for (const std::string day : {"Monday", "Tuesday", "Friday"}) {
    std::string part =
        page.substr(page.find("<p>The"), page.find("</article>") - page.find("<p>The"));
    for (std::size_t at = 0; (at = part.find("</p>", at)) != std::string::npos; at += 10) {
      part.insert(at, " So it was said on " + day + ".");
      at = part.find("</p>", at);
    }
    story += part;
  }
  page = "<html lang=en><body><h1>Dam holds</h1>" + story +
         "<h3>Related Articles</h3><ul><li>Goats stop the early train to the coast<li>Bakers may "
         "bake at night again<li>Bridge opens</ul>" +
         "<p>The valley road is closed to all drivers until Friday.</p>";
  const Extractor extractor = make(options);
  const Article article = extractor.extract(page);
  EXPECT_THAT(article.text, Not(HasSubstr("Related")));
  EXPECT_THAT(article.text, Not(HasSubstr("Goats")));
  EXPECT_THAT(article.text, HasSubstr("until Friday"));
  const Block& item = article.blocks[article.blocks.size() - 2];
  EXPECT_EQ(item.text, "Bridge opens");
  EXPECT_EQ(item.reason, "en/related-block");
}

TEST(Extract, CommentsAreAMemberOfTheirOwn) {
  ExtractOptions options;
  options.comments = true;
  std::string page(kPage);
  page.insert(page.find("<footer>"),
              "<div class='comment-list'><p><a href=/u>Anna</a></p>"
              "<p>I was there that night and it was louder than they say.</p></div>");
  const Article article = make(options).extract(page);
  EXPECT_EQ(article.comments, "I was there that night and it was louder than they say.\n");
  EXPECT_THAT(article.text, Not(HasSubstr("louder")));
}

TEST(Extract, ThreadsShareOneExtractor) {
  const Extractor extractor = make();
  const std::string expected = extractor.extract(kPage).text;
  std::vector<std::string> results(4);
  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&] { result = extractor.extract(kPage).text; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(results, ::testing::Each(expected));
}

TEST(Extract, RefusesABadTable) {
  ExtractOptions options;
  options.scorer_table = "nonsense";
  EXPECT_FALSE(Extractor::create(options));
}

}  // namespace
}  // namespace copydesk
