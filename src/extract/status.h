#pragma once

/// @file
/// Why a page gave no text.

#include <string_view>

#include "extract/blocks.h"
#include "extract/survey.h"
#include "html/page.h"

namespace copydesk::extract {

/// The reason as records state it in `status`: "empty" (no text at all), "unsupported-type" (an
/// image, a PDF), "needs-javascript", "consent-wall", "not-an-article". Static.
[[nodiscard]] std::string_view status_of(const html::Page& page, const BlockList& list,
                                         const Survey& survey, std::string_view source);

}  // namespace copydesk::extract
