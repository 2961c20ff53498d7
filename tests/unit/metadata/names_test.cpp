#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extract/authors.h"
#include "extract/titles.h"

namespace copydesk::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Names, OneName) {
  for (const std::string_view byline : {"Jane Doe",
                                        "By Jane Doe",
                                        "by Jane Doe",
                                        "Written by: Jane Doe",
                                        "Von Jane Doe",
                                        "Par Jane Doe",
                                        "Por Jane Doe",
                                        "Di Jane Doe",
                                        "Door Jane Doe",
                                        "Autor: Jane Doe",
                                        "Posted by Jane Doe on May 1, 2023",
                                        "By Jane Doe | The Example",
                                        "By Jane Doe, Staff Writer",
                                        "Jane Doe, MD, PhD",
                                        "Jane Doe (Reuters)",
                                        "By Jane Doe for Example News",
                                        "Jane Doe \u2013 Example",
                                        "By&nbsp;Jane Doe",
                                        "<a href='/x'>Jane Doe</a>",
                                        "Jane Doe @janedoe",
                                        "Jane Doe jane@example.com",
                                        "\u00A9 Jane Doe",
                                        "Jane Doe Jane",
                                        "By Jane Doe Updated 3:00 pm"}) {
    EXPECT_THAT(names_in_byline(byline), ElementsAre("Jane Doe")) << byline;
  }
}

TEST(Names, SeveralNames) {
  for (const std::string_view byline :
       {"By Jane Doe and John Roe", "Jane Doe, John Roe", "Jane Doe & John Roe",
        "Jane Doe; John Roe", "Von Jane Doe und John Roe", "Jane Doe et John Roe",
        "Jane Doe, Reporter, and John Roe, Staff Writer", "By Jane Doe with John Roe"}) {
    EXPECT_THAT(names_in_byline(byline), ElementsAre("Jane Doe", "John Roe")) << byline;
  }
}

TEST(Names, OtherScripts) {
  EXPECT_THAT(names_in_byline("\u4F5C\u8005\uFF1A\u738B\u5C0F\u660E"),
              ElementsAre("\u738B\u5C0F\u660E"));
  EXPECT_THAT(names_in_byline("Автор: Иван Петров"), ElementsAre("Иван Петров"));
  EXPECT_THAT(names_in_byline("Γράφει ο Νίκος Παππάς"), ElementsAre("Νίκος Παππάς"));
}

TEST(Names, WhatBelongsToAName) {
  EXPECT_THAT(names_in_byline("By Perry Bacon Jr."), ElementsAre("Perry Bacon Jr."));
  EXPECT_THAT(names_in_byline("Conor O'Brien-Smith"), ElementsAre("Conor O'Brien-Smith"));
  EXPECT_THAT(names_in_byline("Bystander Jones"), ElementsAre("Bystander Jones"));
  EXPECT_THAT(names_in_byline("Loïc Le Clerc"), ElementsAre("Loïc Le Clerc"));
  EXPECT_THAT(names_in_byline("Ludwig van Beethoven"), ElementsAre("Ludwig van Beethoven"));
}

TEST(Names, Nobody) {
  for (const std::string_view byline :
       {"", "admin", "By Staff", "Editorial Team", "Redaktion", "https://example.com/jane",
        "@janedoe", "December 17, 2023", "12", "Staff Writer",
        "This is a whole sentence that somebody wrote into the author field."}) {
    EXPECT_THAT(names_in_byline(byline), IsEmpty()) << byline;
  }
}

TEST(Titles, SiteNamesAreCut) {
  EXPECT_EQ(without_site("A long headline of the day | The Example", "The Example", ""),
            "A long headline of the day");
  EXPECT_EQ(without_site("The Example - A long headline of the day", "The Example", ""),
            "A long headline of the day");
  EXPECT_EQ(without_site("A headline of the day - World - example.com", "", "example.com"),
            "A headline of the day");
  EXPECT_EQ(without_site("Headline - with a long second half that belongs", "Example", ""),
            "Headline - with a long second half that belongs");
  EXPECT_EQ(without_site("Example: what happened", "Example", ""), "Example: what happened");
  EXPECT_EQ(without_site("Nothing to cut", "Example", "example.com"), "Nothing to cut");
}

}  // namespace
}  // namespace copydesk::extract
