/// The Unicode Character Database's own test files (Debian's package unicode-data).

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "text/utf8.h"
#include "tokenize/uax29_sentences.h"
#include "tokenize/uax29_words.h"
#include "tokenize/word_scan_paths.h"

namespace copydesk::tokenize {
namespace {

struct Case {
  std::string line;
  std::string text;
  std::vector<std::uint32_t> boundaries;  ///< without the end of the text
};

/// Reads lines such as "÷ 0001 × 0308 ÷ 0001 ÷	# comment".
std::vector<Case> read_cases(const std::string& name) {
  std::ifstream file("/usr/share/unicode/auxiliary/" + name);
  std::vector<Case> cases;
  for (std::string line; std::getline(file, line);) {
    Case one;
    one.line = line.substr(0, line.find('#'));
    std::istringstream fields(one.line);
    for (std::string field; fields >> field;) {
      if (field == "÷") {
        one.boundaries.push_back(static_cast<std::uint32_t>(one.text.size()));
      } else if (field != "×") {
        text::append_utf8(one.text, static_cast<char32_t>(std::stoul(field, nullptr, 16)));
      }
    }
    if (one.text.empty()) continue;
    one.boundaries.pop_back();
    cases.push_back(one);
  }
  return cases;
}

std::vector<std::uint32_t> positions(const Bitmap& bits, std::size_t size) {
  std::vector<std::uint32_t> found;
  for (std::size_t at = bits.next(0, size); at < size; at = bits.next(at + 1, size)) {
    found.push_back(static_cast<std::uint32_t>(at));
  }
  return found;
}

TEST(Uax29, WordBreakTest) {
  const auto cases = read_cases("WordBreakTest.txt");
  if (cases.empty()) GTEST_SKIP() << "no WordBreakTest.txt (Debian package unicode-data)";
  EXPECT_GE(cases.size(), 1823U);
  for (const Case& one : cases) {
    Bitmap found;
    found.reset(one.text.size());
    mark_word_boundaries(one.text, 0, one.text.size(), found);
    EXPECT_EQ(positions(found, one.text.size()), one.boundaries) << one.line;
  }
}

TEST(Uax29, WordBreakTestOnTheVectorPaths) {
  const auto paths = {avx2_functions(), avx512_functions()};
  if (*paths.begin() == nullptr) GTEST_SKIP() << "no AVX2 here";
  const auto cases = read_cases("WordBreakTest.txt");
  if (cases.empty()) GTEST_SKIP() << "no WordBreakTest.txt (Debian package unicode-data)";
  for (const PathFunctions* path : paths) {
    for (const Case& one : cases) {
      if (path == nullptr) break;
      WordScan scan;
      path->scan(one.text, scan);
      EXPECT_EQ(positions(scan.boundaries, one.text.size()), one.boundaries) << one.line;
    }
  }
}

TEST(Uax29, SentenceBreakTest) {
  const auto cases = read_cases("SentenceBreakTest.txt");
  if (cases.empty()) GTEST_SKIP() << "no SentenceBreakTest.txt (Debian package unicode-data)";
  EXPECT_GE(cases.size(), 502U);
  for (const Case& one : cases) {
    EXPECT_EQ(sentence_boundaries(one.text), one.boundaries) << one.line;
  }
}

}  // namespace
}  // namespace copydesk::tokenize
