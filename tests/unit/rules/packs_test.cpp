// The packs that are compiled in: every example of every rule, and how the book of them behaves.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/rules.h"
#include "rules/check.h"
#include "rules/rulebook.h"

namespace copydesk::rules {
namespace {

TEST(Packs, EveryFileParsesAndEveryExampleHolds) {
  ASSERT_FALSE(data::rules::files().empty());
  for (const data::EmbeddedFile& file : data::rules::files()) {
    const Result<Pack> pack = parse_pack(file.text, file.name);
    ASSERT_TRUE(pack.ok()) << pack.error().detail;
    for (const CheckFailure& failure : check_pack(*pack)) {
      ADD_FAILURE() << file.name << ":" << failure.line << ": " << failure.rule << ": "
                    << failure.what;
    }
    EXPECT_EQ(std::string(file.name), pack->language + ".rules");
  }
}

Rulebook book(RulebookOptions options) {
  Result<Rulebook> made = Rulebook::create(std::move(options));
  EXPECT_TRUE(made.ok());
  return *std::move(made);
}

bool has_rule(const RuleSet& set, std::string_view id) {
  for (std::uint32_t i = 0; i < set.size(); ++i) {
    if (set.rule(i).id == id) return true;
  }
  return false;
}

TEST(Rulebook, GivesALanguageItsOwnRulesOnly) {
  const Rulebook all = book({});
  EXPECT_TRUE(has_rule(all.for_language("en").text, "en/related-block"));
  EXPECT_TRUE(has_rule(all.for_language("en").text, "any/rights"));
  EXPECT_FALSE(has_rule(all.for_language("xx").text, "en/related-block"));
  EXPECT_TRUE(has_rule(all.for_language("xx").text, "any/rights"));
}

TEST(Rulebook, LevelAndDisabledRules) {
  const Rulebook safe = book({.level = RuleLevel::safe});
  EXPECT_FALSE(has_rule(safe.for_language("en").text, "en/byline"));
  RulebookOptions options;
  options.disabled = {"en/byline"};
  const Rulebook without = book(options);
  EXPECT_FALSE(has_rule(without.for_language("en").text, "en/byline"));
  EXPECT_NE(without.identity(), book({}).identity());
  options.disabled = {"en/no-such-rule"};
  EXPECT_EQ(Rulebook::create(options).error().code, ErrorCode::bad_rule);
}

TEST(Rulebook, AddedPacksStandBesideTheBuiltInOnes) {
  RulebookOptions options;
  options.added.push_back(
      *parse_pack("pack mine lang en\nrule r drop line\nmatch foo\nyes foo\nno bar\n", "mine"));
  EXPECT_TRUE(has_rule(book(options).for_language("en").text, "mine/r"));
  EXPECT_FALSE(has_rule(book(options).for_language("de").text, "mine/r"));
}

}  // namespace
}  // namespace copydesk::rules
