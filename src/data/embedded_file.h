#pragma once

/// @file
/// The shape in which data files are compiled in.

#include <string_view>

namespace copydesk::data {

/// A text file that was compiled into the library. Views live as long as the program.
struct EmbeddedFile {
  std::string_view name;  ///< without its directory, e.g. "en.rules"
  std::string_view text;
};

}  // namespace copydesk::data
