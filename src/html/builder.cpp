#include "html/builder.h"

#include "html/entities.h"

namespace copydesk::html {

PageBuilder::PageBuilder(std::string_view html, Skimmed& skimmed, Page& page)
    : html_(html), skimmed_(skimmed), page_(page) {
  page_.nodes_.clear();
  page_.runs_.clear();
  page_.text_.clear();
  // Swapped, not copied: the skimmer gets the page's old buffers to fill next time.
  page_.attributes_.swap(skimmed.attributes);
  page_.values_.swap(skimmed.values);
  page_.json_ld_.swap(skimmed.json_ld);
  page_.state_json_.swap(skimmed.state_json);
  page_.script_bytes_ = skimmed.script_bytes;
  page_.nodes_.reserve(skimmed.start_tags + 8);
  page_.runs_.reserve(skimmed.texts.size() * 2 + 8);
  Node root;
  root.tag = Tag::document;
  page_.nodes_.push_back(root);
}

void PageBuilder::open(Tag tag, std::uint32_t element) {
  const auto id = static_cast<NodeId>(page_.nodes_.size());
  Node node;
  node.tag = tag;
  node.parent = current_;
  node.depth = page_.nodes_[current_].depth + 1;
  node.text_begin = static_cast<std::uint32_t>(page_.text_.size());
  node.run_begin = static_cast<std::uint32_t>(page_.runs_.size());
  AttributeRange range;
  if (element < skimmed_.elements.size()) range = skimmed_.elements[element];
  // An html element that the parser implied, because text came first, gets its late attributes.
  if (tag == Tag::html && range.count == 0) range = skimmed_.html_attributes;
  node.attribute_begin = range.begin;
  node.attribute_count = range.count;
  page_.nodes_.push_back(node);
  current_ = id;
  after_text_ = false;
}

void PageBuilder::close() {
  if (current_ == 0) return;
  Node& node = page_.nodes_[current_];
  node.subtree_end = static_cast<NodeId>(page_.nodes_.size());
  node.text_end = static_cast<std::uint32_t>(page_.text_.size());
  node.run_end = static_cast<std::uint32_t>(page_.runs_.size());
  current_ = node.parent;
  after_text_ = false;
}

void PageBuilder::append_run(std::uint32_t begin) {
  const auto end = static_cast<std::uint32_t>(page_.text_.size());
  if (begin == end) return;
  // Text that a comment had cut in two is one run.
  if (after_text_) {
    page_.runs_.back().end = end;
    return;
  }
  page_.runs_.push_back({current_, begin, end});
  after_text_ = true;
}

void PageBuilder::text(std::uint32_t piece) {
  if (piece >= skimmed_.texts.size()) return;
  const TextPiece& found = skimmed_.texts[piece];
  const std::string_view source = html_.substr(found.begin, found.end - found.begin);
  const auto begin = static_cast<std::uint32_t>(page_.text_.size());
  if (found.raw) {
    page_.text_ += source;
  } else {
    append_decoded(page_.text_, source, ReferenceContext::text);
  }
  append_run(begin);
}

void PageBuilder::space(char c) {
  const auto begin = static_cast<std::uint32_t>(page_.text_.size());
  page_.text_ += c;
  append_run(begin);
}

void PageBuilder::finish() {
  while (current_ != 0) close();
  Node& root = page_.nodes_[0];
  root.subtree_end = static_cast<NodeId>(page_.nodes_.size());
  root.text_end = static_cast<std::uint32_t>(page_.text_.size());
  root.run_end = static_cast<std::uint32_t>(page_.runs_.size());
}

}  // namespace copydesk::html
