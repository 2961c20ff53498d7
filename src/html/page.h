#pragma once

/// @file
/// A parsed page: one flat array of nodes in document order over one text buffer.
///
/// A subtree is a range of the array: node `i` and its descendants are `[i,
/// nodes()[i].subtree_end)`. Every measure of a subtree (text length, length inside links, commas)
/// is thus one pass and a prefix sum, and nothing needs recursion. Text is UTF-8, well-formed, with
/// character references resolved and white space as it stood in the source.
///
///     html::Parser parser;                       // one a thread, kept from page to page
///     const html::Page& page = parser.parse(utf8);
///     for (std::uint32_t i = 0; i < page.size(); ++i)
///       if (page.node(i).tag == html::Tag::h1) use(page.text(i));

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "html/tags.h"

namespace copydesk::html {

/// Index of a node in its page.
using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xFFFFFFFF;

/// An element. Comments, doctypes, scripts, style sheets, svg, math and templates are not in the
/// page. Offsets are bytes into Page::text_buffer(); ranges are half-open.
struct Node {
  Tag tag = Tag::other;
  std::uint8_t attribute_count = 0;
  std::uint32_t attribute_begin = 0;  ///< into the page's attributes
  NodeId parent = kNoNode;            ///< kNoNode for the root (node 0, Tag::document)
  NodeId subtree_end = 0;             ///< one behind the last descendant
  std::uint32_t depth = 0;            ///< 0 for the root
  std::uint32_t text_begin = 0;       ///< text of the whole subtree
  std::uint32_t text_end = 0;
  std::uint32_t run_begin = 0;  ///< runs of the whole subtree, into Page::runs()
  std::uint32_t run_end = 0;
};

/// A piece of text with no tag inside it. Runs are in document order and cover the text buffer
/// without gaps. Where a run stands between its node's children follows from the children's
/// run_begin and run_end; walk() does that.
struct Run {
  NodeId node = 0;  ///< the element that directly holds the text
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// One attribute of one element. The value has character references resolved.
struct AttributeValue {
  Attribute name = Attribute::alt;
  /// Equal for equal values of `class` and other attributes that repeat themselves, from 1 on in
  /// the order of the page; 0 for values that are not compared.
  std::uint16_t number = 0;
  std::uint32_t begin = 0;  ///< into the page's value buffer
  std::uint32_t end = 0;
};

/// The body of a script element that was set aside, as it stands in the source.
struct Script {
  std::string_view
      id;  ///< of a state script: `__NEXT_DATA__`, `window.__INITIAL_STATE__`; may be empty
  std::string_view body;
};

/// What a parse gives. Immutable to its readers. All views and spans live until the parser that
/// made the page parses the next one, or dies. (`Script` views point into the parser's input.)
class Page {
 public:
  [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
  [[nodiscard]] std::span<const Node> nodes() const noexcept { return nodes_; }
  [[nodiscard]] const Node& node(NodeId id) const noexcept { return nodes_[id]; }
  [[nodiscard]] std::span<const Run> runs() const noexcept { return runs_; }

  /// All text of the page, `title` and `noscript` included.
  [[nodiscard]] std::string_view text_buffer() const noexcept { return text_; }
  /// The text of a node's whole subtree, without any break between blocks.
  [[nodiscard]] std::string_view text(NodeId id) const noexcept {
    return std::string_view(text_).substr(nodes_[id].text_begin,
                                          nodes_[id].text_end - nodes_[id].text_begin);
  }
  [[nodiscard]] std::string_view text(const Run& run) const noexcept {
    return std::string_view(text_).substr(run.begin, run.end - run.begin);
  }

  [[nodiscard]] std::span<const AttributeValue> attributes(NodeId id) const noexcept {
    return std::span(attributes_).subspan(nodes_[id].attribute_begin, nodes_[id].attribute_count);
  }
  [[nodiscard]] std::string_view value(const AttributeValue& attribute) const noexcept {
    return std::string_view(values_).substr(attribute.begin, attribute.end - attribute.begin);
  }
  /// The value of an attribute, nothing where the element has none of that name. An attribute
  /// without value (`hidden`) has an empty one. Linear in the element's attributes (few).
  [[nodiscard]] std::optional<std::string_view> attribute(NodeId id, Attribute name) const noexcept;
  /// The same, empty for an attribute that is absent.
  [[nodiscard]] std::string_view value(NodeId id, Attribute name) const noexcept;

  /// True if `ancestor` holds `id`, or is it. Constant time.
  [[nodiscard]] bool contains(NodeId ancestor, NodeId id) const noexcept {
    return id >= ancestor && id < nodes_[ancestor].subtree_end;
  }
  /// The first node of `tag` in the subtree of `from` (itself included); kNoNode if there is none.
  [[nodiscard]] NodeId find_first(Tag tag, NodeId from = 0) const noexcept;

  /// Bodies of `<script type="application/ld+json">`, in order.
  [[nodiscard]] std::span<const Script> json_ld() const noexcept { return json_ld_; }
  /// Bodies of scripts that hold a page's state as JSON (`__NEXT_DATA__` and its like), in order.
  [[nodiscard]] std::span<const Script> state_json() const noexcept { return state_json_; }

  /// Bytes of script bodies that were dropped, those set aside included: tells a page that is
  /// drawn by JavaScript from one that is merely empty.
  [[nodiscard]] std::size_t script_bytes() const noexcept { return script_bytes_; }

 private:
  friend class PageBuilder;
  friend class Parser;

  std::vector<Node> nodes_;
  std::vector<Run> runs_;
  std::vector<AttributeValue> attributes_;
  std::string text_;
  std::string values_;
  std::vector<Script> json_ld_;
  std::vector<Script> state_json_;
  std::size_t script_bytes_ = 0;
};

/// How a page's tree is built. Both ways give the same page.
enum class Route : std::uint8_t {
  direct,   ///< by TreeBuilder, or by libxml2 where the page has elements that are left to it
  libxml2,  ///< by libxml2 in any case: for tests
};

/// Turns HTML into a Page. Keeps its buffers from page to page, so one object a thread is the
/// cheap way; different objects may be used at the same time. Never fails: every input is some
/// page. Time and memory are linear in the input, whatever it holds.
class Parser {
 public:
  Parser();
  ~Parser();
  Parser(Parser&&) noexcept;
  Parser& operator=(Parser&&) noexcept;

