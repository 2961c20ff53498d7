#pragma once

/// @file
/// The numbers under which a memory knows a line, whatever varies in it from page to page. Lines
/// are given as their key in folded form (rules/fold.h).

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
[[nodiscard]] LineKeys line_keys(std::string_view folded);

/// A line's numbers are taken for each other by LineKeys::line.
[[nodiscard]] bool has_loose_numbers(std::string_view line);

constexpr char kHeadlineSign = '\x02';

/// What a line has beside a headline, with kHeadlineSign where that stands.
struct OwnPart {
  std::string text;
  std::uint64_t key = 0;  ///< 0: there is none
};

/// The headlines that other lines of a page may repeat: "No comments on HEADLINE - add one".
class PageHeadlines {
 public:
  /// Takes note of the page's lines in their order: the first ones that are long and short enough.
  void add(std::string_view folded);

  /// Of a line that has a whole other line in it and as many words of its own beside it.
  [[nodiscard]] OwnPart own_part(std::string_view folded) const;

 private:
  std::vector<std::string> lines_;
};

}  // namespace copydesk::clean
