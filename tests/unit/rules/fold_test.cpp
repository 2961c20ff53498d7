#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/fold.h"

namespace copydesk::rules {
namespace {

std::string key(std::string_view line) {
  FoldedLine folded;
  fold_line(line, folded);
  return std::string(folded.key());
}

TEST(Fold, MakesSpellingsOfALineOne) {
  EXPECT_EQ(key("SEE  ALSO :"), "see also");
  EXPECT_EQ(key("\u00bb See\u00a0also \u2192"), "see also");
  EXPECT_EQ(key("\u2022 Don\u2019t miss\u2026"), "don't miss");
  EXPECT_EQ(key("(Reporting by X)"), "reporting by x");
}

TEST(Fold, KnowsOtherScripts) {
  EXPECT_EQ(key("ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ"), key("Διαβάστε επίσης"));
  EXPECT_EQ(key("Её ещё"), "ее еще");
  EXPECT_EQ(key("İLGİLİ YAZILAR"), key("ilgili yazılar"));
  EXPECT_EQ(key("相关：新闻"), "相关:新闻");
  EXPECT_EQ(key("إقرأ أيضًا"), key("اقرأ أيضا"));
}

TEST(Fold, OffsetsLeadBackToTheLine) {
  const std::string line = "A \u2019B\u00ad\u0416";
  FoldedLine folded;
  std::vector<std::uint32_t> offsets;
  fold_line(line, folded, &offsets);
  EXPECT_EQ(folded.text, "a 'b\u0436");
  EXPECT_THAT(offsets, (std::vector<std::uint32_t>{0, 1, 2, 5, 8, 8, 10}));
}

TEST(Fold, QuotedSpeechKeepsItsMarks) {
  EXPECT_EQ(key("\u201cSee also\u201d"), "\"see also\"");
}

}  // namespace
}  // namespace copydesk::rules
