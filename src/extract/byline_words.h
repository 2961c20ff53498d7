#pragma once

/// @file
/// Words that bylines are made of beside names (src/data/metadata/bylines.txt). Phrases are
/// case-folded. Thread-safe.

#include <cstddef>
#include <string_view>

namespace copydesk::extract {

/// Length of the longest prefix phrase ("written by", "von") at the start of `folded`, with the
/// colon and space behind it; 0 if there is none.
[[nodiscard]] std::size_t byline_prefix(std::string_view folded);

/// True for a word that stands between two names, or ends one.
[[nodiscard]] bool is_name_joiner(std::string_view folded_word);
[[nodiscard]] bool ends_name(std::string_view folded_word);

/// True for a degree behind a name ("phd").
[[nodiscard]] bool is_credential_word(std::string_view folded_word);
/// True for a word that no name holds ("is").
[[nodiscard]] bool shows_sentence(std::string_view folded_word);

/// True for a phrase that says what a person is ("Staff Writer"), or ends with such a one.
[[nodiscard]] bool is_role(std::string_view folded);
/// True for a phrase that stands in place of an author and names none ("admin", "editorial team").
[[nodiscard]] bool is_nobody(std::string_view folded);

}  // namespace copydesk::extract
