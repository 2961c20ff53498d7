#pragma once

/// @file
/// The lines of one document under the rules: which go, and by which rule.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/clean.h"

#include "clean/bylines.h"
#include "clean/scored_lines.h"
#include "rules/matcher.h"

namespace copydesk::clean {

/// What a line filter needs to know of a document beside its text.
struct LineContext {
  const rules::RuleSet* rules = nullptr;
  std::string_view host;  ///< for site rules; may be empty
  CleanLevel level = CleanLevel::news;
  const LearnedLines* learned = nullptr;
  bool scores = false;        ///< lines go by the level's score, too
  std::string_view language;  ///< of the text, ISO 639-1: not every one is scored
  bool facts = false;         ///< fill LineResult::facts instead of scoring
  double max_removed = 1;  ///< share of the words that may go, as CleanOptions has it: rules may go
                           ///< beyond it here, the score and the memory do not
};

/// A line that a label rule marked; offsets in the text that was filtered.
struct LabelledLine {
  std::size_t offset = 0;
  std::size_t size = 0;
  std::uint32_t rule = 0;
};

struct LineResult {
  std::vector<Edit> edits;
  std::vector<LabelledLine> labels;
  Byline byline;
  std::vector<std::uint32_t> limited;  ///< rules that PCRE2 gave up on
  bool learned_refused = false;        ///< too much would have gone by what the site repeats
  bool score_bounded = false;          ///< the score took what fits into max_removed, not all
  std::uint64_t words = 0;
  std::uint64_t words_removed = 0;
  std::uint64_t words_learned = 0;  ///< of these by the site's memory
  std::vector<LineFacts> facts;
};

/// Applies rules and looks for repeated lines until nothing changes any more, so that filtering the
/// result again changes nothing. `text`: repaired. Linear but for the number of rounds (at most
/// 32).
[[nodiscard]] LineResult filter_lines(std::string_view text, const LineContext& context);

}  // namespace copydesk::clean
