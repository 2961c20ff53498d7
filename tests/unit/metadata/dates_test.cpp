#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "extract/dates.h"

namespace copydesk::extract {
namespace {

std::string written(std::string_view text, std::string_view language = "",
                    DateOrder order = DateOrder::day_first) {
  const auto date = parse_written_date(text, {std::string(language), order});
  return date ? to_iso8601(*date) : "";
}

std::string machine(std::string_view text) {
  const auto date = parse_machine_date(text, {});
  return date ? to_iso8601(*date) : "";
}

std::string in_url(std::string_view url) {
  const auto date = date_in_url(url);
  return date ? to_iso8601(*date) : "";
}

struct WrittenCase {
  std::string_view language;
  std::string_view text;
  std::string_view expected = "2023-12-17";
};

class WrittenDate : public testing::TestWithParam<WrittenCase> {};

TEST_P(WrittenDate, IsRead) {
  EXPECT_EQ(written(GetParam().text, GetParam().language), GetParam().expected)
      << GetParam().language << ": " << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Languages, WrittenDate,
    testing::Values(
        WrittenCase{"en", "Published December 17, 2023"},
        WrittenCase{"en", "Sunday, 17th of December 2023"}, WrittenCase{"en", "Dec. 17th, 2023"},
        WrittenCase{"en", "17-Dec-2023"}, WrittenCase{"en", "17 Dec '23"},
        WrittenCase{"de", "Sonntag, 17. Dezember 2023"}, WrittenCase{"de", "17. Dez. 2023"},
        WrittenCase{"de", "5. März 2021", "2021-03-05"}, WrittenCase{"de", "Stand: 17.12.2023"},
        WrittenCase{"de", "17.12.23"}, WrittenCase{"fr", "Publié le 17 décembre 2023"},
        WrittenCase{"fr", "1er août 2022", "2022-08-01"}, WrittenCase{"fr", "17 déc. 2023"},
        WrittenCase{"es", "17 de diciembre de 2023"}, WrittenCase{"es", "17 dic 2023"},
        WrittenCase{"it", "17 dicembre 2023"}, WrittenCase{"it", "1° gennaio 2020", "2020-01-01"},
        WrittenCase{"pt", "17 de dezembro de 2023"}, WrittenCase{"nl", "17 december 2023"},
        WrittenCase{"nl", "5 mrt 2021", "2021-03-05"}, WrittenCase{"pl", "17 grudnia 2023 r."},
        WrittenCase{"pl", "5 października 2020", "2020-10-05"},
        WrittenCase{"ru", "17 декабря 2023 года"}, WrittenCase{"ru", "17 дек. 2023 г."},
        WrittenCase{"uk", "17 грудня 2023 року"}, WrittenCase{"cs", "17. prosince 2023"},
        WrittenCase{"cs", "17. 12. 2023"}, WrittenCase{"el", "17 Δεκεμβρίου 2023"},
        WrittenCase{"el", "17 ΔΕΚΕΜΒΡΙΟΥ 2023"}, WrittenCase{"tr", "17 Aralık 2023"},
        WrittenCase{"zh", "2023年12月17日"}, WrittenCase{"zh", "2023-12-17"},
        WrittenCase{"ja", "公開日：2023年 12月 17日（日）"}, WrittenCase{"ko", "2023년 12월 17일"},
        WrittenCase{"ko", "2023. 12. 17."}, WrittenCase{"ar", "17 ديسمبر 2023"},
        WrittenCase{"ar", "١٧ ديسمبر ٢٠٢٣"}, WrittenCase{"hu", "2023. december 17."},
        WrittenCase{"sv", "17 december 2023"}, WrittenCase{"fi", "17. joulukuuta 2023"}));

TEST(WrittenDate, NumericOrderFollowsTheContext) {
  EXPECT_EQ(written("03/04/2023", "en", DateOrder::month_first), "2023-03-04");
  EXPECT_EQ(written("03/04/2023", "en", DateOrder::day_first), "2023-04-03");
  EXPECT_EQ(written("13/04/2023", "en", DateOrder::month_first), "2023-04-13");
  EXPECT_EQ(written("04/13/2023", "fr", DateOrder::day_first), "2023-04-13");
  EXPECT_EQ(written("03.04.2023", "en", DateOrder::month_first), "2023-04-03");
}

TEST(WrittenDate, OrderOfALanguage) {
  EXPECT_EQ(date_order("en-US", "example.com"), DateOrder::month_first);
  EXPECT_EQ(date_order("en", "example.co.uk"), DateOrder::day_first);
  EXPECT_EQ(date_order("en-GB", "example.com"), DateOrder::day_first);
  EXPECT_EQ(date_order("de", "example.com"), DateOrder::day_first);
  EXPECT_EQ(date_order("", "example.com"), DateOrder::month_first);
}

TEST(WrittenDate, TimeBehindTheDate) {
  EXPECT_EQ(written("December 17, 2023 at 9:05 pm EST", "en"), "2023-12-17T21:05-05:00");
  EXPECT_EQ(written("17.12.2023, 09:30 Uhr", "de"), "2023-12-17T09:30");
  EXPECT_EQ(written("17.12.2023 um 09.30 Uhr", "de"), "2023-12-17T09:30");
  EXPECT_EQ(written("17 décembre 2023 à 18h05", "fr"), "2023-12-17T18:05");
  EXPECT_EQ(written("17 Dec 2023 12:30 a.m. GMT", "en"), "2023-12-17T00:30Z");
  EXPECT_EQ(written("2023年12月17日 15:30", "zh"), "2023-12-17T15:30");
  EXPECT_EQ(written("17 Dec 2023, 5 comments", "en"), "2023-12-17");
  EXPECT_EQ(written("17.12.2023 18.12.2023", "de"), "2023-12-17");
}

TEST(WrittenDate, WhatIsNoDate) {
  EXPECT_EQ(written("version 1.12.20.3"), "");
  EXPECT_EQ(written("192.168.12.20"), "");
  EXPECT_EQ(written("December 2023", "en"), "");
  EXPECT_EQ(written("31 February 2023", "en"), "");
  EXPECT_EQ(written("29.02.2023", "de"), "");
  EXPECT_EQ(written("29.02.2024", "de"), "2024-02-29");
  EXPECT_EQ(written("call 555 12 2023"), "");
  EXPECT_EQ(written(""), "");
  EXPECT_EQ(written("17 May flowers 2023", "en"), "");
}

TEST(MachineDate, FormsAreRead) {
  EXPECT_EQ(machine("2023-12-17T09:30:05+01:00"), "2023-12-17T09:30:05+01:00");
  EXPECT_EQ(machine("2023-12-17T09:30:05.123Z"), "2023-12-17T09:30:05Z");
  EXPECT_EQ(machine("2023-12-17T09:30:05+0530"), "2023-12-17T09:30:05+05:30");
  EXPECT_EQ(machine("2023-12-17 09:30:05 UTC"), "2023-12-17T09:30:05Z");
  EXPECT_EQ(machine("2023-12-17T09:30-08:00"), "2023-12-17T09:30-08:00");
  EXPECT_EQ(machine("Sun, 17 Dec 2023 09:30:05 GMT"), "2023-12-17T09:30:05Z");
  EXPECT_EQ(machine("Sun Dec 17 2023 09:30:05 GMT+0100 (CET)"), "2023-12-17T09:30:05+01:00");
  EXPECT_EQ(machine("20231217"), "2023-12-17");
  EXPECT_EQ(machine("20231217T093005Z"), "2023-12-17T09:30:05");
  EXPECT_EQ(machine("1702805405"), "2023-12-17T09:30:05Z");
  EXPECT_EQ(machine("1702805405000"), "2023-12-17T09:30:05Z");
  EXPECT_EQ(machine("2023"), "");
  EXPECT_EQ(machine("0000-00-00T00:00:00Z"), "");
  EXPECT_EQ(machine(""), "");
}

TEST(UrlDate, DaysInPaths) {
  EXPECT_EQ(in_url("https://example.com/2023/12/17/title"), "2023-12-17");
  EXPECT_EQ(in_url("https://example.com/news/2023-12-17-title.html"), "2023-12-17");
  EXPECT_EQ(in_url("https://example.com/a/20231217/1.html"), "2023-12-17");
  EXPECT_EQ(in_url("https://example.com/2023/1/7/title"), "2023-01-07");
  EXPECT_EQ(in_url("https://example.com/world/2023/dec/21/title"), "2023-12-21");
  EXPECT_EQ(in_url("https://example.com/2023-dec-21-title"), "2023-12-21");
  EXPECT_EQ(in_url("https://example.com/news/17-12-2023"), "2023-12-17");
  EXPECT_EQ(in_url("https://example.com/news/12-17-2023-title"), "2023-12-17");
  EXPECT_EQ(in_url("https://example.com/news/03-04-2023"), "");
  EXPECT_EQ(in_url("https://example.com/2023/12/title-17"), "");
  EXPECT_EQ(in_url("https://example.com/2023/decade/21/"), "");
  EXPECT_EQ(in_url("https://example.com/202312171"), "");
  EXPECT_EQ(in_url("https://20231217.example.com/"), "");
}

}  // namespace
}  // namespace copydesk::extract
