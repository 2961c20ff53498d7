/// What the filter leaves out or settles itself has to come out as the rules have it.

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "copydesk/tokenize.h"

#include "tokenize/language.h"
#include "tokenize/word_scan.h"
#include "tokenize/words.h"

namespace copydesk::tokenize {
namespace {

/// One a line.
std::string words(const std::string& text, const Language& language) {
  WordScan scan;
  scan_words(text, scan);
  settle_marked_spaces(false, scan);
  apply_news_rules(text, language, false, scan);
  std::vector<Span> spans;
  append_spans(scan, text.size(), spans);
  std::string lines;
  append_joined(text, spans, '\n', lines);
  return lines;
}

/// Words, numbers and marks in all orders; every fifth mark stands close, as in "a.b" and "l'an".
std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> parts = {"word",
                                                 "its",
                                                 "re",
                                                 "pre",
                                                 "Mr",
                                                 "etc",
                                                 "x",
                                                 "I",
                                                 "VI",
                                                 "US",
                                                 "R",
                                                 "rhythm",
                                                 "bcd",
                                                 "a",
                                                 "l",
                                                 "qu",
                                                 "L",
                                                 "QU",
                                                 "dell",
                                                 "un",
                                                 "Yahoo",
                                                 "quelqu",
                                                 "jusqu",
                                                 "s",
                                                 "S",
                                                 "12",
                                                 "2019",
                                                 "1",
                                                 "000",
                                                 "il",
                                                 "t",
                                                 "www",
                                                 "com",
                                                 "na\u00EFve",
                                                 "\u00C9t\u00E9",
                                                 "\u0434\u043E\u043C",
                                                 "\u0413\u041E\u0420\u041E\u0414",
                                                 "\u0433",
                                                 "\u0433\u043E\u0440\u043E\u0434\u0430",
                                                 "\u0442\u044B\u0441",
                                                 "t\u00D7t",
                                                 "\u03BB\u03CC\u03B3\u03BF\u03C2",
                                                 "e\u0301a",
                                                 "stra\u00DFe",
                                                 "\U0001F600"};
  static const std::vector<std::string> marks = {
      ".",      ".",      ".",      ".",      ".",      "'",     "'",  "\u2019", "\u2019", "\u2018",
      "-",      "-",      "-",      "!",      "?",      "$",     "+",  "=",      ";",      ":",
      ",",      "/",      "@",      "#",      "..",     "--",    "''", "\"",     ")",      "(",
      "]",      "[",      "\u2013", "\u2014", "\u2026", "*",     "<",  ">",      "&",      "%",
      "\u00BB", "\u00AB", "\u201C", "\u201D", "\u2010", "\u00B0"};
  static const std::vector<std::string> gaps = {" ", " ", " ", "\n", "\n\n", "  ", "\t", "\u00A0"};
  std::string text;
  for (int i = 0; i < 60; ++i) {
    text += parts[random() % parts.size()];
    const auto shape = random() % 8;
    if (shape == 0) text += gaps[random() % gaps.size()];
    if (shape >= 1) text += marks[random() % marks.size()];
    if (shape == 2) text += marks[random() % marks.size()];
    if (shape >= 5) text += gaps[random() % gaps.size()];
    if (shape == 7) text += marks[random() % marks.size()];
  }
  return text;
}

TEST(MarkFilter, ChangesNothingThatTheRulesSay) {
  static const Languages languages = Languages::load("word: quux\n").value();
  std::mt19937 random(17);
  for (const char* tag :
       {"any", "en", "de", "fr", "es", "it", "nl", "pl", "pt", "ru", "ca", "tr"}) {
    const Language& language = languages.find(tag);
    Language slow = language;
    slow.look_at_all_marks();
    for (int round = 0; round < 3000; ++round) {
      const std::string text = random_text(random);
      ASSERT_EQ(words(text, language), words(text, slow)) << tag << ", round " << round;
    }
  }
}

}  // namespace
}  // namespace copydesk::tokenize
