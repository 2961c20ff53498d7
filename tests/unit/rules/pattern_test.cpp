#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/pattern.h"

namespace copydesk::rules {
namespace {

bool matches(std::string_view pattern, std::string_view text) {
  const Result<std::vector<Glob>> globs = expand_match(pattern);
  if (!globs) return false;
  for (const Glob& glob : *globs) {
    if (glob_matches(glob, text)) return true;
  }
  return false;
}

TEST(Pattern, ExpandsAlternatives) {
  EXPECT_THAT(*expand_match("(read|see) (more|also) | next"),
              testing::ElementsAre("next", "read also", "read more", "see also", "see more"));
  EXPECT_THAT(*expand_match("see also (here|)"), testing::ElementsAre("see also", "see also here"));
}

/// Each way is what folding it as a whole would give.
TEST(Pattern, SeamsBetweenPiecesFold) {
  EXPECT_THAT(*expand_match("TAGS (A|)( :|\uff1a) \u00c9t\u00e9"),
              testing::ElementsAre("tags a: \u00e9t\u00e9", "tags: \u00e9t\u00e9"));
  EXPECT_THAT(*expand_match("a (b |) (c| d)"),
              testing::ElementsAre("a b c", "a b d", "a c", "a d"));
  EXPECT_THAT(*expand_match("\\(\\\u00c9 \\*x"), testing::ElementsAre("\u00e9 *x"));
  EXPECT_THAT(*expand_match("a ( : |: )*"), testing::ElementsAre("a:\x01"));
}

TEST(Pattern, AnythingAndNumbers) {
  EXPECT_TRUE(matches("related: *", "related:storm"));
  EXPECT_TRUE(matches("related: *", "related: storm over x"));
  EXPECT_FALSE(matches("related: *", "related costs"));
  EXPECT_TRUE(matches("# comments", "1,204 comments"));
  EXPECT_TRUE(matches("# shares", "3.5k shares"));
  EXPECT_FALSE(matches("# comments", "many comments"));
  EXPECT_TRUE(matches("*getty images", "jane/getty images"));
  EXPECT_TRUE(matches("a*b*c", "axxbyybc"));
  EXPECT_FALSE(matches("a*b*c", "axxbyyb"));
  EXPECT_TRUE(matches("read more *", "read more"));
  EXPECT_FALSE(matches("read more *", "read moreover"));
}

TEST(Pattern, EscapesAndErrors) {
  EXPECT_TRUE(matches("comments \\(#\\) here", "comments (12) here"));
  EXPECT_FALSE(expand_match("(a|b").ok());
  EXPECT_FALSE(expand_match("a)").ok());
  EXPECT_FALSE(expand_match("a | ").ok());
  EXPECT_FALSE(expand_match("(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)").ok());
}

TEST(Pattern, HeadAndLongestLiteral) {
  const Glob glob = expand_match("by * for the news").value().front();
  EXPECT_EQ(literal_head(glob), "by ");
  EXPECT_EQ(longest_literal(glob), " for the news");
}

}  // namespace
}  // namespace copydesk::rules
