#pragma once

/// @file
/// Rules applied to the lines of a text: which of those that match a line hold where it stands.

#include <cstddef>
#include <optional>

#include "clean/bylines.h"
#include "clean/learned_marks.h"
#include "clean/text_lines.h"
#include "rules/matcher.h"

namespace copydesk::clean {

/// One round over the lines that are left: they go by rules, and by what the site repeats. Authors
/// and dates of bylines that go are added to `byline`. True if a line went.
bool apply_rules(const rules::RuleSet& rules, LearnedMarks& learned, TextLines& lines,
                 Byline& byline);

}  // namespace copydesk::clean
