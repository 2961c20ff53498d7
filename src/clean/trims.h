#pragma once

/// @file
/// The rules that take a part off a line's beginning or end.

#include <cstdint>
#include <string_view>
#include <vector>

#include "copydesk/clean.h"

#include "rules/matcher.h"

namespace copydesk::clean {

/// Edits for what the trim rules of `rules` take off the lines of `text`, again and again while one
/// holds; a line of which nothing would be left stays whole. `limited` gets the numbers of rules
/// that PCRE2 gave up on. Linear but for the number of rules that hold on one line (at most 8).
[[nodiscard]] std::vector<Edit> trim_lines(std::string_view text, const rules::RuleSet& rules,
                                           std::string_view host,
                                           std::vector<std::uint32_t>& limited);

}  // namespace copydesk::clean
