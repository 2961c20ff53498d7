#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "copydesk/clean.h"

namespace copydesk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kBody =
    "The council of the small town decided on Thursday that the old bridge is to be closed to "
    "lorries until the spring, when engineers will have finished their survey of the piers.\n\n"
    "The mayor said that the money for the repair would be found in the budget of the county, and "
    "that the ferry would run every hour until the bridge can be used again by all traffic.\n\n"
    "People who live on the far bank said that they had asked for a new bridge for ten years.";

Cleaner make(CleanOptions options = {}) {
  Result<Cleaner> cleaner = Cleaner::create(std::move(options));
  EXPECT_TRUE(cleaner.ok());
  return *std::move(cleaner);
}

/// Cleans and checks what must hold for every text.
CleanResult clean(const Cleaner& cleaner, std::string_view text) {
  CleanResult result = cleaner.clean({.text = text});
  EXPECT_EQ(apply_edits(text, result.edits), result.text);
  const Result<std::string> restored = restore_edits(result.text, result.edits);
  EXPECT_TRUE(restored.ok());
  EXPECT_EQ(*restored, text);
  EXPECT_EQ(cleaner.clean({.text = result.text}).text, result.text);
  return result;
}

std::vector<std::string> rules_of(const CleanResult& result) {
  std::vector<std::string> rules;
  for (const Edit& edit : result.edits) rules.push_back(edit.rule);
  return rules;
}

/// The body as a program prints it that breaks lines at `width`.
std::string wrapped(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    if (column > 0 && column + (end - at) > width) {
      out.back() = '\n';
      column = 0;
    }
    out.append(text.substr(at, end - at + 1));
    column = end < text.size() && text[end] == '\n' ? 0 : column + (end - at) + 1;
    at = end + 1;
  }
  return out;
}

TEST(Clean, LinesThatAreWrappedOnceTheOthersWentAreJoined) {
  const Cleaner cleaner = make();
  std::string page = wrapped(kBody, 72) + "\n\n";
  for (int i = 0; i < 9; ++i) page += "Advertisement\nSponsored content\n";
  const CleanResult result = clean(cleaner, page);
  EXPECT_THAT(rules_of(result), testing::Contains("repair/unwrap"));
  EXPECT_NE(result.text.find("closed to lorries until the spring, when engineers will have"),
            std::string::npos);
}

TEST(Clean, AFirstLineIsTrimmedToTheEndAndTableRowsAreNone) {
  const Cleaner cleaner = make();
  const auto cleaned = [&](std::string_view line) {
    return clean(cleaner, std::string(line) + "\n\n" + std::string(kBody)).text;
  };
  EXPECT_EQ(cleaned("The old bridge is closed to lorries  |  The Gazette"),
            "The old bridge is closed to lorries\n\n" + std::string(kBody));
  EXPECT_EQ(cleaned("|  | Thursday 29 December | | Page 14 |"),
            "|  | Thursday 29 December | | Page 14 |\n\n" + std::string(kBody));
}

TEST(Clean, FurnitureGoesTheArticleStays) {
  const std::string body(kBody);
  const CleanResult result =
      clean(make(),
            "by time news\n\n" + body + "\n\nSee also:\n\nYou may also like\n\nLeave a Comment\n");
  EXPECT_EQ(result.text, body + "\n");
  EXPECT_THAT(rules_of(result), ElementsAre("en/byline", "en/related-short"));
  EXPECT_THAT(result.authors, ElementsAre("time news"));
  EXPECT_EQ(result.language, "en");
}

TEST(Clean, NothingIsCutAtALinkToTheCommentsAboveTheArticle) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "Pages of section " + std::to_string(i) + "\n\n";
  text += "135 comments\n\n" + std::string(kBody);
  CleanOptions options;
  options.level = CleanLevel::full_page;
  options.language = "en";
  options.disabled_rules = {"score/line"};
  EXPECT_THAT(clean(make(options), text).text, HasSubstr(kBody));
}

TEST(Clean, ATitleLineLosesItsSite) {
  const std::string body(kBody);
  const CleanResult result =
      clean(make(), "Town closes the old bridge | Local news | DW\n\n" + body);
  EXPECT_EQ(result.text, "Town closes the old bridge\n\n" + body);
  EXPECT_THAT(rules_of(result), ElementsAre("title/site"));
}

