#pragma once

/// @file
/// Page -> blocks: the pieces of running text that are kept or dropped as wholes.
///
/// A block is a maximal run of inline content between block-level boundaries, also at two line
/// breaks in a row. The list holds every word of the body once, hidden ones too, in document order;
/// what is no text for a reader (head, options of a form, embedded objects) is left out.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/extract.h"

#include "html/page.h"

namespace copydesk::extract {

/// What a node stands in, as bits: its own tag and those of all its ancestors.
enum Context : std::uint32_t {
  kInArticle = 1U << 0,
  kInMain = 1U << 1,
  kInAside = 1U << 2,
  kInFooter = 1U << 3,
  kInHeader = 1U << 4,
  kInNav = 1U << 5,
  kInSection = 1U << 6,
  kInForm = 1U << 7,
  kInFigure = 1U << 8,
  kInCaption = 1U << 9,
  kInQuote = 1U << 10,
  kInItem = 1U << 11,
  kInUnorderedList = 1U << 12,
  kInOrderedList = 1U << 13,
  kInTable = 1U << 14,
  kInCell = 1U << 15,
  kInParagraph = 1U << 16,
  kInLink = 1U << 17,
  kInDefinitions = 1U << 18,
  kInButton = 1U << 19,
  kInHeading = 1U << 20,
  kInPre = 1U << 21,
  kHidden = 1U << 22,      ///< hidden, display:none, visibility:hidden
  kAriaHidden = 1U << 23,  ///< aria-hidden=true
  kInDialog = 1U << 24,    ///< dialog, role=dialog or alertdialog
};

/// A block of a page. Offsets are bytes into BlockList::text, half-open.
struct PageBlock {
  std::uint32_t text_begin = 0;
  std::uint32_t text_end = 0;
  std::uint32_t run_begin = 0;  ///< into Page::runs(): the runs the block is made of
  std::uint32_t run_end = 0;
  html::NodeId node = 0;       ///< the innermost element that holds all of the block
  html::NodeId container = 0;  ///< the innermost block-level element that holds `node`
  BlockKind kind = BlockKind::paragraph;
  std::uint8_t level = 0;          ///< of a heading: 1 to 6
  bool after_break = false;        ///< begins after two or more <br>
  std::uint16_t breaks = 0;        ///< single <br> inside
  std::uint16_t links = 0;         ///< <a> elements with text
  std::uint32_t bytes = 0;         ///< of text, white space left out
  std::uint32_t link_bytes = 0;    ///< of those, inside <a>
  std::uint32_t bold_bytes = 0;    ///< inside <b>, <strong>
  std::uint32_t italic_bytes = 0;  ///< inside <i>, <em>
};

/// A piece of a block's text that is a link or code. Offsets are bytes into BlockList::text.
struct InlineMark {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  html::NodeId node = 0;  ///< a, code, kbd, samp or tt
};

/// Which blocks stand in a node's subtree: [first, last).
struct BlockRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// The blocks of a page, and what a node has to do with them. Buffers are kept from page to page.
struct BlockList {
  std::vector<PageBlock> blocks;
  std::string text;
  std::vector<InlineMark> marks;  ///< in order, apart from each other
  // Per node of the page. Nodes inside skipped subtrees have no meaningful entry.
  std::vector<BlockRange> ranges;
  std::vector<html::NodeId> block_nodes;  ///< innermost block-level ancestor or self
  std::vector<std::uint32_t> contexts;    ///< bits of Context

  [[nodiscard]] std::string_view text_of(const PageBlock& block) const noexcept {
    return std::string_view(text).substr(block.text_begin, block.text_end - block.text_begin);
  }
};

/// Fills `list` with the blocks of `page`. Linear in the page.
void build_blocks(const html::Page& page, BlockList& list);

}  // namespace copydesk::extract
