#pragma once

/// @file
/// dedupe signatures, pairs, cluster, apply: the stages for an outside engine.

#include <string_view>

namespace copydesk::tools {

[[nodiscard]] bool is_stage(std::string_view word) noexcept;

/// Runs the stage that argv[1] names; the exit status.
[[nodiscard]] int run_stage(int argc, const char* const* argv);

}  // namespace copydesk::tools
