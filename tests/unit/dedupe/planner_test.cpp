#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "copydesk/dedupe.h"

namespace copydesk {
namespace {

/// Paragraphs [first, last) of the story of this seed, 30 words each.
std::string part(std::uint32_t seed, std::uint32_t first, std::uint32_t last) {
  std::string text;
  for (std::uint32_t i = first; i < last; ++i) {
    std::mt19937 random(seed * 100 + i);
    for (int word = 0; word < 30; ++word) text += "w" + std::to_string(random() % 5000) + " ";
    text += "\n\n";
  }
  return text;
}

class PlannerTest : public testing::TestWithParam<KeepPolicy> {
 protected:
  static Planner planner() { return {DedupeOptions{}, KeepOrder{GetParam(), {}}}; }
  static void add(Planner& planner, const std::string& id, const std::string& text) {
    ASSERT_TRUE(planner.add(Sketcher(SketchOptions{}).sketch({text, id, {}, {}})).ok());
  }
};

/// Cut, lengthened and copied versions of some stories, in an order that means nothing.
void add_versions(Planner& planner, std::uint32_t seed) {
  std::mt19937 generator(seed);
  const auto random = [&] { return static_cast<std::uint32_t>(generator()); };
  const Sketcher sketcher{SketchOptions{}};
  for (int i = 0; i < 60; ++i) {
    const std::uint32_t story = random() % 8;
    const std::uint32_t first = random() % 3;
    const std::string text = part(story, first, first + 1 + random() % 8);
    const std::string id = "d" + std::to_string(random() % 1000);
    ASSERT_TRUE(planner.add(sketcher.sketch({text, id, {}, {}})).ok());
  }
}

bool operator==(const Decision& a, const Decision& b) {
  return a.duplicate == b.duplicate && a.relation == b.relation && a.similarity == b.similarity &&
         (a.relation == Relation::none || a.other == b.other);
}

TEST_P(PlannerTest, DecidingStoryByStoryAtTheEndIsDecidingAll) {
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    Planner whole = planner();
    Planner by_story = planner();
    add_versions(whole, seed);
    add_versions(by_story, seed);
    const std::vector<Decision> all = whole.decide();
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      EXPECT_TRUE(by_story.decide_story(i) == all[i]) << seed << ' ' << i;
    }
    EXPECT_EQ(whole.counts().duplicates, by_story.counts().duplicates);
  }
}

TEST_P(PlannerTest, ADuplicateIsOneOfADocumentThatStays) {
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    Planner planner = PlannerTest::planner();
    add_versions(planner, seed);
    const std::vector<Decision> all = planner.decide();
    for (const Decision& decision : all) {
      EXPECT_FALSE(decision.duplicate && all[decision.other].duplicate);
    }
  }
}

TEST_P(PlannerTest, WhatWasDecidedStaysDecided) {
  Planner planner = PlannerTest::planner();
  add(planner, "short", part(1, 0, 3));
  add(planner, "stranger", part(2, 0, 3));
  EXPECT_EQ(planner.decide_story(0).relation, Relation::none);
  add(planner, "copy", part(1, 0, 3));
  add(planner, "long", part(1, 0, 8));
  add(planner, "longer", part(1, 0, 9));
  EXPECT_EQ(planner.decide_story(1).relation, Relation::none);
  const Decision copy = planner.decide_story(2);
  EXPECT_TRUE(copy.duplicate);
  EXPECT_EQ(copy.relation, Relation::exact);
  EXPECT_EQ(copy.other, 0U);
  // Of the two long ones the policy chooses; that one supersedes what was kept before.
  const std::vector<Decision> both = {planner.decide_story(3), planner.decide_story(4)};
  const std::size_t kept = GetParam() == KeepPolicy::longest ? 1 : 0;
  EXPECT_FALSE(both[kept].duplicate);
  EXPECT_EQ(both[kept].relation, Relation::contains);
  EXPECT_EQ(both[kept].other, 0U);
  EXPECT_TRUE(both[1 - kept].duplicate);
  EXPECT_EQ(both[1 - kept].other, 3U + kept);
}

INSTANTIATE_TEST_SUITE_P(Policies, PlannerTest,
                         testing::Values(KeepPolicy::first, KeepPolicy::earliest,
                                         KeepPolicy::longest));

TEST(Planner, TheFirstStaysUnlessALongerVersionSupersedesIt) {
  Planner planner(DedupeOptions{}, KeepOrder{KeepPolicy::first, {}});
  const Sketcher sketcher{SketchOptions{}};
  const auto add = [&](const std::string& id, const std::string& text) {
    ASSERT_TRUE(planner.add(sketcher.sketch({text, id, {}, {}})).ok());
  };
  add("z", part(1, 0, 4));
  add("a", part(1, 0, 4));
  add("cut", part(2, 0, 2));
  add("whole", part(2, 0, 6));
  add("most", part(2, 0, 5));
  const std::vector<Decision> all = planner.decide();
  EXPECT_FALSE(all[0].duplicate);
  EXPECT_EQ(all[1].other, 0U);
  EXPECT_TRUE(all[2].duplicate);
  EXPECT_EQ(all[2].other, 3U);
  EXPECT_FALSE(all[3].duplicate);
  EXPECT_TRUE(all[4].duplicate);
  EXPECT_EQ(all[4].other, 3U);
}

}  // namespace
}  // namespace copydesk
