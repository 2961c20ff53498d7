#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "copydesk/clean.h"
#include "copydesk/site_memory.h"

namespace copydesk {
namespace {

class SiteMemoryTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() /
              ("copydesk-memory-" + std::string(test->name()) + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  SiteMemory open(std::int64_t today) {
    Result<SiteMemory> memory = SiteMemory::open((folder_ / "m.db").string(), today);
    EXPECT_TRUE(memory.ok());
    return *std::move(memory);
  }

  /// An article of its own with the site's line under it.
  static std::string page(int number) {
    std::string text;
    for (int line = 0; line < 6; ++line) {
      const std::string own(static_cast<std::size_t>(line + 1), static_cast<char>('a' + number));
      for (const std::string_view part :
           {std::string_view("The report "), std::string_view(own), std::string_view(" said that "),
            std::string_view(own),
            std::string_view(" had been found by the people of the town on the coast near "),
            std::string_view(own), std::string_view(".\n")}) {
        text += part;
      }
    }
    return text + kFurniture;
  }

  void learn(std::int64_t today, int from, int to) {
    SiteMemory memory = open(today);
    for (int i = from; i < to; ++i) {
      ASSERT_TRUE(memory.learn(page_lines(page(i), "x.org", "u" + std::to_string(i))).ok());
    }
    ASSERT_TRUE(memory.commit().ok());
  }

  static constexpr const char* kFurniture = "Get the Gazette app for your phone today\n";
  std::filesystem::path folder_;
};

TEST_F(SiteMemoryTest, LearnsWhatTitlesBear) {
  {
    SiteMemory memory = open(100);
    for (int i = 0; i < 3; ++i) {
      const std::string title =
          "Story number " + std::to_string(i) + " of the day | politics news from here | XO";
      ASSERT_TRUE(memory.learn(page_lines(page(i), "x.org", "u" + std::to_string(i), title)).ok());
    }
    ASSERT_TRUE(memory.commit().ok());
  }
  const auto learned = open(101).lines("x.org");
  EXPECT_EQ(learned->title_parts, (std::vector<std::string>{"XO", "politics news from here"}));
  const Cleaner cleaner = *Cleaner::create({});
  const auto title_of = [&](std::string_view title, const LearnedLines* lines) {
    return cleaner.clean({.text = page(7), .title = title, .site = "x.org", .learned = lines})
        .title.value_or("");
  };
  EXPECT_EQ(title_of("Rain fell - politics news from here", learned.get()), "Rain fell");
  EXPECT_EQ(title_of("Rain fell - politics news from here", nullptr),
            "Rain fell - politics news from here");
}

Cleaner without_score() {
  CleanOptions options;
  options.disabled_rules = {"score/line"};
  return *Cleaner::create(options);
}

TEST_F(SiteMemoryTest, ShortLinesGoInRunsAndAtTheEdges) {
  LearnedLines learned;
  for (const char* line : {"Pros", "Share", "Print"}) {
    learned.hashes.push_back(site_line_hash(line));
  }
  std::sort(learned.hashes.begin(), learned.hashes.end());
  std::string head;
  std::string tail;
  for (int line = 0; line < 3; ++line) {
    head += "The reporters of the town said on day " + std::to_string(line) +
            " that the bridge over the river had been closed to all traffic.\n";
    tail += "The people of the coast said on day " + std::to_string(line) +
            " that the ferry would go on running for as long as it must.\n";
  }
  const Cleaner cleaner = without_score();
  const auto cleaned = [&](const std::string& text) {
    return cleaner.clean({.text = text, .learned = &learned}).text;
  };
  EXPECT_EQ(cleaned(head + "Pros\n" + tail), head + "Pros\n" + tail);
  EXPECT_EQ(cleaned(head + "Pros\nPrint\n" + tail), head + tail);
  EXPECT_EQ(cleaned(head + tail + "Pros\n"), head + tail);
}

TEST(LearnedLines, NumbersGoBetweenThem) {
  LearnedLines learned;
  for (const char* line : {"The calendar of the site", "The archive of the site"}) {
    learned.hashes.push_back(site_line_hash(line));
  }
  std::sort(learned.hashes.begin(), learned.hashes.end());
  std::string article;
  for (int line = 0; line < 4; ++line) {
    article += "The reporters of the town said on day " + std::to_string(line) +
               " that the bridge over the river had been closed to all traffic.\n";
  }
  const Cleaner cleaner = without_score();
  const auto cleaned = [&](const std::string& text) {
    return cleaner.clean({.text = text, .language = "xx", .learned = &learned});
  };
  const std::string calendar =
      "The calendar of the site\n1 2 3 4 5\n6 7 8\nThe archive of the site\n";
  const CleanResult result = cleaned(article + calendar);
  EXPECT_EQ(result.text, article);
  EXPECT_EQ(*restore_edits(result.text, result.edits), article + calendar);
  EXPECT_EQ(cleaned("10:15\nThe calendar of the site\n" + article).text, article);
  EXPECT_EQ(cleaned(article + "The archive of the site\n19.99\n").text, article);
  // The numbers of an article stay, and so does what the memory does not touch at both ends.
  for (const std::string& text :
       {article + "19.99\n" + article.substr(0, article.find('\n') + 1), "19.99\n" + article}) {
    EXPECT_EQ(cleaned(text).text, text);
  }
  EXPECT_EQ(cleaned(article + "5:3\nThe archive of the site\n").text, article + "5:3\n");
}

TEST_F(SiteMemoryTest, RemembersWhatASiteRepeatsOnSeveralDays) {
  learn(100, 0, 2);
  EXPECT_TRUE(open(101).lines("x.org")->hashes.empty());
  learn(101, 2, 4);
  SiteMemory memory = open(102);
  const auto lines = memory.lines("x.org");
  ASSERT_EQ(lines->hashes.size(), 1U);
  EXPECT_EQ(lines->hashes[0], site_line_hash("get the GAZETTE app for your phone today!"));
  EXPECT_TRUE(memory.lines("y.org")->hashes.empty());
}

TEST_F(SiteMemoryTest, TheSamePageNeverCountsTwice) {
  for (std::int64_t day = 100; day < 105; ++day) learn(day, 0, 2);
  EXPECT_TRUE(open(106).lines("x.org")->hashes.empty());
}

TEST_F(SiteMemoryTest, AStoryThatIsUpdatedNeverCountsTwice) {
  for (int day = 0; day < 5; ++day) {
    SiteMemory memory = open(100 + day);
    const std::string text = "Version " + std::to_string(day) + " of the story.\n" + page(0);
    ASSERT_TRUE(memory.learn(page_lines(text, "x.org", "u" + std::to_string(day))).ok());
    ASSERT_TRUE(memory.commit().ok());
  }
  EXPECT_TRUE(open(106).lines("x.org")->hashes.empty());
}

/// Headlines of a list are lines of ten words and more, too; they do not make pages alike.
TEST_F(SiteMemoryTest, AListThatPagesShareDoesNotMakeThemAlike) {
  const std::string list =
      "The council votes on the plan for the bridge over the river\n"
      "Farmers of the valley ask for help after a month of rain\n"
      "The museum opens its new rooms to the children of the town\n";
  for (int day = 0; day < 4; ++day) {
    SiteMemory memory = open(100 + day);
    ASSERT_TRUE(
        memory.learn(page_lines(page(day) + list, "x.org", "u" + std::to_string(day))).ok());
    ASSERT_TRUE(memory.commit().ok());
  }
  EXPECT_EQ(open(106).lines("x.org")->hashes.size(), 4U);  // with the furniture
}

TEST_F(SiteMemoryTest, ForgetsAfterSixtyDays) {
  learn(100, 0, 2);
  learn(101, 2, 4);
  {
    SiteMemory memory = open(170);
    ASSERT_TRUE(memory.learn(page_lines(page(4), "y.org", "u4")).ok());
    ASSERT_TRUE(memory.commit().ok());
  }
  EXPECT_TRUE(open(170).lines("x.org")->hashes.empty());
}

/// Also in the first run after a long rest, before anything is written.
TEST_F(SiteMemoryTest, WhatIsForgottenIsNotUsedOnceMore) {
  {
    SiteMemory memory = open(100);
    for (int i = 0; i < 4; ++i) {
      ASSERT_TRUE(
          memory.learn(page_lines(page(i), "x.org", "u" + std::to_string(i), "News | Gazette"))
              .ok());
    }
    ASSERT_TRUE(memory.commit().ok());
  }
  learn(101, 4, 6);
  const std::uint64_t hash = open(161).hash();
  EXPECT_EQ(open(161).lines("x.org")->hashes.size(), 1U);
  EXPECT_TRUE(open(162).lines("x.org")->hashes.empty());
  EXPECT_TRUE(open(162).lines("x.org")->title_parts.empty());
  EXPECT_NE(open(162).suggest_rules("x.org").find("rule line-1"), std::string::npos);
  EXPECT_NE(open(162).hash(), hash);
}

TEST_F(SiteMemoryTest, WithoutCommitNothingIsLearnt) {
  learn(100, 0, 2);
  {
    SiteMemory memory = open(101);
    ASSERT_TRUE(memory.learn(page_lines(page(3), "x.org", "u3")).ok());
  }
  learn(102, 4, 5);
  EXPECT_EQ(open(103).lines("x.org")->hashes.size(), 1U);  // pages 0, 1 and 4
}

TEST_F(SiteMemoryTest, SuggestsRulesThatHold) {
  learn(100, 0, 2);
  learn(101, 2, 4);
  const std::string rules = open(102).suggest_rules("x.org");
  EXPECT_NE(rules.find("match Get the Gazette app"), std::string::npos);
  EXPECT_TRUE(check_rule_file({"learned", rules}).empty());
}

TEST_F(SiteMemoryTest, LinesOfAWordAndANumberMustStandOnMostPages) {
  const auto learn_pages = [&](int from, int to, std::string_view word) {
    for (int i = from; i < to; ++i) {
      SiteMemory memory = open(100 + i);
      const std::string text = page(i) + std::string(word) + " (" + std::to_string(i) + ")\n";
      ASSERT_TRUE(memory.learn(page_lines(text, "x.org", "u" + std::to_string(i))).ok());
      ASSERT_TRUE(memory.commit().ok());
    }
  };
  learn_pages(0, 7, "Comments");
  EXPECT_EQ(open(120).lines("x.org")->hashes.size(), 1U);  // the furniture
  learn_pages(7, 8, "Comments");
  EXPECT_EQ(open(120).lines("x.org")->hashes.size(), 2U);
  const std::string rules = open(120).suggest_rules("x.org");
  EXPECT_NE(rules.find("match Comments \\(#\\)"), std::string::npos) << rules;
  EXPECT_TRUE(check_rule_file({"learned", rules}).empty());
  learn_pages(8, 17, "Views");
  EXPECT_EQ(open(120).lines("x.org")->hashes.size(),
            2U);  // eight of 17 pages are too few, nine not
}

TEST_F(SiteMemoryTest, LinesThatRepeatTheHeadlineAreOneLine) {
  const auto headline = [](int i) {
    return "Headline number " + std::string(1, static_cast<char>('a' + i)) + " of them";
  };
  const auto text = [&](int i) {
    return headline(i) + "\n" + page(i) + "There are no comments on " + headline(i) + " as yet\n";
  };
  for (int i = 0; i < 4; ++i) {
    SiteMemory memory = open(100 + i);
    ASSERT_TRUE(memory.learn(page_lines(text(i), "x.org", "u" + std::to_string(i))).ok());
    ASSERT_TRUE(memory.commit().ok());
  }
  SiteMemory memory = open(110);
  const auto lines = memory.lines("x.org");
  const std::string rules = memory.suggest_rules("x.org");
  EXPECT_NE(rules.find("match there are no comments on * as yet"), std::string::npos) << rules;
  EXPECT_TRUE(check_rule_file({"learned", rules}).empty());
  const Cleaner cleaner = *Cleaner::create({});
  const CleanResult result =
      cleaner.clean({.text = text(9), .language = "xx", .learned = lines.get()});
  EXPECT_EQ(result.text.find("no comments on"), std::string::npos);
  EXPECT_EQ(result.text.find(headline(9)), 0U);
}

/// Takes lines such as "Printed in the old mill by the harbour".
RuleFile mill_rule() {
  return {"mine",
          "pack mine lang any\n\nrule mill   drop line\nmatch printed in the old mill *\n"
          "yes Printed in the old mill today\nno Painted in the old mill today\n"};
}

/// 45 of 100 words are the memory's: too many. Twelve of them go by a rule, and 33 of the 88 that
/// are left are not too many. What a second run would take must go, or stay, in the first.
TEST(LearnedLines, ARefusedMemoryIsAskedAgainOnceTheRulesAreDone) {
  const std::string by_rule = "Printed in the old mill by the harbour of the upper town\n";
  std::string learned_lines;
  for (const char* line : {"The harbour at night in pictures and in many words of ours",
                           "All that the council does and does not do for you",
                           "Letters of our readers to the paper of the valley"}) {
    learned_lines += std::string(line) + "\n";
  }
  std::string article;
  for (const char* day : {"one", "two", "three", "four", "five"}) {
    article += std::string("The reporters said on day ") + day + " that bridges were closed.\n";
  }
  LearnedLines learned;
  const std::string furniture = learned_lines + by_rule;
  for (std::size_t at = 0; at < furniture.size(); at = furniture.find('\n', at) + 1) {
    const std::size_t end = furniture.find('\n', at);
    learned.hashes.push_back(site_line_hash(furniture.substr(at, end - at)));
  }
  std::sort(learned.hashes.begin(), learned.hashes.end());
  CleanOptions options;
  options.language = "xx";
  options.max_removed = 1;
  options.rules = {mill_rule()};
  const Cleaner cleaner = *Cleaner::create(options);
  const CleanResult once = cleaner.clean({.text = furniture + article, .learned = &learned});
  EXPECT_EQ(once.text, article);
  EXPECT_EQ(cleaner.clean({.text = once.text, .learned = &learned}).text, once.text);
}

/// The rule would take half of the words, and all of that is kept; the memory's line goes, and a
/// second run, of which the rule's share has grown, does the same.
TEST(LearnedLines, GoWhereRulesWouldTakeTooMuch) {
  std::string others;
  for (const char* day : {"one", "two", "three", "four"}) {
    others += std::string("They said on day ") + day + " that bridges were closed.\n";
    others += std::string("Printed in the old mill by the harbour ") + day + "\n";
  }
  const std::string line = "Letters of our readers to the paper of the valley";
  const std::string text = line + "\n" + others;
  LearnedLines learned;
  learned.hashes.push_back(site_line_hash(line));
  CleanOptions options;
  options.language = "xx";
  options.max_removed = 0.4;
  options.rules = {mill_rule()};
  const Cleaner cleaner = *Cleaner::create(options);
  EXPECT_EQ(cleaner.clean({.text = text}).text, text);
  const CleanResult once = cleaner.clean({.text = text, .learned = &learned});
  EXPECT_EQ(once.text, others);
  EXPECT_TRUE(once.passed_through);
  EXPECT_EQ(once.words_removed, 10U);
  EXPECT_EQ(once.words_learned, 10U);
  EXPECT_EQ(once.warnings.size(), 1U);
  EXPECT_EQ(*restore_edits(once.text, once.edits), text);
  EXPECT_EQ(cleaner.clean({.text = once.text, .learned = &learned}).text, once.text);
}

TEST_F(SiteMemoryTest, TheCleanerRemovesLearntLines) {
  learn(100, 0, 2);
  learn(101, 2, 4);
  SiteMemory memory = open(102);
  CleanOptions options;
  options.language = "xx";
  const Result<Cleaner> cleaner = Cleaner::create(options);
  const auto lines = memory.lines("x.org");
  CleanInput input;
  const std::string text = page(9);
  input.text = text;
  input.learned = lines.get();
  const CleanResult result = cleaner->clean(input);
  EXPECT_EQ(result.text + kFurniture, text);
  ASSERT_EQ(result.edits.size(), 1U);
  EXPECT_EQ(result.edits[0].rule, "memory/line");
}

TEST(SiteLine, NumbersFoldAndWordlessLinesAreNotRemembered) {
  EXPECT_EQ(site_line_hash("Page 12 of 30"), site_line_hash("page 3 of 4"));
  EXPECT_NE(site_line_hash("Page 12"), site_line_hash("page 3"));
  EXPECT_NE(site_line_hash("Strona 1 z 4"), site_line_hash("Strona 2 z 4"));
  EXPECT_EQ(site_line_hash("$19.99"), 0U);
  EXPECT_EQ(site_line_hash("a"), 0U);
}

}  // namespace
}  // namespace copydesk
