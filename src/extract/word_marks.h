#pragma once

/// @file
/// A list of words that is looked for in many short texts: names of classes, texts around dates.

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace copydesk::extract {

/// Finds where a word of the list begins a word of a text. Words are case-folded. Words are found
/// by their first byte, so a text that has none of them costs little more than a look at each byte.
/// Immutable after construction; thread-safe. The words must outlive it.
class WordMarks {
 public:
  WordMarks() = default;
  explicit WordMarks(std::span<const std::string_view> words) {
    for (const std::string_view word : words) add(word, 0);
  }

  void add(std::string_view word, int value) {
    by_first_[static_cast<unsigned char>(word.front())].push_back({word, value});
  }

  /// Calls `action(value)` for each word that stands at the beginning of a word of `folded_text`,
  /// in order; stops when it returns true. A word begins behind anything but a small ASCII letter.
  template <typename Action>
  void find(std::string_view folded_text, Action action) const {
    char before = ' ';
    for (std::size_t at = 0; at < folded_text.size(); before = folded_text[at++]) {
      if (before >= 'a' && before <= 'z') continue;
      for (const Mark& mark : by_first_[static_cast<unsigned char>(folded_text[at])]) {
        if (folded_text.substr(at, mark.word.size()) == mark.word && action(mark.value)) return;
      }
    }
  }

  [[nodiscard]] bool found_in(std::string_view folded_text) const {
    bool found = false;
    find(folded_text, [&](int) { return found = true; });
    return found;
  }

 private:
  struct Mark {
    std::string_view word;
    int value;
  };
  std::array<std::vector<Mark>, 256> by_first_;
};

}  // namespace copydesk::extract
