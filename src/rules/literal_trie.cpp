#include "rules/literal_trie.h"

#include <algorithm>
#include <numeric>

namespace copydesk::rules {

/// Literals with a common beginning stand together in `order`, so no state is made twice and none
/// has to be looked up.
LiteralTrie::LiteralTrie(const std::vector<std::string>& literals) {
  std::vector<std::uint32_t> order(literals.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return literals[a] < literals[b]; });
  std::size_t longest = 0;
  for (const std::string& literal : literals) longest = std::max(longest, literal.size());
  std::vector<State> states(literals.size(), 0);  // how far each literal has come
  for (std::size_t at = 0; at < longest; ++at) add_level(literals, order, at, states);
  for (std::uint32_t i = 0; i < literals.size(); ++i) nodes_[states[i]].literal = i + 1;
  link();
}

void LiteralTrie::add_level(const std::vector<std::string>& literals,
                            const std::vector<std::uint32_t>& order, std::size_t at,
                            std::vector<State>& states) {
  State from = 0;
  State to = 0;  // of the literal before; 0: there was none
  for (const std::uint32_t i : order) {
    if (at >= literals[i].size()) continue;
    const auto byte = static_cast<unsigned char>(literals[i][at]);
    if (to == 0 || states[i] != from || byte != edges_.back().byte) {
      from = states[i];
      to = add_edge(from, byte);
    }
    states[i] = to;
  }
}

LiteralTrie::State LiteralTrie::add_edge(State from, unsigned char byte) {
  const auto made = static_cast<State>(nodes_.size());
  nodes_.emplace_back().depth = nodes_[from].depth + 1;
  if (nodes_[from].edge_count++ == 0) {
    nodes_[from].first_edge = static_cast<std::uint32_t>(edges_.size());
  }
  edges_.push_back({byte, made});
  return made;
}

/// Level by level: a state's failure is what its parent's failures reach by the same byte.
void LiteralTrie::link() {
  for (State parent = 0; parent < nodes_.size(); ++parent) {
    for (const Edge& edge : edges(parent)) {
      Node& node = nodes_[edge.to];
      State back = parent;
      while (back != 0 && node.failure == 0) {
        back = nodes_[back].failure;
        node.failure = step(back, edge.byte);
      }
      const Node& failure = nodes_[node.failure];
      node.shorter = failure.literal != 0 ? node.failure : failure.shorter;
    }
  }
}

/// The state behind `state` and `byte`; 0: none.
LiteralTrie::State LiteralTrie::step(State state, unsigned char byte) const {
  for (const Edge& edge : edges(state)) {
    if (edge.byte == byte) return edge.to;
  }
  return 0;
}

void LiteralTrie::append_literals(State state, std::vector<std::uint32_t>& found) const {
  for (State at = state; at != 0; at = nodes_[at].shorter) {
    if (nodes_[at].literal != 0) found.push_back(nodes_[at].literal - 1);
  }
}

}  // namespace copydesk::rules
