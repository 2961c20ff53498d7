#include "rules/literals.h"

#include <algorithm>
#include <numeric>

#include "rules/literal_trie.h"

namespace copydesk::rules {
namespace {

using State = LiteralTrie::State;

/// The states by their new numbers: those in which a literal ends last, so that one comparison
/// tells them; the others level by level, so that the states near the root, where most of a text is
/// read, lie together.
std::vector<State> ordered(const LiteralTrie& trie) {
  std::vector<State> order(trie.size());
  std::iota(order.begin(), order.end(), State{0});
  std::stable_partition(order.begin(), order.end(),
                        [&](State state) { return !trie.is_ending(state); });
  return order;
}

}  // namespace

LiteralScanner::LiteralScanner(const std::vector<std::string>& literals) {
  constexpr std::size_t kMostShort = 0xFFFF;
  number_classes(literals);
  const LiteralTrie trie(literals);
  const std::vector<State> order = ordered(trie);
  std::vector<State> numbers(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) numbers[order[i]] = static_cast<State>(i);
  list_endings(trie, order);
  if (trie.size() * classes_ / 2 <= kMostShort) {
    fill(short_rows_, trie, numbers);
  } else {
    fill(long_rows_, trie, numbers);
  }
}

void LiteralScanner::number_classes(const std::vector<std::string>& literals) {
  for (const std::string& literal : literals) {
    for (const char c : literal) {
      std::uint8_t& number = class_of_[static_cast<unsigned char>(c)];
      if (number == 0) number = static_cast<std::uint8_t>(classes_++);
    }
  }
  classes_ += classes_ % 2;
}

void LiteralScanner::list_endings(const LiteralTrie& trie, const std::vector<State>& order) {
  const auto first =
      std::find_if(order.begin(), order.end(), [&](State state) { return trie.is_ending(state); });
  first_ending_ = static_cast<std::size_t>(first - order.begin()) * classes_ / 2;
  ending_from_.push_back(0);
  for (auto state = first; state != order.end(); ++state) {
    trie.append_literals(*state, endings_);
    ending_from_.push_back(static_cast<std::uint32_t>(endings_.size()));
  }
}

/// A state's row is that of its failure but for its own edges.
template <typename Row>
void LiteralScanner::fill(std::vector<Row>& rows, const LiteralTrie& trie,
                          const std::vector<State>& numbers) const {
  rows.resize(trie.size() * classes_);
  for (State state = 0; state < trie.size(); ++state) {
    Row* const row = &rows[numbers[state] * classes_];
    if (state != 0) std::copy_n(&rows[numbers[trie.failure(state)] * classes_], classes_, row);
    for (const LiteralTrie::Edge& edge : trie.edges(state)) {
      row[class_of_[edge.byte]] = static_cast<Row>(numbers[edge.to] * classes_ / 2);
    }
  }
}

template <typename Row>
void LiteralScanner::find_in(const std::vector<Row>& rows, std::string_view text,
                             std::vector<std::uint32_t>& found) const {
  std::size_t row = 0;
  for (const char c : text) {
    row = rows[2 * row + class_of_[static_cast<unsigned char>(c)]];
    if (row < first_ending_) continue;
    const std::size_t ending = 2 * (row - first_ending_) / classes_;
    found.insert(found.end(), endings_.begin() + ending_from_[ending],
                 endings_.begin() + ending_from_[ending + 1]);
  }
}

void LiteralScanner::find(std::string_view text, std::vector<std::uint32_t>& found) const {
  if (long_rows_.empty()) return find_in(short_rows_, text, found);
  find_in(long_rows_, text, found);
}

}  // namespace copydesk::rules
