#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clean/line_scorer.h"
#include "rules/line_facts.h"

namespace copydesk::clean {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// The lines of a text with their facts, as the line filter makes them.
struct Measured {
  explicit Measured(const std::vector<std::string_view>& texts, const TokenTable* tokens = nullptr,
                    const std::vector<GoneWords>& gone = {})
      : reader(tokens), measures(texts.size()) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      measures[i].words = static_cast<std::uint32_t>(rules::count_words(texts[i]));
      measures[i].ends_sentence = rules::ends_sentence(texts[i]);
      measures[i].prose = measures[i].words >= 12 && measures[i].ends_sentence;
      if (!gone.empty()) measures[i].gone_before = gone[i];
      reader.measure(texts[i], measures[i]);
      lines.push_back(&measures[i]);
    }
    facts.build(lines, reader.content(), gone.empty() ? GoneWords() : gone.back());
  }

  [[nodiscard]] float at(std::size_t line, Fact fact) const {
    return facts.row(line)[static_cast<std::size_t>(fact)];
  }

  LineReader reader;
  std::vector<LineMeasures> measures;
  std::vector<const LineMeasures*> lines;
  FactBuilder facts;
};

LineScorer parse(const std::string& table) {
  Result<LineScorer> scorer = LineScorer::parse(table);
  EXPECT_TRUE(scorer.ok());
  return *std::move(scorer);
}

constexpr ScoredText kPlain{
    .language = "en", .evidence = Evidence::none, .most_words = 99, .surest = false};

std::vector<std::uint32_t> chosen(const LineScorer& scorer, const Measured& text,
                                  const ScoredText& kind = kPlain) {
  std::vector<std::uint32_t> gone;
  scorer.choose(text.facts, text.lines, kind, gone);
  return gone;
}

TEST(LineFacts, OfTheLineItself) {
  const Measured text({"Storm, rain and HAIL hit the coast on 5 May.", "\xC3\x89t\xC3\xA9 !",
                       "See | more >", "\xE6\x96\xB0\xE8\x81\x9E\xE7\xB6\xB2\xE3\x80\x82"});
  EXPECT_EQ(text.at(0, Fact::words), 10);
  EXPECT_EQ(text.at(0, Fact::commas), 1);
  EXPECT_EQ(text.at(0, Fact::ends_sentence), 1);
  EXPECT_FLOAT_EQ(text.at(0, Fact::capital_share), 0.3F);
  EXPECT_FLOAT_EQ(text.at(1, Fact::capital_share), 1);
  EXPECT_EQ(text.at(2, Fact::bars), 2);
  EXPECT_EQ(text.at(3, Fact::stops), 1);
}

TEST(LineFacts, OfWordsThatStandElsewhere) {
  const Measured text({"The bridge over the river closed.", "The bridge reopened.",
                       "Horoscope subscription offers"});
  EXPECT_FLOAT_EQ(text.at(1, Fact::shared_before), 1.0F / 3);  // bridge, of two words and one
  EXPECT_EQ(text.at(2, Fact::shared_all), 0);
  EXPECT_GT(text.at(0, Fact::shared_all), 0);
}

TEST(LineFacts, OfTheTableOfWords) {
  TokenTable tokens;
  for (int i = 0; i < 1000; ++i) tokens.add("filler" + std::to_string(i), 1);
  tokens.add("subscribe", -2);
  const Measured text({"Subscribe, now", "The bridge is closed"}, &tokens);
  EXPECT_EQ(text.at(0, Fact::token_sum), -2);
  EXPECT_EQ(text.at(0, Fact::token_least), -2);
  EXPECT_EQ(text.at(1, Fact::token_sum), 0);
  EXPECT_LT(text.at(1, Fact::before1_tokens), 0);
}

TEST(LineFacts, OfPairsOfCharactersWhereWordsHaveNoSpaces) {
  TokenTable tokens;
  tokens.add("\xE6\x96\xB0\xE8\x81\x9E", -1);  // two characters
  tokens.add("\xE7\xB6\xB2", -4);              // the last of a run
  const Measured text({"\xE6\x96\xB0\xE8\x81\x9E\xE7\xB6\xB2", "\xE6\x96\xB0"}, &tokens);
  EXPECT_EQ(text.at(0, Fact::token_sum), -5);
  EXPECT_EQ(text.at(1, Fact::token_sum), 0);
}

