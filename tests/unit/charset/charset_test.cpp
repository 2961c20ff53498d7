#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "copydesk/charset.h"

#include "stream/charset.h"
#include "text/utf8.h"

namespace copydesk::stream {
namespace {

using namespace std::string_literals;

std::string decode(std::string bytes, std::string_view http = {}) {
  DecodedPage page = decode_page(std::move(bytes), http);
  EXPECT_TRUE(text::is_valid_utf8(page.text));
  return page.text;
}

std::string charset_of(std::string bytes, std::string_view http = {}) {
  return decode_page(std::move(bytes), http).charset;
}

TEST(Charset, Utf8PassesThrough) {
  EXPECT_EQ(decode("<p>Größe</p>"), "<p>Größe</p>");
  EXPECT_EQ(decode(""), "");
}

TEST(Charset, Utf8ThatWasEncodedTwiceIsDecodedTwice) {
  // "się ją leczy, dość często, zasłaniające": by way of Latin-1, and of windows-1252.
  const std::string meant =
      "<p>si\u0119 j\u0105 leczy, do\u015B\u0107 cz\u0119sto, zas\u0142aniaj\u0105ce</p>";
  EXPECT_EQ(
      decode("<p>si\u00C4\u0099 j\u00C4\u0085 leczy, do\u00C5\u009B\u00C4\u0087 cz\u00C4\u0099sto, "
             "zas\u00C5\u0082aniaj\u00C4\u0085ce</p>"),
      meant);
  EXPECT_EQ(
      decode("<p>si\u00C4\u2122 j\u00C4\u2026 leczy, do\u00C5\u203A\u00C4\u2021 cz\u00C4\u2122sto, "
             "zas\u00C5\u201Aaniaj\u00C4\u2026ce</p>"),
      meant);
}

TEST(Charset, WhatLooksEncodedTwiceOnceOrTwiceIsText) {
  const std::string about = "<p>it showed \u00C3\u00A9 for e acute</p>";
  EXPECT_EQ(decode(about), about);
  const std::string mixed =
      "<p>caf\u00E9 \u00C3\u00A9\u00C3\u00A9\u00C3\u00A9\u00C3\u00A9\u00C3\u00A9\u00C3\u00A9</p>";
  EXPECT_EQ(decode(mixed), mixed);
  const std::string cut =
      "<p>\u00C3\u00A9\u00C3\u00A9\u00C3\u00A9\u00C3\u00A9\u00C3\u00A9\u00C3\u00A9\u00C3";
  EXPECT_EQ(decode(cut), cut);
}

TEST(Charset, MarksDecideAndAreDropped) {
  EXPECT_EQ(decode("\xEF\xBB\xBF<p>a", "windows-1251"), "<p>a");
  EXPECT_EQ(decode("\xFF\xFE<\0p\0>\0\xE9\0"s), "<p>é");
  EXPECT_EQ(decode("\xFE\xFF\0<\0p\0>\0\xE9"s), "<p>é");
}

TEST(Charset, Utf16WithoutMark) {
  EXPECT_EQ(decode("<\0h\0t\0m\0l\0>\0a\0b\0"s), "<html>ab");
  EXPECT_EQ(decode("\0<\0h\0t\0m\0l\0>\0a\0b"s), "<html>ab");
  EXPECT_EQ(decode("\xFF\xFE<\0p"s), "<\uFFFD");  // ends in the middle of a character
}

TEST(Charset, HeaderBeatsMeta) {
  const std::string page = "<meta charset=windows-1252><p>\xCF\xF0\xE8";
  EXPECT_EQ(decode(page, "windows-1251"), "<meta charset=windows-1252><p>При");
  EXPECT_EQ(decode(page, "no-such-charset"), "<meta charset=windows-1252><p>Ïðè");
}

TEST(Charset, LabelsMeanWhatBrowsersTakeThemFor) {
  EXPECT_EQ(decode("\x93quoted\x94 \x80", "iso-8859-1"), "“quoted” €");
  EXPECT_EQ(decode("\xC4\xE3\xBA\xC3\x81\x30\x84\x36", "GB2312"), "你好\u00A5");
  EXPECT_EQ(charset_by_label(" \"UTF8\" "), "UTF-8");
  EXPECT_EQ(charset_by_label("shift_jis"), "CP932");
  EXPECT_EQ(charset_by_label("gb2312"), "GB18030");
  EXPECT_EQ(charset_by_label("none-such"), "");
}

TEST(Charset, MetaFormsAreRead) {
  EXPECT_EQ(declared_charset("<META CHARSET = 'koi8-r'>"), "koi8-r");
  EXPECT_EQ(declared_charset(
                "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\" />"),
            "windows-1251");
  EXPECT_EQ(declared_charset("<?xml version=\"1.0\" encoding=\"euc-jp\"?><html>"), "euc-jp");
  EXPECT_EQ(declared_charset("<!-- <meta charset=big5> --><meta charset=gbk>"), "gbk");
  EXPECT_EQ(declared_charset("<meta name=charset content=x><p>charset=y"), "");
}

TEST(Charset, BytesThatAreUtf8BeatTheDeclaration) {
  EXPECT_EQ(decode("<meta charset=iso-8859-1><p>Die Größe, über öde Äcker"),
            "<meta charset=iso-8859-1><p>Die Größe, über öde Äcker");
  EXPECT_EQ(decode("“quoted”", "iso-8859-1"), "“quoted”");
}

TEST(Charset, Utf8DeclaredButNotWritten) {
  // Declared UTF-8, really windows-1251: the bytes are no UTF-8 at all.
  const std::string russian =
      "<meta charset=utf-8><p>\xC2 \xEC\xE8\xED\xE8\xF1\xF2\xE5\xF0\xF1\xF2\xE2\xE5 "
      "\xF1\xEE\xEE\xE1\xF9\xE8\xEB\xE8, \xF7\xF2\xEE \xEF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB "
      "\xEF\xF0\xEE\xE4\xEE\xEB\xE6\xE0\xF2\xF1\xFF \xE7\xE0\xE2\xF2\xF0\xE0.";
  EXPECT_EQ(charset_of(russian), "CP1251");
  // One broken character in good UTF-8 is repaired.
  EXPECT_EQ(decode("<meta charset=utf-8>Größe über \xE4 öde"),
            "<meta charset=utf-8>Größe über \uFFFD öde");
}

TEST(Charset, NothingDeclared) {
  EXPECT_EQ(decode("<p>caf\xE9"), "<p>café");
  EXPECT_EQ(charset_of("<p>plain"), "UTF-8");
}

TEST(Charset, DeclarationThatDoesNotFit) {
  // Declared euc-jp, written in windows-1252.
  std::string page = "<meta charset=euc-jp><p>";
  for (int i = 0; i < 100; ++i)
    page +=
        "Les \xE9l\xE8ves fran\xE7"
        "ais. ";
  EXPECT_NE(decode(page).find("Les élèves français."), std::string::npos);
}

TEST(Charset, SevenBitCharsets) {
  EXPECT_EQ(decode("<meta charset=iso-2022-jp>\x1B$B$*\x1B(B!"), "<meta charset=iso-2022-jp>お!");
}

TEST(Charset, ZeroBytesAreDropped) {
  EXPECT_EQ(decode("<p>a long enough text with one\0zero"s), "<p>a long enough text with onezero");
}

TEST(Charset, LegacyPagesOfManyLanguages) {
  EXPECT_EQ(decode("\xBA\xEB\xE5\xE9\xED\xFC", "windows-1253"), "Ίλειν\u03CC");
  EXPECT_EQ(decode("\xA6\xBF\xB3\xE6\xBF", "iso-8859-2"), "Śżłćż");
  EXPECT_EQ(decode("\x82\xA0\x82\xA2", "shift_jis"), "あい");
  EXPECT_EQ(decode("\xC7\xD1\xB1\xDB", "euc-kr"), "한글");
  EXPECT_EQ(decode("\xF0\xD2\xC9\xD7\xC5\xD4", "koi8-r"), "Привет");
}

}  // namespace
}  // namespace copydesk::stream
