#pragma once

/// @file
/// Cheap facts of a line that rules and cleaning share.

#include <cstddef>
#include <string_view>

namespace copydesk::rules {

/// Words as rules count them: runs between white space; in scripts without spaces every two
/// characters are one. Linear, and fast enough to be asked of every line.
[[nodiscard]] std::size_t count_words(std::string_view line) noexcept;

/// True if the line ends as a sentence does: . ! ? ... and their relatives of other scripts, with
/// or without closing quotes and brackets behind.
[[nodiscard]] bool ends_sentence(std::string_view line) noexcept;

}  // namespace copydesk::rules
