#pragma once

/// @file
/// Names of authors out of what pages write where a name should stand.

#include <string>
#include <string_view>
#include <vector>

#include "extract/json_ld.h"
#include "extract/places.h"
#include "extract/signals.h"

namespace copydesk::extract {

/// The names in a byline: "By Jane Doe and John Roe, Staff Writers | Dec 17" gives two. Prefixes,
/// roles, handles, addresses, dates and what cannot be a name are dropped. May be empty.
[[nodiscard]] std::vector<std::string> names_in_byline(std::string_view byline);

/// The article's authors. `linked` may be null.
[[nodiscard]] std::vector<std::string> find_authors(const html::Page& page, const Signals& signals,
                                                    const Places& places,
                                                    const LinkedArticle* linked,
                                                    std::string_view site);

}  // namespace copydesk::extract
