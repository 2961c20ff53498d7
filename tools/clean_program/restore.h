#pragma once

/// @file
/// clean --restore: the input of a run, from its output and its --removed file.

#include "clean_program/settings.h"
#include "common/program.h"

namespace copydesk::tools {

/// Reads the program's files, gives back what they were made from; the exit status.
[[nodiscard]] int restore_documents(const Program& program, const CleanSettings& settings);

}  // namespace copydesk::tools
