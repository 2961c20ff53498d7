#include "rules/literals.h"

#include <algorithm>
#include <deque>
#include <numeric>
#include <utility>

namespace copydesk::rules {

LiteralScanner::LiteralScanner(const std::vector<std::string>& literals) {
  number_classes(literals);
  build_trie(literals);
  link_failures();
  move_ending_states_last();
  finish_table();
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

/// Level by level, so that the states near the root, where most of a text is read, lie together.
void LiteralScanner::build_trie(const std::vector<std::string>& literals) {
  table_.assign(classes_, 0);
  literals_.emplace_back();
  std::vector<State> states(literals.size(), 0);  // how far each literal has come
  std::size_t longest = 0;
  for (const std::string& literal : literals) longest = std::max(longest, literal.size());
  for (std::size_t at = 0; at < longest; ++at) {
    for (std::uint32_t i = 0; i < literals.size(); ++i) {
      if (at < literals[i].size()) states[i] = step(states[i], literals[i][at]);
    }
  }
  for (std::uint32_t i = 0; i < literals.size(); ++i) literals_[states[i]].push_back(i);
}

/// The state behind `state` and `c`, made where it is new.
LiteralScanner::State LiteralScanner::step(State state, char c) {
  const std::uint8_t byte_class = class_of_[static_cast<unsigned char>(c)];
  if (next(state, byte_class) == 0) {
    const auto made = static_cast<State>(literals_.size());
    literals_.emplace_back();
    table_.resize(table_.size() + classes_, 0);
    next(state, byte_class) = made;
  }
  return next(state, byte_class);
}

void LiteralScanner::link_failures() {
  std::vector<State> failure(literals_.size(), 0);
  std::deque<State> queue;
  for (std::size_t c = 1; c < classes_; ++c) {
    if (const State state = next(0, static_cast<std::uint8_t>(c))) queue.push_back(state);
  }
  while (!queue.empty()) {
    const State state = queue.front();
    queue.pop_front();
    const State back = failure[state];
    literals_[state].insert(literals_[state].end(), literals_[back].begin(), literals_[back].end());
    for (std::size_t c = 1; c < classes_; ++c) {
      State& to = next(state, static_cast<std::uint8_t>(c));
      const State over = next(back, static_cast<std::uint8_t>(c));
      if (to == 0) {
        to = over;
      } else {
        failure[to] = over;
        queue.push_back(to);
      }
    }
  }
}

/// So that one comparison tells them. The others stay level by level.
void LiteralScanner::move_ending_states_last() {
  std::vector<State> order(literals_.size());  // the states by their new numbers
  std::iota(order.begin(), order.end(), State{0});
  const auto ending = std::stable_partition(
      order.begin(), order.end(), [this](State state) { return literals_[state].empty(); });
  first_ending_ = static_cast<std::size_t>(ending - order.begin()) * classes_ / 2;
  std::vector<State> numbers(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) numbers[order[i]] = static_cast<State>(i);
  std::vector<State> table;
  std::vector<std::vector<std::uint32_t>> literals;
  for (const State state : order) {
    for (std::size_t c = 0; c < classes_; ++c) {
      table.push_back(numbers[next(state, static_cast<std::uint8_t>(c))]);
    }
    literals.push_back(std::move(literals_[state]));
  }
  table_.swap(table);
  literals_.swap(literals);
}

void LiteralScanner::finish_table() {
  constexpr std::size_t kMostShort = 0xFFFF;
  const std::size_t last = literals_.size() * classes_ / 2;
  const auto row = [this](State state) { return state * classes_ / 2; };
  if (last <= kMostShort) {
    for (const State to : table_) short_rows_.push_back(static_cast<std::uint16_t>(row(to)));
  } else {
    for (const State to : table_) long_rows_.push_back(static_cast<std::uint32_t>(row(to)));
  }
  table_ = {};
}

template <typename Row>
void LiteralScanner::find_in(const std::vector<Row>& rows, std::string_view text,
                             std::vector<std::uint32_t>& found) const {
  std::size_t row = 0;
  for (const char c : text) {
    row = rows[2 * row + class_of_[static_cast<unsigned char>(c)]];
    if (row < first_ending_) continue;
    const auto& literals = literals_[2 * row / classes_];
    found.insert(found.end(), literals.begin(), literals.end());
  }
}

void LiteralScanner::find(std::string_view text, std::vector<std::uint32_t>& found) const {
  if (long_rows_.empty()) return find_in(short_rows_, text, found);
  find_in(long_rows_, text, found);
}

}  // namespace copydesk::rules
