#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "copydesk/tokenize.h"

#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk {
namespace {

using testing::ElementsAre;

const Tokenizer& news() {
  static const Tokenizer tokenizer = Tokenizer::create().value();
  return tokenizer;
}

std::vector<std::string> strings(std::string_view text, const std::vector<Span>& spans) {
  std::vector<std::string> found;
  for (const Span& span : spans) found.emplace_back(span.of(text));
  return found;
}

std::vector<std::string> words(std::string_view text, std::string_view language = "en") {
  return strings(text, news().words(text, language));
}

std::vector<std::string> sentences(std::string_view text, std::string_view language = "en") {
  return strings(text, news().sentences(text, language));
}

TEST(Words, AbbreviationsKeepTheirFullStop) {
  EXPECT_THAT(words("Dr. Smith left."), ElementsAre("Dr.", "Smith", "left", "."));
  EXPECT_THAT(words("the U.S. Senate"), ElementsAre("the", "U.S.", "Senate"));
  EXPECT_THAT(words("apples, pears, etc."), ElementsAre("apples", ",", "pears", ",", "etc."));
  EXPECT_THAT(words("Das gilt z.B. hier.", "de"), ElementsAre("Das", "gilt", "z.B.", "hier", "."));
  EXPECT_THAT(words("am 3. Mai", "de"), ElementsAre("am", "3.", "Mai"));
}

TEST(Words, RunsOfPunctuationAreOneToken) {
  EXPECT_THAT(words("Well... no -- yes!!"), ElementsAre("Well", "...", "no", "--", "yes", "!!"));
  EXPECT_THAT(words("****"), ElementsAre("****"));
  EXPECT_THAT(words("Nie wiem...", "pl"), ElementsAre("Nie", "wiem", ".", ".", "."));
}

TEST(Words, AddressesAreOneToken) {
  EXPECT_THAT(words("See https://example.org/a?b=c&d (now)."),
              ElementsAre("See", "https://example.org/a?b=c&d", "(", "now", ")", "."));
  EXPECT_THAT(words("mail a.b-c@example.org."), ElementsAre("mail", "a.b-c@example.org", "."));
  EXPECT_THAT(words("#news by @desk_1"), ElementsAre("#news", "by", "@desk_1"));
  EXPECT_THAT(words("in\u00EDcio do #rio-de-janeiro", "pt"),
              ElementsAre("in\u00EDcio", "do", "#rio-de-janeiro"));
  EXPECT_THAT(words("example.org/path, ok"), ElementsAre("example.org/path", ",", "ok"));
}

TEST(Words, NumbersKeepTheirSeparators) {
  EXPECT_THAT(words("1,234.5 at 10:30 on 3/4/2021"),
              ElementsAre("1,234.5", "at", "10:30", "on", "3/4/2021"));
  EXPECT_THAT(words("10 000 euros", "fr"), ElementsAre("10 000", "euros"));
  EXPECT_THAT(words("10\u00A0000 Euro", "de"), ElementsAre("10\u00A0000", "Euro"));
  EXPECT_THAT(words("5 m² bei 20 °C", "de"), ElementsAre("5", "m²", "bei", "20", "°C"));
}

TEST(Words, ElisionsAreSplitBehindTheApostrophe) {
  EXPECT_THAT(words("l'homme d’hier", "fr"), ElementsAre("l'", "homme", "d’", "hier"));
  EXPECT_THAT(words("aujourd'hui", "fr"), ElementsAre("aujourd'hui"));
  EXPECT_THAT(words("dell'anno, un po' di", "it"),
              ElementsAre("dell'", "anno", ",", "un", "po'", "di"));
  EXPECT_THAT(words("don't"), ElementsAre("don't"));
}

TEST(Words, HyphensJoinOrPartByLanguage) {
  EXPECT_THAT(words("well-known"), ElementsAre("well", "-", "known"));
  EXPECT_THAT(words("porte-parole", "fr"), ElementsAre("porte-parole"));
  EXPECT_THAT(words("dit-il", "fr"), ElementsAre("dit", "-il"));
  EXPECT_THAT(words("rendez-vous", "fr"), ElementsAre("rendez-vous"));
}

TEST(Words, ColonPartsWordsAsInCldr) {
  EXPECT_THAT(words("one:two"), ElementsAre("one", ":", "two"));
  const Tokenizer strict = Tokenizer::create({.profile = Profile::uax29}).value();
  EXPECT_THAT(strings("one:two", strict.words("one:two", "en")), ElementsAre("one:two"));
}

TEST(Words, DictionaryScripts) {
  EXPECT_THAT(words("北京政府 and 3.5", "zh"), ElementsAre("北京", "政府", "and", "3.5"));
  EXPECT_THAT(words("ภาษาไทย", "th"), ElementsAre("ภาษา", "ไทย"));
}

TEST(Sentences, AbbreviationsDoNotEndThem) {
  EXPECT_THAT(sentences("Mr. Smith met Dr. Jones at 5 p.m. on Jan. 5. They left."),
              ElementsAre("Mr. Smith met Dr. Jones at 5 p.m. on Jan. 5.", "They left."));
  EXPECT_THAT(sentences("He works for Acme Inc. The firm grew."),
              ElementsAre("He works for Acme Inc.", "The firm grew."));
  EXPECT_THAT(sentences("J. R. Smith spoke. See No. 5 here."),
              ElementsAre("J. R. Smith spoke.", "See No. 5 here."));
}

TEST(Sentences, WholeWordsAreNoAbbreviations) {
  EXPECT_THAT(sentences("\u041C\u0435\u043D\u044C\u0448\u0435 2000 \u0435\u0432\u0440\u043E."
                        " 5 \u043B\u0435\u0442.",
                        "ru"),
              testing::SizeIs(2));
}

TEST(Sentences, ClosingQuoteStaysWithItsSentence) {
  EXPECT_THAT(sentences("“Go.” He went. \"Look out!\" she said."),
              ElementsAre("“Go.”", "He went.", "\"Look out!\" she said."));
  EXPECT_THAT(sentences("„Geh.“ Er ging.", "de"), ElementsAre("„Geh.“", "Er ging."));
  EXPECT_THAT(sentences("(It rained.) We left."), ElementsAre("(It rained.)", "We left."));
}

TEST(Sentences, Ordinals) {
  EXPECT_THAT(sentences("Am 3. Mai kam er. Es war 1998. Der Rest folgt.", "de"),
              ElementsAre("Am 3. Mai kam er.", "Es war 1998.", "Der Rest folgt."));
}

TEST(Sentences, EmptyLineEndsThemLineEndDoesNot) {
  EXPECT_THAT(sentences("A headline\n\nOne\nsentence."),
              ElementsAre("A headline", "One\nsentence."));
  const Tokenizer lines = Tokenizer::create({.lines = true}).value();
  const std::string_view text = "One\ntwo";
  EXPECT_THAT(strings(text, lines.sentences(text, "en")), ElementsAre("One", "two"));
}

TEST(Sentences, FullWidthMarksNeedNoSpace) {
  EXPECT_THAT(sentences("今天下雨。明天呢？", "zh"), ElementsAre("今天下雨。", "明天呢？"));
  EXPECT_THAT(sentences("「行く。」と言った。次。", "ja"),
              ElementsAre("「行く。」と言った。", "次。"));
}

TEST(TokenizerOptions, OwnAbbreviations) {
  const Tokenizer own = Tokenizer::create({.abbreviations = "# ours\ntitle: Zug.\nfoo\n"}).value();
  const std::string_view text = "The Zug. Maier said foo. Bar. The end.";
  EXPECT_THAT(strings(text, own.sentences(text, "en")),
              ElementsAre("The Zug. Maier said foo. Bar.", "The end."));
  EXPECT_EQ(Tokenizer::create({.abbreviations = "\nnonsense: a"}).error().code,
            ErrorCode::bad_data);
}

std::string random_text(std::mt19937& random, std::size_t length) {
  static const std::u32string kLikely =
      U"aaeebcDZ  "
      U"..!?,;:'\"()-/"
      U"@#$_"
      U"\n\n12390éŁжІ’“”«»…–—。」中かカไก́​‍\u00A0\u202F\u3000😀"
      U"🇩"
      U"🇪";
  std::uniform_int_distribution<std::size_t> likely(0, kLikely.size() - 1);
  std::uniform_int_distribution<std::uint32_t> any(1, 0x10FFFF);
  std::uniform_int_distribution<int> percent(0, 99);
  std::string text;
  for (std::size_t i = 0; i < length; ++i) {
    text::append_utf8(
        text, percent(random) < 90 ? kLikely[likely(random)] : static_cast<char32_t>(any(random)));
  }
  return text;
}

/// Spans are in order, apart, at character borders, and what stands between them is white space.
void expect_cover(std::string_view text, const std::vector<Span>& spans) {
  std::size_t at = 0;
  const auto expect_space = [&](std::size_t end) {
    while (at < end) ASSERT_TRUE(text::is_space(text::next_code_point(text, at))) << text;
    ASSERT_EQ(at, end) << text;
  };
  for (const Span& span : spans) {
    ASSERT_LT(span.begin, span.end) << text;
    ASSERT_LE(at, span.begin) << text;
    expect_space(span.begin);
    at = span.end;
  }
  expect_space(text.size());
}

TEST(Property, SpansAndGapsAreTheText) {
  std::mt19937 random(6);
  const Tokenizer strict = Tokenizer::create({.profile = Profile::uax29}).value();
  for (const std::string_view language : {"en", "de", "fr", "it", "nl", "ja", "xx", ""}) {
    for (int round = 0; round < 300; ++round) {
      const std::string text = random_text(random, 120);
      expect_cover(text, news().words(text, language));
      expect_cover(text, news().sentences(text, language));
      expect_cover(text, strict.words(text, language));
      expect_cover(text, strict.sentences(text, language));
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(Property, NoSentenceEndsInsideAWord) {
  std::mt19937 random(7);
  for (const std::string_view language : {"en", "de", "fr", "pl", "ja"}) {
    for (int round = 0; round < 3000; ++round) {
      const std::string text = random_text(random, 120);
      const auto tokens = news().words(text, language);
      std::size_t next = 0;
      for (const Span& sentence : news().sentences(text, language)) {
        while (next < tokens.size() && tokens[next].end <= sentence.end) ++next;
        if (next < tokens.size()) {
          ASSERT_GE(tokens[next].begin, sentence.end)
              << language << ": " << tokens[next].of(text) << " in: " << text;
        }
      }
    }
  }
}

TEST(Sentences, EmojiAndHashtagsStayWithTheSentenceBefore) {
  EXPECT_THAT(sentences("So nice! \U0001F60D\U0001F60D Come back."),
              ElementsAre("So nice! \U0001F60D\U0001F60D", "Come back."));
  EXPECT_THAT(sentences("So nice! #sea #sun"), ElementsAre("So nice! #sea #sun"));
  EXPECT_THAT(words("So nice. #sea"), ElementsAre("So", "nice", ".", "#sea"));
  // A tick begins an item, and an emoji at a word belongs to it.
  EXPECT_THAT(sentences("Two things. \u2714 First that. \U0001F525New boats."),
              ElementsAre("Two things.", "\u2714 First that.", "\U0001F525New boats."));
}

TEST(Sentences, InitialsFollowInitials) {
  EXPECT_THAT(sentences("A book by A. A. Milne."), ElementsAre("A book by A. A. Milne."));
  EXPECT_THAT(sentences("\u0421\u0442\u0430\u0442\u044C\u044F \u0412. \u0418. "
                        "\u041B\u0435\u0432\u0430.",
                        "ru")
                  .size(),
              1U);
}

TEST(Sentences, AbbreviationsWithSpacesInThem) {
  EXPECT_THAT(sentences("\u0421\u0430\u0434\u044B \u0438 \u0442. \u0434. "
                        "\u0412\u0441\u0435 \u0431\u044B\u043B\u0438.",
                        "ru")
                  .size(),
              2U);
  EXPECT_THAT(sentences("Das gilt z. B. Hier.", "de").size(), 1U);
}

TEST(Sentences, SpacesMayBeMissing) {
  EXPECT_THAT(sentences("He left...They came."), ElementsAre("He left...", "They came."));
  EXPECT_THAT(sentences("See example.org/a?Name=b now."),
              ElementsAre("See example.org/a?Name=b now."));
}

TEST(Sentences, MarksBehindSpacesEndTheSentenceBefore) {
  EXPECT_THAT(sentences("Ils sont partis... ! Ils dorment.", "fr"),
              ElementsAre("Ils sont partis... !", "Ils dorment."));
  EXPECT_THAT(sentences("\" Quelle mer ! \" Ils dorment.", "fr"),
              ElementsAre("\" Quelle mer ! \"", "Ils dorment."));
}

TEST(Sentences, InitialsBeforeNumbers) {
  EXPECT_THAT(sentences("See article L. 642-3 of it.").size(), 1U);
}

TEST(Words, AcronymsTakeEndings) {
  EXPECT_THAT(words("za PRL-u i SS-owski", "pl"), ElementsAre("za", "PRL-u", "i", "SS-owski"));
  EXPECT_THAT(words("a EU-wide plan"), ElementsAre("a", "EU", "-", "wide", "plan"));
}

TEST(AppendJoined, WritesEachSpanAndTheSeparator) {
  const std::string text = "A word, an extraordinarily-long-one and the end";
  for (const std::string_view language : {"en", "fr"}) {
    const std::vector<Span> spans = news().words(text, language);
    std::string expected = "kept ";
    for (const Span& span : spans) expected += std::string(span.of(text)) + '\n';
    std::string out = "kept ";
    append_joined(text, spans, '\n', out);
    EXPECT_EQ(out, expected);
  }
  std::string nothing;
  append_joined(text, {}, ' ', nothing);
  EXPECT_EQ(nothing, "");
}

TEST(Property, IllFormedBytesHarmNothing) {
  std::mt19937 random(8);
  std::uniform_int_distribution<int> byte(0, 255);
  for (int round = 0; round < 2000; ++round) {
    std::string text(200, ' ');
    for (char& c : text) c = static_cast<char>(byte(random));
    for (const Span& span : news().words(text, "en")) ASSERT_LE(span.end, text.size());
    for (const Span& span : news().sentences(text, "fr")) ASSERT_LE(span.end, text.size());
  }
}

std::string repeated(std::string_view part, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += part;
  return text;
}

/// Megabytes that a quadratic step would need hours for; the test's time limit is the judge.
TEST(Property, NoInputTakesMoreThanLinearTime) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr std::size_t kSize = 200'000;
#else
  constexpr std::size_t kSize = 2'000'000;
#endif
  for (const std::string_view part :
       {".",      "\"",  "'",       "a",     "\u0301", "a.",  "a. ",     "\U0001F468\u200D",
        "a-",     "a/",  "a@",      "! \"",  ". (",    ".\n", "http://", "\u4E2D",
        "\u0E01", ".\"", ".[1]",    "aaa.B", "x''",    "1",   " ",       ",,",
        "1-1/",   ". [", "\u202F1", "#a",    ":)",     "- "}) {
    const std::string text = repeated(part, kSize);
    for (const std::string_view language : {"nl", "fr"}) {
      EXPECT_LE(news().words(text, language).size(), text.size()) << part;
      EXPECT_LE(news().sentences(text, language).size(), text.size()) << part;
    }
  }
}

TEST(Property, ThreadsShareATokenizer) {
  const std::string text = "Dr. Smith 东京都政府 left. He went to l'hôtel. ภาษาไทย";
  const auto expected = news().words(text, "en");
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round) ASSERT_EQ(news().words(text, "en"), expected);
    });
  }
}

}  // namespace
}  // namespace copydesk
