#pragma once

/// @file
/// Takes out of a list of marks those that mean nothing where they stand: nine in ten. No one can
/// tell which, so that a branch on them would cost more than what is done for all of them.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "tokenize/language.h"

namespace copydesk::tokenize {

/// Marks as offsets from a place in the text.
struct MarkList {
  std::size_t base = 0;
  std::uint16_t* places = nullptr;  ///< in rising order
  std::size_t count = 0;
};

/// Leaves in `marks` what the rules have to look at, and writes the marks for which
/// MarkTable::Entry::bind, cut or elide holds to `settled`, which has room for all of them. Returns
/// how many these are.
std::size_t filter_marks(std::string_view text, const Language& language, MarkList& marks,
                         std::uint16_t* settled);

}  // namespace copydesk::tokenize
