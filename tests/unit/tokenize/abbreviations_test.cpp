#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "copydesk/abbreviations.h"
#include "copydesk/tokenize.h"

namespace copydesk {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

/// Reports of an invented harbour board: "Hfn." stands before names, "tw." before numbers.
std::string reports() {
  std::string text;
  for (int i = 0; i < 12; ++i) {
    text += "The board met Hfn. Larsen on the quay, and the old crane was moved by Hfn. Brandt. ";
    text +=
        "It weighs tw. 40 and some more. Nobody saw more of it. Nobody on the quay saw it move, "
        "said the board. ";
    text += "They paid (approx. half of it) for the crane. It was a long day on the quay. ";
  }
  return text;
}

std::vector<std::string> words(const AbbreviationLearner& learner) {
  std::vector<std::string> found;
  for (const LearnedAbbreviation& one : learner.learned()) found.push_back(one.word);
  return found;
}

TEST(AbbreviationLearner, FindsWordsThatFullStopsFollow) {
  AbbreviationLearner learner;
  learner.add(reports());
  EXPECT_THAT(words(learner), Contains("Hfn"));
  EXPECT_THAT(words(learner), Contains("tw"));
  for (const char* other : {"quay", "board", "move", "crane", "day", "more", "it", "larsen"}) {
    EXPECT_THAT(words(learner), Not(Contains(other)));
  }
}

TEST(AbbreviationLearner, TellsWhatStandsBeforeNumbers) {
  AbbreviationLearner learner;
  learner.add(reports());
  const std::string lines = abbreviation_lines(learner.learned());
  EXPECT_NE(lines.find("number: tw\n"), std::string::npos) << lines;
  EXPECT_NE(("\n" + lines).find("\nHfn\n"), std::string::npos) << lines;
}

TEST(AbbreviationLearner, TheTokenizerReadsWhatWasLearned) {
  AbbreviationLearner learner;
  for (int i = 0; i < 60; ++i) learner.add("Then Modla. Holm spoke to them and left it there. ");
  TokenizerOptions options;
  options.abbreviations = abbreviation_lines(learner.learned());
  const std::string text = "We met Modla. Holm.";
  EXPECT_EQ(Tokenizer::create().value().sentences(text, "en").size(), 2U);
  EXPECT_EQ(Tokenizer::create(options).value().sentences(text, "en").size(), 1U);
}

TEST(AbbreviationLearner, MergingInAnyOrderIsReadingInOne) {
  const std::string text = reports();
  const std::size_t half = text.find("They paid", text.size() / 2);
  AbbreviationLearner whole;
  whole.add(text);
  AbbreviationLearner first;
  first.add(std::string_view(text).substr(0, half));
  AbbreviationLearner second;
  second.add(std::string_view(text).substr(half));
  AbbreviationLearner forth = first;
  forth.merge(second);
  AbbreviationLearner back = second;
  back.merge(first);
  EXPECT_EQ(abbreviation_lines(forth.learned()), abbreviation_lines(whole.learned()));
  EXPECT_EQ(abbreviation_lines(back.learned()), abbreviation_lines(whole.learned()));
}

TEST(AbbreviationLearner, NothingInLittleText) {
  AbbreviationLearner learner;
  EXPECT_THAT(words(learner), IsEmpty());
  learner.add("...");
  learner.add("One. Two.");
  EXPECT_THAT(words(learner), IsEmpty());
}

}  // namespace
}  // namespace copydesk
