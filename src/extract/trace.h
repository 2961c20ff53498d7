#pragma once

/// @file
/// What of a page is compared with other pages of its site.

#include <vector>

#include "copydesk/extract.h"

#include "extract/blocks.h"
#include "extract/render.h"
#include "extract/survey.h"
#include "extract/trim.h"

namespace copydesk::extract {

/// A shorter block may well stand on several pages of a site: a subheading, a common phrase.
inline constexpr double kLeastSharedWords = 6;

/// The trace of a page whose kept blocks stand in its text as `rendered`.
[[nodiscard]] PageTrace trace_of(const BlockList& list, const Survey& survey,
                                 const std::vector<Verdict>& verdicts,
                                 const std::vector<RenderedBlock>& rendered);

}  // namespace copydesk::extract
