#include "extract/places.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "extract/word_marks.h"

namespace copydesk::extract {
namespace {

using html::Attribute;
using html::NodeId;
using html::Tag;

// Beginnings of the words of class and id that mark what is not about the article.
constexpr std::string_view kMarks[] = {
    "comment",       "disqus",    "related",   "sidebar",    "teaser",   "recommend",
    "widget-area",   "widget_",   "footer",    "latest",     "popular",  "trending",
    "outbrain",      "taboola",   "read-next", "next-post",  "nextpost", "more-posts",
    "more-articles", "most-read", "mostread",  "newsletter", "reply",    "kommentar",
    "archive",       "ticker"};

/// True if one of the marks begins a word of `names` ("post-comments", "RelatedList").
bool has_mark(std::string_view names) {
  static const WordMarks marks(kMarks);
  if (names.empty()) return false;
  // A capital behind a small letter begins a word too: it is set apart before the case is lost.
  std::array<char, 300> lower;
  std::size_t size = 0;
  char before = ' ';
  for (const char c : names.substr(0, 200)) {
    if (size + 2 > lower.size()) break;
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && before >= 'a' && before <= 'z') lower[size++] = '-';
    lower[size++] = capital ? static_cast<char>(c + 32) : c;
    before = c;
  }
  return marks.found_in({lower.data(), size});
}

}  // namespace

Places::Places(const html::Page& page, NodeId headline)
    : page_(page), headline_(headline), kinds_(page.size(), Kind::unknown) {
  if (headline == html::kNoNode) return;
  begin_ = page.node(headline).run_begin;
  end_ = page.node(headline).run_end;
}

bool Places::is_elsewhere(NodeId id) const {
  const Kind kind = kind_of(id);
  return kind == Kind::listed || kind == Kind::aside;
}

bool Places::is_listed(NodeId id) const {
  return kind_of(id) == Kind::listed;
}

/// What an element makes of what it holds, by itself.
Places::Kind Places::own_kind(NodeId id) const {
  const Tag tag = page_.node(id).tag;
  if (tag == Tag::nav || has_mark(page_.value(id, Attribute::class_)) ||
      has_mark(page_.value(id, Attribute::id))) {
    return Kind::listed;
  }
  return tag == Tag::footer || tag == Tag::aside ? Kind::aside : Kind::unknown;
}

/// True for what holds the headline, or most of the page: its main part, whatever it is called.
bool Places::is_main(NodeId id) const {
  const html::Node& node = page_.node(id);
  return node.tag == Tag::body || node.parent == html::kNoNode ||
         (headline_ != html::kNoNode && page_.contains(id, headline_)) ||
         2 * (node.text_end - node.text_begin) > page_.text_buffer().size();
}

/// The strongest word on the way up. What was found is kept for every element on the way.
Places::Kind Places::kind_of(NodeId id) const {
  std::vector<NodeId> path;
  Kind kind = Kind::here;
  for (; id != html::kNoNode; id = page_.node(id).parent) {
    if (kinds_[id] != Kind::unknown) {
      kind = kinds_[id];
      break;
    }
    if (is_main(id)) break;
    path.push_back(id);
  }
  for (auto element = path.rbegin(); element != path.rend(); ++element) {
    if (kind != Kind::listed) kind = std::max(kind, own_kind(*element));
    kinds_[*element] = kind;
  }
  return kind;
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
