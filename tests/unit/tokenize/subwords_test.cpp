#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "copydesk/subwords.h"

#include "tokenize/pre_tokenizer.h"

namespace copydesk {
namespace {

using testing::ElementsAre;

std::vector<std::string> pieces(std::string_view text, SubwordPattern pattern) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = tokenize::piece_end(text, at, pattern);
    found.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return found;
}

TEST(Patterns, Gpt2) {
  EXPECT_THAT(pieces("I've 12345 cats!!  \n x", SubwordPattern::gpt2),
              ElementsAre("I", "'ve", " 12345", " cats", "!!", "  \n", " x"));
}

TEST(Patterns, Cl100k) {
  EXPECT_THAT(pieces("I'VE 12345 (cats)!\n\n  x", SubwordPattern::cl100k),
              ElementsAre("I", "'VE", " ", "123", "45", " (", "cats", ")!\n\n", " ", " x"));
}

TEST(Patterns, O200kPartsWordsAtTheirCapitals) {
  EXPECT_THAT(pieces("HelloWorld's ABC don't/\n", SubwordPattern::o200k),
              ElementsAre("Hello", "World's", " ABC", " don't", "/\n"));
}

std::string base64(std::string_view bytes) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned value = 0;
  int bits = 0;
  for (const char c : bytes) {
    value = value << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) out += kDigits[(value >> (bits - 6)) & 63U];
  }
  if (bits > 0) out += kDigits[(value << (6 - bits)) & 63U];
  return out;
}

/// All bytes, then these tokens in the order of their merging.
std::string tiktoken_file(const std::vector<std::string>& tokens) {
  std::string file;
  for (int byte = 0; byte < 256; ++byte) {
    file += base64(std::string(1, static_cast<char>(byte))) + ' ' + std::to_string(byte) + '\n';
  }
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    file += base64(tokens[i]) + ' ' + std::to_string(256 + i) + '\n';
  }
  return file;
}

TEST(Subwords, MergesTheLowestRankFirst) {
  const auto subwords =
      Subwords::read(tiktoken_file({"bc", "ab", "abc", "aa", "aaaa"}), SubwordPattern::cl100k);
  ASSERT_TRUE(subwords.ok());
  EXPECT_THAT(subwords->encode("abc"), ElementsAre(258));  // a whole piece
  EXPECT_THAT(subwords->encode("abcd"), ElementsAre(258, 'd'));
  EXPECT_THAT(subwords->encode("aaaaaaa"), ElementsAre(260, 259, 'a'));
  EXPECT_EQ(subwords->count(std::string(1000, 'a')), 250U);  // by the heap
  EXPECT_EQ(subwords->bytes_of(258), "abc");
}

TEST(Subwords, SpansAreTheText) {
  const auto subwords = Subwords::read(tiktoken_file({"ab"}), SubwordPattern::o200k);
  ASSERT_TRUE(subwords.ok());
  const std::string text = "ab \u00E9\n\nx";
  std::uint32_t at = 0;
  for (const Span& span : subwords->spans(text)) {
    EXPECT_EQ(span.begin, at);
    at = span.end;
  }
  EXPECT_EQ(at, text.size());
}

/// GPT-2's alphabet for the bytes, then tokens as tokenizer.json has them.
std::string json_file(const std::string& pre_tokenizer) {
  std::string vocab;
  int next = 256;
  for (int byte = 0; byte < 256; ++byte) {
    const bool printable =
        (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
    char escape[16];
    std::snprintf(escape, sizeof escape, "\\u%04x", printable ? byte : next++);
    vocab += '"' + std::string(escape) + "\":" + std::to_string(byte) + ',';
  }
  return R"({"normalizer":null,"pre_tokenizer":)" + pre_tokenizer +
         R"(,"model":{"type":"BPE","vocab":{)" + vocab +
         R"("ab":300,"\u0120ab":301,"<|end|>":302},"merges":["a b",["\u0120","ab"]]}})";
}

TEST(Subwords, HuggingFace) {
  const auto subwords = Subwords::read(
      json_file(R"({"type":"ByteLevel","add_prefix_space":false,"use_regex":true})"));
  ASSERT_TRUE(subwords.ok()) << to_string(subwords.error());
  EXPECT_THAT(subwords->encode("ab ab b"), ElementsAre(300, 301, ' ', 'b'));
}

TEST(Subwords, WhatIsNotUnderstoodIsSaid) {
  EXPECT_EQ(Subwords::read("QQ== 0\n").error().code, ErrorCode::bad_data);
  EXPECT_EQ(Subwords::read("!!! 0\n", SubwordPattern::gpt2).error().code, ErrorCode::bad_data);
  EXPECT_EQ(Subwords::read("", SubwordPattern::gpt2).error().code, ErrorCode::bad_data);
  EXPECT_EQ(Subwords::read("{", SubwordPattern::gpt2).error().code, ErrorCode::bad_data);
  EXPECT_EQ(Subwords::read(json_file(R"({"type":"Whitespace"})")).error().code,
            ErrorCode::bad_data);
}

}  // namespace
}  // namespace copydesk
