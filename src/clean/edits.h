#pragma once

/// @file
/// Edits as the steps of cleaning make them, and two steps' edits made one.

#include <string_view>
#include <vector>

#include "copydesk/clean.h"

namespace copydesk::clean {

/// The edits that lead from the input of `first` to the output of `second`, where `second` was made
/// on the output of `first`. Where they touch the same bytes, one edit stands for both and bears
/// the rule of the later one if that removes, else of the earlier. Linear.
[[nodiscard]] std::vector<Edit> compose_edits(std::string_view input, std::vector<Edit> first,
                                              std::vector<Edit> second);

}  // namespace copydesk::clean
