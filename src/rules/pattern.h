#pragma once

/// @file
/// The easy pattern form: words, `a | b`, `(a|b)`, `*` for anything, `#` for a number.

#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"

namespace copydesk::rules {

/// One way through a pattern: folded text in which kAnything and kNumber stand for the wildcards.
using Glob = std::string;
inline constexpr char kAnything = '\x01';
inline constexpr char kNumber = '\x02';

/// All ways through `pattern`. Each loses the edge symbols that a line loses when it becomes a key,
/// unless `keep_edges` (patterns of trims look into lines). Error bad_rule: brackets that do not
/// pair, an empty alternative of the whole, or more than 2,000 ways.
[[nodiscard]] Result<std::vector<Glob>> expand_match(std::string_view pattern,
                                                     bool keep_edges = false);

[[nodiscard]] bool has_wildcard(std::string_view glob) noexcept;

/// The literal text before the first wildcard.
[[nodiscard]] std::string_view literal_head(std::string_view glob) noexcept;

/// The longest run without wildcard.
[[nodiscard]] std::string_view longest_literal(std::string_view glob) noexcept;

/// True if `glob` matches the whole of `text` (folded). Time: the product of both lengths at worst.
[[nodiscard]] bool glob_matches(std::string_view glob, std::string_view text) noexcept;

/// The same pattern for PCRE2, without anchors.
[[nodiscard]] std::string glob_to_regex(std::string_view glob);

}  // namespace copydesk::rules
