#include "extract/places.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "extract/plain.h"

namespace copydesk::extract {
namespace {

using html::Attribute;
using html::NodeId;
using html::Tag;

constexpr int kHighestClimb = 40;

// Beginnings of the words of class and id that mark what is not about the article.
constexpr std::string_view kMarks[] = {
    "comment",       "disqus",    "related",   "sidebar",    "teaser",   "recommend",
    "widget-area",   "widget_",   "footer",    "latest",     "popular",  "trending",
    "outbrain",      "taboola",   "read-next", "next-post",  "nextpost", "more-posts",
    "more-articles", "most-read", "mostread",  "newsletter", "reply",    "kommentar",
    "archive",       "ticker"};

/// True if one of the marks begins a word of `names` ("post-comments", "RelatedList").
bool has_mark(std::string_view names) {
  const std::string lower = ascii_lower(names.substr(0, 200));
  for (const std::string_view mark : kMarks) {
    for (std::size_t at = lower.find(mark); at != std::string::npos;
         at = lower.find(mark, at + 1)) {
      const char before = at == 0 ? ' ' : lower[at - 1];
      const bool letter = before >= 'a' && before <= 'z';
      const bool capital = names[at] >= 'A' && names[at] <= 'Z';
      if (!letter || capital) return true;
    }
  }
  return false;
}

}  // namespace

Places::Places(const html::Page& page, NodeId headline) : page_(page), headline_(headline) {
  if (headline == html::kNoNode) return;
  begin_ = page.node(headline).run_begin;
  end_ = page.node(headline).run_end;
}

bool Places::is_elsewhere(NodeId id) const {
  return climb(id, true);
}

bool Places::is_listed(NodeId id) const {
  return climb(id, false);
}

bool Places::climb(NodeId id, bool tags) const {
  for (int step = 0; id != html::kNoNode && step < kHighestClimb; ++step) {
    const Tag tag = page_.node(id).tag;
    if (tag == Tag::body || (headline_ != html::kNoNode && page_.contains(id, headline_))) break;
    // What holds most of the page is its main part, whatever it is called.
    const html::Node& node = page_.node(id);
    if (2 * (node.text_end - node.text_begin) > page_.text_buffer().size()) break;
    if (tag == Tag::nav) return true;
    if (tags && (tag == Tag::footer || tag == Tag::aside)) return true;
    if (has_mark(page_.value(id, Attribute::class_)) || has_mark(page_.value(id, Attribute::id))) {
      return true;
    }
    id = page_.node(id).parent;
  }
  return false;
}

std::size_t Places::distance(std::size_t run) const noexcept {
  if (run >= end_) return run - end_;
  return run >= begin_ ? 0 : 2 * (begin_ - run);
}

std::size_t Places::first_run(std::size_t before) const noexcept {
  return begin_ - std::min(begin_, before);
}

std::size_t Places::last_run(std::size_t behind) const noexcept {
  return std::min(page_.runs().size(), end_ + behind);
}

}  // namespace copydesk::extract
