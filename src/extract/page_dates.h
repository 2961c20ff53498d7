#pragma once

/// @file
/// When a page's article was published and changed.

#include <optional>
#include <string_view>

#include "extract/dates.h"
#include "extract/json_ld.h"
#include "extract/signals.h"

namespace copydesk::extract {

struct PageDates {
  std::optional<DateTime> published;
  std::optional<DateTime> modified;
};

/// From JSON-LD, meta tags, microdata, `<time>`, the URL, and at last from what stands in the text.
/// `linked` may be null, `url` empty.
[[nodiscard]] PageDates find_dates(const html::Page& page, const Signals& signals,
                                   const LinkedArticle* linked, std::string_view url,
                                   const DateContext& context);

}  // namespace copydesk::extract
