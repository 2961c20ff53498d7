#pragma once

/// @file
/// The documents of clean through a Cleaner: what is written, reported, counted and remembered.

#include <memory>

#include "copydesk/clean.h"
#include "copydesk/site_memory.h"

#include "clean_program/settings.h"
#include "common/filter.h"

namespace copydesk::tools {

/// `memory` may be null; it and the settings must outlive the filter. `wants_removed`: lines of
/// --removed are made.
[[nodiscard]] std::unique_ptr<Filter> make_clean_filter(Cleaner cleaner, SiteMemory* memory,
                                                        const CleanSettings& settings,
                                                        bool wants_removed);

}  // namespace copydesk::tools
