#pragma once

/// @file
/// The article's text in the data that a framework left in the page for its scripts
/// (`__NEXT_DATA__`, `Fusion.globalContent` ...): where a page shows only a part of it, or nothing.

#include <span>
#include <string>
#include <string_view>

#include "html/page.h"

namespace copydesk::extract {

/// The text of most running words among a page's state: of one list of paragraphs, or of one string
/// of HTML. Paragraphs are set apart by a blank line. Empty where nothing reads like an article of
/// `least_words` words or more. Linear in the state, of which at most 8 MiB are read.
[[nodiscard]] std::string state_text(std::span<const html::Script> scripts, double least_words);

/// Share of the triples of words of `part` that stand in `whole`; 0 for fewer than three words.
[[nodiscard]] double share_in(std::string_view part, std::string_view whole);

}  // namespace copydesk::extract
