#pragma once

#include <string_view>

#include <gtest/gtest.h>

#include "extract/facts.h"

namespace copydesk::extract {

/// A page with all that is known of it before it is scored, by a table without class tokens.
struct SurveyedPage {
  explicit SurveyedPage(std::string_view html) : page(parser.parse(html)) {
    build_blocks(page, list);
    elements.reset(page, tokens);
    const auto keywords = KeywordTable::parse("account: subscribe\n");
    EXPECT_TRUE(keywords);
    survey_page(page, list, *keywords, {}, elements, survey);
    FactBuilder().build(page, list, survey, elements, facts);
  }

  html::Parser parser;
  const html::Page& page;
  BlockList list;
  TokenTable tokens;
  ElementReader elements;
  Survey survey;
  FactRows facts;
};

}  // namespace copydesk::extract
