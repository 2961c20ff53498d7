#include "html/builder.h"

#include "html/entities.h"

namespace copydesk::html {

PageBuilder::PageBuilder(std::string_view html, Page& page) : html_(html), page_(page) {
  page_.nodes_.clear();
  page_.runs_.clear();
  page_.text_.clear();
  Node root;
  root.tag = Tag::document;
  page_.nodes_.push_back(root);
}

void PageBuilder::open(Tag tag, const AttributeRange& attributes) {
  const auto id = static_cast<NodeId>(page_.nodes_.size());
  Node node;
  node.tag = tag;
  node.parent = current_;
  node.depth = page_.nodes_[current_].depth + 1;
  node.text_begin = static_cast<std::uint32_t>(page_.text_.size());
  node.run_begin = static_cast<std::uint32_t>(page_.runs_.size());
  node.attribute_begin = attributes.begin;
  node.attribute_count = attributes.count;
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

void PageBuilder::text(const TextPiece& piece) {
  const std::string_view source = html_.substr(piece.begin, piece.end - piece.begin);
  const auto begin = static_cast<std::uint32_t>(page_.text_.size());
  if (piece.raw) {
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

void PageBuilder::finish(Skimmed& skimmed) {
  while (current_ != 0) close();
  Node& root = page_.nodes_[0];
  root.subtree_end = static_cast<NodeId>(page_.nodes_.size());
  root.text_end = static_cast<std::uint32_t>(page_.text_.size());
  root.run_end = static_cast<std::uint32_t>(page_.runs_.size());
  // An html element that was implied, because text came first, gets its late attributes.
  if (page_.nodes_.size() > 1 && page_.nodes_[1].tag == Tag::html &&
      page_.nodes_[1].attribute_count == 0) {
    page_.nodes_[1].attribute_begin = skimmed.html_attributes.begin;
    page_.nodes_[1].attribute_count = skimmed.html_attributes.count;
  }
  // Swapped, not copied: the skimmer gets the page's old buffers to fill next time.
  page_.attributes_.swap(skimmed.attributes);
  page_.values_.swap(skimmed.values);
  page_.json_ld_.swap(skimmed.json_ld);
  page_.state_json_.swap(skimmed.state_json);
  page_.script_bytes_ = skimmed.script_bytes;
}

}  // namespace copydesk::html
