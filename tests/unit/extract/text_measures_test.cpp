#include <gtest/gtest.h>

#include "extract/text_measures.h"

namespace copydesk::extract {
namespace {

TextMeasures measure(std::string_view text, const KeywordTable& keywords = {}) {
  std::vector<std::uint64_t> hashes;
  return measure_text(text, keywords, hashes);
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
