#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "text/utf8.h"
#include "tokenize/word_scan_paths.h"

namespace copydesk::tokenize {
namespace {

/// Characters of every class, common ones more often, so that rules meet at all distances.
const std::vector<char32_t>& alphabet() {
  static const std::vector<char32_t> characters = {
      'a',     'b',     'Z',    'e',    'e',    'e',    ' ',    ' ',    ' ',    ' ',     '1',
      '2',     '.',     '.',    '\'',   ',',    ':',    ';',    '_',    '-',    '"',     '(',
      '\n',    '\r',    '\t',   0xE9,   0xD7,   0xF7,   0xDF,   0x141,  0x17F,  0x434,   0x416,
      0x482,   0x483,   0x301,  0x308,  0xAD,   0x200D, 0x200B, 0xFEFF, 0x2019, 0x2018,  0xB7,
      0x2013,  0x2026,  0x201C, 0xA0,   0x3000, 0x2003, 0x2028, 0x85,   0x5D0,  0x5D1,   0x661,
      0x66C,   0x202F,  0x203F, 0x30AB, 0x30FC, 0x3042, 0x4E2D, 0x3002, 0xE01,  0x1F1E6, 0x1F1E7,
      0x1F600, 0x1F3FB, 0x2764, 0xFE0F, 0x10400};
  return characters;
}

std::string random_text(std::mt19937& random, std::size_t length, bool mostly_ascii) {
  std::uniform_int_distribution<std::size_t> any(0, alphabet().size() - 1);
  std::uniform_int_distribution<std::size_t> ascii(0, 24);
  std::uniform_int_distribution<int> percent(0, 99);
  std::string text;
  for (std::size_t i = 0; i < length; ++i) {
    text::append_utf8(
        text, alphabet()[mostly_ascii && percent(random) < 95 ? ascii(random) : any(random)]);
  }
  return text;
}

void expect_same(const Bitmap& fast, const Bitmap& slow, const std::string& text,
                 const char* what) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    ASSERT_EQ(fast.test(at), slow.test(at)) << what << " at byte " << at << " of: " << text;
  }
}

void expect_same_scan(const PathFunctions& path, const std::string& text) {
  WordScan fast;
  WordScan slow;
  path.scan(text, fast);
  scalar_functions().scan(text, slow);
  expect_same(fast.boundaries, slow.boundaries, text, "boundary");
  expect_same(fast.white, slow.white, text, "white space");
  for (std::size_t at = 0; at < text.size(); ++at) {
    ASSERT_LE(slow.marks.test(at), fast.marks.test(at)) << "mark at byte " << at << " of " << text;
  }
  ASSERT_EQ(fast.spaced_digits, slow.spaced_digits) << text;
  ASSERT_EQ(fast.has_dictionary, slow.has_dictionary);
  std::vector<Span> spans = {{0, 1}};  // what is there already stays
  std::vector<Span> expected = spans;
  settle_marked_spaces(true, fast);
  settle_marked_spaces(true, slow);
  path.append_spans(fast, text.size(), spans);
  scalar_functions().append_spans(slow, text.size(), expected);
  ASSERT_EQ(spans, expected) << text;
}

std::vector<const PathFunctions*> vector_paths() {
  std::vector<const PathFunctions*> paths;
  for (const PathFunctions* path : {avx2_functions(), avx512_functions()}) {
    if (path != nullptr) paths.push_back(path);
  }
  return paths;
}

TEST(WordScan, VectorAndScalarPathsAgreeOnRandomText) {
  if (vector_paths().empty()) GTEST_SKIP() << "no AVX2 here";
  std::mt19937 random(29);
  std::uniform_int_distribution<std::size_t> length(0, 300);
  for (int round = 0; round < 4000; ++round) {
    const std::string text = random_text(random, length(random), round % 2 == 0);
    for (const PathFunctions* path : vector_paths()) {
      expect_same_scan(*path, text);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(WordScan, PathsAgreeOnCurlyQuotationMarks) {
  std::mt19937 random(31);
  const std::vector<char32_t> characters = {
      'a',    'b',    'Z', '1', '2',    ' ',    '_',    '.',    0xE9, 0x434, 0x2013, 0x2014,
      0x2018, 0x2019, 'c', 'd', 0x201C, 0x201D, 0x2026, 0x2019, 'e',  'f',   '3',    ' '};
  std::uniform_int_distribution<std::size_t> any(0, characters.size() - 1);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (int i = 0; i < 150; ++i) text::append_utf8(text, characters[any(random)]);
    for (const PathFunctions* path : vector_paths()) {
      expect_same_scan(*path, text);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(WordScan, AllPathsGiveTheSameSpansOfIllFormedText) {
  std::mt19937 random(7);
  constexpr std::string_view kBytes = "a .'1\n\x80\xC3\xA9\xE2\x80\x83\xF0\x9F\xFF";
  std::uniform_int_distribution<std::size_t> any(0, kBytes.size() - 1);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (int i = 0; i < 150; ++i) text += kBytes[any(random)];
    for (const PathFunctions* path : vector_paths()) {
      WordScan scan;
      path->scan(text, scan);
      std::vector<Span> spans;
      std::vector<Span> expected;
      path->append_spans(scan, text.size(), spans);
      scalar_functions().append_spans(scan, text.size(), expected);
      ASSERT_EQ(spans, expected);
    }
  }
}

TEST(WordScan, ListsBits) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::uint64_t> words(16);
    for (std::uint64_t& word : words) word = random() & random() & (round % 2 == 0 ? random() : 0);
    std::vector<std::uint16_t> expected(16 * 64 + kSparePlaces);
    expected.resize(scalar_functions().list_bits(words.data(), words.size(), expected.data()));
    for (const PathFunctions* path : vector_paths()) {
      std::vector<std::uint16_t> places(16 * 64 + kSparePlaces);
      places.resize(path->list_bits(words.data(), words.size(), places.data()));
      ASSERT_EQ(places, expected);
    }
  }
}

TEST(WordScan, SpansAndGapsAreTheText) {
  std::mt19937 random(4);
  for (int round = 0; round < 1000; ++round) {
    const std::string text = random_text(random, 200, false);
    WordScan scan;
    scan_words(text, scan);
    settle_marked_spaces(round % 2 == 0, scan);
    std::vector<Span> spans;
    append_spans(scan, text.size(), spans);
    std::size_t at = 0;
    for (const Span& span : spans) {
      ASSERT_LE(at, span.begin);
      ASSERT_LT(span.begin, span.end);
      for (; at < span.begin; ++at) ASSERT_TRUE(scan.white.test(at)) << text;
      at = span.end;
    }
    for (; at < text.size(); ++at) ASSERT_TRUE(scan.white.test(at)) << text;
  }
}

TEST(WordScan, NoSpansInNothing) {
  for (const std::string_view text : {"", " ", "\n\n \t"}) {
    WordScan scan;
    scan_words(text, scan);
    std::vector<Span> spans;
    append_spans(scan, text.size(), spans);
    EXPECT_TRUE(spans.empty());
  }
}

}  // namespace
}  // namespace copydesk::tokenize
