#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extract/blocks.h"

namespace copydesk::extract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class BlocksTest : public ::testing::Test {
 protected:
  std::vector<std::string> texts(std::string_view html) {
    page_ = &parser_.parse(html);
    build_blocks(*page_, list_);
    std::vector<std::string> found;
    for (const PageBlock& block : list_.blocks) found.emplace_back(list_.text_of(block));
    return found;
  }
  const PageBlock& block(std::size_t i) const { return list_.blocks[i]; }

  html::Parser parser_;
  const html::Page* page_ = nullptr;
  BlockList list_;
};

TEST_F(BlocksTest, CutsAtBlockElementsAndKeepsInlineTogether) {
  EXPECT_THAT(texts("<div>one<p>two <b>bold</b><i>er</i></p>three</div>"),
              ElementsAre("one", "two bolder", "three"));
}

TEST_F(BlocksTest, CollapsesWhiteSpaceAcrossElements) {
  EXPECT_THAT(texts("<p> a \n <b> b</b>  c </p>"), ElementsAre("a b c"));
}

TEST_F(BlocksTest, TwoLineBreaksEndABlockOneIsANewLine) {
  EXPECT_THAT(texts("<div>a<br>b<br> <br>c</div>"), ElementsAre("a\nb", "c"));
  EXPECT_FALSE(block(0).after_break);
  EXPECT_EQ(block(0).breaks, 1);
  EXPECT_TRUE(block(1).after_break);
}

TEST_F(BlocksTest, KeepsPreAsItStands) {
  EXPECT_THAT(texts("<pre>if x:\n    y</pre>"), ElementsAre("if x:\n    y"));
  EXPECT_EQ(block(0).kind, BlockKind::code);
}

TEST_F(BlocksTest, LeavesOutWhatIsNoText) {
  EXPECT_THAT(texts("<head><title>t</title></head><body>a<select><option>o</select>"
                    "<iframe>f</iframe><noscript>n</noscript></body>"),
              ElementsAre("a"));
}

TEST_F(BlocksTest, ReadsANoscriptThatIsNeverClosed) {
  std::string page = "<body><noscript><div></noscript>";
  for (int i = 0; i < 100; ++i) page += "<p>The dam above the town held.</p>";
  EXPECT_EQ(texts(page).size(), 100U);
  EXPECT_THAT(texts("<noscript><p>" + std::string(1000, 'a') + "</p></noscript>"), IsEmpty());
}

TEST_F(BlocksTest, ReadsWhatFollowsAHeadWithoutBody) {
  EXPECT_THAT(texts("<title>t</title><article><p>a</article>"), ElementsAre("a"));
}

TEST_F(BlocksTest, BlocksOfInvisibleCharactersAreNone) {
  EXPECT_THAT(texts("<p>&nbsp;</p><p>\xE2\x80\x8B</p><p>&nbsp;x&nbsp;</p>"), ElementsAre("x"));
}

TEST_F(BlocksTest, KnowsKindAndLevel) {
  texts(
      "<h2>h</h2><ul><li>i</li></ul><blockquote><p>q</p></blockquote>"
      "<figure><figcaption>c</figcaption></figure><table><tr><td>t</td></tr></table>");
  EXPECT_EQ(block(0).kind, BlockKind::heading);
  EXPECT_EQ(block(0).level, 2);
  EXPECT_EQ(block(1).kind, BlockKind::list_item);
  EXPECT_EQ(block(2).kind, BlockKind::quote);
  EXPECT_EQ(block(3).kind, BlockKind::caption);
  EXPECT_EQ(block(4).kind, BlockKind::table_cell);
}

TEST_F(BlocksTest, CountsLinkedAndBoldBytes) {
  texts("<p>ab <a href=x>cd</a> <b>efg</b></p>");
  EXPECT_EQ(block(0).bytes, 7U);
  EXPECT_EQ(block(0).link_bytes, 2U);
  EXPECT_EQ(block(0).bold_bytes, 3U);
  EXPECT_EQ(block(0).links, 1);
}

TEST_F(BlocksTest, HiddenIsInherited) {
  texts("<div style='Display : none'><p>a</p></div><p>b</p><div hidden>c</div>");
  EXPECT_TRUE(list_.contexts[block(0).node] & kHidden);
  EXPECT_FALSE(list_.contexts[block(1).node] & kHidden);
  EXPECT_TRUE(list_.contexts[block(2).node] & kHidden);
}

TEST_F(BlocksTest, RangesOfNodesAreRangesOfBlocks) {
  texts("<p>a</p><div id=d><p>b</p><p>c</p></div><p>d</p>");
  const html::NodeId div = page_->find_first(html::Tag::div);
  EXPECT_EQ(list_.ranges[div].first, 1U);
  EXPECT_EQ(list_.ranges[div].last, 3U);
}

TEST_F(BlocksTest, DeepNestingIsNoTrouble) {
  std::string html;
  for (int i = 0; i < 100000; ++i) html += "<div><span>x";
  EXPECT_EQ(texts(html).size(), 100000U);
}

TEST_F(BlocksTest, NothingGivesNothing) {
  EXPECT_THAT(texts(""), IsEmpty());
}

}  // namespace
}  // namespace copydesk::extract
