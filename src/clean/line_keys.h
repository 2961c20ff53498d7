#pragma once

/// @file
/// The numbers under which a memory knows a line, whatever varies in it from page to page.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk::clean {

struct LineKeys {
  std::uint64_t line = 0;  ///< site_line_hash(): 0 for a line without a word
  /// Digits made one although there is only one word: "5 comments". 0 for other lines.
  std::uint64_t numbered = 0;
};

/// The keys that a line has by itself.
[[nodiscard]] LineKeys line_keys(std::string_view line);

/// `text` with each run of digits made `sign`.
[[nodiscard]] std::string fold_numbers(std::string_view text, std::string_view sign);

/// A line's numbers are taken for each other by LineKeys::line.
[[nodiscard]] bool has_loose_numbers(std::string_view line);

constexpr char kHeadlineSign = '\x02';

/// The headlines that other lines of a page may repeat: "No comments on HEADLINE - add one".
class PageHeadlines {
 public:
  /// Takes note of the page's lines in their order: the first ones that are long and short enough.
  void add(std::string_view line);

  /// A line that has a whole other line in it and as many words of its own beside it: those,
  /// folded, with kHeadlineSign where the other line stands. Empty for other lines.
  [[nodiscard]] std::string own_part(std::string_view line) const;

  /// The key of own_part(); 0 if that is empty.
  [[nodiscard]] std::uint64_t key(std::string_view line) const;

 private:
  std::vector<std::string> lines_;  // folded
};

}  // namespace copydesk::clean