TEST(LineFacts, AreZeroFreeOfNeighboursAtTheEdges) {
  const Measured text({"One line."});
  EXPECT_EQ(text.at(0, Fact::before1_words), -1);
  EXPECT_EQ(text.at(0, Fact::behind1_words), -1);
  EXPECT_EQ(text.at(0, Fact::lines_behind), 0);
}

TEST(LineFacts, OfWhatRulesTook) {
  const Measured text({"One line.", "Another line.", "A third one."}, nullptr,
                      {{5, 0}, {0, 0}, {3, 3}, {2, 2}});
  EXPECT_EQ(text.at(0, Fact::gone_words), 10);
  EXPECT_EQ(text.at(0, Fact::gone_runs), 3);
  EXPECT_EQ(text.at(0, Fact::gone_sure_words), 5);
  EXPECT_EQ(text.at(0, Fact::gone_sure_runs), 2);
  EXPECT_FLOAT_EQ(text.at(0, Fact::gone_share), 10.0F / 17);
  EXPECT_EQ(text.at(0, Fact::gone_just_before), 5);
  EXPECT_EQ(text.at(1, Fact::gone_just_before), 0);
  EXPECT_EQ(text.at(1, Fact::gone_just_behind), 3);
  EXPECT_EQ(text.at(1, Fact::gone_before), 5);
  EXPECT_EQ(text.at(1, Fact::gone_behind), 5);
  EXPECT_EQ(text.at(2, Fact::gone_sure_behind), 2);
  EXPECT_EQ(text.at(1, Fact::gone_distance_before), 1);
  EXPECT_EQ(text.at(0, Fact::gone_distance_behind), 1);
  EXPECT_EQ(text.at(2, Fact::gone_distance_behind), 0);
  EXPECT_EQ(Measured({"One line."}).at(0, Fact::gone_distance_before), 50);
}

TEST(LineScorer, WalksItsTrees) {
  const LineScorer scorer = parse(
      "copydesk-lines 1\nfacts words commas\nbase 1\n"
      "tree 2 0 3 -1 1 1 0 -2 -3 -10 2 4\ntree 0 0.5\n");
  EXPECT_FLOAT_EQ(scorer.score(Measured({"Two words"}).facts.row(0)), -8.5F);
  EXPECT_FLOAT_EQ(scorer.score(Measured({"Four words without any"}).facts.row(0)), 3.5F);
  EXPECT_FLOAT_EQ(scorer.score(Measured({"Four, words, with some"}).facts.row(0)), 5.5F);
}

TEST(LineScorer, RefusesTablesThatAreWrong) {
  for (const char* table :
       {"", "copydesk-scorer 1\n", "copydesk-lines 1\nfacts nothing\n",
        "copydesk-lines 1\nfacts words\ntree 1 1 3 -1 -2 1 2\n",
        "copydesk-lines 1\nfacts words\ntree 1 0 3 0 -2 1 2\n",
        "copydesk-lines 1\nfacts words\ntree 1 0 3 -1 -4 1 2\n",
        "copydesk-lines 1\nfacts words\ntree 1 0 3 -1 -2 1\n", "copydesk-lines 1\ndrop much\n"}) {
    EXPECT_FALSE(LineScorer::parse(table).ok()) << table;
  }
}

const std::vector<std::string_view> kText = {
    "Home",  "The council decided on Thursday that the old bridge is to be closed to lorries.",
    "Menu",  "The mayor said that the money for the repair would be found in the budget.",
    "About", "Contact"};

/// A line of at most 3 words scores -2, others 2.
std::string table_with(const std::string& limits) {
  return "copydesk-lines 1\n" + limits + "facts words\ntree 1 0 3 -1 -2 -2 2\n";
}

TEST(LineScorer, ChoosesEdgesByWindowAndLinesByScore) {
  EXPECT_THAT(chosen(parse(table_with("")), Measured(kText)), IsEmpty());
  EXPECT_THAT(chosen(parse(table_with("edge 0\nmargin 1\n")), Measured(kText)),
              ElementsAre(0, 4, 5));
  EXPECT_THAT(chosen(parse(table_with("edge 0\nmargin 9\n")), Measured(kText)), ElementsAre(4, 5));
  EXPECT_THAT(chosen(parse(table_with("drop -1\n")), Measured(kText)), ElementsAre(0, 2, 4, 5));
}

