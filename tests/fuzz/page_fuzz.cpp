/// @file
/// Any bytes as a page: the decoded text is valid, the node array is a tree whose ranges nest and
/// whose runs cover the text, metadata is valid UTF-8, and a parser that has parsed before says the
/// same, as does libxml2.

#include <string>

#include "copydesk/charset.h"

#include "check.h"
#include "extract/metadata.h"
#include "html/page.h"
#include "text/utf8.h"

namespace {

using copydesk::fuzz::check;
using copydesk::html::Node;
using copydesk::html::NodeId;
using copydesk::html::Page;

void check_tree(const Page& page) {
  check(page.size() > 0 && page.node(0).subtree_end == page.size());
  for (NodeId id = 1; id < page.size(); ++id) {
    const Node& node = page.node(id);
    check(node.parent < id && node.subtree_end > id);
    const Node& parent = page.node(node.parent);
    check(node.depth == parent.depth + 1 && node.subtree_end <= parent.subtree_end);
    check(node.text_begin >= parent.text_begin && node.text_end <= parent.text_end);
    check(node.run_begin >= parent.run_begin && node.run_end <= parent.run_end);
    check(node.text_begin <= node.text_end && node.run_begin <= node.run_end);
    for (const auto& attribute : page.attributes(id)) {
      check(copydesk::text::is_valid_utf8(page.value(attribute)));
    }
  }
}

void check_runs(const Page& page) {
  std::uint32_t at = 0;
  for (const auto& run : page.runs()) {
    check(run.begin == at && run.end > run.begin && run.node < page.size());
    check(copydesk::text::is_valid_utf8(page.text(run)));
    at = run.end;
  }
  check(at == page.text_buffer().size());
}

void check_same(const Page& a, const Page& b) {
  check(a.size() == b.size() && a.runs().size() == b.runs().size());
  for (NodeId id = 0; id < a.size(); ++id) {
    const Node& one = a.node(id);
    const Node& other = b.node(id);
    check(one.tag == other.tag && one.parent == other.parent);
    check(one.subtree_end == other.subtree_end && one.attribute_count == other.attribute_count);
    check(one.run_begin == other.run_begin && one.run_end == other.run_end);
  }
  for (std::size_t i = 0; i < a.runs().size(); ++i) {
    check(a.runs()[i].node == b.runs()[i].node && a.runs()[i].end == b.runs()[i].end);
  }
  check(a.text_buffer() == b.text_buffer());
}

void check_metadata(const copydesk::Metadata& metadata) {
  for (const std::string* value :
       {&metadata.title, &metadata.date, &metadata.modified, &metadata.site, &metadata.lang,
        &metadata.description, &metadata.image, &metadata.section, &metadata.url}) {
    check(copydesk::text::is_valid_utf8(*value));
  }
  for (const std::string& author : metadata.authors) {
    check(!author.empty() && copydesk::text::is_valid_utf8(author));
  }
  for (const std::string& tag : metadata.tags) check(copydesk::text::is_valid_utf8(tag));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static copydesk::html::Parser used;
  const auto decoded = copydesk::decode_page(std::string(copydesk::fuzz::as_text(data, size)));
  check(copydesk::text::is_valid_utf8(decoded.text));
  const Page& page = used.parse(decoded.text);
  check_tree(page);
  check_runs(page);
  check_metadata(copydesk::extract::read_facts(page, "https://example.com/a").metadata);
  copydesk::html::Parser fresh;
  check(fresh.parse(decoded.text).text_buffer() == page.text_buffer());
  check_same(fresh.parse(decoded.text, copydesk::html::Route::libxml2), page);
  return 0;
}
