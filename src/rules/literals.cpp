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
  for (const std::string& literal : literals) {
    sizes_.push_back(static_cast<std::uint32_t>(literal.size()));
  }
  number_classes(literals);
  const LiteralTrie trie(literals);
  const std::vector<State> order = ordered(trie);
  std::vector<State> numbers(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) numbers[order[i]] = static_cast<State>(i);
  list_endings(trie, order);
  for (const State state : order) depths_.push_back(trie.depth(state));
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

std::span<const std::uint32_t> LiteralScanner::ending_in(std::size_t row) const {
  const std::size_t ending = 2 * (row - first_ending_) / classes_;
  const std::size_t from = ending_from_[ending];
  return std::span(endings_).subspan(from, ending_from_[ending + 1] - from);
}

void LiteralScanner::append_ending(std::size_t row, std::vector<std::uint32_t>& found) const {
  for (const std::uint32_t literal : ending_in(row)) found.push_back(literal);
}

/// Each step waits for the row that the step before has read, so four parts of a text are read in
/// the time of one. What stands over a seam is found by going on from the part before it.
template <typename Row>
void LiteralScanner::find_in(const Row* rows, std::string_view text,
                             std::vector<std::uint32_t>& found) const {
  constexpr std::size_t kShort = 64;  // bytes: below, the seams cost more than they gain
  const std::size_t part = text.size() < kShort ? 0 : text.size() / 4;
  const std::size_t first_ending = first_ending_;
  const auto step = [&](std::size_t row, std::size_t at) {
    const std::size_t next = rows[2 * row + class_of_[static_cast<unsigned char>(text[at])]];
    if (next >= first_ending) append_ending(next, found);
    return next;
  };
  std::size_t first = 0;
  std::size_t second = 0;
  std::size_t third = 0;
  std::size_t fourth = 0;
  for (std::size_t at = 0; at < part; ++at) {
    first = step(first, at);
    second = step(second, part + at);
    third = step(third, 2 * part + at);
    fourth = step(fourth, 3 * part + at);
  }
  for (std::size_t at = 4 * part; at < text.size(); ++at) fourth = step(fourth, at);
  if (part == 0) return;
  find_over_seam(rows, text.substr(part), first, found);
  find_over_seam(rows, text.substr(2 * part), second, found);
  find_over_seam(rows, text.substr(3 * part), third, found);
}

/// Finds the literals that began before `behind`, where the scan had come to `row`: as long as what
/// it has of one reaches back over the seam, which is a letter or two.
template <typename Row>
void LiteralScanner::find_over_seam(const Row* rows, std::string_view behind, std::size_t row,
                                    std::vector<std::uint32_t>& found) const {
  for (std::size_t at = 0; at < behind.size() && depths_[2 * row / classes_] > at; ++at) {
    row = rows[2 * row + class_of_[static_cast<unsigned char>(behind[at])]];
    if (row < first_ending_) continue;
    for (const std::uint32_t literal : ending_in(row)) {
      if (sizes_[literal] > at + 1) found.push_back(literal);
    }
  }
}

void LiteralScanner::find(std::string_view text, std::vector<std::uint32_t>& found) const {
  if (long_rows_.empty()) return find_in(short_rows_.data(), text, found);
  find_in(long_rows_.data(), text, found);
}

}  // namespace copydesk::rules
