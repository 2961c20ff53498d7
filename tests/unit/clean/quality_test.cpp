#include <string>

#include <gtest/gtest.h>

#include "copydesk/quality.h"

namespace copydesk {
namespace {

double value(std::string_view name, std::string_view text, std::string_view language = "en") {
  for (const QualityMeasure& measure : quality_measures(text, language)) {
    if (measure.name == name) return measure.value;
  }
  ADD_FAILURE() << "no measure " << name;
  return -1;
}

TEST(Quality, Words) {
  const char* text = "The cat and the #dog ... 12";
  EXPECT_EQ(value("word_count", text), 7);
  EXPECT_DOUBLE_EQ(value("mean_word_length", text), 21.0 / 7);
  EXPECT_DOUBLE_EQ(value("symbol_word_ratio", text), 2.0 / 7);
  EXPECT_DOUBLE_EQ(value("alpha_word_ratio", text), 5.0 / 7);
  EXPECT_EQ(value("stop_words", text), 2);
  EXPECT_EQ(value("stop_words", text, "de"), 0);
  EXPECT_EQ(value("word_count", "部长星期一", "zh"), 5);
}

TEST(Quality, LinesAndParagraphs) {
  const char* text = "One line.\nOne line.\n- a\nWait...\n\nNo stop";
  EXPECT_DOUBLE_EQ(value("dup_line_frac", text), 1.0 / 5);
  EXPECT_DOUBLE_EQ(value("dup_line_char_frac", text), 9.0 / 40);
  EXPECT_DOUBLE_EQ(value("bullet_line_ratio", text), 1.0 / 5);
  EXPECT_DOUBLE_EQ(value("ellipsis_line_ratio", text), 1.0 / 5);
  EXPECT_DOUBLE_EQ(value("line_punct_ratio", text), 3.0 / 5);
  EXPECT_DOUBLE_EQ(value("terminal_line_ratio", text), 2.0 / 5);
  EXPECT_EQ(value("short_line_ratio", text), 1);
  EXPECT_EQ(value("dup_para_frac", "a b\n\na b\n\nc"), 1.0 / 3);
}

TEST(Quality, NGrams) {
  EXPECT_EQ(value("top_2_gram", "a b c d e"), 0);
  EXPECT_DOUBLE_EQ(value("top_2_gram", "xx yy 1 xx yy"), 8.0 / 13);
  EXPECT_DOUBLE_EQ(value("duplicated_5_n_grams", "a b c d e a b c d e"), 5.0 / 19);
  EXPECT_EQ(value("duplicated_10_n_grams", "a b c d e a b c d e"), 0);
}

TEST(Quality, OfNothing) {
  for (const QualityMeasure& measure : quality_measures("", "en")) {
    EXPECT_EQ(measure.value, 0) << measure.name;
  }
}

}  // namespace
}  // namespace copydesk
