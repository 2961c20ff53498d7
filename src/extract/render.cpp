#include "extract/render.h"

#include "text/unicode.h"

namespace copydesk::extract {
namespace {

using html::NodeId;
using html::Tag;

constexpr int kLongestClimb = 40;

/// The innermost element of one of two tags that holds `id`; kNoNode if none is near.
NodeId enclosing(const html::Page& page, NodeId id, Tag first, Tag second) {
  for (int step = 0; step < kLongestClimb && id != html::kNoNode; ++step) {
    const Tag tag = page.node(id).tag;
    if (tag == first || tag == second) return id;
    id = page.node(id).parent;
  }
  return html::kNoNode;
}

bool is_item(const PageBlock& block) {
  return block.kind == BlockKind::list_item;
}
bool is_cell(const PageBlock& block) {
  return block.kind == BlockKind::table_cell;
}

/// What stands between two blocks that follow each other in the text.
std::string_view separator(const html::Page& page, const PageBlock& before,
                           const PageBlock& after) {
  if (is_item(before) && is_item(after)) {
    const NodeId list = enclosing(page, before.container, Tag::ul, Tag::ol);
    if (list != html::kNoNode && page.contains(list, after.container)) return "\n";
  }
  if (is_cell(before) && is_cell(after)) {
    const NodeId row = enclosing(page, before.container, Tag::tr, Tag::tr);
    if (row != html::kNoNode && page.contains(row, after.container)) return "\t";
    const NodeId table = enclosing(page, before.container, Tag::table, Tag::table);
    if (table != html::kNoNode && page.contains(table, after.container)) return "\n";
  }
  return "\n\n";
}

std::string render_plain(const html::Page& page, const BlockList& list,
                         const std::vector<Verdict>& verdicts) {
  std::string text;
  const PageBlock* before = nullptr;
  for (std::size_t i = 0; i < list.blocks.size(); ++i) {
    if (!verdicts[i].kept) continue;
    const PageBlock& block = list.blocks[i];
    if (before != nullptr) text += separator(page, *before, block);
    text += list.text_of(block);
    before = &block;
  }
  return text;
}

}  // namespace

std::string render(const html::Page& page, const BlockList& list,
                   const std::vector<Verdict>& verdicts, const RenderOptions& options) {
  (void)options;
  std::string text = text::nfc(render_plain(page, list, verdicts));
  if (!text.empty()) text += '\n';
  return text;
}

}  // namespace copydesk::extract
