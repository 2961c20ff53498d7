#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extract/metadata.h"

namespace copydesk::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Metadata read(std::string_view html, std::string_view url = "") {
  html::Parser parser;
  return read_facts(parser.parse(html), url).metadata;
}

TEST(Metadata, AnEmptyPageSaysNothing) {
  const Metadata metadata = read("");
  EXPECT_EQ(metadata.title, "");
  EXPECT_THAT(metadata.authors, IsEmpty());
  EXPECT_EQ(metadata.date, "");
  EXPECT_FALSE(metadata.paywalled.has_value());
}

TEST(Metadata, JsonLdAndMetaTags) {
  const Metadata metadata = read(R"(<html lang=en><head>
    <title>River rises after rain | The Example</title>
    <link rel=canonical href="/river"><meta property=og:site_name content="The Example">
    <meta name=description content="It &amp; more"><meta property=og:image content="/i.jpg">
    <meta property="article:tag" content="river"><meta property="article:tag" content="rain">
    <meta property="article:section" content="World">
    <script type="application/ld+json">{"@type":"NewsArticle","headline":"River rises after rain",
      "datePublished":"2023-12-17T09:30:00+01:00","dateModified":"2023-12-18T08:00:00Z",
      "author":[{"@type":"Person","name":"Jane Doe"},{"@type":"Organization","name":"Agency"}],
      "isAccessibleForFree":false}</script></head><body><h1>River rises after rain</h1>)",
                                 "https://example.com/x?y=1");
  EXPECT_EQ(metadata.title, "River rises after rain");
  EXPECT_THAT(metadata.authors, ElementsAre("Jane Doe"));
  EXPECT_EQ(metadata.date, "2023-12-17T09:30:00+01:00");
  EXPECT_EQ(metadata.modified, "2023-12-18T08:00:00Z");
  EXPECT_EQ(metadata.site, "The Example");
  EXPECT_EQ(metadata.url, "https://example.com/river");
  EXPECT_EQ(metadata.description, "It & more");
  EXPECT_EQ(metadata.image, "https://example.com/i.jpg");
  EXPECT_THAT(metadata.tags, ElementsAre("river", "rain"));
  EXPECT_EQ(metadata.section, "World");
  EXPECT_EQ(metadata.paywalled, true);
}

TEST(MetadataTitle, HeadingThatATitleConfirmsComesFirst) {
  EXPECT_EQ(read("<title>River rises after days of rain - Example</title>"
                 "<meta property=og:title content='Other words altogether'>"
                 "<h1>Example</h1><h1>River rises after days of rain</h1>")
                .title,
            "River rises after days of rain");
}

TEST(MetadataTitle, HeadingThatIsLikeATitle) {
  EXPECT_EQ(read("<title>Health trends for next year - Example</title>"
                 "<h1>Ten health trends to watch next year</h1>")
                .title,
            "Ten health trends to watch next year");
}

TEST(MetadataTitle, LabelsInAHeadingAreNoPartOfIt) {
  EXPECT_EQ(read("<meta property=og:title content='River rises after days of rain'>"
                 "<h1><span>News</span> River rises after days of rain</h1>")
                .title,
            "River rises after days of rain");
}

TEST(MetadataTitle, TitleElementLessItsSite) {
  EXPECT_EQ(
      read("<title>River rises after days of rain | Example Daily</title><h1>News</h1>").title,
      "River rises after days of rain");
}

TEST(MetadataAuthors, Bylines) {
  constexpr std::string_view kHead = "<h1>River rises after days of rain</h1>";
  const auto authors = [&](std::string_view html) {
    return read(std::string(kHead) + std::string(html)).authors;
  };
  EXPECT_THAT(authors("<div class=byline>By Jane Doe and John Roe</div>"),
              ElementsAre("Jane Doe", "John Roe"));
  EXPECT_THAT(authors("<a rel=author href=/jane>Jane Doe</a>"), ElementsAre("Jane Doe"));
  EXPECT_THAT(authors("<span itemprop=author itemscope><b itemprop=name>Jane Doe</b> Reporter"
                      "</span>"),
              ElementsAre("Jane Doe"));
  EXPECT_THAT(authors("<p>By Jane Doe</p><p>Text.</p>"), ElementsAre("Jane Doe"));
  EXPECT_THAT(authors("<p>Posted on 1 May by <a href=/x>Jane Doe</a></p>"),
              ElementsAre("Jane Doe"));
  EXPECT_THAT(authors("<p>By the time it rained, nobody was left.</p>"), IsEmpty());
}

TEST(MetadataAuthors, NotThoseOfComments) {
  EXPECT_THAT(read("<h1>River rises after days of rain</h1><p>Text of the story.</p>"
                   "<div class=comments><span class=author>Mary Moe</span></div>")
                  .authors,
              IsEmpty());
}

