#pragma once

/// @file
/// What the command line of clean says.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "copydesk/clean.h"

namespace copydesk::tools {

/// A measure that drops a document when it is under, or over, a value.
struct QualityLimit {
  std::string name;
  double value = 0;
  bool minimum = true;
};

struct CleanSettings {
  CleanOptions clean;
  std::string site;
  std::string level = "news";
  std::string quotes = "keep";
  std::string max_removed;  ///< empty: the level's own
  std::vector<std::string> rule_files;
  std::string check_rules;
  bool list_rules = false;
  bool dry_run = false;
  bool diff = false;
  bool explain = false;
  bool explain_lines = false;
  bool color = false;  ///< of --diff
  std::string restore;
  std::string memory;
  std::string suggest_rules;
  std::string today;
  bool quality = false;
  std::vector<std::string> min_quality;  ///< NAME:VALUE
  std::vector<std::string> max_quality;
  std::vector<QualityLimit> limits;
};

/// "40%" or "0.4" as a share; nothing if it is neither, or not from 0 to 1.
[[nodiscard]] std::optional<double> read_share(std::string text);

/// Days since 1970-01-01 of an ISO day, or of the clock if there is none; nothing for a bad one.
[[nodiscard]] std::optional<std::int64_t> day_number(const std::string& text);

/// The whole of a file; nothing if it cannot be read.
[[nodiscard]] std::optional<std::string> read_whole_file(const std::string& name);

}  // namespace copydesk::tools
