#pragma once

/// @file
/// A headline as the head of the text repeats it: what a title has beside it is not the article's.

#include <string>
#include <string_view>
#include <vector>

namespace copydesk::clean {

/// The first lines of a text, compared by their letters and digits alone.
class TitleHead {
 public:
  /// Only lines that are not much longer than `longest` bytes can be asked for.
  TitleHead(const std::vector<std::string_view>& lines, std::size_t longest);

  /// `text` is one of the lines.
  [[nodiscard]] bool has(std::string_view text) const;

 private:
  std::vector<std::string> lines_;
};

}  // namespace copydesk::clean
