#pragma once

/// @file
/// Pages of which somebody took the UTF-8 for windows-1252 and wrote it as UTF-8 once more.

#include <optional>
#include <string>
#include <string_view>

namespace copydesk::stream {

/// The text as it was before: only if every character outside of ASCII belongs to UTF-8 that was
/// encoded twice, and there are several. Else nothing, for most pages at their first such
/// character. `page`: well-formed UTF-8. (Text that is spoilt in part is for clean.)
[[nodiscard]] std::optional<std::string> undo_double_encoding(std::string_view page);

}  // namespace copydesk::stream
