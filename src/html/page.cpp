#include "html/page.h"

namespace copydesk::html {

std::optional<std::string_view> Page::attribute(NodeId id, Attribute name) const noexcept {
  for (const AttributeValue& found : attributes(id)) {
    if (found.name == name) return value(found);
  }
  return std::nullopt;
}

std::string_view Page::value(NodeId id, Attribute name) const noexcept {
  return attribute(id, name).value_or(std::string_view{});
}

NodeId Page::find_first(Tag tag, NodeId from) const noexcept {
  for (NodeId id = from; id < nodes_[from].subtree_end; ++id) {
    if (nodes_[id].tag == tag) return id;
  }
  return kNoNode;
}

}  // namespace copydesk::html
