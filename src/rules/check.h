#pragma once

/// @file
/// Runs the examples that stand in a pack.

#include <string>
#include <vector>

#include "rules/pack.h"

namespace copydesk::rules {

/// An example that came out otherwise than the pack says.
struct CheckFailure {
  std::string rule;        ///< id
  std::uint32_t line = 0;  ///< of the example in the pack's file
  std::string what;        ///< one line for people
};

/// Compiles every pattern and runs every example of the pack: a `yes` line must match, a `no` line
/// must not, and a trim must leave what stands behind "=>". Place guards are taken to hold.
[[nodiscard]] std::vector<CheckFailure> check_pack(const Pack& pack);

}  // namespace copydesk::rules
