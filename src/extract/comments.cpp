#include "extract/comments.h"

#include <algorithm>

#include "extract/class_tokens.h"
#include "text/unicode.h"

namespace copydesk::extract {
namespace {

using html::Attribute;
using html::NodeId;

bool speaks_of_comments(std::string_view token) {
  static constexpr std::string_view kTokens[] = {
      "comment",      "comments",   "commentlist", "commentbody",     "commenttext",
      "disqus",       "kommentar",  "kommentare",  "comentarios",     "comentario",
      "commentaires", "komentarze", "commentaire", "leserkommentare",
  };
  return std::find(std::begin(kTokens), std::end(kTokens), token) != std::end(kTokens);
}

bool holds_comments(const html::Page& page, NodeId id) {
  bool found = false;
  TokenCutter cutter;
  for (const html::AttributeValue& attribute : page.attributes(id)) {
    if (attribute.name != Attribute::class_ && attribute.name != Attribute::id) continue;
    cutter.for_each(page.value(attribute),
                    [&](std::string_view token) { found = found || speaks_of_comments(token); });
  }
  return found;
}

}  // namespace

std::vector<std::uint8_t> find_comments(const html::Page& page, const BlockList& list) {
  std::vector<std::uint8_t> nodes(page.size(), 0);
  for (NodeId id = 1; id < page.size(); ++id) {
    const html::Node& node = page.node(id);
    // "Open for comments" as a class of the page itself says nothing of its text.
    const bool page_itself = node.tag == html::Tag::body || node.tag == html::Tag::html;
    nodes[id] = nodes[node.parent] != 0 || (!page_itself && holds_comments(page, id)) ? 1 : 0;
  }
  std::vector<std::uint8_t> blocks;
  for (const PageBlock& block : list.blocks) blocks.push_back(nodes[block.node]);
  return blocks;
}

std::string render_comments(const BlockList& list, const Survey& survey,
                            const std::vector<Verdict>& verdicts,
                            const std::vector<std::uint8_t>& in_comments) {
  constexpr float kLeastWords = 4;     // less is a name, a date, a button
  constexpr float kMostLinked = 0.5F;  // share of the text
  constexpr std::uint32_t kNoTalk = kInForm | kInButton | kHidden | kInHeading;
  std::string text;
  for (std::size_t i = 0; i < list.blocks.size(); ++i) {
    if (in_comments[i] == 0 || verdicts[i].kept) continue;
    if ((list.contexts[list.blocks[i].node] & kNoTalk) != 0) continue;
    if (survey.measures[i].words < kLeastWords || survey.link_share[i] > kMostLinked) continue;
    if (!text.empty()) text += "\n\n";
    text += list.text_of(list.blocks[i]);
  }
  if (!text.empty()) text += '\n';
  return text::nfc(text);
}

}  // namespace copydesk::extract