TEST(MetadataAuthors, BylineCompletesWhatMachinesAreTold) {
  EXPECT_THAT(read("<meta name=author content='Jane Doe'><h1>River rises after rain</h1>"
                   "<div class=byline>By Jane Doe and John Roe</div>")
                  .authors,
              ElementsAre("Jane Doe", "John Roe"));
}

TEST(MetadataAuthors, GroupsOnlyWhereNoPersonIsNamed) {
  constexpr std::string_view kGroup =
      R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"H",
         "author":{"@type":"Organization","name":"Example News"}}</script>)";
  EXPECT_THAT(read(kGroup).authors, ElementsAre("Example News"));
  EXPECT_THAT(read(std::string(kGroup) + "<h1>A headline</h1><p class=byline>By Jane Doe").authors,
              ElementsAre("Jane Doe"));
}

TEST(MetadataDates, PlacesOnThePage) {
  constexpr std::string_view kHead = "<html lang=en><h1>River rises after days of rain</h1>";
  const auto date = [&](std::string_view html, std::string_view url = "") {
    return read(std::string(kHead) + std::string(html), url).date;
  };
  EXPECT_EQ(date("<time datetime='2023-12-17T09:30'>x</time>"), "2023-12-17T09:30");
  EXPECT_EQ(date("<p>December 17, 2023</p>"), "2023-12-17");
  EXPECT_EQ(date("<div class=post-date>17.12.2023</div>"), "2023-12-17");
  EXPECT_EQ(date("<span itemprop=datePublished content=2023-12-17></span>"), "2023-12-17");
  EXPECT_EQ(date("", "https://example.com/2023/12/17/river"), "2023-12-17");
  EXPECT_EQ(date("<p>17 Dec 2023 9:30 am</p>", "https://example.com/2023/12/17/river"),
            "2023-12-17T09:30");
  EXPECT_EQ(date("<p>no date</p>"), "");
}

TEST(MetadataDates, PublishedAndModifiedAreKeptApart) {
  const Metadata metadata = read(
      "<h1>River rises after days of rain</h1><p>Updated: <time datetime=2023-12-19></time>"
      "</p><p>Published: <time datetime=2023-12-17></time></p>");
  EXPECT_EQ(metadata.date, "2023-12-17");
  EXPECT_EQ(metadata.modified, "2023-12-19");
}

TEST(MetadataDates, TheDayAtHome) {
  // The same minute with its zone says more than UTC.
  EXPECT_EQ(read("<meta property='article:published_time' content='2023-12-18T02:30:00Z'>"
                 "<h1>River rises after days of rain</h1>"
                 "<time datetime='2023-12-17T18:30:00-08:00'>Dec 17</time>")
                .date,
            "2023-12-17T18:30:00-08:00");
  EXPECT_EQ(read("<meta property='article:published_time' content='2023-12-18T02:30:00Z'>",
                 "https://example.com/2023/12/17/river")
                .date,
            "2023-12-17");
}

/// A page that declares 17 December, changed on the 18th, with `shown` under its headline.
Metadata dated(std::string_view shown) {
  return read(
      "<meta property='article:published_time' content='2023-12-17T09:30:00Z'>"
      "<meta property='article:modified_time' content='2023-12-18T12:00:00Z'>"
      "<title>River rises after days of rain</title><h1>River rises after days of rain</h1>" +
      std::string(shown));
}

TEST(MetadataDates, TheDayThatIsShownGoesBeforeTheDeclaredOne) {
  EXPECT_EQ(dated("<p class=date>18 December 2023</p>").date, "2023-12-18T12:00:00Z");
  EXPECT_EQ(dated("<time datetime=2023-12-15>15 December 2023</time>").date, "2023-12-15");
  EXPECT_EQ(dated("<time datetime=2023-12-15>15 December 2023</time>").modified,
            "2023-12-18T12:00:00Z");
}

TEST(MetadataDates, OtherDaysThatAreShown) {
  constexpr std::string_view kDeclared = "2023-12-17T09:30:00Z";
  EXPECT_EQ(dated("<p class=date>Updated 18 December 2023</p>").date, kDeclared);
  EXPECT_EQ(dated("<p>The river rose on 15 December 2023, as it had done before.</p>").date,
            kDeclared);
  EXPECT_EQ(dated("<time datetime=2023-12-24>24 December 2023</time>").date, kDeclared);
}

TEST(MetadataDates, ADeclaredDayThatIsShownTooStands) {
  EXPECT_EQ(dated("<p class=date>17 December 2023</p><time>15 December 2023</time>").date,
            "2023-12-17T09:30:00Z");
}

