#pragma once

/// @file
/// The numbers that a browser shows before the items of ordered lists.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "html/page.h"

namespace copydesk::extract {

/// Numbers of one page's items. Ask in document order: the whole costs one pass over the lists.
class ItemNumbers {
 public:
  explicit ItemNumbers(const html::Page& page) : page_(page) {}

  /// The number of an `<li>` whose parent is an `<ol>`; nothing for other elements. Counts the
  /// items that were dropped, `start` and `value`, too.
  [[nodiscard]] std::optional<long> number(html::NodeId item);

  /// The mark of an `<li>` as the browser writes it: "3. ", "c. ", "iii. ". Empty where
  /// there is no number, and in lists that hide their marks.
  [[nodiscard]] std::string mark(html::NodeId item);

 private:
  struct Counted {
    html::NodeId next = 0;  ///< the node to count on from
    long number = 0;        ///< of the last item before it
    bool marked = true;     ///< false: the list hides its marks
  };

  [[nodiscard]] Counted begin(html::NodeId list) const;
  /// The list of an `<li>`, counted up to it; null for other elements.
  [[nodiscard]] const Counted* count_to(html::NodeId item);

  const html::Page& page_;
  std::unordered_map<html::NodeId, Counted> lists_;
};

/// True if `text` itself begins with the number of `mark`: "1) First".
[[nodiscard]] bool begins_with_mark(std::string_view text, std::string_view mark) noexcept;

}  // namespace copydesk::extract
