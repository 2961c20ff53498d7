#include "extract/blocks.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

#include "html/swar.h"

namespace copydesk::extract {
namespace {

using html::Attribute;
using html::NodeId;
using html::Tag;

/// Elements whose content is not text of the page. (The parser leaves an <article> that follows the
/// head without <body> inside the head, so the head is not one of them.)
constexpr bool is_skipped(Tag tag) {
  switch (tag) {
    case Tag::title:
    case Tag::noscript:
    case Tag::noframes:
    case Tag::iframe:
    case Tag::select:
    case Tag::option:
    case Tag::textarea:
    case Tag::object:
    case Tag::embed:
    case Tag::video:
    case Tag::audio:
    case Tag::canvas:
    case Tag::datalist:
    case Tag::map:
      return true;
    default:
      return false;
  }
}

constexpr std::uint32_t context_of(Tag tag) {
  switch (tag) {
    case Tag::article:
      return kInArticle;
    case Tag::main:
      return kInMain;
    case Tag::aside:
      return kInAside;
    case Tag::footer:
      return kInFooter;
    case Tag::header:
      return kInHeader;
    case Tag::nav:
    case Tag::menu:
      return kInNav;
    case Tag::section:
      return kInSection;
    case Tag::form:
      return kInForm;
    case Tag::figure:
      return kInFigure;
    case Tag::figcaption:
    case Tag::caption:
      return kInCaption;
    case Tag::blockquote:
      return kInQuote;
    case Tag::li:
      return kInItem;
    case Tag::ul:
      return kInUnorderedList;
    case Tag::ol:
      return kInOrderedList;
    case Tag::table:
      return kInTable;
    case Tag::td:
    case Tag::th:
      return kInCell;
    case Tag::p:
      return kInParagraph;
    case Tag::a:
      return kInLink;
    case Tag::dl:
      return kInDefinitions;
    case Tag::button:
      return kInButton;
    case Tag::pre:
      return kInPre;
    case Tag::dialog:
      return kInDialog;
    default:
      return html::is_heading(tag) ? std::uint32_t{kInHeading} : 0U;
  }
}

/// What may be open around a text and is counted.
enum class Around : std::uint8_t { nothing, link, bold, italic, verbatim };
constexpr std::size_t kAroundCount = 5;

constexpr Around around_of(Tag tag) {
  switch (tag) {
    case Tag::a:
      return Around::link;
    case Tag::b:
    case Tag::strong:
      return Around::bold;
    case Tag::i:
    case Tag::em:
      return Around::italic;
    case Tag::pre:
      return Around::verbatim;
    default:
      return Around::nothing;
  }
}

/// Tags whose text is marked in the block.
constexpr bool is_marked(Tag tag) {
  return tag == Tag::a || tag == Tag::code || tag == Tag::kbd || tag == Tag::samp || tag == Tag::tt;
}

/// All that is asked of a tag, in one place: a page has its tags in an order that no processor
/// foresees, so a table is faster than a switch.
struct TagTraits {
  std::uint32_t context = 0;
  bool skipped = false;
  bool block = false;
  bool marked = false;
  Around around = Around::nothing;
};
constexpr std::array<TagTraits, html::kTagCount> kTraits = [] {
  std::array<TagTraits, html::kTagCount> traits{};
  for (std::size_t i = 0; i < html::kTagCount; ++i) {
    const auto tag = static_cast<Tag>(i);
    traits[i] = {context_of(tag), is_skipped(tag), html::is_block(tag), is_marked(tag),
                 around_of(tag)};
  }
  return traits;
}();
const TagTraits& traits_of(Tag tag) {
  return kTraits[static_cast<std::size_t>(tag)];
}

/// True if a style attribute takes the element off the page. White space and case do not count.
bool style_hides(std::string_view style) {
  std::string plain;
  for (const char c : style) {
    if (c != ' ' && c != '\n' && c != '\t') plain += static_cast<char>(c | 0x20);
  }
  return plain.find("display:none") != std::string::npos ||
         plain.find("visibility:hidden") != std::string::npos;
}

/// True for the attributes that context_of_attributes() reads: few of a page's are.
constexpr bool may_give_context(Attribute name) {
  constexpr auto bit = [](Attribute one) {
    return std::uint64_t{1} << static_cast<std::size_t>(one);
  };
  constexpr std::uint64_t kAll = bit(Attribute::hidden) | bit(Attribute::style) |
                                 bit(Attribute::aria_hidden) | bit(Attribute::role);
  static_assert(html::kAttributeCount <= 64);
  return (kAll & bit(name)) != 0;
}

std::uint32_t context_of_attributes(const html::Page& page, NodeId id) {
  std::uint32_t bits = 0;
  for (const html::AttributeValue& attribute : page.attributes(id)) {
    if (!may_give_context(attribute.name)) continue;
    const std::string_view value = page.value(attribute);
    switch (attribute.name) {
      case Attribute::hidden:
        bits |= kHidden;
        break;
      case Attribute::style:
        if (style_hides(value)) bits |= kHidden;
        break;
      case Attribute::aria_hidden:
        if (value == "true") bits |= kAriaHidden;
        break;
      case Attribute::role:
        if (value == "dialog" || value == "alertdialog") bits |= kInDialog;
        if (value == "navigation") bits |= kInNav;
        if (value == "complementary") bits |= kInAside;
        if (value == "main") bits |= kInMain;
        break;
      default:
        break;
    }
  }
  return bits;
}

bool is_html_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/// Length of the invisible character that begins at `text[at]`: no-break space, zero-width space,
/// byte order mark. 0 if there is none. Blocks neither begin nor end with one.
std::size_t invisible_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (!rest.empty() && is_html_space(rest[0])) return 1;
  if (rest.starts_with("\xC2\xA0")) return 2;
  if (rest.starts_with("\xE2\x80\x8B") || rest.starts_with("\xEF\xBB\xBF")) return 3;
  return 0;
}

std::uint16_t saturate(std::uint32_t value) {
  return static_cast<std::uint16_t>(std::min<std::uint32_t>(value, 0xFFFF));
}

/// Goes through the page once, collecting runs of text until a boundary ends the block.
class BlockBuilder {
 public:
  BlockBuilder(const html::Page& page, BlockList& list) : page_(page), list_(list) {
    list_.blocks.clear();
    list_.text.clear();
    list_.marks.clear();
    list_.ranges.assign(page.size(), {});
    list_.block_nodes.assign(page.size(), 0);
    list_.contexts.assign(page.size(), 0);
  }

