#include "trees/forest.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace copydesk::trees {

/// A split as the table gives it.
struct Forest::Split {
  std::uint16_t fact = 0;
  int left = 0;
  int right = 0;
  float limit = 0;
};

namespace {

/// A child must be a later split or an existing leaf: so every walk ends.
bool is_valid_child(int child, int self, int splits) {
  return child < 0 ? -1 - child <= splits : child > self && child < splits;
}

/// The fastest way on this processor, if it has one.
const MaskSums* best_path() noexcept {
  static const MaskSums* const best = avx512_sums() != nullptr ? avx512_sums() : avx2_sums();
  return best;
}

constexpr std::size_t kTogether = 256;  // rows whose pointers and sums are kept at hand

}  // namespace

bool Forest::add(TableLine& line, std::span<const std::uint16_t> places) {
  constexpr int kMostSplits = 4096;
  int count = 0;
  if (!line.number(count) || count < 0 || count > kMostSplits) return false;
  std::vector<Split> splits(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    Split& split = splits[static_cast<std::size_t>(i)];
    std::size_t fact = 0;
    if (!line.number(fact) || fact >= places.size() || !line.number(split.limit)) return false;
    if (!line.number(split.left) || !is_valid_child(split.left, i, count)) return false;
    if (!line.number(split.right) || !is_valid_child(split.right, i, count)) return false;
    split.fact = places[fact];
    width_ = std::max(width_, std::size_t{split.fact} + 1);
  }
  std::vector<float> leaves(splits.size() + 1);
  for (float& leaf : leaves) {
    if (!line.number(leaf)) return false;
  }
  return lay_out(splits, leaves);
}

/// Writes a tree level by level, the two children of a split side by side. False where it has more
/// nodes than its splits and leaves: then some child has two parents.
bool Forest::lay_out(std::span<const Split> splits, std::span<const float> leaves) {
  const std::size_t most = splits.size() + leaves.size();
  std::vector<int> items{splits.empty() ? -1 : 0};  // as children in the table
  Tree tree{static_cast<std::uint32_t>(nodes_.size()), 0};
  std::size_t level_end = 1;
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (at == level_end) {
      ++tree.depth;
      level_end = items.size();
    }
    const int item = items[at];
    if (item < 0) {
      nodes_.push_back({std::numeric_limits<float>::infinity(), 0, static_cast<std::uint16_t>(at)});
      values_.push_back(leaves[static_cast<std::size_t>(-1 - item)]);
      continue;
    }
    const Split& split = splits[static_cast<std::size_t>(item)];
    nodes_.push_back({split.limit, split.fact, static_cast<std::uint16_t>(items.size())});
    values_.push_back(0);
    items.push_back(split.left);
    items.push_back(split.right);
    if (items.size() > most) return false;
  }
  trees_.push_back(tree);
  has_masks_ = has_masks_ && masked_.add(std::span(nodes_).subspan(tree.nodes),
                                         std::span(values_).subspan(tree.nodes));
  return true;
}

/// Adds the leaves that `Lanes` rows reach in one tree to their sums.
template <std::size_t Lanes>
void Forest::walk_tree(const Tree& tree, const float* const* rows, float* sums) const noexcept {
  const Node* const nodes = nodes_.data() + tree.nodes;
  std::array<std::uint32_t, Lanes> at{};
  for (std::uint32_t step = 0; step < tree.depth; ++step) {
    for (std::size_t lane = 0; lane < Lanes; ++lane) {
      const Node& node = nodes[at[lane]];
      at[lane] = node.child + static_cast<std::uint32_t>(rows[lane][node.fact] > node.limit);
    }
  }
  for (std::size_t lane = 0; lane < Lanes; ++lane) sums[lane] += values_[tree.nodes + at[lane]];
}

void Forest::walk(std::span<const float* const> rows, std::size_t first, std::size_t last,
                  float* sums) const noexcept {
  constexpr std::size_t kLanes = 8;
  for (std::size_t number = first; number < last; ++number) {
    std::size_t at = 0;
    for (; at + kLanes <= rows.size(); at += kLanes) {
      walk_tree<kLanes>(trees_[number], rows.data() + at, sums + at);
    }
    for (; at < rows.size(); ++at) walk_tree<1>(trees_[number], rows.data() + at, sums + at);
  }
}

void Forest::add_masked(const MaskSums& path, std::span<const float* const> rows, std::size_t first,
                        std::size_t last, float* sums) const noexcept {
  path.add(masked_, first, last, rows, width_, sums);
}

void Forest::add_trees(std::span<const float* const> rows, std::size_t first, std::size_t last,
                       float* sums) const noexcept {
  const MaskSums* const path = has_masks() ? best_path() : nullptr;
  if (path == nullptr) return walk(rows, first, last, sums);
  add_masked(*path, rows, first, last, sums);
}

/// Rows whose sums are not final, close together.
struct Forest::OpenRows {
  std::array<const float*, kTogether> rows;
  std::array<float, kTogether> sums;
  std::array<std::size_t, kTogether> numbers;  // in the caller's order
  std::size_t count = 0;

  /// Takes out the rows whose sums are final, and writes these to `into`.
  void close(const EarlyEnd& end, float* into) noexcept {
    std::size_t left = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const bool final =
          end.side == EarlyEnd::Side::at_most ? sums[i] <= end.limit : sums[i] >= end.limit;
      if (final) {
        into[numbers[i]] = end.verdict.value_or(sums[i]);
        continue;
      }
      rows[left] = rows[i];
      sums[left] = sums[i];
      numbers[left++] = numbers[i];
    }
    count = left;
  }
};

void Forest::sum_some(std::span<const float* const> rows, float base,
                      std::span<const EarlyEnd> ends, float* sums) const noexcept {
  OpenRows open;  // NOLINT(cppcoreguidelines-pro-type-member-init): count says how far
  open.count = rows.size();
  std::copy(rows.begin(), rows.end(), open.rows.begin());
  std::fill_n(open.sums.begin(), rows.size(), base);
  std::iota(open.numbers.begin(), open.numbers.begin() + rows.size(), std::size_t{0});
  std::size_t summed = 0;
  const auto sum_to = [&](std::size_t trees) {
    add_trees({open.rows.data(), open.count}, summed, trees, open.sums.data());
    summed = trees;
  };
  for (const EarlyEnd& end : ends) {
    if (end.trees == 0 || end.trees < summed || end.trees >= size()) continue;
    if (end.trees > summed) sum_to(end.trees);
    open.close(end, sums);
  }
  sum_to(size());
  for (std::size_t i = 0; i < open.count; ++i) sums[open.numbers[i]] = open.sums[i];
}

void Forest::sum(std::span<const float* const> rows, float base, std::span<const EarlyEnd> ends,
                 std::span<float> sums) const noexcept {
  for (std::size_t at = 0; at < rows.size(); at += kTogether) {
    const std::size_t count = std::min(kTogether, rows.size() - at);
    sum_some(rows.subspan(at, count), base, ends, sums.data() + at);
  }
}

}  // namespace copydesk::trees
