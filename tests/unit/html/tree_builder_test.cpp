#include <cstdint>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "html/page.h"

namespace copydesk::html {
namespace {

/// A page's whole array as text: two pages are equal where these are.
std::string dump(const Page& page) {
  std::string out;
  const auto number = [&](std::uint64_t value) { out += std::to_string(value) + ' '; };
  for (NodeId id = 0; id < page.size(); ++id) {
    const Node& node = page.node(id);
    out += name_of(node.tag);
    out += ' ';
    for (const std::uint64_t value :
         {std::uint64_t{node.parent}, std::uint64_t{node.subtree_end}, std::uint64_t{node.depth},
          std::uint64_t{node.text_begin}, std::uint64_t{node.text_end},
          std::uint64_t{node.run_begin}, std::uint64_t{node.run_end}}) {
      number(value);
    }
    for (const AttributeValue& attribute : page.attributes(id)) {
      out += name_of(attribute.name);
      out += '=';
      out += page.value(attribute);
      out += ' ';
    }
    out += '\n';
  }
  for (const Run& run : page.runs()) {
    number(run.node);
    out += page.text(run);
    out += '\n';
  }
  return out;
}

void expect_same_tree(std::string_view html) {
  Parser direct;
  Parser libxml2;
  const std::string expected = dump(libxml2.parse(html, Route::libxml2));
  ASSERT_EQ(dump(direct.parse(html)), expected) << html.substr(0, 2000);
}

std::vector<std::string> all_names() {
  std::vector<std::string> names;
  for (std::size_t i = 2; i < kTagCount; ++i) {
    names.emplace_back(name_of(static_cast<Tag>(i)));
  }
  for (const char* name : {"x-y", "o:p", "a.b", "xmp", "listing", "plaintext", "svg", "template",
                           "applet", "basefont", "isindex", "nextid", "rb", "search"}) {
    names.emplace_back(name);
  }
  return names;
}

void append_all(std::string& out, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts) out += part;
}

/// What each start tag closes, and what an end tag behind it closes, for every pair of names.
TEST(TreeBuilder, TreatsEveryPairOfElementsAsLibxml2Does) {
  const auto names = all_names();
  for (const std::string& outer : names) {
    std::string page = "<body>";
    for (const std::string& inner : names) {
      append_all(page,
                 {"<div>a<", outer, ">b<", inner, ">c</", outer, ">d</", inner, ">e</div>\n"});
    }
    expect_same_tree(page);
  }
}

/// The same at the head of a page, where html, head, body and p are implied.
TEST(TreeBuilder, ImpliesWhatLibxml2Implies) {
  for (const std::string& first : all_names()) {
    for (const char* frame : {"%", " % ", "x%", "<html>%", "<html> % ", "<head>%", "<head> x %",
                              "<title>t</title>%", "<meta name=a content=b>%</head>%", "<body>%",
                              "<p>%<html lang=de>%", "</head>%</body>%", "<!-- -->%<head id=h>"}) {
      std::string page;
      for (const char* c = frame; *c != 0; ++c) {
        if (*c == '%') {
          append_all(page, {"<", first, ">y</", first, "> "});
        } else {
          page += *c;
        }
      }
      expect_same_tree(page);
    }
  }
}

/// A run of white space that libxml2 would hand on in several pieces.
TEST(TreeBuilder, TakesLongWhiteSpaceAsLibxml2Does) {
  for (const int count : {1, 998, 999, 1000, 1001, 2000, 2500}) {
    for (const char* place : {"<html>", "<html><head>", "<html><body>", "", "<p>x</p>"}) {
      std::string spaces;
      for (int i = 0; i < count; ++i) spaces += " <!-- -->";
      expect_same_tree(place + spaces);
      expect_same_tree(place + spaces + "<p>x");
      expect_same_tree(place + spaces + "x");
    }
  }
}

/// Pages of random tags and texts, the same in every run.
TEST(TreeBuilder, AgreesWithLibxml2OnTagSoup) {
  const auto names = all_names();
  std::uint64_t state = 20240501;
  const auto random = [&](std::uint64_t below) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state >> 33) % below;
  };
  for (int round = 0; round < 3000; ++round) {
    std::string page;
    // Few names meet more often.
    const std::uint64_t first = random(names.size());
    const std::uint64_t range = round % 2 == 0 ? names.size() : 8;
    for (std::uint64_t i = 0, end = 5 + random(80); i < end; ++i) {
      const std::string& name = names[(first + random(range)) % names.size()];
      switch (random(8)) {
        case 0:
        case 1:
        case 2:
          page += "<" + name + ">";
          break;
        case 3:
        case 4:
          page += "</" + name + ">";
          break;
        case 5:
          page += "<" + name + " class=c id='i'/>";
          break;
        case 6:
          page += "text";
          break;
        default:
          page += " ";
          break;
      }
    }
    expect_same_tree(page);
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(TreeBuilder, AgreesWithLibxml2OnTheSamplePages) {
  std::size_t pages = 0;
  for (const auto& entry : std::filesystem::directory_iterator(COPYDESK_SAMPLE_PAGES)) {
    if (entry.path().extension() != ".html") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string html((std::istreambuf_iterator<char>(file)), {});
    expect_same_tree(html);
    for (const std::size_t part : {2, 3, 5, 7}) expect_same_tree(html.substr(html.size() / part));
    ++pages;
  }
  EXPECT_GT(pages, 0U);
}

}  // namespace
}  // namespace copydesk::html
