#include <chrono>
#include <random>

#include <gtest/gtest.h>

#include "copydesk/dedupe.h"

namespace copydesk {
namespace {

/// A story of `count` paragraphs of 30 words, drawn by `seed` out of a small vocabulary.
std::vector<std::string> story(std::uint32_t seed, int count = 8) {
  std::mt19937 random(seed);
  std::vector<std::string> paragraphs;
  for (int i = 0; i < count; ++i) {
    std::string paragraph;
    for (int word = 0; word < 30; ++word) {
      paragraph += "w" + std::to_string(random() % 5000) + (word == 29 ? "." : " ");
    }
    paragraphs.push_back(paragraph);
  }
  return paragraphs;
}

std::string text_of(const std::vector<std::string>& paragraphs) {
  std::string text;
  for (const std::string& paragraph : paragraphs) text += paragraph + "\n\n";
  return text;
}

class DeduplicatorTest : public testing::Test {
 protected:
  Verdict see(std::string_view id, std::string_view text, std::string_view date = {},
              std::string_view url = {}) {
    auto verdict = deduplicator_.decide(sketcher_.sketch({text, id, url, date}));
    EXPECT_TRUE(verdict.ok());
    return *verdict;
  }
  void use(const DedupeOptions& options) { deduplicator_ = Deduplicator(options); }
  [[nodiscard]] DedupeCounts counts() const { return deduplicator_.counts(); }