TEST(LineScorer, KeepsToItsBounds) {
  ScoredText few = kPlain;
  few.most_words = 3;
  EXPECT_THAT(chosen(parse(table_with("drop -1\n")), Measured(kText), few), IsEmpty());
  EXPECT_THAT(chosen(parse(table_with("least 0.5\ndrop -1\n")), Measured(kText)), IsEmpty());
  EXPECT_THAT(chosen(parse(table_with("drop 9\n")), Measured(kText)), IsEmpty());
  const Measured indented({"The council decided on Thursday to close it.", "    2023: Doe"});
  EXPECT_THAT(chosen(parse(table_with("drop -1\n")), indented), IsEmpty());
  EXPECT_THAT(chosen(parse(table_with("indented 1\ndrop -1\n")), indented), ElementsAre(1));
}

TEST(LineScorer, TakesTheSurestThatFit) {
  // The fewer words of at most three a line has, the surer it goes.
  const LineScorer scorer =
      parse("copydesk-lines 1\ndrop -1\nfacts words\ntree 2 0 3 1 -3 0 1 -1 -2 -3 -2 2\n");
  const Measured text(
      {"Front page news", "Menu", "The council decided on Thursday to close it.", "Contact"});
  ScoredText kind = kPlain;
  kind.surest = true;
  EXPECT_THAT(chosen(scorer, text, kind), ElementsAre(0, 1, 3));
  kind.most_words = 4;
  EXPECT_THAT(chosen(scorer, text, kind), ElementsAre(1, 3));
  kind.most_words = 0;
  EXPECT_THAT(chosen(scorer, text, kind), IsEmpty());
}

TEST(LineScorer, KeepsTheHeadIfItIsTold) {
  EXPECT_THAT(chosen(parse(table_with("drop -1\nkeep-head 1\n")), Measured(kText)),
              ElementsAre(2, 4, 5));
}

TEST(LineScorer, EndsEarlyWhereAFewTreesAreSure) {
  const std::string trees = "facts words\ntree 1 0 3 -1 -2 -2 2\ntree 0 -9\n";
  const Measured text(kText);
  EXPECT_EQ(parse("copydesk-lines 1\n" + trees).score(text.facts.row(1)), -7);
  const LineScorer early = parse("copydesk-lines 1\nearly 1 1\n" + trees);
  EXPECT_GT(early.score(text.facts.row(1)), 0);
  EXPECT_EQ(early.score(text.facts.row(0)), -11);
}

TEST(LineScorer, AsksForEvidence) {
  const LineScorer scorer = parse(table_with("drop-with some -3 -9\ndrop-with sure -1 -9\n"));
  ScoredText kind = kPlain;
  EXPECT_FALSE(scorer.judges(kind));
  EXPECT_THAT(chosen(scorer, Measured(kText), kind), IsEmpty());
  kind.evidence = Evidence::some;
  EXPECT_TRUE(scorer.judges(kind));
  EXPECT_THAT(chosen(scorer, Measured(kText), kind), IsEmpty());
  kind.evidence = Evidence::sure;
  EXPECT_THAT(chosen(scorer, Measured(kText), kind), ElementsAre(0, 2, 4, 5));
  kind.language = "el";
  EXPECT_THAT(chosen(scorer, Measured(kText), kind), IsEmpty());
  const LineScorer greek = parse(table_with("languages el pl\ndrop -1\n"));
  EXPECT_TRUE(greek.judges(kind));
  kind.language = "de";
  EXPECT_FALSE(greek.judges(kind));
  EXPECT_FALSE(LineScorer::parse("copydesk-lines 1\nlanguages\n").ok());
  EXPECT_FALSE(LineScorer::parse("copydesk-lines 1\ndrop-with much -1 -1\n").ok());
  EXPECT_FALSE(LineScorer::parse("copydesk-lines 1\ndrop-with sure -1\n").ok());
}

TEST(LineScorer, BuiltinTablesAreRight) {
  for (const CleanLevel level : {CleanLevel::news, CleanLevel::full_page}) {
    const LineScorer& scorer = builtin_scorer(level);
    EXPECT_FALSE(scorer.tokens().empty());
    const Measured text(kText, &scorer.tokens());
    EXPECT_LT(scorer.score(text.facts.row(5)), scorer.score(text.facts.row(1)));
  }
}

}  // namespace
}  // namespace copydesk::clean
