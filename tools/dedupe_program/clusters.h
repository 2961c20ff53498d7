#pragma once

/// @file
/// The file of --clusters: one JSON line a story of more than one document.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "copydesk/dedupe.h"

namespace copydesk::tools {

/// Collects who stands for whom. Memory grows with the number of duplicates.
class ClusterLog {
 public:
  void add(std::string_view id, const Verdict& verdict);

  /// Writes all stories, in the order in which their first duplicate came; whole or not at all.
  [[nodiscard]] Status write(const std::string& path) const;

 private:
  struct Entry {
    std::string id;
    Relation relation;
    double similarity;
    bool duplicate;
  };
  struct Story {
    std::string survivor;
    std::vector<Entry> members;
  };

  std::vector<Story> stories_;
  std::unordered_map<std::string, std::size_t> by_survivor_;
};

}  // namespace copydesk::tools
