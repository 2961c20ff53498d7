#pragma once

/// @file
/// Start tags, end tags and texts as skim() finds them -> a tree, by the rules of libxml2's HTML
/// parser: which elements are implied, which a start tag closes, what an end tag closes.
///
/// Those rules take a few instructions a tag. libxml2 itself takes far more: it reads the tags from
/// bytes again, looks each name up in a dictionary, and allocates every attribute. So it gets those
/// pages only that use what is not followed here (frames, elements of the nineties), and is the
/// judge in the tests: for every page both ways must give the same array of nodes.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "html/builder.h"
#include "html/open_elements.h"
#include "html/skim.h"
#include "html/tags.h"

namespace copydesk::html {

/// What a start tag is to the tree.
struct TagToOpen {
  ElementName name;
  AttributeRange attributes;
  bool empty = false;  ///< never has content
};

/// One page's tree. Events come in the order of the source.
class TreeBuilder {
 public:
  explicit TreeBuilder(PageBuilder& page) : page_(page) {}

  void start(const TagToOpen& tag);
  void end(ElementName name);
  void text(const TextPiece& piece);
  /// White space between tags.
  void space(char c);
  /// At the end of the page.
  void finish();

 private:
  [[nodiscard]] std::size_t count(Tag tag) const noexcept {
    return counts_[static_cast<std::size_t>(tag)];
  }
  void push(ElementName name, const AttributeRange& attributes);
  void pop();
  void close_before(Tag next);
  void imply_parents(Tag next);
  void imply_paragraph();
  void flush_spaces();
  [[nodiscard]] bool is_misplaced(Tag tag) const noexcept;

  PageBuilder& page_;
  std::vector<ElementName> stack_;
  std::array<std::uint32_t, kTagCount> counts_{};  // how often each stands on the stack
  std::vector<char> spaces_;                       // that came since the last tag, with no text yet
  std::size_t ignored_ends_ = 0;  // end tags of html, head and body that belong to ignored starts
  bool head_seen_ = false;
  bool body_seen_ = false;
  bool text_since_tag_ = false;
};

/// The name by which the tree knows an element: libxml2 makes some characters one.
[[nodiscard]] ElementName tree_name(Tag tag, std::string_view lower_case_name);

/// True for elements with rules that a TreeBuilder does not have.
[[nodiscard]] bool is_for_libxml2(Tag tag, std::string_view lower_case_name) noexcept;

/// True if a start tag of `next` closes an `open` element at the top of the stack.
[[nodiscard]] bool closes_before(Tag next, Tag open) noexcept;

}  // namespace copydesk::html
