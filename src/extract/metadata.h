#pragma once

/// @file
/// Page -> Metadata.

#include <string_view>

#include "copydesk/metadata.h"

#include "extract/json_ld.h"
#include "html/page.h"

namespace copydesk::extract {

/// All that the page says. `url` is where it was found; may be empty. Also returns what JSON-LD
/// says of the article, since its articleBody guides the extraction of the text. Thread-safe.
struct PageFacts {
  Metadata metadata;
  LinkedArticle linked;  ///< the main article; its rank is 0 if the page describes none
};
[[nodiscard]] PageFacts read_facts(const html::Page& page, std::string_view url);

}  // namespace copydesk::extract
