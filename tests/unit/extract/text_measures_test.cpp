#include <gtest/gtest.h>

#include "extract/text_measures.h"

namespace copydesk::extract {
namespace {

TextMeasures measure(std::string_view text, const KeywordTable& keywords = {}) {
  std::vector<std::uint64_t> hashes;
  return measure_text(text, text.size(), keywords, hashes);
}

TEST(TextMeasures, CountsWordsAndSentences) {
  const TextMeasures text = measure("He said: \"No, 3.5 is it.\" Why? Γιατί!");
  EXPECT_EQ(text.tokens, 9U);
  EXPECT_EQ(text.sentences, 2U);  // the stop before a quote does not count, as 3.5 does not
  EXPECT_EQ(text.commas, 1U);
  EXPECT_EQ(text.quotes, 2U);
  EXPECT_TRUE(text.ends_terminal);
  EXPECT_FALSE(text.ends_stop);
}

TEST(TextMeasures, CharactersOfUnspacedScriptsAreWords) {
  const TextMeasures text = measure("北京大学。");
  EXPECT_EQ(text.tokens, 4U);
  EXPECT_FLOAT_EQ(text.words, 2.4F);
  EXPECT_EQ(text.sentences, 1U);
  EXPECT_TRUE(text.ends_stop);
}

TEST(TextMeasures, SeesClosersBehindTheStop) {
  EXPECT_TRUE(measure("It is so.”").ends_terminal);
  EXPECT_FALSE(measure("It is so. More").ends_terminal);
}

TEST(TextMeasures, SeesDatesTimesAndAddresses) {
  EXPECT_TRUE(measure("on 1.2.2023 it").has_date);
  EXPECT_TRUE(measure("in 1999").has_date);
  EXPECT_FALSE(measure("some 3999 of 1.5").has_date);
  EXPECT_TRUE(measure("at 9:05").has_time);
  EXPECT_FALSE(measure("ratio 9:5").has_time);
  EXPECT_TRUE(measure("see http://x.y").has_url);
  EXPECT_TRUE(measure("see www.x.y").has_url);
}

/// What stands behind a text in memory may be read with it, and must not count.
TEST(TextMeasures, DoesNotMindWhatStandsBehindTheText) {
  const std::string all =
      "Mr. Smith, a_b and THE 24 extraordinarily-long-word-of-23 ones; internationalisation says "
      "\u201CÉté à 9:05\u201D. Кот 12.3.2021 X1y2Z3 aaaaaaaaaaaaaaaB C";
  for (std::size_t begin = 0; begin < all.size(); ++begin) {
    if ((static_cast<unsigned char>(all[begin]) & 0xC0) == 0x80) continue;
    for (std::size_t end = begin + 1; end <= all.size(); ++end) {
      if (end < all.size() && (static_cast<unsigned char>(all[end]) & 0xC0) == 0x80) continue;
      const std::string alone = all.substr(begin, end - begin);
      std::vector<std::uint64_t> hashes;
      std::vector<std::uint64_t> hashes_alone;
      const TextMeasures text = measure_text(std::string_view(all).substr(begin, end - begin),
                                             all.size() - begin, {}, hashes);
      const TextMeasures same = measure_text(alone, alone.size(), {}, hashes_alone);
      ASSERT_EQ(hashes, hashes_alone) << alone;
      ASSERT_EQ(text.tokens, same.tokens) << alone;
      ASSERT_EQ(text.characters, same.characters) << alone;
      ASSERT_EQ(text.uppers, same.uppers) << alone;
      ASSERT_EQ(text.digits, same.digits) << alone;
      ASSERT_EQ(text.capital_words, same.capital_words) << alone;
      ASSERT_EQ(text.short_words, same.short_words) << alone;
      ASSERT_EQ(text.sentences, same.sentences) << alone;
      ASSERT_EQ(text.ends_terminal, same.ends_terminal) << alone;
      ASSERT_EQ(text.has_date, same.has_date) << alone;
    }
  }
}

TEST(TextMeasures, CountsCapitalsAndDigits) {
  const TextMeasures text =
      measure("NATO said 1234567890 and ABCDEFGHIJKLMNO, ok ABCDEFGHIJKLMNOPQ");
  EXPECT_EQ(text.uppers, 4U + 15U + 17U);
  EXPECT_EQ(text.digits, 10U);
  EXPECT_EQ(text.capital_words, 3U);
}

TEST(KeywordTable, FindsWordsAndPairsWhateverTheirCase) {
  const auto keywords = KeywordTable::parse("# note\nrelated: see also, ΔΕΊΤΕ\nshare: tweet\n");
  ASSERT_TRUE(keywords);
  const auto bit = [](Topic topic) { return 1U << static_cast<unsigned>(topic); };
  EXPECT_EQ(measure("See Also: this", *keywords).topics, bit(Topic::related));
  EXPECT_EQ(measure("also see", *keywords).topics, 0U);
  EXPECT_EQ(measure("δείτε TWEET", *keywords).topics, bit(Topic::related) | bit(Topic::share));
}

TEST(KeywordTable, RefusesUnknownTopics) {
  EXPECT_FALSE(KeywordTable::parse("nothing: word\n"));
}

}  // namespace
}  // namespace copydesk::extract
