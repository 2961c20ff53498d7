#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "copydesk/stream.h"

#include "stream/compressor.h"
#include "temporary_directory.h"

namespace copydesk {
namespace {

using testing::TemporaryDirectory;

struct Read {
  std::vector<Document> documents;
  std::vector<ReadProblem> problems;
};

Read read_all(ReadOptions options) {
  Read result;
  DocumentReader reader(std::move(options));
  while (auto item = reader.next()) {
    if (auto* document = std::get_if<Document>(&*item)) {
      result.documents.push_back(std::move(*document));
    } else {
      result.problems.push_back(std::get<ReadProblem>(std::move(*item)));
    }
  }
  return result;
}

Read read_bytes(std::string_view bytes, ReadOptions options = {}) {
  const TemporaryDirectory directory;
  options.files = {directory.write("input", bytes)};
  return read_all(std::move(options));
}

std::vector<std::string> texts(const Read& read) {
  std::vector<std::string> out;
  for (const Document& document : read.documents) out.push_back(document.bytes);
  return out;
}

ReadOptions for_pages() {
  ReadOptions options;
  options.accepted = {Format::html, Format::jsonl, Format::warc};
  options.fallback = Format::html;
  return options;
}

std::string compressed(std::string_view bytes, std::string_view suffix) {
  std::string out;
  const auto compressor = stream::compressor_for(suffix);
  EXPECT_TRUE(compressor->compress(bytes, stream::Flush::finish, out).ok());
  return out;
}

using Texts = std::vector<std::string>;

TEST(Reader, TextDocumentsEndAtFormFeeds) {
  const Read read = read_bytes("a\nb\n\fc\n\f\fd");
  EXPECT_EQ(texts(read), (Texts{"a\nb\n", "c\n", "", "d"}));
  EXPECT_EQ(read.documents[0].location.line, 1U);
  EXPECT_EQ(read.documents[1].location.line, 3U);
  EXPECT_EQ(read.documents[3].number_in_file, 4U);
  EXPECT_EQ(texts(read_bytes("a\n\f")), Texts{"a\n"}) << "the last form feed ends nothing more";
}

TEST(Reader, EmptyInputHasNoDocuments) {
  EXPECT_TRUE(read_bytes("").documents.empty());
  EXPECT_TRUE(read_bytes("\xEF\xBB\xBF").documents.empty());
  EXPECT_TRUE(read_bytes("").problems.empty());
}

TEST(Reader, AnEmptyPageIsAPage) {
  const Read read = read_bytes("", for_pages());
  ASSERT_EQ(read.documents.size(), 1U);
  EXPECT_EQ(read.documents[0].format, Format::html);
}

TEST(Reader, RecordsAreLines) {
  const Read read = read_bytes("\xEF\xBB\xBF{\"a\":1}\r\n\n  \n{\"b\":2}");
  EXPECT_EQ(texts(read), (Texts{"{\"a\":1}", "{\"b\":2}"}));
  EXPECT_EQ(read.documents[1].location.line, 4U);
  EXPECT_EQ(read.documents[1].format, Format::jsonl);
}

TEST(Reader, FormatIsTheContents) {
  EXPECT_EQ(read_bytes("{ \"a\": 1}").documents[0].format, Format::jsonl);
  EXPECT_EQ(read_bytes("{not json}").documents[0].format, Format::text);
  EXPECT_EQ(read_bytes("plain <html>").documents[0].format, Format::text);
  EXPECT_EQ(read_bytes("no tags at all", for_pages()).documents[0].format, Format::html);
  ReadOptions as_text;
  as_text.from = Format::text;
  EXPECT_EQ(read_bytes("{\"a\":1}", as_text).documents[0].format, Format::text);
}

TEST(Reader, PagesAreForExtract) {
  for (const char* page :
       {"<!DOCTYPE html><p>x", " \n<HTML>", "<!-- c --><html>", "WARC/1.0\r\n"}) {
    const Read read = read_bytes(page);
    ASSERT_EQ(read.problems.size(), 1U) << page;
    EXPECT_EQ(read.problems[0].error.code, ErrorCode::unsupported_type);
  }
}

TEST(Reader, MissingFilesAndDirectoriesAreReportedAndPassed) {
  const TemporaryDirectory directory;
  ReadOptions options;
  options.files = {directory.path("missing"), directory.path(""), directory.write("good", "x")};
  const Read read = read_all(options);
  ASSERT_EQ(read.problems.size(), 2U);
  EXPECT_EQ(read.problems[0].error.code, ErrorCode::cannot_open);
  EXPECT_EQ(read.problems[1].error.code, ErrorCode::is_directory);
  EXPECT_EQ(texts(read), Texts{"x"});
}

TEST(Reader, TooLargeIsSkippedAndTheRestRead) {
  ReadOptions options;
  options.max_document_size = 10;
  const Read records = read_bytes("{\"a\":1}\n{\"a\":\"0123456789\"}\n{\"b\":2}\n", options);
  EXPECT_EQ(texts(records), (Texts{"{\"a\":1}", "{\"b\":2}"}));
  ASSERT_EQ(records.problems.size(), 1U);
  EXPECT_EQ(records.problems[0].error.code, ErrorCode::too_large);
  EXPECT_EQ(records.problems[0].location.line, 2U);
  EXPECT_EQ(records.documents[1].location.line, 3U);
  const Read text = read_bytes("0123456789\n01\n\fok", options);
  EXPECT_EQ(texts(text), Texts{"ok"});
  EXPECT_EQ(text.documents[0].location.line, 3U);
  EXPECT_EQ(texts(read_bytes("0123456789", options)), Texts{"0123456789"})
      << "the limit itself fits";
}

TEST(Reader, LongLinesAreReadWhole) {
  const std::string line = "{\"text\":\"" + std::string(5 << 20, 'x') + "\"}";
  const Read read = read_bytes(line + "\n{\"b\":1}\n");
  EXPECT_EQ(texts(read), (Texts{line, "{\"b\":1}"}));
}

TEST(Reader, CompressedInputIsRecognised) {
  for (const char* suffix : {".gz", ".zst"}) {
    const std::string two = compressed("one\n\f", suffix) + compressed("two\n", suffix);
    EXPECT_EQ(texts(read_bytes(two)), (Texts{"one\n", "two\n"})) << suffix;
  }
}

TEST(Reader, HighlyCompressibleInputIsReadToItsEnd) {
  // One small compressed block that fills every output buffer on its own.
  const std::string text = std::string(3'000'000, 'x') + "end";
  for (const char* suffix : {".gz", ".zst"}) {
    EXPECT_EQ(texts(read_bytes(compressed(text, suffix))), Texts{text}) << suffix;
  }
}

TEST(Reader, CutCompressedInputIsAnError) {
  // Numbers that do not repeat, so that the data has many compressed blocks.
  std::mt19937_64 random(1);
  std::string first;
  std::string records;
  for (int i = 0; i < 50000; ++i) {
    const std::string record = "{\"n\":" + std::to_string(random()) + "}";
    if (i == 0) first = record;
    records += record + "\n";
  }
  for (const char* suffix : {".gz", ".zst"}) {
    const std::string whole = compressed(records, suffix);
    const Read read = read_bytes(std::string_view(whole).substr(0, whole.size() / 2));
    ASSERT_EQ(read.problems.size(), 1U) << suffix;
    EXPECT_EQ(read.problems[0].error.code, ErrorCode::truncated) << suffix;
    ASSERT_GT(read.documents.size(), 100U) << "whole records before the cut are used";
    EXPECT_EQ(read.documents[0].bytes, first);
  }
  std::string damaged = compressed(records, ".gz");
  for (std::size_t i = 200; i < 260; ++i) damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
  const Read read = read_bytes(damaged);
  ASSERT_EQ(read.problems.size(), 1U);
  EXPECT_EQ(read.problems[0].error.code, ErrorCode::bad_compression);
}

}  // namespace
}  // namespace copydesk
