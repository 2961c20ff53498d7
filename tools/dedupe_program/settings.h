#pragma once

/// @file
/// dedupe's own options.

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "copydesk/dedupe.h"

namespace copydesk::tools {

struct DedupeSettings {
  SketchOptions sketch;
  DedupeOptions dedupe;
  std::optional<BlockUnit> blocks;  ///< --by paragraph or line
  KeepOrder keep;
  bool keep_given = false;
  bool mark = false;
  std::string clusters;  ///< a file, or empty
  IndexOptions index;    ///< no folder: none
  bool index_stat = false;

  /// True if all is read before anything is written. A mark cannot be put on a record that is
  /// already written when its longer version comes: marking waits, unless `--keep first` is said.
  [[nodiscard]] bool waits() const {
    return keep.policy != KeepPolicy::first || (mark && !keep_given && index.folder.empty());
  }
};

/// "90d", "72h", "30m", "15s", "15": seconds.
[[nodiscard]] std::optional<std::int64_t> parse_duration(const std::string& text);

/// Adds the options of comparing: --by --jaccard --containment --window --shingle --bands and so
/// on.
void add_similarity_options(CLI::App& app, DedupeSettings& settings);

/// Adds --keep.
void add_keep_option(CLI::App& app, DedupeSettings& settings);

/// Adds --index and what goes with it.
void add_index_options(CLI::App& app, DedupeSettings& settings);

/// Adds --mark and --clusters.
void add_result_options(CLI::App& app, DedupeSettings& settings);

}  // namespace copydesk::tools
