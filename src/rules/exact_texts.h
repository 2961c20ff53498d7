#pragma once

/// @file
/// The texts that rules match whole, in one table: thousands of them, read at every start.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/word_filter.h"

namespace copydesk::rules {

/// A hash table with open addressing over texts that lie one behind the other, so that adding one
/// takes no memory of its own. Thread-safe once all are added.
class ExactTexts {
 public:
  /// A text may be added for several rules.
  void add(std::string_view text, std::uint32_t rule);

  /// Appends the rules that `text` was added for, in the order of adding.
  void find(std::string_view text, std::vector<std::uint32_t>& rules) const;

 private:
  struct Entry {
    std::size_t hash = 0;
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
    std::uint32_t rule = 0;
  };

  void grow();
  void place(std::uint32_t number);
  [[nodiscard]] std::string_view text_of(const Entry& entry) const noexcept {
    return std::string_view(texts_).substr(entry.begin, entry.size);
  }

  std::string texts_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  ///< number of an entry and one; 0: free. A power of two
  std::size_t longest_ = 0;
  text::WordFilter filter_;  ///< most lines are none of the texts, and are not hashed
};

}  // namespace copydesk::rules
