#pragma once

/// @file
/// Where something stands in a page, seen from the article's headline.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "html/page.h"

namespace copydesk::extract {

/// For one thread: it remembers what it found.
class Places {
 public:
  /// `headline`: the heading element of the article; kNoNode if there is none.
  Places(const html::Page& page, html::NodeId headline);

  /// True for places where other articles and other people's names stand: comments, teasers,
  /// navigation, footers. What holds the headline too is none of them, whatever it is called.
  [[nodiscard]] bool is_elsewhere(html::NodeId id) const;

  /// The same without regard to `aside` and `footer`, which hold boxes about the author too.
  [[nodiscard]] bool is_listed(html::NodeId id) const;

  /// Runs of text between the headline and `run`; what stands before it counts twice as far.
  /// From the page's beginning where there is no headline.
  [[nodiscard]] std::size_t distance(std::size_t run) const noexcept;

  /// The runs worth looking at: [first, last) about the headline.
  [[nodiscard]] std::size_t first_run(std::size_t before) const noexcept;
  [[nodiscard]] std::size_t last_run(std::size_t behind) const noexcept;

 private:
  /// In order of strength.
  enum class Kind : std::uint8_t { unknown, here, aside, listed };
  [[nodiscard]] Kind own_kind(html::NodeId id) const;
  [[nodiscard]] Kind kind_of(html::NodeId id) const;
  [[nodiscard]] bool is_main(html::NodeId id) const;

  const html::Page& page_;
  html::NodeId headline_;
  mutable std::vector<Kind> kinds_;  // by node; what was found so far
  std::size_t begin_ = 0;            // runs of the headline
  std::size_t end_ = 0;
};

}  // namespace copydesk::extract
