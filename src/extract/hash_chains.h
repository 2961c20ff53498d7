#pragma once

/// @file
/// Hash -> the pages that hold it, newest first, for a window of pages that moves on.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "extract/hashing.h"

namespace copydesk::extract {

/// Pages are added in rising order. What left the window costs memory until clear().
class HashChains {
 public:
  void add(std::uint64_t hash, std::size_t page) {
    const auto next = static_cast<std::uint32_t>(heads_.size());
    const std::uint32_t number = index_.find_or_add(hash, next);
    if (number == next) heads_.push_back(kEnd);
    links_.push_back({page, heads_[number]});
    heads_[number] = static_cast<std::uint32_t>(links_.size() - 1);
  }

  /// Calls `see(page)` for each page from `oldest` on that holds `hash`, newest first.
  template <typename See>
  void each(std::uint64_t hash, std::size_t oldest, const See& see) const {
    const std::uint32_t number = index_.find(hash);
    if (number == HashIndex::kAbsent) return;
    for (std::uint32_t at = heads_[number]; at != kEnd; at = links_[at].before) {
      if (links_[at].page < oldest) return;
      see(links_[at].page);
    }
  }

  void clear() {
    index_.clear();
    heads_.clear();
    links_.clear();
  }

 private:
  static constexpr std::uint32_t kEnd = 0xFFFFFFFF;
  struct Link {
    std::size_t page = 0;
    std::uint32_t before = kEnd;
  };

  HashIndex index_;
  std::vector<std::uint32_t> heads_;  // per hash: its newest link
  std::vector<Link> links_;
};

}  // namespace copydesk::extract
