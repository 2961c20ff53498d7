#pragma once

/// @file
/// Quotation marks: double primes used for them, straight to curly and back.

#include <string_view>
#include <vector>

#include "copydesk/clean.h"

namespace copydesk::clean {

/// Edits for well-formed UTF-8. With Quotes::keep only pairs of double primes around words change
/// (those behind a digit are inches or seconds and stay).
[[nodiscard]] std::vector<Edit> repair_quotes(std::string_view text, Quotes quotes);

}  // namespace copydesk::clean
