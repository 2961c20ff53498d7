#pragma once

/// @file
/// Readers' comments: found by the names of the elements they stand in.

#include <cstdint>
#include <string>
#include <vector>

#include "extract/blocks.h"
#include "extract/survey.h"
#include "extract/trim.h"
#include "html/page.h"

namespace copydesk::extract {

/// For each block 1 if it stands in an element whose class or id speaks of comments. Linear.
[[nodiscard]] std::vector<std::uint8_t> find_comments(const html::Page& page,
                                                      const BlockList& list);

/// The comments that are not part of the article: running text, a blank line between blocks, with a
/// line feed at the end; empty if there are none.
[[nodiscard]] std::string render_comments(const BlockList& list, const Survey& survey,
                                          const std::vector<Verdict>& verdicts,
                                          const std::vector<std::uint8_t>& in_comments);

}  // namespace copydesk::extract
