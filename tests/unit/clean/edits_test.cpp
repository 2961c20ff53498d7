#include <gtest/gtest.h>

#include "clean/edits.h"

namespace copydesk::clean {
namespace {

Edit edit(std::size_t offset, std::string was, std::string now, std::string rule = "r") {
  return {offset, std::move(was), std::move(now), std::move(rule), ""};
}

void expect_composes(const std::string& input, const std::vector<Edit>& first,
                     const std::vector<Edit>& second) {
  const std::string between = apply_edits(input, first);
  const std::string output = apply_edits(between, second);
  const std::vector<Edit> both = compose_edits(input, first, second);
  EXPECT_EQ(apply_edits(input, both), output);
  const Result<std::string> restored = restore_edits(output, both);
  ASSERT_TRUE(restored.ok());
  EXPECT_EQ(*restored, input);
}

TEST(Edits, ApplyAndRestore) {
  const std::vector<Edit> edits = {edit(0, "ab", ""), edit(3, "d", "DD")};
  EXPECT_EQ(apply_edits("abcdef", edits), "cDDef");
  EXPECT_EQ(*restore_edits("cDDef", edits), "abcdef");
  EXPECT_FALSE(restore_edits("cXDef", edits).ok());
}

TEST(Edits, ComposeApartTouchingAndOverlapping) {
  expect_composes("abcdef", {edit(0, "a", "A")}, {edit(5, "f", "")});
  expect_composes("abcdef", {edit(4, "e", "")}, {edit(0, "a", "xyz")});
  expect_composes("abcdef", {edit(2, "c", "")}, {edit(1, "b", ""), edit(2, "d", "D")});
  expect_composes("abcdef", {edit(1, "b", "BBB"), edit(3, "d", "")}, {edit(2, "BBce", "-")});
  expect_composes("abcdef", {edit(1, "bc", "XY"), edit(4, "e", "EE")},
                  {edit(0, "aX", ""), edit(2, "Yd", "1"), edit(5, "E", "")});
}

TEST(Edits, ARemovalBearsTheNameOfTheLaterStep) {
  const std::vector<Edit> both =
      compose_edits("a line\nb", {edit(2, "l", "L", "repair")}, {edit(0, "a Line\n", "", "en/x")});
  ASSERT_EQ(both.size(), 1U);
  EXPECT_EQ(both[0].rule, "en/x");
  EXPECT_EQ(both[0].was, "a line\n");
}

/// Every pair of up to two small edits on a short text.
TEST(Edits, ComposeAllSmallCases) {
  const std::string input = "abcd";
  std::vector<std::vector<Edit>> lists;
  const auto lists_for = [](const std::string& text) {
    std::vector<std::vector<Edit>> out{{}};
    for (std::size_t a = 0; a <= text.size(); ++a) {
      for (std::size_t b = a; b <= text.size(); ++b) {
        for (const char* now : {"", "Z", "ZZ"}) {
          if (a == b && *now == '\0') continue;
          out.push_back({edit(a, text.substr(a, b - a), now)});
          for (std::size_t c = b + 1; c < text.size(); ++c) {
            out.push_back({edit(a, text.substr(a, b - a), now), edit(c, text.substr(c, 1), "")});
          }
        }
      }
    }
    return out;
  };
  for (const std::vector<Edit>& first : lists_for(input)) {
    for (const std::vector<Edit>& second : lists_for(apply_edits(input, first))) {
      expect_composes(input, first, second);
    }
  }
}

}  // namespace
}  // namespace copydesk::clean
