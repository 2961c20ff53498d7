#pragma once

/// @file
/// Dates as bylines write them, to ISO 8601.

#include <string>
#include <string_view>

namespace copydesk::clean {

/// The day in "14 February 2022", "Feb. 14, 2022", "2022-02-14", "14.02.2022" and
/// the like as "2022-02-14"; empty if the text does not say one, or says one that can be read two
/// ways
/// ("02/03/2022"). Month names of the languages that have a rule pack are known.
[[nodiscard]] std::string read_date(std::string_view text);

}  // namespace copydesk::clean
