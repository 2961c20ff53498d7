#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/line_facts.h"
#include "rules/matcher.h"
#include "rules/pack.h"

namespace copydesk::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class MatcherTest : public testing::Test {
 protected:
  void load(const std::string& rules) {
    Result<Pack> pack = parse_pack("pack p lang en\n\n" + rules, "p");
    ASSERT_TRUE(pack.ok()) << pack.error().detail;
    pack_ = *std::move(pack);
    std::vector<const Rule*> all;
    for (const Rule& rule : pack_.rules) all.push_back(&rule);
    set_.emplace(std::move(all));
  }

  std::vector<std::uint32_t> find(std::string_view line) {
    FoldedLine folded;
    fold_line(line, folded);
    set_->find(folded, line, count_words(line), hits_);
    return hits_.rules;
  }

  Pack pack_;
  std::optional<RuleSet> set_;
  LineHits hits_;
};

TEST_F(MatcherTest, FindsByTextHeadAndContent) {
  load(
      "rule exact drop line\nmatch see also\nyes See also\nno x\n\n"
      "rule head drop line\nmatch related: *\nyes Related: x\nno x\n\n"
      "rule content drop line\nmatch *rights reserved*\nyes All rights reserved\nno x\n\n"
      "rule regex drop line has \"shared\"\nregex shared [0-9]+ times\nyes Shared 4 times\nno x\n");
  EXPECT_THAT(find("See also:"), ElementsAre(0));
  EXPECT_THAT(find("RELATED : storm"), ElementsAre(1));
  EXPECT_THAT(find("(c) All Rights Reserved."), ElementsAre(2));
  EXPECT_THAT(find("Shared 12 times"), ElementsAre(3));
  EXPECT_THAT(find("Shared often"), IsEmpty());
}

TEST_F(MatcherTest, WordGuards) {
  load("rule r drop line words<=3 words>=2\nmatch more *\nyes more\nno x\n");
  EXPECT_THAT(find("more news"), ElementsAre(0));
  EXPECT_THAT(find("more"), IsEmpty());
  EXPECT_THAT(find("more of the same"), IsEmpty());
}

TEST_F(MatcherTest, LongLineOfNestedQuantifierBaitEndsAtTheLimit) {
  load(
      "rule bait drop line words<=100000 has \"aaaa\"\nregex (?:a|aa|aaa)+[bc]\nyes aaaaab\nno "
      "x\n");
  const std::string line(20000, 'a');
  EXPECT_THAT(find(line), IsEmpty());
  EXPECT_THAT(hits_.limited, ElementsAre(0));
}

TEST_F(MatcherTest, PatternsOfRulesThatTheWordGuardsKeepOutAreNotTried) {
  load(
      "rule bait drop line words<=3 has \"aaaa\"\nregex (?:a|aa|aaa| )+[bc]\nyes aaaaab\nno x\n\n"
      "rule long drop line words<=9 has \"aaaa\"\nregex a.*\nyes aaaaab\nno x\n");
  const std::string bait(20000, 'a');
  EXPECT_THAT(find(bait + " a a a"), ElementsAre(1));
  EXPECT_THAT(hits_.limited, IsEmpty());
  EXPECT_THAT(find(bait), ElementsAre(1));
  EXPECT_THAT(hits_.limited, ElementsAre(0));
}

TEST_F(MatcherTest, SeveralLiteralsOfAPatternAreOneTry) {
  load(
      "rule bait drop line words<=9 has \"aaaa\" has \"b\" has \"aab\"\n"
      "regex (?:a|aa|aaa|b)+[cd]\nyes aaaabc\nno x\n");
  EXPECT_THAT(find("aaaabc"), ElementsAre(0));
  EXPECT_THAT(find(std::string(20000, 'a') + "b"), IsEmpty());
  EXPECT_THAT(hits_.limited, ElementsAre(0));
}

TEST_F(MatcherTest, CapturesNamedGroups) {
  load("rule by drop line has \"by \"\nregex by (?<author>.+)\nyes by x\nno x\n");
  FoldedLine folded;
  fold_line("- By Jane Doe", folded);
  const std::optional<Range> author = set_->capture(0, folded, "- By Jane Doe", "author");
  ASSERT_TRUE(author.has_value());
  EXPECT_EQ(author->begin, 5U);
  EXPECT_EQ(author->end, 13U);
  EXPECT_FALSE(set_->capture(0, folded, "- By Jane Doe", "date").has_value());
}

TEST(LineFacts, Words) {
  EXPECT_EQ(count_words("one two  three"), 3U);
  EXPECT_EQ(count_words(""), 0U);
  EXPECT_EQ(count_words("部长星期一表示"), 1U + 7U / 2U);
}

TEST(LineFacts, WordsOfLongLinesAreCountedAsThoseOfShortOnes) {
  const std::string piece = "a bc\t d\x7f  \u4e00\u4e8c\u3042 \u0416\u0417\u00a0x \ud55c\uff01";
  for (std::size_t begin = 0; begin < 20; ++begin) {
    std::string line(begin, 'x');
    line += piece;
    line.append(begin, ' ');
    line += piece;
    std::size_t starts = 0;
    std::size_t unspaced = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const auto byte = static_cast<unsigned char>(line[i]);
      const bool starts_here =
          byte > ' ' && (i == 0 || static_cast<unsigned char>(line[i - 1]) <= ' ');
      starts += starts_here ? 1 : 0;
      unspaced += byte >= 0xE3 && byte <= 0xE9 ? 1 : 0;
    }
    EXPECT_EQ(count_words(line), starts + unspaced / 2) << line;
  }
}

TEST(LineFacts, SentenceEnds) {
  EXPECT_TRUE(ends_sentence("It rained."));
  EXPECT_TRUE(ends_sentence("\u201cIt rained.\u201d"));
  EXPECT_TRUE(ends_sentence("下雨了。」"));
  EXPECT_FALSE(ends_sentence("See also:"));
  EXPECT_FALSE(ends_sentence(""));
}

}  // namespace
}  // namespace copydesk::rules
