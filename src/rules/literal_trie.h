#pragma once

/// @file
/// The literals of a scan as a trie, with what Aho and Corasick call failure and output.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace copydesk::rules {

/// States are numbered level by level from the root, 0, so that a state's failure comes before it.
class LiteralTrie {
 public:
  using State = std::uint32_t;

  struct Edge {
    unsigned char byte = 0;
    State to = 0;
  };

  /// `literals`: not empty each, all different.
  explicit LiteralTrie(const std::vector<std::string>& literals);

  [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
  [[nodiscard]] std::span<const Edge> edges(State state) const {
    const Node& node = nodes_[state];
    return std::span(edges_).subspan(node.first_edge, node.edge_count);
  }
  /// The state of the longest end of this one's text that is a state, too.
  [[nodiscard]] State failure(State state) const { return nodes_[state].failure; }
  /// How many bytes of a literal have come here.
  [[nodiscard]] std::uint32_t depth(State state) const { return nodes_[state].depth; }
  /// True if a literal ends here.
  [[nodiscard]] bool is_ending(State state) const {
    return nodes_[state].literal != 0 || nodes_[state].shorter != 0;
  }
  /// Appends the literals that end here, the longest first.
  void append_literals(State state, std::vector<std::uint32_t>& found) const;

 private:
  struct Node {
    std::uint32_t first_edge = 0;
    std::uint32_t edge_count = 0;
    std::uint32_t depth = 0;
    State failure = 0;
    State shorter = 0;          ///< the next state on the way of failures that has a literal
    std::uint32_t literal = 0;  ///< its number and one; 0: none
  };

  void add_level(const std::vector<std::string>& literals, const std::vector<std::uint32_t>& order,
                 std::size_t at, std::vector<State>& states);
  State add_edge(State from, unsigned char byte);
  void link();
  [[nodiscard]] State step(State state, unsigned char byte) const;

  std::vector<Node> nodes_{1};
  std::vector<Edge> edges_;  ///< those of a state stand together
};

}  // namespace copydesk::rules
