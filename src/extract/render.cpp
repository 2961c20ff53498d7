#include "extract/render.h"

#include <utility>

#include "extract/item_numbers.h"
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

namespace {

/// The number of the item that the block begins: the first kept block of an item bears its mark.
std::string item_mark(const html::Page& page, const PageBlock* before, const PageBlock& block,
                      std::string_view text, ItemNumbers& numbers) {
  const NodeId item = enclosing(page, block.container, Tag::li, Tag::li);
  if (item == html::kNoNode) return {};
  if (before != nullptr && page.contains(item, before->container)) return {};
  std::string mark = numbers.mark(item);
  return begins_with_mark(text, mark) ? std::string{} : mark;
}

}  // namespace

Rendered render_plain(const html::Page& page, const BlockList& list,
                      const std::vector<Verdict>& verdicts) {
  static constexpr std::string_view kSeparators[] = {"\n\n", "\n", "\t", "\n"};
  Rendered out;
  ItemNumbers numbers(page);
  const PageBlock* before = nullptr;
  for (std::size_t i = 0; i < list.blocks.size(); ++i) {
    if (!verdicts[i].kept) continue;
    const PageBlock& block = list.blocks[i];
    if (before != nullptr) {
      out.text += kSeparators[static_cast<std::size_t>(gap_between(page, *before, block))];
    }
    const std::size_t begin = out.text.size();
    const std::string_view text = list.text_of(block);
    out.text += item_mark(page, before, block, text, numbers);
    out.text += text;
    out.blocks.push_back({i, begin, out.text.size()});
    before = &block;
  }
  if (!out.text.empty()) out.text += '\n';
  compose(out);
  return out;
}

void compose(Rendered& rendered) {
  if (text::is_nfc(rendered.text)) return;
  // Nothing composes across the edge of a block: a line feed or a space stands there.
  std::string composed;
  const std::string_view text = rendered.text;
  std::size_t at = 0;
  for (RenderedBlock& block : rendered.blocks) {
    composed += text::nfc(text.substr(at, block.begin - at));
    const std::size_t begin = composed.size();
    composed += text::nfc(text.substr(block.begin, block.end - block.begin));
    at = block.end;
    block.begin = begin;
    block.end = composed.size();
  }
  composed += text::nfc(text.substr(at));
  rendered.text = std::move(composed);
}

}  // namespace copydesk::extract
