#pragma once

/// @file
/// What fuzz targets use: the input as text, and a check that stops the run.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace copydesk::fuzz {

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// A property that every input must have.
inline void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace copydesk::fuzz
