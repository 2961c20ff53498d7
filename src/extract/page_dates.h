#pragma once

/// @file
/// When a page's article was published and changed.

#include <optional>
#include <string_view>

#include "extract/dates.h"
#include "extract/json_ld.h"
#include "extract/places.h"
#include "extract/signals.h"

namespace copydesk::extract {

struct PageDates {
  std::optional<DateTime> published;
  std::optional<DateTime> modified;
};

/// From JSON-LD, meta tags, microdata, `<time>`, the URL, and at last from what stands in the text.
/// Where a date is given in UTC only and the page shows its readers the day before or after, it is
/// that day: the one on which the article appeared at home. Where the page shows beside its
/// headline another day than it declares, and does not call it that of a change, the day shown
/// counts, with the time of the declared change if that is of the same day; not where the declared
/// day is shown there too. A tag that does not say what its date is of ("date", "dcterms.date")
/// gives way to what is shown sooner. `linked` may be null, `url` empty.
[[nodiscard]] PageDates find_dates(const html::Page& page, const Signals& signals,
                                   const Places& places, const LinkedArticle* linked,
                                   std::string_view url, const DateContext& context);

}  // namespace copydesk::extract
