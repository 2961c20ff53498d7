#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tokenize/full_stop.h"
#include "tokenize/language.h"
#include "tokenize/plain_stop.h"
#include "tokenize/vowels.h"

namespace copydesk::tokenize {
namespace {

const Languages& languages() {
  static const Languages all =
      Languages::load("word: quux modla\nnumber: \u0437\u0437\u0437\n").value();
  return all;
}

/// Words of all kinds, with full stops, spaces, quotation marks and line ends among them.
std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> parts = {"word",
                                                 "it",
                                                 "Quux",
                                                 "modla",
                                                 "MODLA",
                                                 "Mr",
                                                 "etc",
                                                 "x",
                                                 "I",
                                                 "VI",
                                                 "rhythm",
                                                 "bcd",
                                                 "approx",
                                                 "a.m",
                                                 "l'an",
                                                 "re-run",
                                                 "na\u00EFve",
                                                 "\u00C9t\u00E9",
                                                 "\u0434\u043E\u043C",
                                                 "\u0413\u041E\u0420\u041E\u0414",
                                                 "\u0433\u043E\u0440\u043E\u0434\u0430",
                                                 "\u0437\u0437\u0437",
                                                 "\u043F\u0440\u0438\u043C\u0435\u0440\u043D\u043E",
                                                 "t\u00D7t",
                                                 "12",
                                                 "\u03BB\u03CC\u03B3\u03BF\u03C2",
                                                 "\u0141\u00F3d\u017A",
                                                 "e\u0301a",
                                                 "stra\u00DFe"};
  static const std::vector<std::string> gaps = {
      ". ",       ". ",   ". ",        ".\n",      ".\n\n",    " ",    " ",       ".\" ",
      ".\u201D ", ". \"", ".\n- ",     ", ",       "-",        "'",    "...",     "! ",
      "? ",       ".) ",  ". (",       ".",        " (",       "\n",   ".  ",     ".,",
      ". ,",      ".-",   ".' ",       ". \u00AB", ". \u201C", ". - ", ".\u2026", ". [3], ",
      ".]",       ". ''", ". \u2014 ", ".\n* ",    ". :"};
  std::string text;
  for (int i = 0; i < 30; ++i) {
    text += parts[random() % parts.size()];
    text += gaps[random() % gaps.size()];
  }
  return text;
}

TEST(PlainStop, SaysWhatTheRulesSay) {
  std::mt19937 random(11);
  std::size_t plain = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::string text = random_text(random);
    for (const char* tag : {"en", "de", "ru", "pl", "fr"}) {
      const Language& language = languages().find(tag);
      const TerminatorRules rules(text, language, round % 2 == 0);
      for (std::size_t at = text.find('.'); at != std::string::npos; at = text.find('.', at + 1)) {
        const bool quick = is_plain_stop(text, at, language);
        const std::size_t end = plain_end(text, at);
        if (!quick && (end == 0 || !follows_plain_word(text, at, language))) continue;
        ++plain;
        const Verdict verdict = rules.judge(at, 0);
        ASSERT_TRUE(verdict.ends) << tag << ", byte " << at << " of " << text;
        ASSERT_EQ(verdict.end, quick ? at + 1 : end) << tag << ", byte " << at << " of " << text;
        ASSERT_FALSE(verdict.keeps_dot) << tag << ", byte " << at << " of " << text;
      }
    }
  }
  EXPECT_GT(plain, 10000U);
}

TEST(PlainStop, LoneStopsAreKeptByNoWord) {
  std::mt19937 random(12);
  std::size_t lone = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::string text = random_text(random);
    for (const char* tag : {"en", "de", "ru", "pl", "fr"}) {
      const Language& language = languages().find(tag);
      const TerminatorRules rules(text, language, round % 2 == 0);
      for (std::size_t at = text.find('.', kLastLetters + 1); at < text.size() - 8;
           at = text.find('.', at + 1)) {
        if (!is_lone_stop(text, at, language)) continue;
        ++lone;
        ASSERT_FALSE(rules.judge(at, 0).keeps_dot) << tag << ", byte " << at << " of " << text;
      }
    }
  }
  EXPECT_GT(lone, 20000U);
}

TEST(PlainStop, KnowsOrdinaryWordsAndNoOthers) {
  const Language& english = languages().find("en");
  const std::string text =
      "Nobody had asked them before they left. Then they left it. They met Mr. X.";
  EXPECT_TRUE(is_plain_stop(text, text.find("left.") + 4, english));
  EXPECT_TRUE(is_plain_stop(text, text.find("it.") + 2, english));
  EXPECT_FALSE(is_plain_stop(text, text.find("Mr.") + 2, english));
}

TEST(Vowels, OfThreeAlphabets) {
  for (const char32_t c :
       std::u32string_view(U"aEiOuY\u00E9\u00C4\u00FF\u0151\u0150\u0178\u0153\u03B1\u0391\u03CE"
                           U"\u038F\u0430\u042F\u0401\u0457")) {
    EXPECT_TRUE(is_vowel(c)) << static_cast<unsigned>(c);
  }
  for (const char32_t c :
       std::u32string_view(U"bZ\u00DF\u00F1\u00E7\u0142\u017E\u03B2\u03A1\u0431\u0429\u0439")) {
    EXPECT_FALSE(is_vowel(c)) << static_cast<unsigned>(c);
  }
}

}  // namespace
}  // namespace copydesk::tokenize
