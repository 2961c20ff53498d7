#include <gtest/gtest.h>

#include "copydesk/clean.h"

#include "clean/suggested_rule.h"

namespace copydesk::clean {
namespace {

/// The rule that stands in a file by itself; its examples hold.
std::string rule_of(const LearnedLine& line) {
  std::string rule = suggested_rule(line, "x.org", 7);
  const auto messages = check_rule_file({"learned", "pack learned lang any\n" + rule});
  EXPECT_TRUE(messages.empty()) << rule << messages.front();
  return rule;
}

TEST(SuggestedRule, SaysWhatTheMemoryKnows) {
  EXPECT_EQ(rule_of({"Get the (new) app *today*", 12, 3, false}),
            "\n# on 12 pages, 3 days\n"
            "rule line-7   drop line   site x.org   words<=7\n"
            "match Get the \\(new\\) app \\*today\\*\n"
            "yes   Get the (new) app *today*\n"
            "no    Not Get the (new) app *today*\n");
}

TEST(SuggestedRule, NumbersVaryWhereTheMemoryTakesThemForEachOther) {
  const auto has = [](const std::string& rule, const char* pattern) {
    return rule.find(std::string("\nmatch ") + pattern + "\n") != std::string::npos;
  };
  EXPECT_TRUE(has(rule_of({"Rate 31,21 of 1,204 and 3.5k", 9, 9, false}), "Rate # of # and #"));
  EXPECT_TRUE(has(rule_of({"0.00/0 rates here", 9, 9, false}), "#/# rates here"));
  EXPECT_TRUE(has(rule_of({"Comments 5", 9, 9, true}), "Comments #"));
  EXPECT_TRUE(has(rule_of({"Page 12", 9, 9, false}), "Page 12"));
}

TEST(SuggestedRule, AHeadlineMayBeAny) {
  EXPECT_NE(rule_of({"no comments on \x02 yet", 9, 9, false}).find("match no comments on * yet\n"),
            std::string::npos);
  EXPECT_EQ(suggested_rule({"\x02 in all colours of it", 9, 8, false}, "x.org", 7),
            "\n# on 9 pages, 8 days\n# * in all colours of it\n");
}

}  // namespace
}  // namespace copydesk::clean