  void build() {
    const NodeId end = static_cast<NodeId>(page_.size());
    NodeId open_node = html::kNoNode;
    for (NodeId id = 0; id < end;) {
      while (open_node != html::kNoNode && page_.node(open_node).subtree_end <= id) {
        open_node = close(open_node);
      }
      text_until(page_.node(id).run_begin);
      if (traits_of(page_.node(id).tag).skipped && !holds_page(id)) {
        id = skip(id);
        continue;
      }
      open(id);
      open_node = id++;
    }
    while (open_node != html::kNoNode) open_node = close(open_node);
  }

 private:
  /// True for a <noscript> that was never closed, since an end tag inside it is missing: then it
  /// holds the page. (What is to be read without scripts only is short.)
  [[nodiscard]] bool holds_page(NodeId id) const {
    constexpr std::size_t kLongestNote = 2000;  // bytes
    const html::Node& node = page_.node(id);
    const std::size_t size = node.text_end - node.text_begin;
    return node.tag == Tag::noscript && size > kLongestNote &&
           4 * size > 3 * page_.text_buffer().size();
  }

  void open(NodeId id) {
    const html::Node& node = page_.node(id);
    const TagTraits& traits = traits_of(node.tag);
    const bool root = node.parent == html::kNoNode;
    const bool block = root || traits.block;
    list_.block_nodes[id] = block ? id : list_.block_nodes[node.parent];
    list_.contexts[id] = (root ? 0 : list_.contexts[node.parent]) | traits.context |
                         context_of_attributes(page_, id);
    if (block) boundary();
    list_.ranges[id].first = static_cast<std::uint32_t>(list_.blocks.size());
    enter(traits.around, +1);
    if (traits.marked) mark_node_ = id;
    if (node.tag == Tag::br) line_break();
  }

  NodeId close(NodeId id) {
    const html::Node& node = page_.node(id);
    text_until(node.run_end);
    enter(traits_of(node.tag).around, -1);
    if (mark_node_ == id) mark_node_ = html::kNoNode;
    if (list_.block_nodes[id] == id) boundary();
    list_.ranges[id].last = static_cast<std::uint32_t>(list_.blocks.size());
    return node.parent;
  }

  /// Passes over a subtree; gives the node behind it.
  NodeId skip(NodeId id) {
    const html::Node& node = page_.node(id);
    if (html::is_block(node.tag)) boundary();
    run_ = node.run_end;
    return node.subtree_end;
  }

  void text_until(std::uint32_t end) {
    for (; run_ < end; ++run_) append(page_.runs()[run_]);
  }

