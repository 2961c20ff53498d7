#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <zstd.h>

#include "copydesk/stream.h"

#include "stream/compressor.h"
#include "stream/http.h"
#include "temporary_directory.h"

namespace copydesk {
namespace {

std::string record(std::string_view type, std::string_view block,
                   std::string_view content_type = "application/http; msgtype=response") {
  return "WARC/1.1\r\nWARC-Type: " + std::string(type) +
         "\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://a.example/x\r\n" +
         "WARC-Date: 2026-01-02T03:04:05Z\r\nContent-Type: " + std::string(content_type) +
         "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + std::string(block) +
         "\r\n\r\n";
}

std::string response(std::string_view body,
                     std::string_view fields = "Content-Type: text/html; charset=\"UTF-8\"\r\n",
                     std::string_view status = "200 OK") {
  return "HTTP/1.1 " + std::string(status) + "\r\n" + std::string(fields) + "\r\n" +
         std::string(body);
}

std::string compressed(std::string_view bytes, std::string_view suffix) {
  std::string out;
  EXPECT_TRUE(stream::compressor_for(suffix)->compress(bytes, stream::Flush::finish, out).ok());
  return out;
}

struct Read {
  std::vector<Document> pages;
  std::vector<ReadProblem> problems;
  std::uint64_t skipped = 0;
};

Read read(std::string_view bytes, std::uint64_t limit = 1 << 20) {
  const testing::TemporaryDirectory directory;
  ReadOptions options;
  options.files = {directory.write("crawl", bytes)};
  options.accepted = {Format::html, Format::warc};
  options.max_document_size = limit;
  DocumentReader reader(options);
  Read result;
  while (auto item = reader.next()) {
    if (auto* page = std::get_if<Document>(&*item)) {
      result.pages.push_back(std::move(*page));
    } else {
      result.problems.push_back(std::get<ReadProblem>(std::move(*item)));
    }
  }
  result.skipped = reader.records_skipped();
  return result;
}

TEST(Warc, ReadsHtmlResponsesOnly) {
  const Read crawl =
      read(record("warcinfo", "software: x", "application/warc-fields") +
           record("request", "GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request") +
           record("response", response("<p>one")) +
           record("response", response("{}", "Content-Type: application/json\r\n")) +
           record("response", response("<p>gone", "Content-Type: text/html\r\n", "404 Not Found")) +
           record("resource", "<p>two", "text/html"));
  ASSERT_EQ(crawl.pages.size(), 2U);
  EXPECT_EQ(crawl.pages[0].bytes, "<p>one");
  EXPECT_EQ(crawl.pages[0].origin.url, "https://a.example/x");
  EXPECT_EQ(crawl.pages[0].origin.id, "urn:uuid:1");
  EXPECT_EQ(crawl.pages[0].origin.date, "2026-01-02T03:04:05Z");
  EXPECT_EQ(crawl.pages[0].origin.charset, "utf-8");
  EXPECT_EQ(crawl.pages[1].bytes, "<p>two");
  EXPECT_TRUE(crawl.problems.empty());
  EXPECT_EQ(crawl.skipped, 4U);
}

TEST(Warc, UndoesCodings) {
  const std::string chunked = "4;x=y\r\n<p>a\r\n3\r\nbcd\r\n0\r\n\r\n";
  const std::string fields = "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n";
  EXPECT_EQ(read(record("response", response(chunked, fields))).pages.at(0).bytes, "<p>abcd");
  const std::string gzip = compressed("<p>gzip", ".gz");
  EXPECT_EQ(read(record("response",
                        response(gzip, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n")))
                .pages.at(0)
                .bytes,
            "<p>gzip");
  const std::string part = "a\r\n" + gzip.substr(0, 10) + "\r\n";
  std::string rest = "\r\n0\r\n\r\n";
  char size[8];
  std::snprintf(size, sizeof size, "%zx", gzip.size() - 10);
  const std::string body = part + size + "\r\n" + gzip.substr(10) + rest;
  EXPECT_EQ(read(record("response", response(body, fields + "Content-Encoding: gzip\r\n")))
                .pages.at(0)
                .bytes,
            "<p>gzip");
  EXPECT_EQ(
      read(record("response",
                  response("<p>lie", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n")))
          .pages.at(0)
          .bytes,
      "<p>lie");
  const Read brotli =
      read(record("response",
                  response("\x0b\x02", "Content-Type: text/html\r\nContent-Encoding: br\r\n")) +
           record("response", response("<p>next")));
  ASSERT_EQ(brotli.problems.size(), 1U);
  EXPECT_EQ(brotli.problems[0].error.code, ErrorCode::unsupported_type);
  EXPECT_EQ(brotli.pages.size(), 1U);
}

TEST(Warc, OneMemberARecord) {
  for (const char* suffix : {".gz", ".zst"}) {
    std::string file;
    for (int i = 0; i < 50; ++i)
      file += compressed(record("response", response("<p>" + std::to_string(i))), suffix);
    const Read crawl = read(file);
    ASSERT_EQ(crawl.pages.size(), 50U);
    EXPECT_EQ(crawl.pages[49].bytes, "<p>49");
  }
}

TEST(Warc, ZstdWithADictionaryFrame) {
  std::string dictionary(1000, 'x');
  dictionary += record("response", response("<p>common words of every page"));
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_loadDictionary(context, dictionary.data(), dictionary.size());
  const std::string plain = record("response", response("<p>common words of every page"));
  std::string frame(ZSTD_compressBound(plain.size()), '\0');
  frame.resize(ZSTD_compress2(context, frame.data(), frame.size(), plain.data(), plain.size()));
  ZSTD_freeCCtx(context);
  std::string file("\x5D\x2A\x4D\x18", 4);
  for (int i = 0; i < 4; ++i) file += static_cast<char>(dictionary.size() >> (8 * i) & 0xFF);
  const Read crawl = read(file + dictionary + frame);
  ASSERT_EQ(crawl.pages.size(), 1U);
  EXPECT_EQ(crawl.pages[0].bytes, "<p>common words of every page");
}

TEST(Warc, TruncationIsReportedWithTheRecord) {
  const std::string whole =
      record("response", response("<p>one")) + record("response", response("<p>two"));
  for (std::size_t cut = record("response", response("<p>one")).size() + 1; cut < whole.size() - 5;
       ++cut) {
    const Read crawl = read(whole.substr(0, cut));
    ASSERT_EQ(crawl.pages.size(), 1U) << cut;
    ASSERT_EQ(crawl.problems.size(), 1U) << cut;
    EXPECT_EQ(crawl.problems[0].location.line, 2U);
  }
}

TEST(Warc, GarbageBetweenRecordsIsReportedAndPassed) {
  const Read crawl = read(record("response", response("<p>one")) + "garbage\nmore\n" +
                          record("response", response("<p>two")));
  EXPECT_EQ(crawl.pages.size(), 2U);
  ASSERT_EQ(crawl.problems.size(), 1U);
  EXPECT_EQ(crawl.problems[0].error.code, ErrorCode::bad_warc);
}

TEST(Warc, LargePagesAreSkipped) {
  const Read crawl = read(record("response", response("<p>" + std::string(3 << 20, 'x'))) +
                              record("response", response("<p>two")),
                          1000);
  EXPECT_EQ(crawl.pages.size(), 1U);
  ASSERT_EQ(crawl.problems.size(), 1U);
  EXPECT_EQ(crawl.problems[0].error.code, ErrorCode::too_large);
}

// The bound holds for what comes out, not only for what is stored.
TEST(Warc, PagesThatUnpackToTooMuchAreSkipped) {
  const std::string page = "<html>" + std::string(5000, 'x');
  for (const bool packed : {true, false}) {
    const std::string stored =
        packed ? response(compressed(page, ".gz"),
                          "Content-Type: text/html\r\nContent-Encoding: gzip\r\n")
               : response(page);
    const Read result =
        read(record("response", stored) + record("response", response("<p>")), 3000);
    ASSERT_EQ(result.problems.size(), 1U);
    EXPECT_EQ(result.problems[0].error.code, ErrorCode::too_large);
    EXPECT_EQ(result.pages.size(), 1U);
  }
}

TEST(Warc, LargeRecordsThatAreNoPagesAreNoProblem) {
  const std::string film = response(std::string(3 << 20, 'x'), "Content-Type: video/mp4\r\n");
  const Read result = read(record("response", film) + record("response", response("<p>")), 3000);
  EXPECT_TRUE(result.problems.empty());
  EXPECT_EQ(result.skipped, 1U);
  EXPECT_EQ(result.pages.size(), 1U);
}

TEST(Http, FieldsFoldAndIgnoreCase) {
  std::size_t end = 0;
  const auto fields = stream::parse_header_fields("A: 1\r\n  two\r\nB:3\r\n\r\nrest", end);
  EXPECT_EQ(stream::find_field(fields, "a"), "1\r\n  two");
  EXPECT_EQ(stream::find_field(fields, "b"), "3");
  EXPECT_EQ(stream::find_field(fields, "c"), "");
  EXPECT_EQ(end, 20U);
}

}  // namespace
}  // namespace copydesk
