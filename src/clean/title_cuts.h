#pragma once

/// @file
/// Where a page title can be taken apart: bars, dashes, guillemets, dots and the like.

#include <cstddef>
#include <string_view>
#include <vector>

namespace copydesk::clean {

/// A separator in a title: half-open byte range, with the spaces around it.
struct TitleCut {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool strong = false;  ///< hardly ever part of a headline
  bool named = false;   ///< a cut only where the site's own name stands beside it: a colon
  bool bar = false;     ///< " | "
};

/// The separators, ascending; two of them may share a space. `title`: well-formed UTF-8.
[[nodiscard]] std::vector<TitleCut> find_cuts(std::string_view title);

}  // namespace copydesk::clean
