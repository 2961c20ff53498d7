#include <gtest/gtest.h>

#include "clean/unwrap.h"

namespace copydesk::clean {
namespace {

std::string unwrapped(std::string_view text) {
  return apply_edits(text, unwrap_lines(text));
}

/// The text broken at `width`.
std::string wrap(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (column > 0 && column + 1 + (end - at) > width) {
      out += '\n';
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += text.substr(at, end - at);
    column += end - at;
    at = end + 1;
  }
  return out;
}

const std::string kParagraph =
    "The council of the small town by the river decided on Thursday evening that the old bridge is "
    "to be closed to lorries until the spring, when engineers will have finished their survey of "
    "its four stone piers, which a flood had damaged three years before, and when the money for "
    "the repair, some two million, has been found in the budget of the county or elsewhere.";

TEST(Unwrap, JoinsTheLinesOfAWrappedDocument) {
  const std::string text = kParagraph + "\n\n" + kParagraph;
  EXPECT_EQ(unwrapped(wrap(kParagraph, 72) + "\n\n" + wrap(kParagraph, 72)), text);
}

TEST(Unwrap, LeavesShortLinesAlone) {
  const std::string poem =
      "When in disgrace with fortune and men\nI all alone beweep\nAnd trouble deaf heaven\n"
      "And look upon myself\nWishing me like to one more rich in hope\nFeatured like him\n"
      "Desiring this man's art and that man's scope here\nWith what I most enjoy\n";
  EXPECT_EQ(unwrapped(poem), poem);
  EXPECT_EQ(unwrapped(kParagraph + "\n" + kParagraph), kParagraph + "\n" + kParagraph);
}

TEST(Unwrap, ListItemsKeepTheirBreaks) {
  const std::string text = wrap(kParagraph, 72) + "\n- an item of a list that follows at once";
  EXPECT_EQ(unwrapped(text), kParagraph + "\n- an item of a list that follows at once");
}

}  // namespace
}  // namespace copydesk::clean