TEST(MetadataDates, ATagThatDoesNotSayOfWhatGivesWaySooner) {
  const auto date = [](std::string_view name, std::string_view shown) {
    return read("<meta name=" + std::string(name) +
                " content=2023-12-21><title>River rises after days of rain</title>"
                "<h1>River rises after days of rain</h1>" +
                std::string(shown))
        .date;
  };
  constexpr std::string_view kShown =
      "<p>The river has risen over its banks in the night to Sunday</p><p>By Jane Doe of our "
      "desk in the old town by the sea, and what she saw there: 18 December 2023</p>";
  EXPECT_EQ(date("dcterms.date", kShown), "2023-12-18");
  EXPECT_EQ(date("dcterms.issued", kShown), "2023-12-21");
  EXPECT_EQ(date("dcterms.date", ""), "2023-12-21");
}

TEST(MetadataDates, InPlacesOfOtherArticlesOnlyWhereNoneIsElsewhere) {
  const auto date = [](std::string_view rest) {
    return read("<html lang=en><h1>River rises after days of rain</h1>" + std::string(rest)).date;
  };
  EXPECT_EQ(date("<div class=sidebar><h4>Published</h4><div>July 8, 2023</div></div>"
                 "<div class=related><p>July 9, 2023</p></div>"),
            "2023-07-08");
  std::string far;
  for (int i = 0; i < 200; ++i) far += "<p>Some words of the article.</p>";
  EXPECT_EQ(date(far + "<div class=article-footer><p>July 8, 2023</p></div>"), "2023-07-08");
  EXPECT_EQ(date(far + "<div class=footer><p>July 8, 2023</p><p>July 9, 2023</p></div>"), "");
  EXPECT_EQ(date("<div class=teaser-text><p>Report of July 8, 2023 | Berlin, and more than "
                 "that</div><p>Text.</p>"),
            "2023-07-08");
}

TEST(MetadataDates, DayAndMonthThatAreMixedUpAreNoOtherDay) {
  EXPECT_EQ(read("<html lang=en><meta property='article:published_time' content='2023-11-01'>"
                 "<h1>River rises after days of rain</h1><p class=date>1/11/2023</p>")
                .date,
            "2023-11-01");
}

TEST(MetadataDates, TagsOfASitesOwnNaming) {
  EXPECT_EQ(read("<meta name=w-published-date content='2023-12-17T09:30:00Z'>").date,
            "2023-12-17T09:30:00Z");
  EXPECT_EQ(read("<meta name=publisher content='17 December 2023'>").date, "");
}

TEST(MetadataDates, FarFromTheHeadline) {
  std::string far = "<h1>River rises after days of rain</h1>";
  for (int i = 0; i < 200; ++i) far += "<p>Some words of the article.</p>";
  EXPECT_EQ(read(far + "<h4>Published</h4><div>July 8, 2023</div>").date, "2023-07-08");
  EXPECT_EQ(read(far + "<p>Last updated: July 8, 2023</p>").modified, "2023-07-08");
  EXPECT_EQ(read(far + "<em>08.07.2023 11:35</em>").date, "2023-07-08T11:35");
  EXPECT_EQ(read(far + "<p>08.07.2023</p><p>09.07.2023</p>").date, "");
}

TEST(MetadataDates, ADayInTheUrlMustBePossibleAtTheDeclaredTime) {
  const auto date = [](std::string_view time) {
    return read("<meta property='article:published_time' content='" + std::string(time) + "'>",
                "https://example.com/2023/dec/21/river")
        .date;
  };
  EXPECT_EQ(date("2023-12-22T02:00:00Z"), "2023-12-21");
  EXPECT_EQ(date("2023-12-22T17:00:00Z"), "2023-12-22T17:00:00Z");
}

TEST(MetadataLanguage, TheTextDecidesOverTheDeclaration) {
  const std::string german =
      "<p>Der Fluss ist nach tagelangem Regen \xC3\xBC"
      "ber die Ufer getreten, und viele Stra\xC3\x9F"
      "en "
      "mussten gesperrt werden. Die Feuerwehr war die ganze Nacht im Einsatz und half den "
      "Bewohnern, ihre H\xC3\xA4user zu sichern. Am Morgen sank der Pegel langsam wieder.</p>";
  EXPECT_EQ(read("<html lang=en>" + german + german).lang, "de");
  EXPECT_EQ(read("<html lang=pt-BR><p>x</p>").lang, "pt");
}

TEST(Metadata, HostileJsonLdDoesNoHarm) {
  std::string html = "<script type='application/ld+json'>";
  for (int i = 0; i < 20000; ++i) html += "{\"@type\":\"NewsArticle\",\"author\":[";
  EXPECT_EQ(read(html + "</script><title>x y z</title>").title, "x y z");
}

}  // namespace
}  // namespace copydesk::extract
