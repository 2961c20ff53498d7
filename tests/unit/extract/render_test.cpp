#include <gtest/gtest.h>

#include "extract/render.h"

namespace copydesk::extract {
namespace {

class RenderTest : public ::testing::Test {
 protected:
  void read(std::string_view html) {
    page_ = &parser_.parse(html);
    build_blocks(*page_, list_);
    verdicts_.assign(list_.blocks.size(), {true, {}});
  }
  std::string plain(std::string_view html) {
    read(html);
    return render_plain(*page_, list_, verdicts_).text;
  }
  std::string markdown(std::string_view html, MarkdownOptions options = {}) {
    read(html);
    return render_markdown(*page_, list_, verdicts_, options).text;
  }

  html::Parser parser_;
  const html::Page* page_ = nullptr;
  BlockList list_;
  std::vector<Verdict> verdicts_;
};

TEST_F(RenderTest, PlainTextSetsBlocksApart) {
  EXPECT_EQ(plain("<h2>H</h2><p>a<br>b</p><ul><li>x<li>y</ul><p>c"), "H\n\na\nb\n\nx\ny\n\nc\n");
  EXPECT_EQ(plain("<table><tr><td>1<td>2<tr><td>3<td>4</table>"), "1\t2\n3\t4\n");
}

TEST_F(RenderTest, ItemsOfOrderedListsBearTheirNumbers) {
  EXPECT_EQ(plain("<ol><li>x<li><p>y</p><p>more</p><li><h3>z</h3></ol><ul><li>u</ul>"),
            "1. x\n2. y\nmore\n\n3. z\n\nu\n");
  EXPECT_EQ(plain("<ol start=3><li>x<li value=7>y<li>z</ol>"), "3. x\n7. y\n8. z\n");
  EXPECT_EQ(plain("<ol type=a><li>x<li>y</ol><ol type=I start=4><li>z</ol>"),
            "a. x\nb. y\n\nIV. z\n");
  EXPECT_EQ(plain("<ol><li>x<ul><li>inner</ul><li>y</ol>"), "1. x\ninner\n2. y\n");
}

TEST_F(RenderTest, NumbersThatAreHiddenOrWrittenOutAreNotAdded) {
  EXPECT_EQ(plain("<ol style='list-style-type: none'><li>x</ol>"), "x\n");
  EXPECT_EQ(plain("<ol class='nav list-unstyled'><li>x</ol>"), "x\n");
  EXPECT_EQ(plain("<ol><li>1) x<li>2 y<li>30 z</ol>"), "1) x\n2 y\n3. 30 z\n");
  EXPECT_EQ(plain("<ol style='color: red'><li>x</ol>"), "1. x\n");
  EXPECT_EQ(plain("<ol start=x><li value=''>x</ol>"), "1. x\n");
}

TEST_F(RenderTest, DroppedItemsCount) {
  read("<ol><li>a</li><li>b</li><li><p>c</p><p>d</p></li></ol>");
  verdicts_[0] = {false, reason::kScore};
  verdicts_[2] = {false, reason::kScore};
  EXPECT_EQ(render_plain(*page_, list_, verdicts_).text, "2. b\n3. d\n");
}

TEST_F(RenderTest, PlainTextIsComposed) {
  EXPECT_EQ(plain("<p>e\xCC\x81"), "\xC3\xA9\n");
}

TEST_F(RenderTest, OnlyKeptBlocksAreWritten) {
  read("<p>a</p><p>b</p><p>c</p>");
  verdicts_[1] = {false, reason::kScore};
  EXPECT_EQ(render_plain(*page_, list_, verdicts_).text, "a\n\nc\n");
}

TEST_F(RenderTest, MarkdownHasHeadingsListsAndQuotes) {
  EXPECT_EQ(markdown("<h3>H</h3><ol><li>x<li>y</ol><blockquote><p>q<p>r</blockquote>"),
            "### H\n\n1. x\n2. y\n\n> q\n>\n> r\n");
  EXPECT_EQ(markdown("<ul><li>x<ul><li>y</ul><li>z</ul>"), "- x\n   - y\n- z\n");
  EXPECT_EQ(markdown("<ol start=4><li>x<li>y</ol>"), "4. x\n5. y\n");
}

TEST_F(RenderTest, MarkdownHasTablesAndCode) {
  EXPECT_EQ(markdown("<table><tr><th>a<th>b<tr><td>c|<td>d</table>"),
            "| a | b |\n| --- | --- |\n| c\\| | d |\n");
  EXPECT_EQ(markdown("<table><tr><td>alone</table>"), "alone\n");
  EXPECT_EQ(markdown("<pre>a *b*\n  c</pre>"), "```\na *b*\n  c\n```\n");
  EXPECT_EQ(markdown("<p>run <code>ls *</code> now"), "run `ls *` now\n");
}

TEST_F(RenderTest, MarkdownHasLinksAndImagesWhereWanted) {
  const std::string_view html =
      "<p>see <a href='/a (1)'>this</a> now</p><img src=i.png alt='A b'><p>end";
  EXPECT_EQ(markdown(html), "see this now\n\nend\n");
  EXPECT_EQ(markdown(html, {true, true}), "see [this](/a%20%281%29) now\n\n![A b](i.png)\n\nend\n");
}

TEST_F(RenderTest, MarkdownEscapesWhatWouldBeMarkup) {
  EXPECT_EQ(markdown("<p>a *b* [c] &lt;d>"), "a \\*b\\* \\[c\\] \\<d>\n");
  EXPECT_EQ(markdown("<p># no heading<p>1. no list<p>- nor this"),
            "\\# no heading\n\n1\\. no list\n\n\\- nor this\n");
}

}  // namespace
}  // namespace copydesk::extract
