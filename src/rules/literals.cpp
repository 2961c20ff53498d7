#include "rules/literals.h"

#include <algorithm>
#include <deque>

namespace copydesk::rules {

LiteralScanner::LiteralScanner(const std::vector<std::string>& literals) {
  number_classes(literals);
  build_trie(literals);
  link_failures();
  finish_table();
}

void LiteralScanner::number_classes(const std::vector<std::string>& literals) {
  for (const std::string& literal : literals) {
    for (const char c : literal) {
      std::uint8_t& number = class_of_[static_cast<unsigned char>(c)];
      if (number == 0) number = static_cast<std::uint8_t>(classes_++);
    }
  }
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

void LiteralScanner::finish_table() {
  const auto classes = static_cast<State>(classes_);
  for (State& to : table_) to = to * classes | (literals_[to].empty() ? 0 : kEnds);
}

void LiteralScanner::find(std::string_view text, std::vector<std::uint32_t>& found) const {
  State row = 0;
  for (const char c : text) {
    const State next = table_[row + class_of_[static_cast<unsigned char>(c)]];
    row = next & ~kEnds;
    if (next == row) continue;
    const auto& literals = literals_[row / classes_];
    found.insert(found.end(), literals.begin(), literals.end());
  }
}

}  // namespace copydesk::rules
