#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "html/page.h"

namespace copydesk::html {
namespace {

/// Writes a page as nested names, as in "html(head() body(p('a' b('c'))))".
struct Writer {
  const Page& page;
  std::string out;
  void separate() {
    if (!out.empty() && out.back() != '(') out += ' ';
  }
  void open(NodeId id) {
    separate();
    out += name_of(page.node(id).tag);
    out += '(';
  }
  void text(const Run& run) {
    separate();
    out.append("'").append(page.text(run)).append("'");
  }
  void close(NodeId) { out += ')'; }
};

std::string tree(std::string_view html) {
  Parser parser;
  const Page& page = parser.parse(html);
  const NodeId body = page.find_first(Tag::body);
  if (body == kNoNode) return "";
  Writer writer{page, {}};
  walk(page, body, writer);
  return writer.out;
}

std::string text_of(std::string_view html) {
  Parser parser;
  return std::string(parser.parse(html).text_buffer());
}

TEST(Page, FlatArrayHoldsTheTree) {
  Parser parser;
  const Page& page =
      parser.parse("<html><head><title>T</title></head><body><p class=x>a<b>c</b>d</p></body>");
  const NodeId p = page.find_first(Tag::p);
  ASSERT_NE(p, kNoNode);
  EXPECT_EQ(page.text(p), "acd");
  EXPECT_EQ(page.value(p, Attribute::class_), "x");
  EXPECT_FALSE(page.attribute(p, Attribute::id).has_value());
  const NodeId b = page.find_first(Tag::b, p);
  EXPECT_EQ(page.node(b).parent, p);
  EXPECT_EQ(page.text(b), "c");
  EXPECT_TRUE(page.contains(p, b));
  EXPECT_FALSE(page.contains(b, p));
  EXPECT_EQ(page.node(p).subtree_end, b + 1);
  EXPECT_EQ(page.node(0).subtree_end, page.size());
  EXPECT_EQ(page.text(page.find_first(Tag::title)), "T");
}

TEST(Page, WalkGivesTextBetweenChildrenInOrder) {
  EXPECT_EQ(tree("<body><p>a<b>c</b>d<i>e</i></p>f</body>"), "body(p('a' b('c') 'd' i('e')) 'f')");
}

TEST(Page, AnEmptyPageHasItsRoot) {
  Parser parser;
  const Page& page = parser.parse("");
  EXPECT_EQ(page.size(), 1U);
  EXPECT_EQ(page.text_buffer(), "");
  EXPECT_EQ(page.find_first(Tag::body), kNoNode);
}

TEST(Page, UnclosedTagsAreClosed) {
  EXPECT_EQ(tree("<body><ul><li>a<li>b</ul><p>c<p>d"), "body(ul(li('a') li('b')) p('c') p('d'))");
}

TEST(Page, ParagraphIsClosedByHtml5Blocks) {
  EXPECT_EQ(tree("<body><p>a<article>b</article><p>c<figure>d</figure>"),
            "body(p('a') article('b') p('c') figure('d'))");
  EXPECT_EQ(tree("<body><p>a<span>b<div>c</div>"), "body(p('a' span('b')) div('c'))");
}

TEST(Page, TextBehindTheBodyStaysInIt) {
  EXPECT_EQ(tree("<body><p>a</p></body></html><p>b</p>"), "body(p('a') p('b'))");
  EXPECT_EQ(tree("<html><body>a<html><body>b"), "body('ab')");
}

TEST(Page, ReferencesAreResolved) {
  EXPECT_EQ(text_of("<p>a &amp; b&nbsp;&eacute;&#233;&#xE9;&copy2 &notit; &#150; &bogus;"),
            "a & b\u00A0\u00E9\u00E9\u00E9\u00A92 \u00ACit; \u2013 &bogus;");
}

TEST(Page, AttributeReferencesFollowTheirOwnRule) {
  Parser parser;
  const Page& page = parser.parse("<a href='?a=1&copy=2&amp;b=3&lt;'>x</a>");
  EXPECT_EQ(page.value(page.find_first(Tag::a), Attribute::href), "?a=1&copy=2&b=3<");
}

TEST(Page, DeepNestingKeepsAllText) {
  std::string html = "<p>before</p>";
  for (int i = 0; i < 400000; ++i) html += "<div>";
  html += "inside";
  for (int i = 0; i < 400000; ++i) html += "</div>";
  html += "<p>after</p>";
  Parser parser;
  const Page& page = parser.parse(html);
  EXPECT_NE(page.text_buffer().find("inside"), std::string_view::npos);
  const NodeId last = static_cast<NodeId>(page.size() - 1);
  EXPECT_EQ(page.text(last), "after");
  EXPECT_LT(page.node(last).depth, 5U);
}

TEST(Page, ParserForgetsThePageBefore) {
  Parser parser;
  (void)parser.parse("<script type='application/ld+json'>{}</script><p class=a>one");
  const Page& page = parser.parse("<p>two");
  EXPECT_EQ(page.text_buffer(), "two");
  EXPECT_TRUE(page.json_ld().empty());
  EXPECT_TRUE(page.attributes(page.find_first(Tag::p)).empty());
}

TEST(Page, MoreElementsThanOneNumberHolds) {
  std::string html;
  for (int i = 0; i < 10000; ++i) html += "<i id=n" + std::to_string(i) + "></i>";
  Parser parser;
  const Page& page = parser.parse(html);
  int expected = 0;
  for (NodeId id = 0; id < page.size(); ++id) {
    if (page.node(id).tag != Tag::i) continue;
    ASSERT_EQ(page.value(id, Attribute::id), "n" + std::to_string(expected));
    ++expected;
  }
  EXPECT_EQ(expected, 10000);
}

}  // namespace
}  // namespace copydesk::html
