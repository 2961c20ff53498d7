#pragma once

/// @file
/// Pages that wait until the pages behind them have been seen.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "copydesk/shared_blocks.h"

#include "common/filter.h"

namespace copydesk::tools {

/// A page that is ready to be written but for what its site repeats.
struct HeldPage : Payload {
  std::string id;
  PageTrace trace;
  Outcome outcome;  ///< its output and removed lines; set when the page is held
};

/// Holds the pages of a run, in order, until enough others have been seen.
class HeldPages {
 public:
  /// `pages_after`: how many later pages a page waits for; at most SharedBlocks::kPagesAfter.
  /// `wants_removed`: what goes is added to Outcome::removed.
  HeldPages(std::size_t pages_after, bool wants_removed);

  void add(std::unique_ptr<HeldPage> page);
  /// No more pages come: none waits any longer.
  void end() noexcept { ended_ = true; }

  [[nodiscard]] bool has_ready() const noexcept;
  /// The first page that is ready, without what it shares with others. `to`: the form of its
  /// output.
  [[nodiscard]] Outcome take(Format to);

  /// Blocks that have gone so far.
  [[nodiscard]] std::uint64_t removed() const noexcept { return removed_; }

 private:
  [[nodiscard]] std::string removed_lines(const HeldPage& page, std::string_view text,
                                          const std::vector<TracedBlock>& blocks) const;

  std::size_t pages_after_;
  bool wants_removed_;
  bool ended_ = false;
  SharedBlocks shared_;
  std::deque<std::unique_ptr<HeldPage>> pages_;
  std::size_t bytes_ = 0;  ///< of the outputs that are held
  std::uint64_t removed_ = 0;
};

}  // namespace copydesk::tools
