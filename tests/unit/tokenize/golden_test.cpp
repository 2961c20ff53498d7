/// English sentences of the kinds that the field's "golden rules" collect, in words of our own. It
/// is a list against regressions, not a measure.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "copydesk/tokenize.h"

namespace copydesk {
namespace {

/// Sentences, parted by " | ".
constexpr std::string_view kCases[] = {
    "Hello there. | The name is Ada.",
    "What did you call it? | It was called Ada.",
    "There she goes! | I knew it was her.",
    "The name is Ada E. Byron.",
    "Please turn to p. 55.",
    "Were Anna and Co. at the party?",
    "They closed the deal with Pitts & Co. at noon.",
    "Please ask Mrs. Smith and Prof. Jones about it.",
    "I can see Mt. Baker from here.",
    "St. Michael's church is on 5th St. near the light.",
    "Is that J.F.K. or the other one?",
    "I visited the U.S.A. last year.",
    "I live in the E.U. | How about you?",
    "I live in the U.S. | How about you?",
    "She works for the U.S. Government in Virginia.",
    "I have lived in the U.S. for 20 years.",
    "At 5 a.m. she went to the bank. | She left the bank at 6 p.m. | Mr. Smith then went home.",
    "She has $100.00 in her bag.",
    "She has $100.00. | It is in her bag.",
    "He teaches science (he worked for 5 years as an engineer.) at the local college.",
    "Her address is ada@example.com. | She reads it daily.",
    "The site is: https://www.example.com/a.b.html. | Please look.",
    "She turned to him, 'This is great.' she said.",
    "She turned to him, \"This is great.\" she said.",
    "She turned to him, \"This is great.\" | She held the book out to show him.",
    "Hello!! | Long time no see.",
    "Hello?? | Who is there?",
    "Hello!? | Is that you?",
    "You can find it at No. 026.253.553. | That is where the treasure is.",
    "He left on Jan. 5 and came back in Feb. 2019. | Nobody saw him.",
    "See Fig. 3 and Eq. 4 for details.",
    "Thoreau argues that life becomes clearer. | \"Simplify,\" he wrote.",
    "If words are left off at the end of a sentence, indicate the omission ... and go on.",
    "I never meant that.... | She left the store.",
    "Gen. Lee met Lt. Col. Grant and Sen. Sumner.",
    "The firm, Acme Inc., rose 3.5 percent. | Its rival fell.",
    "He was born ca. 1850 in Ohio vs. Indiana, etc.",
    "It cost 1,234.56 dollars. | 20 people came.",
    "\"Who's there?\" he asked. | No one answered.",
    "He said: \"Go.\" | They went.",
    "The meeting (see Sec. 4.2) was short. | All agreed.",
    "Ph.D. students met Dr. Who.",
};

TEST(Golden, English) {
  const Tokenizer tokenizer = Tokenizer::create().value();
  for (const std::string_view one : kCases) {
    std::string text;
    for (std::size_t i = 0; i < one.size(); ++i) {
      if (one.substr(i, 3) == " | ") i += 2;
      text += one[i];
    }
    std::string found;
    for (const Span& span : tokenizer.sentences(text, "en")) {
      found += (found.empty() ? "" : " | ") + std::string(span.of(text));
    }
    EXPECT_EQ(found, one);
  }
}

}  // namespace
}  // namespace copydesk
