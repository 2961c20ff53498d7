#pragma once

/// @file
/// The options that all four tools share, declared once.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "copydesk/document.h"
#include "copydesk/error.h"

namespace copydesk::tools {

struct CommonOptions {
  std::vector<std::string> files;
  std::string files_from;
  bool null_names = false;
  std::optional<Format> from;
  std::optional<Format> to;
  std::string output = "-";
  std::string removed;
  unsigned threads = 1;
  std::uint64_t max_document_size = std::uint64_t{64} << 20;  ///< bytes
  bool strict = false;
  bool line_buffered = false;
  bool quiet = false;
  bool verbose = false;
  bool progress = false;
  std::optional<std::string> stats;  ///< a file, or "-" for standard error
  std::string color = "auto";
};

/// What differs between the tools in the options they share.
struct CommonTraits {
  std::vector<std::string> from;  ///< names that --from takes
  std::vector<std::string> to;    ///< names that --to takes
  bool has_removed = true;        ///< tokenize drops nothing
};

/// Adds the shared options to `app`; `options` must outlive it.
void add_common_options(CLI::App& app, CommonOptions& options, const CommonTraits& traits);

/// The files to read: operands, and the names that --files-from holds.
[[nodiscard]] Result<std::vector<std::string>> input_files(const CommonOptions& options);

/// "64M", "1GiB", "500000": bytes. Suffixes K M G (powers of 1024), with or without "iB" or "B".
[[nodiscard]] std::optional<std::uint64_t> parse_size(const std::string& text);

/// Whether to colour what goes to descriptor `fd`: the option, else NO_COLOR, else a terminal.
[[nodiscard]] bool use_color(const std::string& when, int fd);

}  // namespace copydesk::tools
