#include "trees/masked_trees.h"

#include <array>

namespace copydesk::trees {
namespace {

/// The leaves under a node, as numbers from left to right.
struct LeafRange {
  std::size_t first = 0;
  std::size_t last = 0;
};

constexpr std::uint64_t bits_below(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

/// Children stand behind their parents: sizes go up from the end, first leaves down from the root.
std::vector<LeafRange> leaf_ranges(std::span<const Node> nodes) {
  std::vector<std::size_t> sizes(nodes.size(), 1);
  for (std::size_t at = nodes.size(); at-- > 0;) {
    const std::size_t left = nodes[at].child;
    if (left != at) sizes[at] = sizes[left] + sizes[left + 1];
  }
  std::vector<LeafRange> ranges(nodes.size());
  ranges[0] = {0, sizes[0]};
  for (std::size_t at = 0; at < nodes.size(); ++at) {
    const std::size_t left = nodes[at].child;
    if (left == at) continue;
    const std::size_t middle = ranges[at].first + sizes[left];
    ranges[left] = {ranges[at].first, middle};
    ranges[left + 1] = {middle, ranges[at].last};
  }
  return ranges;
}

}  // namespace

bool MaskedTrees::add(std::span<const Node> nodes, std::span<const float> values) {
  const std::vector<LeafRange> ranges = leaf_ranges(nodes);
  if (ranges[0].last > kMostLeaves) return false;
  const std::size_t first_leaf = leaves_.size() - kMostLeaves;
  leaves_.resize(leaves_.size() + ranges[0].last);
  std::array<std::vector<Split>, 3> parts;  // low, both, high
  for (std::size_t at = 0; at < nodes.size(); ++at) {
    const std::size_t left = nodes[at].child;
    if (left == at) {
      leaves_[first_leaf + ranges[at].first] = values[at];
      continue;
    }
    const std::uint64_t kept = ~(bits_below(ranges[left].last) & ~bits_below(ranges[left].first));
    const Split split{nodes[at].limit, nodes[at].fact, static_cast<std::uint32_t>(kept),
                      static_cast<std::uint32_t>(kept >> 32)};
    parts[~split.high == 0 ? 0 : ~split.low == 0 ? 2 : 1].push_back(split);
  }
  Tree tree;
  tree.leaves = static_cast<std::uint32_t>(first_leaf);
  tree.low = static_cast<std::uint32_t>(splits_.size());
  tree.both = tree.low + static_cast<std::uint32_t>(parts[0].size());
  tree.high = tree.both + static_cast<std::uint32_t>(parts[1].size());
  tree.end = tree.high + static_cast<std::uint32_t>(parts[2].size());
  for (const auto& part : parts) splits_.insert(splits_.end(), part.begin(), part.end());
  trees_.push_back(tree);
  return true;
}

}  // namespace copydesk::trees
