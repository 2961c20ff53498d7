#include <gtest/gtest.h>

#include "common/filter.h"
#include "common/options.h"

namespace copydesk::tools {
namespace {

TEST(Options, Sizes) {
  EXPECT_EQ(parse_size("1"), 1U);
  EXPECT_EQ(parse_size("64M"), 64U << 20);
  EXPECT_EQ(parse_size("64MiB"), 64U << 20);
  EXPECT_EQ(parse_size("2kb"), 2048U);
  EXPECT_EQ(parse_size("3G"), std::uint64_t{3} << 30);
  for (const char* bad : {"", "0", "-1", "x", "1x", "1MM", "99999999999999G", "1 M"}) {
    EXPECT_EQ(parse_size(bad), std::nullopt) << bad;
  }
}

TEST(Options, ColorIsAskedFor) {
  EXPECT_TRUE(use_color("always", 1));
  EXPECT_FALSE(use_color("never", 1));
}

TEST(Filter, DocumentIds) {
  Document document;
  document.location.file = std::make_shared<const std::string>("a/b.txt");
  EXPECT_EQ(document_id(document), "a/b.txt");
  document.number_in_file = 3;
  EXPECT_EQ(document_id(document), "a/b.txt#3");
  document.origin.id = "urn:uuid:7";
  EXPECT_EQ(document_id(document), "urn:uuid:7");
}

TEST(Filter, RecordText) {
  const auto record = text::JsonObject::parse(R"({"text":"a\nb","n":1})");
  EXPECT_EQ(*record_text(*record), "a\nb");
  EXPECT_EQ(record_text(*record, "n").error().code, ErrorCode::missing_text);
  EXPECT_EQ(record_text(*record, "m").error().code, ErrorCode::missing_text);
}

}  // namespace
}  // namespace copydesk::tools