  void enter(Around around, int step) {
    depths_[static_cast<std::size_t>(around)] += step;
    link_counted_ = link_counted_ && around != Around::link;
  }

  [[nodiscard]] bool is_in(Around around) const {
    return depths_[static_cast<std::size_t>(around)] > 0;
  }

  void line_break() { ++break_run_; }

  void append(const html::Run& run) {
    const std::string_view text = page_.text(run);
    std::size_t solid = 0;
    while (solid < text.size() && is_html_space(text[solid])) ++solid;
    const bool blank = solid == text.size();
    if (blank && (!is_in(Around::verbatim) || !has_text())) {
      if (!text.empty()) pending_space_ = true;
      return;
    }
    if (break_run_ > 0) before_text();
    if (!has_text()) start(run);
    note_run(run);
    if (is_in(Around::verbatim)) {
      append_verbatim(text);
      return;
    }
    const bool space = pending_space_ || solid > 0;
    const auto begin = list_.text.size() + (space && has_text() ? 1 : 0);
    append_collapsed(text);
    if (mark_node_ != html::kNoNode) mark(static_cast<std::uint32_t>(begin));
  }

  /// Marks the text from `begin` on as belonging to the innermost link or piece of code.
  void mark(std::uint32_t begin) {
    if (!list_.marks.empty()) {
      InlineMark& last = list_.marks.back();
      if (last.node == mark_node_ && last.end >= current_.text_begin) {
        last.end = current_.text_end;
        return;
      }
    }
    list_.marks.push_back({begin, current_.text_end, mark_node_});
  }

  /// Line breaks that stood before text which goes on: two end the block, one is a new line.
  void before_text() {
    if (break_run_ >= 2 && !is_in(Around::verbatim)) {
      boundary();
      current_.after_break = true;
    } else if (has_text()) {
      list_.text.append(static_cast<std::size_t>(break_run_), '\n');
      current_.text_end = static_cast<std::uint32_t>(list_.text.size());
      current_.breaks = saturate(current_.breaks + 1U);
      pending_space_ = false;
    }
    break_run_ = 0;
  }

  [[nodiscard]] bool has_text() const { return current_.text_end > current_.text_begin; }

  void start(const html::Run& run) {
    current_.run_begin = run_;
    current_.node = run.node;
    pending_space_ = false;
  }

  /// Widens the block's innermost common element to hold `run`. The climb is paid for by the
  /// elements that closed since the last run.
  void note_run(const html::Run& run) {
    while (!page_.contains(current_.node, run.node)) {
      current_.node = page_.node(current_.node).parent;
    }
    current_.run_end = run_ + 1;
    if (is_in(Around::link) && !link_counted_) {
      current_.links = saturate(current_.links + 1U);
      link_counted_ = true;
    }
  }

  void append_verbatim(std::string_view text) {
    list_.text += text;
    const auto spaces = std::count_if(text.begin(), text.end(), is_html_space);
    count_bytes(text.size() - static_cast<std::size_t>(spaces));
  }

  /// Spaces in a text whose only white space is single spaces between words; npos for any other,
  /// and for texts with control characters.
  static std::size_t count_single_spaces(std::string_view text) {
    std::size_t spaces = 0;
    std::uint64_t wrong = 0;
    std::uint64_t before = html::repeated('\x80') >> 56;  // the last byte was a space, or none
    std::size_t at = 0;
    for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
      const std::uint64_t word = html::load_word(text.data() + at);
      const std::uint64_t found = html::exact_zero_bytes(word ^ html::repeated(' '));
      wrong |= (found & (found << 8 | before)) | html::bytes_below(word, ' ');
      spaces += ((found >> 7) * html::repeated('\x01')) >> 56;
      before = found >> 56;
    }
    for (; at < text.size(); ++at) {
      const std::uint64_t space = text[at] == ' ' ? 0x80 : 0;
      wrong |= (space & before) | static_cast<std::uint64_t>(text[at] >= 0 && text[at] < ' ');
      spaces += space >> 7;
      before = space;
    }
    return (wrong | before) != 0 ? std::string_view::npos : spaces;
  }

  void append_collapsed(std::string_view text) {
    // Most texts are as they should be but for white space at their ends.
    std::string_view inner = text;
    while (!inner.empty() && is_html_space(inner.back())) inner.remove_suffix(1);
    const bool space_behind = inner.size() < text.size();
    while (!inner.empty() && is_html_space(inner.front())) inner.remove_prefix(1);
    const std::size_t spaces = count_single_spaces(inner);
    if (spaces == std::string_view::npos) return append_word_by_word(text);
    if (pending_space_ || inner.data() != text.data()) {
      if (has_text()) list_.text += ' ';
    }
    list_.text += inner;
    pending_space_ = space_behind;
    count_bytes(inner.size() - spaces);
  }

