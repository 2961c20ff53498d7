#pragma once

/// @file
/// The site's name and section in a page title: "Merkel resigns | Politics news from Germany | DW".

#include <string_view>
#include <vector>

#include "copydesk/clean.h"

namespace copydesk::clean {

/// The part of a title that is the article's own: half-open byte range.
struct TitleRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// What is known beside the title.
struct TitleContext {
  std::string_view host;                     ///< may be empty
  std::vector<std::string_view> site_names;  ///< names and sections that the site writes
  bool is_title = true;  ///< false: the first line of a text, which may be one; only bars and names
  std::string_view url = {};  ///< may be empty; its path often repeats the headline
  std::vector<std::string_view> head =
      {};  ///< the first lines of the text: one may be the headline
};

/// The first lines of `text` that may be a headline.
[[nodiscard]] std::vector<std::string_view> head_lines(std::string_view text);

/// Finds what is left when site names and sections are taken off both ends. Segments are what
/// stands between bars, dashes, guillemets, dots and the like. A segment goes if it names the site
/// (`host` without its ending, or `site_names`), or if it is short and enough is left. `title`:
/// well-formed UTF-8.
[[nodiscard]] TitleRange article_title(std::string_view title, const TitleContext& context);

/// What a site may write beside its headlines: the segments at both ends of a title, up to two at
/// the end, each different one once. None if the title has no separator.
[[nodiscard]] std::vector<std::string_view> title_parts(std::string_view title);

/// The edits that leave article_title(): one at each end that changes.
[[nodiscard]] std::vector<Edit> trim_title(std::string_view title, const TitleContext& context);

}  // namespace copydesk::clean
