#pragma once

/// @file
/// Character references of HTML that were left in a text.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace copydesk::clean {

struct Entity {
  std::size_t size = 0;  ///< bytes, from & to ; of all that make up this one character
  std::string text;
};

/// The reference that begins at `text[at]` == '&': named (the 150 that news pages use) or numeric,
/// closed by ';'. "&amp;lt;" is undone all the way down, so that a second look finds nothing more.
[[nodiscard]] std::optional<Entity> read_entity(std::string_view text, std::size_t at);

}  // namespace copydesk::clean
