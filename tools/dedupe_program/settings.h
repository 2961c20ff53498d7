#pragma once

/// @file
/// dedupe's own options.

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "copydesk/dedupe.h"

namespace copydesk::tools {

/// How long documents are held back before their story is decided: until one has been read that is
/// dated so much later, or until so many have been read behind them.
struct Hold {
  std::optional<std::int64_t> seconds;
  std::optional<std::uint64_t> documents;
};

struct DedupeSettings {
  SketchOptions sketch;
  DedupeOptions dedupe;
  std::vector<BlockUnit> blocks;  ///< --by paragraph, line: in this order
  KeepOrder keep;
  bool keep_given = false;
  std::optional<Hold> hold;
  bool mark = false;
  std::string clusters;  ///< a file, or empty
  IndexOptions index;    ///< no folder: none
  bool index_stat = false;

  /// True if a document is not out as soon as it is read: it waits for the end, or for `hold`. A
  /// mark cannot be put on a record that is already written when its longer version comes: marking
  /// waits, unless `--keep first` is said or there is an index, which is for deciding at once.
  [[nodiscard]] bool waits() const {
    return hold || keep.policy != KeepPolicy::first ||
           (mark && !keep_given && index.folder.empty());
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
