#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/exact_texts.h"

namespace copydesk::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::uint32_t> find(const ExactTexts& texts, std::string_view text) {
  std::vector<std::uint32_t> rules;
  texts.find(text, rules);
  return rules;
}

TEST(ExactTexts, AnEmptyTableHasNothing) {
  EXPECT_THAT(find(ExactTexts(), "see also"), IsEmpty());
}

TEST(ExactTexts, OneTextMayBeOfSeveralRules) {
  ExactTexts texts;
  texts.add("see also", 3);
  texts.add("see", 4);
  texts.add("see also", 1);
  EXPECT_THAT(find(texts, "see also"), ElementsAre(3, 1));
  EXPECT_THAT(find(texts, "see"), ElementsAre(4));
  EXPECT_THAT(find(texts, "see als"), IsEmpty());
}

TEST(ExactTexts, AllAreFoundAfterTheTableHasGrown) {
  ExactTexts texts;
  constexpr std::uint32_t kMany = 5000;
  for (std::uint32_t i = 0; i < kMany; ++i) texts.add("text " + std::to_string(i), i);
  for (std::uint32_t i = 0; i < kMany; ++i) {
    ASSERT_THAT(find(texts, "text " + std::to_string(i)), ElementsAre(i));
  }
  EXPECT_THAT(find(texts, "text 5000"), IsEmpty());
}

}  // namespace
}  // namespace copydesk::rules