 private:
  Sketcher sketcher_{SketchOptions{}};
  Deduplicator deduplicator_{DedupeOptions{}};
};

TEST_F(DeduplicatorTest, AStrangerIsKept) {
  EXPECT_EQ(see("a", text_of(story(1))).relation, Relation::none);
  const Verdict verdict = see("b", text_of(story(2)));
  EXPECT_FALSE(verdict.duplicate);
  EXPECT_EQ(verdict.relation, Relation::none);
  EXPECT_EQ(verdict.other, "");
}

TEST_F(DeduplicatorTest, TheSameWordsAreExact) {
  see("a", text_of(story(1)));
  const Verdict verdict = see("b", "  " + text_of(story(1)) + "!");
  EXPECT_TRUE(verdict.duplicate);
  EXPECT_EQ(verdict.relation, Relation::exact);
  EXPECT_EQ(verdict.other, "a");
  EXPECT_EQ(verdict.similarity, 1.0);
}

TEST_F(DeduplicatorTest, AnotherDatelineIsNear) {
  see("a", text_of(story(1)));
  const Verdict verdict = see("b", "BERLIN (Agency) - " + text_of(story(1)));
  EXPECT_TRUE(verdict.duplicate);
  EXPECT_EQ(verdict.relation, Relation::near);
  EXPECT_GT(verdict.similarity, 0.9);
}

TEST_F(DeduplicatorTest, ACutStoryIsContained) {
  auto cut = story(1);
  see("a", text_of(cut));
  cut.resize(2);
  const Verdict verdict = see("b", text_of(cut));
  EXPECT_TRUE(verdict.duplicate);
  EXPECT_EQ(verdict.relation, Relation::contained);
  EXPECT_EQ(verdict.other, "a");
  EXPECT_GT(verdict.similarity, 0.8);
}

TEST_F(DeduplicatorTest, ALongerVersionSupersedes) {
  auto cut = story(1);
  cut.resize(3);
  see("short", text_of(cut));
  const Verdict verdict = see("long", text_of(story(1)));
  EXPECT_FALSE(verdict.duplicate);
  EXPECT_EQ(verdict.relation, Relation::contains);
  EXPECT_EQ(verdict.other, "short");
  // A third copy goes to the version that holds it whole.
  EXPECT_EQ(see("copy", "AP - " + text_of(story(1))).other, "long");
}

TEST_F(DeduplicatorTest, ARewrittenParagraphIsUpdated) {
  auto changed = story(1);
  see("a", text_of(changed));
  changed[2] = story(9)[0];
  changed[5] = story(9)[1];
  const Verdict verdict = see("b", text_of(changed));
  EXPECT_TRUE(verdict.duplicate);
  EXPECT_EQ(verdict.relation, Relation::updated);
  EXPECT_NEAR(verdict.similarity, 0.6, 0.1);
}

TEST_F(DeduplicatorTest, TheWindowSeparatesRecurringReports) {
  see("a", text_of(story(1)), "2026-02-01T00:00:00Z");
  EXPECT_FALSE(see("b", "X " + text_of(story(1)), "2026-02-04T00:00:01Z").duplicate);
  EXPECT_TRUE(see("c", "Y " + text_of(story(1)), "2026-02-04T00:00:00Z").duplicate);
  EXPECT_TRUE(see("undated", "Z " + text_of(story(1))).duplicate);
}

TEST_F(DeduplicatorTest, AClockThatGoesBackIsNoMatter) {
  see("later", text_of(story(1)), "2026-02-03T00:00:00Z");
  const Verdict verdict = see("earlier", text_of(story(1)), "2026-02-01T00:00:00Z");
  EXPECT_TRUE(verdict.duplicate);
  EXPECT_EQ(verdict.other, "later");
}

TEST_F(DeduplicatorTest, TheSameUrlIsTheSamePage) {
  see("a", text_of(story(1)), "2026-02-01", "https://example.org/story?utm_source=x");
  const Verdict verdict =
      see("b", text_of(story(1)) + "More.", "2026-09-01", "http://www.example.org/story");
  EXPECT_TRUE(verdict.duplicate);
  EXPECT_EQ(verdict.relation, Relation::near);
  // The page was filled with something else: nothing of that stands in the survivor.
  const Verdict other = see("c", text_of(story(2)), "2026-09-02", "http://example.org/story");
  EXPECT_FALSE(other.duplicate);
  EXPECT_EQ(other.relation, Relation::updated);
}

TEST_F(DeduplicatorTest, UrlsAloneDecideWhenOnlyTheyAreAskedFor) {
  DedupeOptions options;
  options.by_exact = options.by_near = false;
  use(options);
  see("a", text_of(story(1)), {}, "https://example.org/story");
  EXPECT_TRUE(see("b", text_of(story(2)), {}, "https://example.org/story").duplicate);
  EXPECT_FALSE(see("c", text_of(story(1)), {}, "https://example.org/other").duplicate);
}

TEST_F(DeduplicatorTest, ExactAloneLeavesNearOnes) {
  DedupeOptions options;
  options.by_near = false;
  use(options);
  see("a", text_of(story(1)));
  EXPECT_FALSE(see("b", "AP - " + text_of(story(1))).duplicate);
  EXPECT_TRUE(see("c", text_of(story(1))).duplicate);
}

TEST_F(DeduplicatorTest, EmptyTextsAreNotTheSameStory) {
  EXPECT_FALSE(see("a", "").duplicate);
  EXPECT_FALSE(see("b", "").duplicate);
}

TEST_F(DeduplicatorTest, ASharedFooterIsNotADuplicate) {
  const std::string footer = text_of(story(77, 1));
  see("first", text_of(story(1)) + footer);
  for (std::uint32_t i = 2; i < 300; ++i) {
    EXPECT_FALSE(see(std::to_string(i), text_of(story(i)) + footer).duplicate);
  }
  EXPECT_GT(counts().capped, 0U);
  // Estimates rule most of them out before their sets are read.
  EXPECT_LT(counts().verified, counts().candidates / 10);
}

TEST_F(DeduplicatorTest, AChainEndsAtASurvivorThatHoldsTheDocument) {
  // b is a version of a, c one of b that shares less with a: it joins only while a covers it.
  auto version = story(1, 10);
  see("a", text_of(version));
  version[0] = story(50)[0], version[1] = story(50)[1], version[2] = story(50)[2];
  EXPECT_EQ(see("b", text_of(version)).other, "a");
  version[8] = story(50)[3], version[9] = story(50)[4], version[7] = story(50)[5];
  const Verdict verdict = see("c", text_of(version));
  EXPECT_FALSE(verdict.duplicate);
}

TEST_F(DeduplicatorTest, RepeatedIdsAreNoProblem) {
  EXPECT_FALSE(see("same", text_of(story(1))).duplicate);
  EXPECT_FALSE(see("same", text_of(story(2))).duplicate);
  EXPECT_TRUE(see("same", text_of(story(1))).duplicate);
}

TEST_F(DeduplicatorTest, ManyIdenticalDocumentsTakeLinearTime) {
  const std::string text = text_of(story(1, 1));
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 200000; ++i) see("id", text);
  EXPECT_EQ(counts().duplicates, 199999U);
  EXPECT_EQ(counts().remembered, 1U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

TEST_F(DeduplicatorTest, SetsOnDiskGiveTheSameVerdicts) {
  DedupeOptions options;
  options.sets_in_memory = 1;
  options.temporary_folder = testing::TempDir();
  use(options);
  for (std::uint32_t i = 0; i < 3000; ++i) see(std::to_string(i), text_of(story(i)));
  for (std::uint32_t i = 0; i < 3000; i += 11) {
    EXPECT_EQ(see("copy", "AP - " + text_of(story(i))).other, std::to_string(i));
  }
}

TEST(DedupeOptions, OutOfBoundsAreRefused) {
  DedupeOptions options;
  EXPECT_TRUE(check(options).ok());
  options.jaccard = 0;
  EXPECT_FALSE(check(options).ok());
  options = {};
  options.containment = 1.5;
  EXPECT_FALSE(check(options).ok());
  options = {};
  options.window = -1;
  EXPECT_FALSE(check(options).ok());
}

}  // namespace
}  // namespace copydesk
