#pragma once

/// @file
/// Which form a stream has, from its first bytes.

#include <string_view>

#include "copydesk/document.h"

namespace copydesk::stream {

/// What is looked at: enough to pass white space and a comment before an HTML page's first tag.
inline constexpr std::size_t kSniffSize = 4096;

/// True if `head` is enough to tell: a pipe that is slow to speak is not waited for any longer.
[[nodiscard]] bool is_enough(std::string_view head) noexcept;

/// The form `head` (the first kSniffSize bytes, or all there is) looks like: warc, jsonl, html, or
/// text where it looks like none of them.
[[nodiscard]] Format sniff(std::string_view head) noexcept;

/// `head` without a UTF-8 byte order mark.
[[nodiscard]] std::string_view without_byte_order_mark(std::string_view head) noexcept;

}  // namespace copydesk::stream
