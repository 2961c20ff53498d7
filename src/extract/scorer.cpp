#include "extract/scorer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace copydesk::extract {

double probability(double log_odds) noexcept {
  return 1 / (1 + std::exp(-log_odds));
}

double log_odds(double probability) noexcept {
  return std::log(probability / (1 - probability));
}

/// Reads a table line by line into a scorer.
struct Scorer::Reader {
  Scorer& scorer;
  std::vector<std::uint16_t> facts;
  std::string_view rest;  // of the line

  std::string_view word() {
    while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
    const std::string_view found = rest.substr(0, rest.find(' '));
    rest.remove_prefix(found.size());
    return found;
  }

  template <typename Number>
  bool number(Number& value) {
    const std::string_view found = word();
    const auto [end, error] = std::from_chars(found.data(), found.data() + found.size(), value);
    return error == std::errc() && end == found.data() + found.size();
  }

  bool read_facts() {
    for (std::string_view name = word(); !name.empty(); name = word()) {
      const std::optional<Fact> fact = fact_by_name(name);
      if (!fact) return false;
      facts.push_back(static_cast<std::uint16_t>(*fact));
    }
    return true;
  }

  bool read_token() {
    static constexpr std::string_view kScopes[kScopeCount] = {"own", "near", "far"};
    const std::string_view name = word();
    float value = 0;
    if (!number(value)) return false;
    for (std::size_t scope = 0; scope < kScopeCount; ++scope) {
      if (name != kScopes[scope]) continue;
      scorer.tokens_.add(static_cast<Scope>(scope), word(), value);
      return true;
    }
    return false;
  }

  /// A split as the table gives it: children are later splits, or -1-K for leaf K.
  struct Split {
    std::uint16_t fact = 0;
    int left = 0;
    int right = 0;
    float limit = 0;
  };

  /// A child must be a later split or an existing leaf: so every walk ends.
  static bool valid_child(int child, int self, int splits) {
    return child < 0 ? -1 - child <= splits : child > self && child < splits;
  }

  bool read_split(Split& split, int self, int count) {
    std::size_t fact = 0;
    if (!number(fact) || fact >= facts.size() || !number(split.limit)) return false;
    if (!number(split.left) || !number(split.right)) return false;
    split.fact = facts[fact];
    return valid_child(split.left, self, count) && valid_child(split.right, self, count);
  }

  bool read_tree() {
    constexpr int kMostSplits = 4096;
    int count = 0;
    if (!number(count) || count < 0 || count > kMostSplits) return false;
    std::vector<Split> splits(static_cast<std::size_t>(count));
    std::vector<float> leaves(static_cast<std::size_t>(count) + 1);
    for (int i = 0; i < count; ++i) {
      if (!read_split(splits[static_cast<std::size_t>(i)], i, count)) return false;
    }
    for (float& leaf : leaves) {
      if (!number(leaf)) return false;
    }
    return lay_out(splits, leaves);
  }

  /// Writes a tree level by level, the two children of a split side by side. False where it has
  /// more nodes than its splits and leaves: then some child has two parents.
  bool lay_out(const std::vector<Split>& splits, const std::vector<float>& leaves) const {
    const std::size_t most = splits.size() + leaves.size();
    std::vector<int> items{splits.empty() ? -1 : 0};  // as children in the table
    Tree tree{static_cast<std::uint32_t>(scorer.nodes_.size()), 0};
    std::size_t level_end = 1;
    for (std::size_t at = 0; at < items.size(); ++at) {
      if (at == level_end) {
        ++tree.depth;
        level_end = items.size();
      }
      const int item = items[at];
      if (item < 0) {
        scorer.nodes_.push_back(
            {std::numeric_limits<float>::infinity(), 0, static_cast<std::uint16_t>(at)});
        scorer.values_.push_back(leaves[static_cast<std::size_t>(-1 - item)]);
        continue;
      }
      const Split& split = splits[static_cast<std::size_t>(item)];
      scorer.nodes_.push_back({split.limit, split.fact, static_cast<std::uint16_t>(items.size())});
      scorer.values_.push_back(0);
      items.push_back(split.left);
      items.push_back(split.right);
      if (items.size() > most) return false;
    }
    scorer.trees_.push_back(tree);
    return true;
  }

  bool read_line(std::string_view line) {
    rest = line;
    const std::string_view item = word();
    bool good = item.empty() || item[0] == '#';
    if (good) return true;
    if (item == "threshold") good = number(scorer.threshold_);
    if (item == "facts") good = read_facts();
    if (item == "token") good = read_token();
    if (item == "base") good = number(scorer.base_);
    if (item == "early") good = number(scorer.early_trees_) && number(scorer.early_limit_);
    if (item == "tree") good = read_tree();
    return good && word().empty();
  }
};

Result<Scorer> Scorer::parse(std::string_view table) {
  constexpr std::string_view kFirstLine = "copydesk-scorer 1";
  Scorer scorer;
  Reader reader{scorer, {}, {}};
  for (std::size_t number = 1; !table.empty(); ++number) {
    const std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(line.size() + 1, table.size()));
    const bool good = number == 1 ? line == kFirstLine : reader.read_line(line);
    if (!good) return {ErrorCode::bad_data, "scorer table, line " + std::to_string(number)};
  }
  if (scorer.trees_.empty()) return {ErrorCode::bad_data, "scorer table without trees"};
  return scorer;
}

/// Adds the leaves that `Lanes` rows reach in one tree to their sums.
template <std::size_t Lanes>
void Scorer::add_tree(const Tree& tree, const float* const* rows, float* sums) const noexcept {
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

/// A tree is fetched once for all rows, which are so few that they stay near too.
void Scorer::add_trees(std::span<const float* const> rows, float* sums, std::size_t first,
                       std::size_t last) const noexcept {
  constexpr std::size_t kLanes = 8;
  for (std::size_t number = first; number < last; ++number) {
    std::size_t at = 0;
    for (; at + kLanes <= rows.size(); at += kLanes) {
      add_tree<kLanes>(trees_[number], rows.data() + at, sums + at);
    }
    for (; at < rows.size(); ++at) add_tree<1>(trees_[number], rows.data() + at, sums + at);
  }
}

void Scorer::score_rows(std::span<const float* const> rows, float* scores) const noexcept {
  std::fill_n(scores, rows.size(), base_);
  const std::size_t all = trees_.size();
  const std::size_t early = early_trees_ == 0 ? all : std::min(early_trees_, all);
  add_trees(rows, scores, 0, early);
  if (early == all) return;
  // Most blocks of a page are plainly not article, and a few trees see it.
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (scores[i] > early_limit_) add_trees(rows.subspan(i, 1), scores + i, early, all);
  }
}

float Scorer::score(std::span<const float> facts) const noexcept {
  const float* const row = facts.data();
  float sum = 0;
  score_rows({&row, 1}, &sum);
  return sum;
}

void Scorer::score(const FactRows& rows, std::span<float> scores) const noexcept {
  constexpr std::size_t kTogether = 32;
  std::array<const float*, kTogether> together{};
  for (std::size_t at = 0; at < scores.size(); at += kTogether) {
    const std::size_t count = std::min(kTogether, scores.size() - at);
    for (std::size_t i = 0; i < count; ++i) together[i] = rows.row(at + i).data();
    score_rows({together.data(), count}, scores.data() + at);
  }
}

}  // namespace copydesk::extract
