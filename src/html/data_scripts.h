#pragma once

/// @file
/// The scripts of a page that hold data: JSON-LD, and the state that frameworks leave.

#include <string_view>

#include "html/skim.h"

namespace copydesk::html {

/// Notes a script's body in `out` where it holds such data. `type` and `id` are its attributes.
void set_aside(std::string_view body, std::string_view type, std::string_view id, Skimmed& out);

}  // namespace copydesk::html
