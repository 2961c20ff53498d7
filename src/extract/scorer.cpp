#include "extract/scorer.h"

#include <charconv>
#include <cmath>
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

  /// A child must be a later split or an existing leaf: so every walk ends.
  static bool valid_child(int child, int self, int splits) {
    return child < 0 ? -1 - child <= splits : child > self && child < splits;
  }

  bool read_tree() {
    constexpr int kMostSplits = 4096;
    int count = 0;
    if (!number(count) || count < 0 || count > kMostSplits) return false;
    scorer.trees_.push_back({static_cast<std::uint32_t>(scorer.splits_.size()),
                             static_cast<std::uint32_t>(scorer.leaves_.size())});
    for (int i = 0; i < count; ++i) {
      std::size_t fact = 0;
      Split split;
      if (!number(fact) || fact >= facts.size() || !number(split.limit)) return false;
      if (!number(split.left) || !number(split.right)) return false;
      if (!valid_child(split.left, i, count) || !valid_child(split.right, i, count)) return false;
      split.fact = facts[fact];
      scorer.splits_.push_back(split);
    }
    for (int i = 0; i <= count; ++i) {
      float value = 0;
      if (!number(value)) return false;
      scorer.leaves_.push_back(value);
    }
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

float Scorer::score(std::span<const float> facts) const noexcept {
  float sum = base_;
  for (const Tree& tree : trees_) {
    const Split* splits = splits_.data() + tree.splits;
    const std::size_t next = static_cast<std::size_t>(&tree - trees_.data()) + 1;
    // Most blocks of a page are plainly not article, and a few trees see it.
    if (next - 1 == early_trees_ && sum <= early_limit_ && early_trees_ > 0) break;
    const std::size_t end = next < trees_.size() ? trees_[next].splits : splits_.size();
    int at = end > tree.splits ? 0 : -1;
    while (at >= 0) {
      const Split& split = splits[at];
      at = facts[split.fact] <= split.limit ? split.left : split.right;
    }
    sum += leaves_[tree.leaves + static_cast<std::uint32_t>(-1 - at)];
  }
  return sum;
}

}  // namespace copydesk::extract
