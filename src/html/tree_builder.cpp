#include "html/tree_builder.h"

#include <string>

#include "html/markup.h"

namespace copydesk::html {
namespace {

// libxml2 hands text on in pieces of this size, and takes one that is all white space for text.
constexpr std::size_t kLongestSpace = 1000;

/// For each start tag the open elements that it closes. (tests/unit/html compares every pair with
/// what libxml2 does.)
constexpr std::array<TagSet, kTagCount> kClosed = [] {
  std::array<TagSet, kTagCount> closed{};
  const auto set = [&](Tag next, TagSet open) { closed[static_cast<std::size_t>(next)] = open; };
  using enum Tag;
  for (const Tag next :
       {abbr, acronym, b, bdo, big,  br,    cite, code,   dfn,    em,  font, i,  iframe, img,
        kbd,  map,     q, s,   samp, small, span, strike, strong, sub, sup,  tt, u,      var}) {
    set(next, {head});
  }
  for (const Tag next : {blockquote, dir, Tag::div, h1, h2, h3, h4, h5, h6, hr}) {
    set(next, {head, p});
  }
  for (const Tag next : {address, menu, ol, pre}) set(next, {head, p, ul});
  set(a, {a, head});
  set(body, {head, link, p, title});
  set(caption, {p});
  set(center, {b, font, head, i, p});
  set(col, {caption, col, p});
  set(colgroup, {caption, col, colgroup, p});
  set(dd, {address, dir, dt, head, menu, p, pre});
  set(dl, {address, dir, dt, head, menu, p, pre});
  set(dt, {address, dd, dir, head, menu, p, pre});
  set(fieldset, {a, h1, h2, h3, h4, h5, h6, head, legend, p, pre});
  set(form, {address, dir, dl, form, h1, h2, h3, h4, h5, h6, head, hr, menu, ol, p, pre, ul});
  set(head, {p});
  set(li, {address, dl, h1, h2, h3, h4, h5, h6, head, li, p, pre});
  set(optgroup, {option});
  set(option, {option});
  set(p, {b, big, h1, h2, h3, h4, h5, h6, head, i, p, s, small, strike, tt, u});
  set(table, {a, h1, h2, h3, h4, h5, h6, head, p, pre});
  set(tbody, {caption, col, colgroup, p, tbody, td, tfoot, th, thead, tr});
  set(td, {a, b, font, i, p, span, td, th, u});
  set(tfoot, {caption, col, colgroup, p, tbody, td, th, thead, tr});
  set(th, {a, b, font, i, p, span, td, th, u});
  set(thead, {caption, col, colgroup});
  set(title, {p});
  set(tr, {caption, col, colgroup, p, td, th, tr});
  set(ul, {address, dir, head, menu, ol, p, pre});
  return closed;
}();

constexpr TagSet kHeadOnly = {Tag::base, Tag::link, Tag::meta, Tag::title};

}  // namespace

ElementName tree_name(Tag tag, std::string_view lower_case_name) {
  if (tag != Tag::other) return {tag, 0};
  std::string plain;
  append_name(plain, lower_case_name);
  return element_name(tag, plain);
}

bool is_for_libxml2(Tag tag, std::string_view lower_case_name) noexcept {
  if (tag == Tag::frame || tag == Tag::frameset || tag == Tag::noframes) return true;
  return tag == Tag::other && (lower_case_name == "basefont" || lower_case_name == "isindex");
}

bool closes_before(Tag next, Tag open) noexcept {
  return kClosed[static_cast<std::size_t>(next)].has(open);
}

void TreeBuilder::push(ElementName name, const AttributeRange& attributes) {
  stack_.push_back(name);
  ++counts_[static_cast<std::size_t>(name.tag)];
  if (name.tag == Tag::head) head_seen_ = true;
  if (name.tag == Tag::body) body_seen_ = true;
  page_.open(name.tag, attributes);
}

void TreeBuilder::pop() {
  --counts_[static_cast<std::size_t>(stack_.back().tag)];
  stack_.pop_back();
  page_.close();
}

void TreeBuilder::close_before(Tag next) {
  while (!stack_.empty() && closes_before(next, stack_.back().tag)) pop();
}

/// Opens html, head or body where `next` needs them and they were not written.
void TreeBuilder::imply_parents(Tag next) {
  if (next == Tag::html) return;
  if (stack_.empty()) push({Tag::html, 0}, {});
  if (next == Tag::body || next == Tag::head) return;
  if (stack_.size() <= 1 && kHeadOnly.has(next)) {
    if (!head_seen_ && !body_seen_) push({Tag::head, 0}, {});
    return;
  }
  if (!body_seen_ && count(Tag::head) == 0) push({Tag::body, 0}, {});
}

/// Text stands neither outside of everything nor in html or head themselves.
void TreeBuilder::imply_paragraph() {
  if (!stack_.empty() && stack_.back().tag != Tag::html && stack_.back().tag != Tag::head) return;
  close_before(Tag::p);
  imply_parents(Tag::p);
  push({Tag::p, 0}, {});
}

void TreeBuilder::flush_spaces() {
  text_since_tag_ = false;
  if (spaces_.empty()) return;
  if (spaces_.size() >= kLongestSpace) imply_paragraph();
  for (const char c : spaces_) page_.space(c);
  spaces_.clear();
}

/// A second html or body, and a head that is not html's first child, are ignored.
bool TreeBuilder::is_misplaced(Tag tag) const noexcept {
  return (tag == Tag::html && !stack_.empty()) || (tag == Tag::head && stack_.size() != 1) ||
         (tag == Tag::body && count(Tag::body) > 0);
}

void TreeBuilder::start(const TagToOpen& tag) {
  flush_spaces();
  close_before(tag.name.tag);
  imply_parents(tag.name.tag);
  if (is_misplaced(tag.name.tag)) {
    ++ignored_ends_;
    return;
  }
  push(tag.name, tag.attributes);
  if (tag.empty) pop();
}

void TreeBuilder::end(ElementName name) {
  flush_spaces();
  const bool outer = name.tag == Tag::html || name.tag == Tag::head || name.tag == Tag::body;
  if (outer && ignored_ends_ > 0) {
    --ignored_ends_;
    return;
  }
  if (count(name.tag) == 0) return;
  const int priority = end_priority(name.tag);
  std::size_t at = stack_.size();
  while (at > 0 && stack_[at - 1] != name) {
    if (end_priority(stack_[at - 1].tag) > priority) return;
    --at;
  }
  if (at == 0) return;
  while (stack_.size() >= at) pop();
}

void TreeBuilder::text(const TextPiece& piece) {
  if (!text_since_tag_) {
    imply_paragraph();
    flush_spaces();
    text_since_tag_ = true;
  }
  page_.text(piece);
}

void TreeBuilder::space(char c) {
  if (text_since_tag_) {
    page_.space(c);
  } else if (!stack_.empty()) {  // what stands before everything is dropped
    spaces_.push_back(c);
  }
}

void TreeBuilder::finish() {
  flush_spaces();
}

}  // namespace copydesk::html
