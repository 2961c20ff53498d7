#pragma once

/// @file
/// Most full stops of running text stand behind an ordinary word, and most of those before a space
/// and a capital letter. These are found here with a few operations; full_stop.h has the rules for
/// the rest, and gives the same answer where it is asked about these (a test compares them).

#include <cstddef>
#include <string_view>

#include "tokenize/language.h"

namespace copydesk::tokenize {

/// True if the letters before the full stop at `at` are a word of at least two that cannot be
/// an abbreviation, an initial or a number, whatever follows: only its first letter may be a
/// capital, it is not listed, and it is long or has a vowel. False does not say the opposite.
[[nodiscard]] bool follows_plain_word(std::string_view text, std::size_t at,
                                      const Language& language);

/// Where the sentence ends whose full stop, behind a plain word, stands at `at`: behind the full
/// stop or the quotation mark that closes. 0 if what follows leaves that open.
[[nodiscard]] std::size_t plain_end(std::string_view text, std::size_t at);

}  // namespace copydesk::tokenize
