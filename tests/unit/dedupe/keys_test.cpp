#include <algorithm>

#include <gtest/gtest.h>

#include "copydesk/dedupe.h"

namespace copydesk {
namespace {

TEST(ParseDate, ReadsWhatPagesWrite) {
  EXPECT_EQ(parse_date("1970-01-01"), 0);
  EXPECT_EQ(parse_date("1970-01-02T00:00:01Z"), 86401);
  EXPECT_EQ(parse_date("2026-02-11T10:30:00+01:00"), parse_date("2026-02-11T09:30:00Z"));
  EXPECT_EQ(parse_date("2026-02-11 09:30"), parse_date("2026-02-11T09:30:00Z"));
  EXPECT_EQ(parse_date("2026-02-11T09:30:00.123456-0500"), parse_date("2026-02-11T14:30:00Z"));
  EXPECT_EQ(parse_date("20260211T093000Z"), parse_date("2026-02-11T09:30:00Z"));
  EXPECT_EQ(parse_date("1969-12-31T23:59:59Z"), -1);
}

TEST(ParseDate, RefusesOtherThings) {
  for (const char* text :
       {"", "yesterday", "2026", "2026-13-01", "2026-02-30", "2026-02-11T", "2026-02-11T25:00",
        "2026-02-11T10:61", "2026-02-11x", "11.02.2026", "2026-02-11T10:30:00+", "2026-0211"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(CanonicalUrl, DropsWhatDoesNotTellPagesApart) {
  const std::string page = canonical_url("http://example.org/a/B?id=7");
  for (const char* url :
       {"https://www.example.org/a/B?id=7", "HTTP://EXAMPLE.org:80/a/B?id=7#top",
        "https://user@example.org:443/a/B?utm_source=x&id=7&UTM_medium=y&fbclid=z",
        "https://example.org/a/B/?id=7", "https://example.org/a/B?&id=7&"}) {
    EXPECT_EQ(canonical_url(url), page) << url;
  }
}

TEST(CanonicalUrl, KeepsWhatDoes) {
  const std::string page = canonical_url("http://example.org/a?id=7");
  for (const char* url : {"http://example.org/A?id=7", "http://example.org/a?id=8",
                          "http://example.org/a", "http://example.org:8080/a?id=7",
                          "http://news.example.org/a?id=7", "http://example.com/a?id=7"}) {
    EXPECT_NE(canonical_url(url), page) << url;
  }
  EXPECT_EQ(canonical_url("urn:uuid:1"), "urn:uuid:1");
  EXPECT_EQ(canonical_url("http://www.org/"), "http://www.org");
}

Sketch sketch(std::string_view text, SketchOptions options = {}) {
  return Sketcher(options).sketch({text, {}, {}, {}});
}

TEST(Sketch, HashIgnoresCaseSpacingAndPunctuation) {
  const Sketch one = sketch("The story: it is told.\n\nAnd told again.");
  EXPECT_EQ(one.text_hash, sketch("THE STORY it is told; and told “again”").text_hash);
  EXPECT_NE(one.text_hash, sketch("The story it is told and told").text_hash);
  EXPECT_EQ(one.id.size(), 32U);
  EXPECT_EQ(one.id, sketch("the story it is told and told again").id);
}

TEST(Sketch, EmptyTextHasNoKeys) {
  for (const char* text : {"", " \n\n", "...", "\u200B"}) {
    const Sketch empty = sketch(text);
    EXPECT_EQ(empty.tokens, 0U);
    EXPECT_EQ(empty.text_hash, TextHash());
    EXPECT_TRUE(empty.shingles.empty());
    EXPECT_TRUE(empty.band_keys.empty());
    EXPECT_TRUE(empty.block_keys.empty());
  }
}

TEST(Sketch, ChineseIsCutIntoCharacters) {
  const char* text = "中国新闻社报道,今天上午在北京举行了一次重要会议。";
  const Sketch automatic = sketch(text);
  EXPECT_EQ(automatic.tokens, 23U);
  EXPECT_EQ(automatic.shingles.size(), 18U);
  SketchOptions words;
  words.shingle = ShingleKind::word;
  EXPECT_EQ(sketch(text, words).tokens, 2U);
}

TEST(Sketch, BandsAndShinglesFollowTheOptions) {
  SketchOptions options;
  options.bands = 20;
  options.rows = 6;
  options.shingle = ShingleKind::character;
  options.shingle_size = 4;
  const Sketch made = sketch("abc def", options);
  EXPECT_EQ(made.band_keys.size(), 20U);
  EXPECT_EQ(made.tokens, 7U);
  EXPECT_EQ(made.shingles.size(), 4U);
}

TEST(Sketch, OptionsOutOfBoundsAreRefused) {
  SketchOptions options;
  EXPECT_TRUE(check(options).ok());
  options.bands = 33;
  EXPECT_FALSE(check(options).ok());
  options = {};
  options.rows = 0;
  EXPECT_FALSE(check(options).ok());
  options = {};
  options.shingle_size = 65;
  EXPECT_FALSE(check(options).ok());
}

TEST(Sketch, EqualParagraphsShareAKeyInDifferentStories) {
  const std::string shared =
      "The spokesman said the ministry would answer all questions in writing next week.";
  const Sketch one = sketch("Rain fell on the coast for a third day running now.\n\n" + shared);
  const Sketch other =
      sketch(shared + "\n\nShares rose in early trading on the exchange on Monday");
  std::vector<std::uint64_t> both;
  std::set_intersection(one.block_keys.begin(), one.block_keys.end(), other.block_keys.begin(),
                        other.block_keys.end(), std::back_inserter(both));
  EXPECT_GE(both.size(), 1U);
}

TEST(Sketch, AVeryLongTextHasAsManyKeysAsALongOne) {
  std::string text;
  for (long i = 0; i < 400000; ++i) text += "word" + std::to_string(i * 7919) + " ";
  EXPECT_LE(sketch(text).block_keys.size(), 512U);
  for (std::size_t at = 1000; at < text.size(); at += 1000) text.replace(at, 2, "\n\n");
  EXPECT_LE(sketch(text).block_keys.size(), 512U);
}

}  // namespace
}  // namespace copydesk
