#include <gtest/gtest.h>

#include "text/language.h"
#include "text/utf8.h"

namespace copydesk::text {
namespace {

TEST(Language, SampleIsFromWithinALongText) {
  EXPECT_EQ(language_sample("short"), "short");
  std::string text(3000, 'a');
  text += std::string(3000, 'b');
  EXPECT_EQ(language_sample(text), text.substr((6000 - 1024) / 3, 1024));
  std::string umlauts;
  for (int i = 0; i < 2000; ++i) umlauts += "x\u00E9";
  const std::string_view sample = language_sample(umlauts);
  EXPECT_LE(sample.size(), 1024U + 4U);
  EXPECT_TRUE(is_valid_utf8(sample));
}

TEST(Language, DetectsNews) {
  EXPECT_EQ(
      detect_language("The minister said on Monday that the talks would go on this week.").code,
      "en");
  EXPECT_EQ(
      detect_language("Der Minister sagte am Montag, dass die Gespräche weitergehen würden.").code,
      "de");
  EXPECT_EQ(
      detect_language("Министр заявил в понедельник, что переговоры продолжатся на этой неделе.")
          .code,
      "ru");
  EXPECT_EQ(detect_language("部长星期一表示，会谈将在本周继续进行，双方都希望达成协议。").code,
            "zh");
  EXPECT_EQ(detect_language("").code, "");
}

TEST(Language, CutsLongTextAtACodePoint) {
  std::string text = "x";
  while (text.size() < 20000) text += "новости дня ";
  EXPECT_EQ(detect_language(text).code.size(), 2U);
}

TEST(Language, PrimarySubtag) {
  EXPECT_EQ(primary_language("pt-BR"), "pt");
  EXPECT_EQ(primary_language("PT_br"), "pt");
  EXPECT_EQ(primary_language(""), "");
  EXPECT_EQ(primary_language("en,fr"), "en");
  EXPECT_EQ(primary_language("en\xC3"), "en");  // cut within a character
  EXPECT_EQ(primary_language("e"), "");
  EXPECT_EQ(primary_language("notalanguage"), "");
}

}  // namespace
}  // namespace copydesk::text
