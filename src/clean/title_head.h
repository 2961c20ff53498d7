#pragma once

/// @file
/// A headline as the head of the text repeats it: what a title has beside it is not the article's.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clean/title.h"

namespace copydesk::clean {

/// The first lines of a text, compared by their letters and digits alone.
class TitleHead {
 public:
  explicit TitleHead(const std::vector<std::string_view>& lines);

  /// `text` is one of the lines.
  [[nodiscard]] bool has(std::string_view text) const;

  /// The longest run of words of `title`, four at least, that is a line; without the mark behind
  /// it: "Best Tents of 2026" in "Best Tents of 2026, Tested".
  [[nodiscard]] std::optional<TitleRange> find(std::string_view title) const;

 private:
  std::vector<std::string> lines_;
};

}  // namespace copydesk::clean