  /// Parses `html`: well-formed UTF-8, less than 2 GiB (see stream/charset.h). The page refers to
  /// the parser and to `html`; it is valid until the next call.
  [[nodiscard]] const Page& parse(std::string_view html, Route route = Route::direct);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Calls `visitor.open(id)`, `visitor.text(run)` and `visitor.close(id)` in document order for the
/// subtree of `root`, itself included. Not recursive; cost linear in the subtree.
template <typename Visitor>
void walk(const Page& page, NodeId root, Visitor&& visitor) {
  const auto nodes = page.nodes();
  const auto runs = page.runs();
  std::uint32_t run = nodes[root].run_begin;
  const auto text_until = [&](std::uint32_t end) {
    for (; run < end; ++run) visitor.text(runs[run]);
  };
  NodeId open = root;  // the innermost open node
  visitor.open(root);
  const auto close_one = [&] {
    text_until(nodes[open].run_end);
    visitor.close(open);
    open = nodes[open].parent;
  };
  const NodeId end = nodes[root].subtree_end;
  for (NodeId id = root + 1; id < end; ++id) {
    while (nodes[open].subtree_end <= id) close_one();
    text_until(nodes[id].run_begin);
    visitor.open(id);
    open = id;
  }
  while (open != nodes[root].parent) close_one();
}

}  // namespace copydesk::html
