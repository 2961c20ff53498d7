#include "html/open_elements.h"

namespace copydesk::html {
namespace {

bool is_cell(Tag tag) noexcept {
  return tag == Tag::td || tag == Tag::th;
}

bool is_row_group(Tag tag) noexcept {
  return tag == Tag::tbody || tag == Tag::thead || tag == Tag::tfoot;
}

/// True if libxml2 closes an `open` element at the top of its stack when `next` begins.
bool closes(Tag next, Tag open) noexcept {
  switch (open) {
    case Tag::p:
      return is_block(next);
    case Tag::li:
      return next == Tag::li;
    case Tag::dt:
    case Tag::dd:
      return next == Tag::dt || next == Tag::dd;
    case Tag::option:
      return next == Tag::option || next == Tag::optgroup;
    case Tag::a:
      return next == Tag::a;
    case Tag::td:
    case Tag::th:
      return is_cell(next) || next == Tag::tr || is_row_group(next);
    case Tag::tr:
      return next == Tag::tr || is_row_group(next);
    case Tag::tbody:
    case Tag::thead:
    case Tag::tfoot:
      return is_row_group(next);
    default:
      return false;
  }
}

/// Elements through which an open paragraph is not looked for: it is none of theirs.
bool ends_paragraph_scope(Tag tag) noexcept {
  return is_block(tag) || tag == Tag::button || tag == Tag::object || tag == Tag::other;
}

}  // namespace

int end_priority(Tag tag) noexcept {
  switch (tag) {
    case Tag::div:
      return 150;
    case Tag::td:
    case Tag::th:
      return 160;
    case Tag::tr:
      return 170;
    case Tag::tbody:
    case Tag::thead:
    case Tag::tfoot:
      return 180;
    case Tag::table:
      return 190;
    case Tag::head:
    case Tag::body:
      return 200;
    case Tag::html:
      return 220;
    default:
      return 100;
  }
}

ElementName element_name(Tag tag, std::string_view lower_case_name) noexcept {
  ElementName name{tag, 0};
  if (tag != Tag::other) return name;
  name.hash = 2166136261U;
  for (const char c : lower_case_name) {
    name.hash = (name.hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  return name;
}

void OpenElements::clear() noexcept {
  stack_.clear();
  counts_.fill(0);
  others_.fill(0);
  too_deep_.fill(0);
}

void OpenElements::push(ElementName name) {
  stack_.push_back(name);
  ++counts_[static_cast<std::size_t>(name.tag)];
  if (name.tag == Tag::other) ++others_[name.hash % kBuckets];
}

void OpenElements::pop() {
  if (stack_.back().tag == Tag::other) --others_[stack_.back().hash % kBuckets];
  --counts_[static_cast<std::size_t>(stack_.back().tag)];
  stack_.pop_back();
}

bool OpenElements::open(ElementName name, bool refuse) {
  while (!stack_.empty() && closes(name.tag, stack_.back().tag)) pop();
  if (refuse || stack_.size() >= max_depth_) {
    ++too_deep_[static_cast<std::size_t>(name.tag)];
    return false;
  }
  push(name);
  return true;
}

bool OpenElements::was_too_deep(ElementName name) {
  auto& too_deep = too_deep_[static_cast<std::size_t>(name.tag)];
  if (too_deep == 0) return false;
  --too_deep;
  return true;
}

bool OpenElements::close(ElementName name) {
  if (count(name.tag) == 0) return false;
  if (name.tag == Tag::other && others_[name.hash % kBuckets] == 0) return false;
  const int priority = end_priority(name.tag);
  std::size_t at = stack_.size();
  while (at > 0 && stack_[at - 1] != name) {
    if (end_priority(stack_[at - 1].tag) > priority) return false;
    --at;
  }
  if (at == 0) return false;
  while (stack_.size() >= at) pop();
  return true;
}

bool OpenElements::paragraph_in_scope() const noexcept {
  if (count(Tag::p) == 0) return false;
  for (std::size_t at = stack_.size(); at > 0; --at) {
    if (stack_[at - 1].tag == Tag::p) return true;
    if (ends_paragraph_scope(stack_[at - 1].tag)) return false;
  }
  return false;
}

}  // namespace copydesk::html
