#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/check.h"
#include "rules/pack.h"

namespace copydesk::rules {
namespace {

constexpr std::string_view kGood = R"(# a comment
pack mine lang en

rule related   cut to end   words<=6   in last 40%   after 60 words   level safe
match you (may|might) also like | see also:
yes   You may also like
no    You may also like the second film, which opens on Friday.

rule dw   trim end   site dw.com
match \| dw
yes   Merkel resigns | DW  =>  Merkel resigns
no    Merkel resigns
)";

std::string error_of(std::string_view text) {
  const Result<Pack> pack = parse_pack(text, "f.rules");
  return pack.ok() ? "" : pack.error().detail;
}

TEST(Pack, ReadsRules) {
  const Result<Pack> pack = parse_pack(kGood, "f.rules");
  ASSERT_TRUE(pack.ok()) << pack.error().detail;
  ASSERT_EQ(pack->rules.size(), 2U);
  const Rule& rule = pack->rules[0];
  EXPECT_EQ(rule.id, "mine/related");
  EXPECT_EQ(rule.verb, Verb::cut_to_end);
  EXPECT_EQ(rule.max_words, 6U);
  EXPECT_EQ(rule.last_percent, 40U);
  EXPECT_EQ(rule.after_words, 60U);
  EXPECT_EQ(pack->rules[1].site, "dw.com");
  for (const CheckFailure& failure : check_pack(*pack))
    ADD_FAILURE() << failure.rule << failure.what;
}

TEST(Pack, ExamplesAreTests) {
  const Result<Pack> pack = parse_pack(
      "pack p lang en\n\nrule r drop line\nmatch read more *\nyes never\nno Read more here\n", "f");
  ASSERT_TRUE(pack.ok());
  const std::vector<CheckFailure> failures = check_pack(*pack);
  ASSERT_EQ(failures.size(), 2U);
  EXPECT_EQ(failures[0].line, 5U);
  EXPECT_EQ(failures[0].what, "does not match: never");
  EXPECT_EQ(failures[1].what, "matches: Read more here");
}

TEST(Pack, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(error_of("rule r drop line\n"), "f.rules:1: a rule before the 'pack' line");
  EXPECT_EQ(error_of("pack p\n"), "f.rules:1: expected: pack NAME lang LANGUAGE");
  EXPECT_EQ(error_of("pack p lang en\nrule r drop lines\n"), "f.rules:2: unknown verb 'drop'");
  EXPECT_EQ(error_of("pack p lang en\nrule r drop line words<=x\n"),
            "f.rules:2: unknown or incomplete guard 'words<=x'");
  EXPECT_EQ(error_of("pack p lang en\nrule r drop line\nmatch (a\nyes a\nno b\n"),
            "f.rules:3: a bracket is not closed");
  EXPECT_EQ(error_of("pack p lang en\n\nrule r drop line\nmatch a\nyes a\n\n"),
            "f.rules:3: p/r: needs a 'yes' and a 'no' example");
  EXPECT_EQ(error_of("pack p lang en\nrule r drop line\nregex a+\nyes a\nno b\n"),
            "f.rules:2: p/r: a regex needs has \"literal\"");
  EXPECT_EQ(error_of("# nothing\n"), "f.rules:1: no 'pack NAME lang LANGUAGE' line");
}

TEST(Pack, PatternThatDoesNotCompileIsNamed) {
  const Result<Pack> pack =
      parse_pack("pack p lang en\nrule r drop line has \"a\"\nregex a(\nyes a\nno b\n", "f");
  ASSERT_TRUE(pack.ok());
  const std::vector<CheckFailure> failures = check_pack(*pack);
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_THAT(failures[0].what, testing::HasSubstr("p/r: missing closing parenthesis"));
}

}  // namespace
}  // namespace copydesk::rules
