#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "extract/item_numbers.h"
#include "extract/render.h"
#include "text/unicode.h"

namespace copydesk::extract {
namespace {

using html::Attribute;
using html::NodeId;
using html::Tag;

/// Appends `text` so that Markdown shows it as it is.
void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '<':
        out += '\\';
        out += c;
        break;
      default:
        out += c;
    }
  }
}

/// True if a paragraph that begins so would be a heading, list or quote.
bool begins_markup(std::string_view text) {
  if (text.empty()) return false;
  if (text[0] == '#' || text[0] == '>') return true;
  if (text[0] == '-' || text[0] == '+') return text.size() == 1 || text[1] == ' ' || text[1] == '-';
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  return digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')');
}

/// An address inside ( ): spaces and brackets as %XX.
std::string escape_address(std::string_view address) {
  std::string out;
  for (const char c : address) {
    if (c == ' ') {
      out += "%20";
    } else if (c == '(') {
      out += "%28";
    } else if (c == ')') {
      out += "%29";
    } else if (c != '\n' && c != '\t' && c != '\r') {
      out += c;
    }
  }
  return out;
}

void replace_breaks(std::string& text, std::string_view with) {
  for (std::size_t at = text.find('\n'); at != std::string::npos;
       at = text.find('\n', at + with.size())) {
    text.replace(at, 1, with);
  }
}

class MarkdownWriter {
 public:
  MarkdownWriter(const html::Page& page, const BlockList& list,
                 const std::vector<Verdict>& verdicts, const MarkdownOptions& options)
      : page_(page), list_(list), verdicts_(verdicts), options_(options), numbers_(page) {}

  Rendered write() {
    std::vector<RenderedBlock> places;
    if (options_.images) find_images();
    for (std::size_t i = 0; i < list_.blocks.size(); ++i) {
      write_images(i);
      if (!verdicts_[i].kept) continue;
      next_ = next_kept(i + 1);
      begin_ = out_.size();
      write_block(i);
      places.push_back({i, begin_, out_.size()});
      before_ = &list_.blocks[i];
    }
    if (!out_.empty()) out_ += '\n';
    Rendered rendered{std::move(out_), std::move(places)};
    compose(rendered);
    return rendered;
  }

 private:
  [[nodiscard]] std::size_t next_kept(std::size_t i) const {
    while (i < verdicts_.size() && !verdicts_[i].kept) ++i;
    return i;
  }

  void separate(std::string_view separator) {
    if (!out_.empty()) out_ += separator;
    begin_ = out_.size();
  }

  void write_block(std::size_t i) {
    const PageBlock& block = list_.blocks[i];
    const Gap gap = before_ == nullptr ? Gap::paragraph : gap_between(page_, *before_, block);
    switch (block.kind) {
      case BlockKind::heading:
        separate("\n\n");
        out_.append(block.level, '#');
        out_ += ' ' + one_line(block);
        break;
      case BlockKind::list_item:
        write_item(block, gap);
        break;
      case BlockKind::quote:
      case BlockKind::embed:
        write_quote(block);
        break;
      case BlockKind::code:
        write_code(block);
        break;
      case BlockKind::table_cell:
        write_cell(block, gap);
        break;
      default:
        write_paragraph(block);
    }
  }

  void write_paragraph(const PageBlock& block) {
    separate("\n\n");
    std::string text = inline_text(block);
    // The mark behind a number, or the first character, is what would make it markup.
    if (begins_markup(text)) text.insert(text.find_first_not_of("0123456789"), "\\");
    replace_breaks(text, "\\\n");
    out_ += text;
  }

  /// Marker and depth of an item; a second paragraph of an item is set under its first.
  void write_item(const PageBlock& block, Gap gap) {
    const NodeId item = enclosing(page_, block.container, Tag::li, Tag::li);
    const std::string indent(static_cast<std::size_t>(item_depth(block.container)) * 3, ' ');
    std::string text = inline_text(block);
    replace_breaks(text, "\\\n" + indent + "   ");
    if (item == item_ && before_ != nullptr) {
      separate("\n\n");
      out_ += indent + "   " + text;
      return;
    }
    item_ = item;
    separate(gap == Gap::item ? "\n" : "\n\n");
    const std::optional<long> number = item == html::kNoNode ? std::nullopt : numbers_.number(item);
    out_ += indent + (number ? std::to_string(*number) + ". " : "- ") + text;
  }

  /// Lists around the innermost one.
  [[nodiscard]] int item_depth(NodeId id) const {
    constexpr int kDeepest = 6;
    int depth = -1;
    while (depth < kDeepest) {
      id = enclosing(page_, id, Tag::ul, Tag::ol);
      if (id == html::kNoNode) break;
      ++depth;
      id = page_.node(id).parent;
    }
    return std::max(depth, 0);
  }

  void write_quote(const PageBlock& block) {
    const bool goes_on = before_ != nullptr && before_->kind == BlockKind::quote &&
                         enclosing(page_, before_->container, Tag::blockquote, Tag::blockquote) ==
                             enclosing(page_, block.container, Tag::blockquote, Tag::blockquote);
    separate(goes_on ? "\n>\n" : "\n\n");
    std::string text = inline_text(block);
    replace_breaks(text, "\\\n> ");
    out_ += "> " + text;
  }

