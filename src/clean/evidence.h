#pragma once

/// @file
/// What rules took out of a text. It tells how far the rest of it is to be trusted: the text of an
/// article as it was written holds next to nothing for them to take.

#include <cstdint>

namespace copydesk::clean {

/// none: nothing, or what is the article's own (bylines, dates); some: what may stand in articles,
/// too (captions, "Read also"); sure: plain furniture.
enum class Evidence : std::uint8_t { none, some, sure };

}  // namespace copydesk::clean
