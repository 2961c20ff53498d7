#pragma once

/// @file
/// Kept blocks -> plain text or Markdown.

#include <cstddef>
#include <string>
#include <vector>

#include "copydesk/extract.h"

#include "extract/blocks.h"
#include "extract/trim.h"
#include "html/page.h"

namespace copydesk::extract {

struct MarkdownOptions {
  bool links = false;
  bool images = false;
};

/// Where a kept block stands in the text, with its marks: bytes, half-open.
struct RenderedBlock {
  std::size_t block = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Rendered {
  std::string text;
  std::vector<RenderedBlock> blocks;  ///< in order
};

/// The text of the kept blocks, in NFC, with a line feed at the end; empty if there is none.
/// Blocks are apart by a blank line, items of one list and rows of one table by a line feed, cells
/// of one row by a tab. Items of ordered lists bear their numbers, as a reader sees them.
[[nodiscard]] Rendered render_plain(const html::Page& page, const BlockList& list,
                                    const std::vector<Verdict>& verdicts);

/// The same as CommonMark with tables. Characters that would be markup are escaped.
[[nodiscard]] Rendered render_markdown(const html::Page& page, const BlockList& list,
                                       const std::vector<Verdict>& verdicts,
                                       const MarkdownOptions& options);

/// Brings the text into NFC and the places of the blocks with it.
void compose(Rendered& rendered);

/// What stands between two kept blocks that follow each other.
enum class Gap : std::uint8_t {
  paragraph,
  item,  ///< the next item of the same list
  cell,  ///< the next cell of the same row
  row,   ///< the next row of the same table
};
[[nodiscard]] Gap gap_between(const html::Page& page, const PageBlock& before,
                              const PageBlock& after);

/// The innermost element of one of two tags that holds `id`; kNoNode if there is none near.
[[nodiscard]] html::NodeId enclosing(const html::Page& page, html::NodeId id, html::Tag first,
                                     html::Tag second);

}  // namespace copydesk::extract
