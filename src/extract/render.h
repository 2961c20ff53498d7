#pragma once

/// @file
/// Kept blocks -> plain text or Markdown.

#include <string>
#include <vector>

#include "copydesk/extract.h"

#include "extract/blocks.h"
#include "extract/trim.h"
#include "html/page.h"

namespace copydesk::extract {

struct RenderOptions {
  TextFormat format = TextFormat::plain;
  bool links = false;   ///< Markdown
  bool images = false;  ///< Markdown
};

/// The text of the kept blocks, in NFC, with a line feed at the end; empty if there is none.
[[nodiscard]] std::string render(const html::Page& page, const BlockList& list,
                                 const std::vector<Verdict>& verdicts,
                                 const RenderOptions& options);

}  // namespace copydesk::extract
