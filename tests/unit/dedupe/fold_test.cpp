#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dedupe/fold.h"
#include "dedupe/tokens.h"

namespace copydesk::dedupe {
namespace {

std::string folded(std::string_view text) {
  FoldedText out;
  fold(text, out);
  EXPECT_EQ(std::string_view(out.bytes.data() + out.size, kFoldPadding),
            std::string(kFoldPadding, ' '));
  return std::string(out.view());
}

std::vector<std::uint64_t> words(std::string_view text) {
  FoldedText out;
  fold(text, out);
  Words split;
  split_words(out, split);
  return {split.hashes().begin(), split.hashes().end()};
}

TEST(Fold, LowersAndSeparates) {
  EXPECT_EQ(folded("It's 3.5%,\nA_b!"), "it s 3 5  \na_b ");
  EXPECT_EQ(folded(""), "");
  EXPECT_EQ(folded("ÄÖÜ Straße ΟΔΟΣ Москва"), "äöü straße οδοσ москва");
}

TEST(Fold, ThePlaceInTheBlockDoesNotMatter) {
  // Blocks of ASCII take another path than blocks with other characters in them.
  const std::string text = "The Quick-Brown Fox, jumps OVER the lazy dog\nABC xyz_09 [`{@";
  const std::string plain = folded(text);
  for (std::size_t shift = 0; shift < 40; ++shift) {
    EXPECT_EQ(folded(std::string(shift, 'x') + "É" + text + "é"),
              std::string(shift, 'x') + "é" + plain + "é");
  }
}

TEST(Fold, InvisibleCharactersVanish) {
  EXPECT_EQ(folded("co\u00ADpy\u200Bdesk\uFEFF"), "copydesk");
}

TEST(Fold, ComposesDecomposedText) {
  EXPECT_EQ(folded("Cafe\u0301"), folded("Café"));
  // A mark that nothing can be composed with stays part of its word.
  EXPECT_EQ(words("q\u0301u").size(), 1U);
}

TEST(Fold, ScriptsWithoutSpacesAreCounted) {
  FoldedText out;
  fold("新聞 abc ข่าว", out);
  EXPECT_GE(out.unspaced_letters, 5U);
  fold("Nachrichten Новости", out);
  EXPECT_EQ(out.unspaced_letters, 0U);
}

TEST(Fold, CharactersOutsideTheBasicPlane) {
  EXPECT_EQ(folded("a😀b"), "a b");
  EXPECT_EQ(folded("𐐀"), "𐐨");  // Deseret has case
}

TEST(Fold, ManyAtOnceAreFoldedAsOneByOne) {
  for (char c = 1; c < 127; ++c) {
    // One character is folded by table, sixteen side by side.
    const std::string one = folded(std::string(1, c));
    ASSERT_EQ(one.size(), 1U);
    EXPECT_EQ(folded(std::string(40, c)), std::string(40, one[0])) << static_cast<int>(c);
    EXPECT_EQ(folded("é" + std::string(40, c)), "é" + std::string(40, one[0]));
  }
}

TEST(Words, AgreeWithSplittingByHand) {
  const auto hash = [](std::string word) {
    const std::size_t size = word.size();
    word.append(16, 'x');
    return hash_word(word.data(), size);
  };
  EXPECT_EQ(words("One, two: three"), (std::vector{hash("one"), hash("two"), hash("three")}));
  EXPECT_EQ(words("internationalisation 1"),
            (std::vector{hash("internationalisation"), hash("1")}));
  EXPECT_TRUE(words(" .,\n").empty());
}

TEST(Words, AWordMayCrossTheStep) {
  for (std::size_t shift = 50; shift < 80; ++shift) {
    const std::string text = std::string(shift, ' ') + "crossing word";
    EXPECT_EQ(words(text), words("crossing word")) << shift;
    EXPECT_EQ(words(std::string(shift, 'a')).size(), 1U);
  }
}

TEST(Words, EveryWordHasItsOwnHash) {
  std::vector<std::uint64_t> all;
  for (const char* word :
       {"a", "b", "aa", "ab", "ba", "abcdefgh", "abcdefg", "abcdefghi", "bbcdefghi", "abcdefghj",
        "abcdefghijklmnop", "abcdefghijklmno", "abcdefghijklmnopq", "é"}) {
    all.push_back(words(word).at(0));
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
}

TEST(Words, BreaksKnowLinesFromParagraphs) {
  FoldedText out;
  fold("one two\nthree\n \nfour\r\n\r\nfive", out);
  Words split;
  split_words(out, split);
  ASSERT_EQ(split.breaks.size(), 3U);
  EXPECT_EQ(split.breaks[0].word, 2U);
  EXPECT_EQ(split.breaks[0].kind, Break::line);
  EXPECT_EQ(split.breaks[1].word, 3U);
  EXPECT_EQ(split.breaks[1].kind, Break::paragraph);
  EXPECT_EQ(split.breaks[2].kind, Break::paragraph);
  EXPECT_EQ(out.view().substr(split.breaks[1].byte, 4), "four");
}

TEST(Characters, SpacesCountOnlyInSpacedText) {
  FoldedText out;
  std::vector<std::uint64_t> tokens;
  fold("Ab, c", out);
  split_characters(out, true, tokens);
  EXPECT_EQ(tokens.size(), 4U);
  split_characters(out, false, tokens);
  EXPECT_EQ(tokens.size(), 3U);
}

}  // namespace
}  // namespace copydesk::dedupe
