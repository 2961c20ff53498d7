#include "extract/render.h"

#include "text/unicode.h"

namespace copydesk::extract {

using html::NodeId;
using html::Tag;

NodeId enclosing(const html::Page& page, NodeId id, Tag first, Tag second) {
  constexpr int kLongestClimb = 40;
  for (int step = 0; step < kLongestClimb && id != html::kNoNode; ++step) {
    const Tag tag = page.node(id).tag;
    if (tag == first || tag == second) return id;
    id = page.node(id).parent;
  }
  return html::kNoNode;
}

Gap gap_between(const html::Page& page, const PageBlock& before, const PageBlock& after) {
  const auto share = [&](Tag first, Tag second) {
    const NodeId holder = enclosing(page, before.container, first, second);
    if (holder != html::kNoNode && page.contains(holder, after.container)) return true;
    const NodeId next = enclosing(page, after.container, first, second);  // back from an inner list
    return next != html::kNoNode && page.contains(next, before.container);
  };
  if (before.kind == BlockKind::list_item && after.kind == BlockKind::list_item) {
    if (share(Tag::ul, Tag::ol)) return Gap::item;
  }
  if (before.kind == BlockKind::table_cell && after.kind == BlockKind::table_cell) {
    if (share(Tag::tr, Tag::tr)) return Gap::cell;
    if (share(Tag::table, Tag::table)) return Gap::row;
  }
  return Gap::paragraph;
}

std::string render_plain(const html::Page& page, const BlockList& list,
                         const std::vector<Verdict>& verdicts) {
  static constexpr std::string_view kSeparators[] = {"\n\n", "\n", "\t", "\n"};
  std::string text;
  const PageBlock* before = nullptr;
  for (std::size_t i = 0; i < list.blocks.size(); ++i) {
    if (!verdicts[i].kept) continue;
    const PageBlock& block = list.blocks[i];
    if (before != nullptr) {
      text += kSeparators[static_cast<std::size_t>(gap_between(page, *before, block))];
    }
    text += list.text_of(block);
    before = &block;
  }
  if (!text.empty()) text += '\n';
  return text::nfc(text);
}

}  // namespace copydesk::extract