  void append_word_by_word(std::string_view text) {
    std::size_t at = 0;
    std::size_t solid = 0;
    while (at < text.size()) {
      std::size_t end = at;
      while (end < text.size() && !is_html_space(text[end])) ++end;
      if (end > at) {
        if (pending_space_ && has_text()) list_.text += ' ';
        pending_space_ = false;
        list_.text.append(text, at, end - at);
        current_.text_end = static_cast<std::uint32_t>(list_.text.size());
        solid += end - at;
      }
      if (end < text.size()) pending_space_ = true;
      while (end < text.size() && is_html_space(text[end])) ++end;
      at = end;
    }
    count_bytes(solid);
  }

  void count_bytes(std::size_t bytes) {
    const auto count = static_cast<std::uint32_t>(bytes);
    current_.bytes += count;
    current_.link_bytes += is_in(Around::link) ? count : 0;
    current_.bold_bytes += is_in(Around::bold) ? count : 0;
    current_.italic_bytes += is_in(Around::italic) ? count : 0;
    current_.text_end = static_cast<std::uint32_t>(list_.text.size());
  }

  /// Ends the block, if there is one.
  void boundary() {
    if (has_text()) {
      trim_current();
      if (has_text()) finish_block();
    }
    list_.text.resize(current_.text_end);
    const auto at = static_cast<std::uint32_t>(list_.text.size());
    current_ = {};
    current_.text_begin = current_.text_end = at;
    pending_space_ = false;
    break_run_ = 0;
    link_counted_ = false;
  }

  void trim_current() {
    const std::string_view text = list_.text;
    while (has_text()) {
      const std::size_t length = invisible_at(text, current_.text_begin);
      if (length == 0) break;
      current_.text_begin += static_cast<std::uint32_t>(length);
    }
    current_.text_begin = std::min(current_.text_begin, current_.text_end);
    while (has_text()) {
      const std::size_t length = invisible_before(text);
      if (length == 0) break;
      current_.text_end -= static_cast<std::uint32_t>(length);
    }
  }

  [[nodiscard]] std::size_t invisible_before(std::string_view text) const {
    for (std::size_t length = 1; length <= 3; ++length) {
      if (current_.text_begin + length > current_.text_end) break;
      if (invisible_at(text.substr(0, current_.text_end), current_.text_end - length) == length) {
        return length;
      }
    }
    return 0;
  }

  void finish_block() {
    current_.container = list_.block_nodes[current_.node];
    classify();
    list_.blocks.push_back(current_);
  }

  void classify() {
    const std::uint32_t context = list_.contexts[current_.node];
    if ((context & kInHeading) != 0) {
      current_.kind = BlockKind::heading;
      current_.level = heading_level();
    } else if ((context & kInPre) != 0) {
      current_.kind = BlockKind::code;
    } else if ((context & kInCaption) != 0) {
      current_.kind = BlockKind::caption;
    } else if ((context & kInItem) != 0) {
      current_.kind = BlockKind::list_item;
    } else if ((context & kInQuote) != 0) {
      current_.kind = BlockKind::quote;
    } else if (is_cell(page_.node(current_.container).tag)) {
      current_.kind = BlockKind::table_cell;
    }
  }

  static bool is_cell(Tag tag) { return tag == Tag::td || tag == Tag::th; }

  /// A heading's own level; 2 for text that stands in a block inside the heading's element.
  [[nodiscard]] std::uint8_t heading_level() const {
    constexpr int kLookUp = 6;
    NodeId id = current_.node;
    for (int i = 0; i < kLookUp && id != html::kNoNode; ++i, id = page_.node(id).parent) {
      const Tag tag = page_.node(id).tag;
      if (html::is_heading(tag)) {
        return static_cast<std::uint8_t>(static_cast<int>(tag) - static_cast<int>(Tag::h1) + 1);
      }
    }
    return 2;
  }

  const html::Page& page_;
  BlockList& list_;
  PageBlock current_;
  NodeId mark_node_ = html::kNoNode;
  std::uint32_t run_ = 0;
  bool pending_space_ = false;
  bool link_counted_ = false;
  int break_run_ = 0;
  std::array<int, kAroundCount> depths_{};  // by Around
};

}  // namespace

void build_blocks(const html::Page& page, BlockList& list) {
  BlockBuilder(page, list).build();
}

}  // namespace copydesk::extract