TEST(Clean, RulesFireInTheirLanguageOnly) {
  CleanOptions options;
  options.language = "de";
  const std::string text = std::string(kBody) + "\n\nSee also:\n\nAnother line";
  EXPECT_EQ(clean(make(options), text).text, text);
}

TEST(Clean, ANonEmptyTextIsNeverEmptied) {
  const CleanResult result = clean(make(), "Advertisement\n\nShare this article\n");
  EXPECT_EQ(result.text, "Advertisement\n\nShare this article\n");
  EXPECT_TRUE(result.passed_through);
  EXPECT_EQ(result.warnings.size(), 1U);
}

TEST(Clean, EmptyTexts) {
  EXPECT_EQ(clean(make(), "").text, "");
  EXPECT_EQ(clean(make(), "\n").text, "\n");
}

TEST(Clean, MoreThanTheLimitIsNotRemoved) {
  CleanOptions options;
  options.max_removed = 0.01;
  const std::string text = "by time news\n\n" + std::string(kBody) + "\n\nSee also:\n\nOther";
  const CleanResult result = clean(make(options), text);
  EXPECT_EQ(result.text, text);
  EXPECT_TRUE(result.passed_through);
}

TEST(Clean, AStandfirstThatComesAgainGoesFromNewsOn) {
  const std::string line =
      "This long sentence about the old bridge and its new ferry stands at the head of the "
      "document, as a standfirst does, and comes again.";
  std::string body;
  for (int day = 1; day <= 16; ++day) {
    body += "Day " + std::to_string(day) + ": " + std::string(kBody.substr(0, kBody.find('\n'))) +
            "\n\n";
  }
  const std::string text = line + "\n\n" + body + line + "\n\n" + std::string(kBody);
  EXPECT_EQ(clean(make(), text).text, line + "\n\n" + body + std::string(kBody));
  CleanOptions safe;
  safe.level = CleanLevel::safe;
  EXPECT_EQ(clean(make(safe), text).text, text);
}

TEST(Clean, WhatIsRepeatedOnPurposeStays) {
  const std::string line =
      "This long sentence about the old bridge and its new ferry stands twice further down in the "
      "document, as a verse or a caption does, or thrice.";
  std::string body;
  for (int day = 1; day <= 16; ++day) {
    body += "Day " + std::to_string(day) + ": " + std::string(kBody.substr(0, kBody.find('\n'))) +
            "\n\n";
  }
  const auto joined = [](std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts) text += part;
    return text;
  };
  for (const std::string& text :
       {joined({body, line, "\n\nBetween.\n\n", line, "\n\nEnd."}),
        joined({line, "\n\n", body, line, "\n\nBetween.\n\n", line, "\n\nEnd."}),
        joined({"- ", line, "\n", body, "- ", line, "\nEnd."})}) {
    CleanOptions rules_only;
    rules_only.disabled_rules = {"score/line"};
    EXPECT_EQ(clean(make(rules_only), text).text, text);
  }
}

TEST(Clean, TitleOfARecord) {
  const CleanResult result = make().clean(
      {.text = kBody, .title = "Town closes its old bridge &amp; more - Example News"});
  EXPECT_EQ(result.title, "Town closes its old bridge & more");
  EXPECT_EQ(result.title_edits.size(), 2U);
  EXPECT_THAT(result.edits, IsEmpty());
}

TEST(Clean, RulesOfAUser) {
  CleanOptions options;
  options.rules = {{"mine",
                    "pack mine lang en\nrule r drop line site x.org\nmatch between\n"
                    "yes Between\nno x\n"}};
  const Cleaner cleaner = make(options);
  const std::string text = std::string(kBody) + "\n\nBetween\n\nEnd.";
  EXPECT_EQ(cleaner.clean({.text = text, .site = "www.x.org"}).text,
            std::string(kBody) + "\n\nEnd.");
  EXPECT_EQ(cleaner.clean({.text = text, .site = "y.org"}).text, text);
  options.rules = {{"mine", "rule"}};
  EXPECT_EQ(Cleaner::create(options).error().code, ErrorCode::bad_rule);
}

TEST(Clean, BreaksBetweenParagraphsSurvive) {
  const std::string kLast =
      "The council meets again on Monday to hear what the people of the town say.";
  const std::string text = std::string(kBody) + "\nShare on Facebook\n\n" + kLast;
  EXPECT_EQ(clean(make(), text).text, std::string(kBody) + "\n\n" + kLast);
}

}  // namespace
}  // namespace copydesk