  void write_code(const PageBlock& block) {
    separate("\n\n");
    const std::string_view text = list_.text_of(block);
    std::string fence = "```";
    while (text.find(fence) != std::string_view::npos) fence += '`';
    out_ += fence + "\n";
    out_ += text;
    out_ += "\n" + fence;
  }

  /// Cells of a row that holds more than one; a lone cell is a table made for layout.
  void write_cell(const PageBlock& block, Gap gap) {
    const Gap after = next_ < list_.blocks.size() ? gap_between(page_, block, list_.blocks[next_])
                                                  : Gap::paragraph;
    if (gap != Gap::cell && after != Gap::cell) {
      columns_ = 0;
      write_paragraph(block);
      return;
    }
    if (gap == Gap::cell) {
      out_ += " | ";
      ++columns_;
    } else {
      separate(gap == Gap::row && in_table_ ? "\n" : "\n\n");
      if (gap != Gap::row) in_table_ = false;
      out_ += "| ";
      columns_ = 1;
    }
    out_ += one_line(block);
    if (after == Gap::cell) return;
    out_ += " |";
    if (!in_table_) {
      out_ += "\n|";
      for (int column = 0; column < columns_; ++column) out_ += " --- |";
    }
    in_table_ = after == Gap::row;
  }

  std::string one_line(const PageBlock& block) {
    std::string text = inline_text(block);
    replace_breaks(text, " ");
    std::string line;
    for (const char c : text) {
      if (c == '|') line += '\\';
      line += c;
    }
    return line;
  }

  /// The block's text with its links and code.
  std::string inline_text(const PageBlock& block) {
    while (mark_ < list_.marks.size() && list_.marks[mark_].begin < block.text_begin) ++mark_;
    const std::string_view all = list_.text;
    std::string out;
    std::uint32_t at = block.text_begin;
    for (; mark_ < list_.marks.size() && list_.marks[mark_].begin < block.text_end; ++mark_) {
      const InlineMark& mark = list_.marks[mark_];
      const std::uint32_t end = std::min(mark.end, block.text_end);
      append_escaped(out, all.substr(at, mark.begin - at));
      append_marked(out, all.substr(mark.begin, end - mark.begin), mark.node);
      at = end;
    }
    append_escaped(out, all.substr(at, block.text_end - at));
    return out;
  }

  void append_marked(std::string& out, std::string_view text, NodeId node) const {
    if (page_.node(node).tag != Tag::a) {
      if (text.find('`') != std::string_view::npos) {
        append_escaped(out, text);
        return;
      }
      out += '`';
      out += text;
      out += '`';
      return;
    }
    const std::string_view address = page_.value(node, Attribute::href);
    const bool follow = options_.links && !address.empty() && address[0] != '#' &&
                        !address.starts_with("javascript:");
    if (follow) out += '[';
    append_escaped(out, text);
    if (follow) out += "](" + escape_address(address) + ")";
  }

  /// Images with kept text close on both sides.
  void find_images() {
    for (NodeId id = 0; id < page_.size(); ++id) {
      const Tag tag = page_.node(id).tag;
      if (tag == Tag::img || tag == Tag::amp_img) images_.push_back(id);
    }
  }

  [[nodiscard]] bool near_kept(std::size_t i) const {
    constexpr std::size_t kNear = 4;  // blocks
    bool before = false;
    bool after = false;
    for (std::size_t step = 0; step < kNear; ++step) {
      if (i + step < verdicts_.size()) after = after || verdicts_[i + step].kept;
      if (i > step) before = before || verdicts_[i - step - 1].kept;
    }
    return before && after;
  }

  void write_images(std::size_t i) {
    for (; image_ < images_.size() && list_.ranges[images_[image_]].first <= i; ++image_) {
      const NodeId id = images_[image_];
      std::string_view address = page_.value(id, Attribute::src);
      if (address.empty() || address.starts_with("data:")) {
        address = page_.value(id, Attribute::data_src);
      }
      if (address.empty() || address.starts_with("data:") || !near_kept(i)) continue;
      separate("\n\n");
      out_ += "![";
      append_escaped(out_, text::collapse_space(page_.value(id, Attribute::alt)));
      out_ += "](" + escape_address(address) + ")";
      before_ = nullptr;
    }
  }

  const html::Page& page_;
  const BlockList& list_;
  const std::vector<Verdict>& verdicts_;
  const MarkdownOptions& options_;
  std::string out_;
  std::size_t begin_ = 0;  // of the block that is being written
  const PageBlock* before_ = nullptr;
  std::size_t next_ = 0;
  std::size_t mark_ = 0;
  std::vector<NodeId> images_;
  std::size_t image_ = 0;
  NodeId item_ = html::kNoNode;
  ItemNumbers numbers_;
  int columns_ = 0;
  bool in_table_ = false;
};

}  // namespace

Rendered render_markdown(const html::Page& page, const BlockList& list,
                         const std::vector<Verdict>& verdicts, const MarkdownOptions& options) {
  return MarkdownWriter(page, list, verdicts, options).write();
}

}  // namespace copydesk::extract
