#pragma once

/// @file
/// Deciding story by story, for a stream whose end cannot be waited for.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "copydesk/dedupe.h"

#include "dedupe/cluster.h"

namespace copydesk::dedupe {

/// Verified pairs among documents that are not decided about yet, and what was decided about the
/// others. A document is held from its first link to its decision; of those decided, four bytes
/// stay.
class HeldStories {
 public:
  /// Notes a verified pair; at least one of the two is undecided.
  void add(const Link& link);

  /// Decides about `number` and every undecided document that hangs together with it, unless that
  /// is done; returns what was decided about `number`, once. Documents decided about before keep
  /// their places: those that survived are preferred to all others.
  [[nodiscard]] Decision decide(std::uint32_t number, const DedupeOptions& options,
                                const KeepOrder& order, const std::vector<Member>& members);

 private:
  /// The documents of a story and, because these are compared with them, the decided ones that they
  /// have links to, and the survivors of these. All rising.
  struct Story {
    std::vector<std::uint32_t> numbers;
    std::vector<Link> links;  ///< first and second are indexes into numbers
  };

  [[nodiscard]] bool is_decided(std::uint32_t number) const noexcept {
    return number < survivors_.size() && survivors_[number] != kNobody;
  }
  void settle(std::uint32_t number, const Decision& decision);
  [[nodiscard]] Story collect(std::uint32_t number) const;

  std::unordered_map<std::uint32_t, std::vector<Link>> links_;  ///< of each undecided document
  std::unordered_map<std::uint32_t, Decision> decisions_;       ///< not yet asked for
  std::vector<std::uint32_t> survivors_;  ///< who stands for each decided document
};

}  // namespace copydesk::dedupe
