#pragma once

/// @file
/// Author and date out of the bylines and date lines that rules take away.

#include <string>
#include <vector>

#include "clean/text_lines.h"
#include "rules/matcher.h"

namespace copydesk::clean {

struct Byline {
  std::vector<std::string> authors;
  std::string date;  ///< ISO 8601, or empty
};

/// Adds what the rule's named groups `author` and `date` hold on the line. `rule`: a number of
/// `rules` that matches the line.
void read_byline(const rules::RuleSet& rules, std::uint32_t rule, std::string_view line,
                 Byline& byline);

}  // namespace copydesk::clean
