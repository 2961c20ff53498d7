#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "html/page.h"
#include "html/skim.h"

namespace copydesk::html {
namespace {

/// The page's text with white space collapsed and a '|' where an element begins or ends.
std::string shown(std::string_view html) {
  struct Writer {
    const Page& page;
    std::string out;
    void mark() {
      if (!out.empty() && out.back() != '|') out += '|';
    }
    void open(NodeId id) {
      if (is_block(page.node(id).tag)) mark();
    }
    void close(NodeId id) {
      if (is_block(page.node(id).tag)) mark();
    }
    void text(const Run& run) {
      for (const char c : page.text(run)) {
        const bool space = c == ' ' || c == '\n' || c == '\t';
        if (!space || (!out.empty() && out.back() != ' ' && out.back() != '|')) {
          out += space ? ' ' : c;
        }
      }
    }
  };
  Parser parser;
  const Page& page = parser.parse(html);
  Writer writer{page, {}};
  walk(page, 0, writer);
  while (!writer.out.empty() && (writer.out.back() == '|' || writer.out.back() == ' ')) {
    writer.out.pop_back();
  }
  return writer.out.substr(std::min(writer.out.find_first_not_of('|'), writer.out.size()));
}

struct SkimCase {
  std::string_view name;
  std::string_view html;
  std::string_view expected;
};

class Skim : public testing::TestWithParam<SkimCase> {};

TEST_P(Skim, KeepsWhatABrowserShows) {
  EXPECT_EQ(shown(GetParam().html), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Traps, Skim,
    testing::Values(
        SkimCase{"Comment", "a<!-- <p>x</p> -->b", "ab"},
        SkimCase{"EmptyComment", "a<!-->b<!-- c -->d", "abd"},
        SkimCase{"EmptyCommentDash", "a<!--->b<!-- c -->d", "abd"},
        SkimCase{"CommentBang", "a<!-- x --!>b", "ab"},
        SkimCase{"CommentBangIsText", "a<!--!> x -->b", "ab"},
        SkimCase{"CommentDashes", "a<!-- x -- y ----->b", "ab"},
        SkimCase{"CommentUnclosed", "a<!-- x <p>y", "a"},
        SkimCase{"ConditionalComment",
                 "a<!--[if IE]>x<![endif]-->b<!--[if !IE]><!-->c<!--<![endif]-->d", "abcd"},
        SkimCase{"Doctype", "<!DOCTYPE html PUBLIC \"-//W3C//DTD\">a", "a"},
        SkimCase{"Declaration", "a<!x y>b</!y>c</>d</3>e", "abcde"},
        SkimCase{"Php", "a<?php echo '>' ?>b<?= $x > 1 ?>c<?xml version='1.0'?>d", "abcd"},
        SkimCase{"PhpUnclosed", "a<?php echo 1; >b<?php >c", "abc"},
        SkimCase{"Cdata", "a<![CDATA[ x ]]>b", "ab"},
        SkimCase{"BareLess", "1 < 2 and a <3 b <", "1 < 2 and a <3 b <"},
        SkimCase{"Script", "a<script>if (a < b) '<p>'</script>b", "ab"},
        SkimCase{"ScriptUpper", "a<SCRIPT>x</ScRiPt >b", "ab"},
        SkimCase{"ScriptEscaped", "a<script><!-- <script> x </script> y --></script>b", "ab"},
        SkimCase{"ScriptComment", "a<script><!-- x </script>b", "ab"},
        SkimCase{"ScriptNearly", "a<script>x</scriptx>y</script>b", "ab"},
        SkimCase{"ScriptUnclosed", "a<script>x <p>y", "a"},
        SkimCase{"Style", "a<style>p > b { }</style>b", "ab"},
        SkimCase{"StyleInComment", "a<style><!-- p{} --></style>b", "ab"},
        SkimCase{"Svg", "a<svg><title>x</title><svg/><svg>y</svg></svg>b", "ab"},
        SkimCase{"SvgEmpty", "a<svg/>b", "ab"}, SkimCase{"SvgUnclosed", "a<svg>b<p>c", "ab|c"},
        SkimCase{"SvgUnbalanced", "a<svg><svg>x</svg>b<p>c", "ab|c"},
        SkimCase{"Math", "a<math><mi>x</mi></math>b", "ab"},
        SkimCase{"Template", "a<template><p>x</p><template>y</template></template>b", "ab"},
        SkimCase{"ShadowRoot", "a<template shadowrootmode=open>x</template>b", "axb"},
        SkimCase{"Noscript", "a<noscript><p>x</p></noscript>b", "a|x|b"},
        SkimCase{"Title", "<title>a <b> &amp; c</title>d", "a <b> & c|d"},
        SkimCase{"TitleUnclosed", "<title>a<p>b", "a|b"},
        SkimCase{"Textarea", "<textarea>a <p> b</textarea>c", "a <p> b|c"},
        SkimCase{"Iframe", "a<iframe src=x>y <p></iframe>b", "ab"},
        SkimCase{"Xmp", "<xmp>a <b> &amp;</xmp>c", "a <b> &amp;|c"},
        SkimCase{"Plaintext", "a<plaintext>b <p> &amp;", "a|b <p> &amp;"},
        SkimCase{"QuotedGreater", "<a title='x > y' href=\"a>b\">c</a>d", "cd"},
        SkimCase{"QuoteUnclosed", "<p>a<a href=\"x>b</a><p>c", "ab|c"},
        SkimCase{"TagUnfinished", "a<p>b<a href='x'", "a|b"},
        SkimCase{"SelfClosingDiv", "<div/>a<p>b", "a|b"},
        SkimCase{"UnmatchedEnds", "a</span></div></p>b</br>c", "a|bc"},
        SkimCase{"SecondBody", "<body><p>a</p></body><html><body>b", "a|b"},
        SkimCase{"Custom", "<x-card>a<my:tag>b</my:tag></x-card>c", "abc"},
        SkimCase{"UpperCase", "<P>a</P><DIV>b</DIV>", "a|b"}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(SkimScripts, JsonLdIsSetAside) {
  Parser parser;
  const Page& page = parser.parse(
      "<script type=\"application/ld+json\">{\"a\":1}</script>"
      "<script type='Application/LD+JSON; charset=utf-8'>{\"b\":2}</script><script>x</script>");
  ASSERT_EQ(page.json_ld().size(), 2U);
  EXPECT_EQ(page.json_ld()[0].body, "{\"a\":1}");
  EXPECT_EQ(page.json_ld()[1].body, "{\"b\":2}");
  EXPECT_EQ(page.script_bytes(), 15U);
}

TEST(SkimScripts, StateJsonIsSetAside) {
  Parser parser;
  const Page& page = parser.parse(
      "<script id=__NEXT_DATA__ type=application/json>{\"a\":1}</script>"
      "<script>window.__INITIAL_STATE__ = {\"b\":2};</script>"
      "<script id='fusion-metadata'>x=1;Fusion.globalContent={\"c\":3};y</script>"
      "<script>var other = {\"d\":4};</script>");
  ASSERT_EQ(page.state_json().size(), 3U);
  EXPECT_EQ(page.state_json()[0].id, "__NEXT_DATA__");
  EXPECT_EQ(page.state_json()[0].body, "{\"a\":1}");
  EXPECT_EQ(page.state_json()[1].body, "{\"b\":2};");
  EXPECT_EQ(page.state_json()[2].body, "{\"c\":3};y");
}

TEST(SkimAttributes, OnlyThoseThatAreReadRemain) {
  Parser parser;
  const Page& page =
      parser.parse("<p onclick='x()' CLASS = 'a b' data-x=1 class=second hidden ID=c=d>x");
  const NodeId p = page.find_first(Tag::p);
  EXPECT_EQ(page.attributes(p).size(), 3U);
  EXPECT_EQ(page.value(p, Attribute::class_), "a b");
  EXPECT_EQ(page.value(p, Attribute::id), "c=d");
  EXPECT_TRUE(page.attribute(p, Attribute::hidden).has_value());
}

TEST(SkimAttributes, LongValuesAreCut) {
  Parser parser;
  const std::string data = "data:image/png;base64," + std::string(100000, 'A');
  const Page& page =
      parser.parse("<img src=\"" + data + "\" alt=x><p style=\"" + std::string(1000, 's') +
                   "\" class=\"" + std::string(100000, 'c') + "\">y");
  EXPECT_EQ(page.value(page.find_first(Tag::img), Attribute::src).size(), 64U);
  EXPECT_EQ(page.value(page.find_first(Tag::img), Attribute::alt), "x");
  const NodeId p = page.find_first(Tag::p);
  EXPECT_FALSE(page.attribute(p, Attribute::style).has_value());
  EXPECT_EQ(page.value(p, Attribute::class_).size(), 16384U);
}

TEST(SkimAttributes, LateHtmlTagStillGivesItsLanguage) {
  Parser parser;
  const Page& page = parser.parse("junk <html lang=el><body>x");
  EXPECT_EQ(page.value(page.find_first(Tag::html), Attribute::lang), "el");
}

TEST(SkimBounds, FortyThousandAttributes) {
  std::string html = "<div";
  for (int i = 0; i < 40000; ++i) html += " a" + std::to_string(i) + "=1";
  html += " class=x>text</div>";
  Parser parser;
  const Page& page = parser.parse(html);
  EXPECT_EQ(page.value(page.find_first(Tag::div), Attribute::class_), "x");
  EXPECT_EQ(page.text_buffer(), "text");
}

TEST(SkimBounds, TagsBeyondTheLimitLeaveTheirTextApart) {
  std::string html;
  for (int i = 0; i < 300000; ++i) html += "<p>x</p>";
  Parser parser;
  const Page& page = parser.parse(html);
  EXPECT_EQ(page.text_buffer().size(), 300000U);
  const std::size_t breaks = 300000;
  EXPECT_LT(page.size(), kFreeElements + html.size() / kBytesPerElement + breaks);
  // Each text is still a run of its own.
  EXPECT_EQ(page.runs().size(), 300000U);
}

TEST(SkimBounds, DepthIsBounded) {
  std::string html;
  for (int i = 0; i < 5000; ++i) html += "<div><b>";
  html += "deep";
  Parser parser;
  const Page& page = parser.parse(html);
  for (const Node& node : page.nodes()) EXPECT_LE(node.depth, kMaxDepth + 5);
  EXPECT_EQ(page.text_buffer(), "deep");
}

}  // namespace
}  // namespace copydesk::html
