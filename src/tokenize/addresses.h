#pragma once

/// @file
/// Things in a text that are one token though they are made of many: URLs, e-mail addresses, names
/// with an at sign, emoticons. Each function is called at a character that gives it away, reads at
/// most a bounded number of bytes before it, and behind it not beyond what it finds.

#include <cstddef>
#include <string_view>

#include "copydesk/tokenize.h"

namespace copydesk::tokenize {

/// The URL whose "://" stands at `at`; an empty span if it is none. `floor`: where it may begin.
[[nodiscard]] Span url_around(std::string_view text, std::size_t floor, std::size_t at);

/// "example.org/path" or "www.example.org/path", of which the slash stands at `at`.
[[nodiscard]] Span bare_url_around(std::string_view text, std::size_t floor, std::size_t at);

/// "name@example.org" or "@name", the at sign at `at`.
[[nodiscard]] Span email_around(std::string_view text, std::size_t floor, std::size_t at);

/// Where the emoticon that begins at `at` ends, or `at` if none does: ":-)", ";)", "=D".
[[nodiscard]] std::size_t emoticon_end(std::string_view text, std::size_t at);

}  // namespace copydesk::tokenize
