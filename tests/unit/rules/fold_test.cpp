#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/fold.h"
#include "rules/fold_point.h"
#include "text/utf8.h"

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

TEST(Fold, LettersThatGrowHaveRoom) {
  std::string line;
  std::string grown;
  for (int i = 0; i < 100; ++i) {
    line += "\u023a";
    grown += "\u2c65";
  }
  EXPECT_EQ(key(line), grown);
}

/// Folding by the book, one character after the other.
std::string fold_slowly(std::string_view line, std::vector<std::uint32_t>& offsets) {
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    const auto from = static_cast<std::uint32_t>(at);
    const char32_t c = fold_point(text::next_code_point(line, at));
    const bool after_space = out.ends_with(' ');
    if (c == kDrop || (c == ' ' && after_space)) continue;
    if (c == ':' && after_space) out.pop_back();
    offsets.resize(out.size());
    text::append_utf8(out, c);
    offsets.resize(out.size(), from);
  }
  offsets.push_back(static_cast<std::uint32_t>(line.size()));
  return out;
}

TEST(Fold, RunsOfAnyScriptFoldAsTheirCharactersDo) {
  const std::vector<std::string> pieces = {"a",         "B",      " ",
                                           " ",         ":",      "~",
                                           "\t",        "\x7f",   "plain words here",
                                           "Z",         "\u0416", "\u0451",
                                           "\u00a0",    "\u00ad", "\u0130",
                                           "\u023a",    "\u03ac", "\u0640",
                                           "\u2019",    "\u200b", "\u3000",
                                           "\u3001",    "\u4e00", "\ud55c",
                                           "\uff1a",    "\uff21", "\ufeff",
                                           "\U0001f600"};
  std::mt19937 random(20);  // NOLINT(cert-msc51-cpp): the same texts in every run
  FoldedLine folded;
  for (int round = 0; round < 3000; ++round) {
    std::string line;
    for (std::size_t count = random() % 40; count > 0; --count) {
      line += pieces[random() % pieces.size()];
    }
    std::vector<std::uint32_t> expected_offsets;
    const std::string expected = fold_slowly(line, expected_offsets);
    std::vector<std::uint32_t> offsets;
    fold_line(line, folded, &offsets);
    ASSERT_EQ(folded.text, expected) << line;
    ASSERT_EQ(offsets, expected_offsets) << line;
    fold_line(line, folded);
    ASSERT_EQ(folded.text, expected) << line;
  }
}

TEST(Fold, QuotedSpeechKeepsItsMarks) {
  EXPECT_EQ(key("\u201cSee also\u201d"), "\"see also\"");
}

}  // namespace
}  // namespace copydesk::rules
