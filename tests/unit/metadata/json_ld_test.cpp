#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "extract/json_ld.h"
#include "extract/lenient_json.h"

namespace copydesk::extract {
namespace {

LinkedData read(std::string_view json) {
  const html::Script script{{}, json};
  return read_json_ld({&script, 1});
}

/// The only article of a text that describes one.
LinkedArticle one(std::string_view json) {
  const LinkedData data = read(json);
  return data.articles.empty() ? LinkedArticle{} : data.articles.front();
}

TEST(LenientJson, ReadsWhatIsValid) {
  const LenientJson json(R"({"a":"x\n\u00e9\ud83d\ude00","b":[1,-2.5,true,null],"c":{"d":{}}})");
  EXPECT_EQ(json.member_text(0, "a"), "x\n\u00E9\U0001F600");
  const auto array = json.member(0, "b");
  EXPECT_EQ(json.text(json.first_child(array)), "1");
  EXPECT_EQ(json.text(json.next_sibling(json.first_child(array))), "-2.5");
  EXPECT_NE(json.member(json.member(0, "c"), "d"), LenientJson::kNone);
  EXPECT_EQ(json.member(0, "d"), LenientJson::kNone);
}

TEST(LenientJson, MendsWhatIsBroken) {
  EXPECT_EQ(LenientJson("{\"a\":\"x\ny\",}").member_text(0, "a"), "x\ny");
  EXPECT_EQ(LenientJson("{\"a\":\"x\" \"b\":\"y\"}").member_text(0, "b"), "y");
  EXPECT_EQ(LenientJson("{\"a\":\"he said \"no\" twice\",\"b\":1}").member_text(0, "a"),
            "he said \"no\" twice");
  EXPECT_EQ(LenientJson("/* c */ {\"a\":1, // d\n \"b\":2}").member_text(0, "b"), "2");
  EXPECT_EQ(LenientJson("//<![CDATA[\n{\"a\":1}\n//]]>").member_text(0, "a"), "1");
  EXPECT_EQ(LenientJson("<!-- {\"a\":1} -->").member_text(0, "a"), "1");
  EXPECT_EQ(LenientJson("{\"a\":\"cut o").member_text(0, "a"), "cut o");
  EXPECT_EQ(LenientJson("{'a':'x',b:'y'}").member_text(0, "b"), "y");
  EXPECT_EQ(LenientJson(R"({"a":"lone \ud800 x"})").member_text(0, "a"), "lone \uFFFD x");
  EXPECT_TRUE(LenientJson("no json here").empty());
  EXPECT_TRUE(LenientJson("").empty());
}

TEST(LenientJson, DeepNestingIsLeftOut) {
  const std::string deep(100000, '[');
  const LenientJson json(deep);
  EXPECT_LE(json.size(), 102U);
}

TEST(JsonLd, ReadsAnArticle) {
  const LinkedArticle article = one(R"({
    "@context": "https://schema.org", "@type": "NewsArticle",
    "headline": "Tom &amp; Jerry&#8217;s <b>day</b>",
    "datePublished": "2023-12-17T09:30:00+01:00", "dateModified": "2023-12-18",
    "author": {"@type": "Person", "name": "Jane Doe"},
    "publisher": {"@type": "Organization", "name": "The Example"},
    "image": {"@type": "ImageObject", "url": "https://example.com/i.jpg"},
    "articleSection": ["World", "Other"], "keywords": ["a", "b"],
    "isAccessibleForFree": "False", "mainEntityOfPage": {"@id": "https://example.com/a"}})");
  EXPECT_EQ(article.rank, 3);
  EXPECT_FALSE(article.nested);
  EXPECT_EQ(article.headline, "Tom & Jerry\u2019s day");
  EXPECT_EQ(article.published, "2023-12-17T09:30:00+01:00");
  EXPECT_EQ(article.modified, "2023-12-18");
  ASSERT_EQ(article.authors.size(), 1U);
  EXPECT_EQ(article.authors[0].name, "Jane Doe");
  EXPECT_FALSE(article.authors[0].organisation);
  EXPECT_EQ(article.publisher, "The Example");
  EXPECT_EQ(article.image, "https://example.com/i.jpg");
  EXPECT_EQ(article.section, "World");
  EXPECT_EQ(article.keywords.size(), 2U);
  EXPECT_EQ(article.accessible_for_free, false);
  EXPECT_EQ(article.url, "https://example.com/a");
}

TEST(JsonLd, ResolvesGraphReferences) {
  const LinkedData data = read(R"({"@graph": [
    {"@type": "Article", "headline": "H", "author": [{"@id": "#p"}, {"@id": "#o"}],
     "publisher": {"@id": "#o"}},
    {"@type": "WebSite", "@id": "#w", "name": "Site"},
    {"@type": ["Person", "Thing"], "@id": "#p", "name": "Jane Doe"},
    {"@type": "Organization", "@id": "#o", "name": "Org"}]})");
  ASSERT_EQ(data.articles.size(), 1U);
  ASSERT_EQ(data.articles[0].authors.size(), 2U);
  EXPECT_EQ(data.articles[0].authors[0].name, "Jane Doe");
  EXPECT_TRUE(data.articles[0].authors[1].organisation);
  EXPECT_EQ(data.articles[0].publisher, "Org");
  EXPECT_EQ(data.site_name, "Site");
  EXPECT_EQ(data.organisation_name, "Org");
}

TEST(JsonLd, AuthorsInEveryForm) {
  EXPECT_EQ(one(R"({"@type":"Article","author":"Jane Doe"})").authors.size(), 1U);
  EXPECT_EQ(one(R"({"@type":"Article","author":["A B","C D"]})").authors.size(), 2U);
  EXPECT_EQ(one(R"({"@type":"Article","author":{"name":["A B","C D"]}})").authors.size(), 2U);
  EXPECT_EQ(one(R"({"@type":"Article","creator":"A B"})").authors.size(), 1U);
  EXPECT_TRUE(one(R"({"@type":"Article","author":[]})").authors.empty());
}

TEST(JsonLd, MainArticleIsThePagesOwn) {
  const LinkedData data = read(R"([
    {"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Another story"}]},
    {"@type":"WebPage","name":"Page","mainEntity":{"@type":"NewsArticle","headline":"The story",
     "url":"https://example.com/story/"}},
    {"@type":"NewsArticle","headline":"A third one","url":"https://example.com/third"}])");
  const LinkedArticle* main = main_article(data, "https://www.example.com/story?utm=1", "");
  ASSERT_NE(main, nullptr);
  EXPECT_EQ(main->headline, "The story");
  main = main_article(data, "", "A third one - Example");
  ASSERT_NE(main, nullptr);
  EXPECT_EQ(main->headline, "A third one");
}

TEST(JsonLd, NothingThatIsAnArticle) {
  const LinkedData data = read(R"({"@type":"BreadcrumbList","itemListElement":[]})");
  EXPECT_EQ(main_article(data, "", ""), nullptr);
}

TEST(JsonLd, ReferencesInACircleEnd) {
  const LinkedData data = read(R"({"@graph":[
    {"@type":"Article","@id":"#a","headline":"H","author":{"@id":"#a"},"publisher":{"@id":"#a"}}]})");
  EXPECT_EQ(data.articles.size(), 1U);
}

}  // namespace
}  // namespace copydesk::extract
