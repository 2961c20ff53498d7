#pragma once

/// @file
/// Which of a page's many titles is the article's.

#include <string>
#include <string_view>

#include "extract/json_ld.h"
#include "extract/signals.h"

namespace copydesk::extract {

/// `title` without the site's name at its end or beginning: "Headline - Site", "Site | Headline".
/// What stands apart is dropped if it is like `site` or the host, or short beside the rest.
[[nodiscard]] std::string without_site(std::string_view title, std::string_view site,
                                       std::string_view host);

/// The article's title, and the heading element that shows it (or the likeliest one).
struct Headline {
  std::string title;
  html::NodeId heading = html::kNoNode;
};

/// `linked` may be null.
[[nodiscard]] Headline find_headline(const html::Page& page, const Signals& signals,
                                     const LinkedArticle* linked, std::string_view site,
                                     std::string_view host);

}  // namespace copydesk::extract
