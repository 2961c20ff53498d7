#include <gtest/gtest.h>

#include "clean/dates.h"

namespace copydesk::clean {
namespace {

TEST(Dates, ReadsTheUsualForms) {
  for (const char* text : {"February 14, 2022",
                           "Feb. 14, 2022 10:30 am",
                           "14 Feb 2022",
                           "Monday, 14th of February 2022",
                           "2022-02-14T10:00:00Z",
                           "14.02.2022",
                           "14. Februar 2022",
                           "14 de febrero de 2022",
                           "14 février 2022",
                           "14 febbraio 2022",
                           "14 de fevereiro de 2022",
                           "14 lutego 2022",
                           "14 февраля 2022",
                           "14 лютого 2022",
                           "14 února 2022",
                           "14 Φεβρουαρίου 2022",
                           "14 Şubat 2022",
                           "14 فبراير 2022",
                           "2022年2月14日",
                           "2022년 2월 14일",
                           "14 februari 2022",
                           "02/14/2022"}) {
    EXPECT_EQ(read_date(text), "2022-02-14") << text;
  }
}

TEST(Dates, SaysNothingWhereItIsNotSure) {
  for (const char* text : {"", "02/03/2022", "14 February", "2022", "call 555 1234 2022"}) {
    EXPECT_EQ(read_date(text), "") << text;
  }
}

}  // namespace
}  // namespace copydesk::clean
