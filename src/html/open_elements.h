#pragma once

/// @file
/// The stack of open elements as libxml2 will have it, followed while a page is skimmed.
///
/// libxml2 searches its whole stack for every end tag, which is quadratic for a page of many open
/// elements and many end tags that match nothing. With this model of the stack such end tags never
/// reach it, and the depth stays bounded.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "html/tags.h"

namespace copydesk::html {

/// An element's name: its number, and a hash where several names share Tag::other.
struct ElementName {
  Tag tag = Tag::other;
  std::uint32_t hash = 0;
  bool operator==(const ElementName&) const = default;
};

[[nodiscard]] ElementName element_name(Tag tag, std::string_view lower_case_name) noexcept;

/// libxml2's htmlEndPriority: an end tag closes nothing beyond an element of higher priority.
[[nodiscard]] int end_priority(Tag tag) noexcept;

class OpenElements {
 public:
  explicit OpenElements(std::size_t max_depth) : max_depth_(max_depth) {}

  void clear() noexcept;

  /// Notes a start tag (of an element that is not void). False if it would be too deep, or if
  /// `refuse` is set: then it must not be written, and was_too_deep() is true for its end tag.
  [[nodiscard]] bool open(ElementName name, bool refuse = false);

  /// True, once for each such start tag, if one of this name was too deep and is still open.
  [[nodiscard]] bool was_too_deep(ElementName name);

  /// Notes an end tag. False if it closes nothing and must not be written.
  [[nodiscard]] bool close(ElementName name);

  /// True if a start tag that closes an open paragraph (HTML 13.2.6.4.7) would close one here.
  [[nodiscard]] bool paragraph_in_scope() const noexcept;

  /// True inside `pre`.
  [[nodiscard]] bool in_pre() const noexcept { return count(Tag::pre) > 0; }

 private:
  static constexpr std::size_t kBuckets = 1024;

  [[nodiscard]] std::size_t count(Tag tag) const noexcept {
    return counts_[static_cast<std::size_t>(tag)];
  }
  void push(ElementName name);
  void pop();

  std::size_t max_depth_;
  std::vector<ElementName> stack_;
  std::array<std::uint32_t, kTagCount> counts_{};    // how often each stands on the stack
  std::array<std::uint32_t, kBuckets> others_{};     // of Tag::other, by the name's hash
  std::array<std::uint32_t, kTagCount> too_deep_{};  // start tags refused and not yet closed
};

}  // namespace copydesk::html
