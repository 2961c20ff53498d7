#pragma once

/// @file
/// What a memory has learnt, as a rule that a person can read and approve.

#include <cstdint>
#include <string>
#include <string_view>

namespace copydesk::clean {

struct LearnedLine {
  std::string sample;  ///< the line, or its own part with kHeadlineSign (line_keys.h)
  std::int64_t pages = 0;
  std::int64_t days = 0;
  bool numbered = false;  ///< known by LineKeys::numbered
};

/// One paragraph of a rule file, with the examples that it must have. A rule must begin with a word
/// or sign of its own: a line that begins with the headline is told in a comment.
[[nodiscard]] std::string suggested_rule(const LearnedLine& line, std::string_view site,
                                         int number);

}  // namespace copydesk::clean
