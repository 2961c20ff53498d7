#pragma once

/// @file
/// The attribute values of one page that repeat themselves.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace copydesk::html {

/// Values that stood in the page before: most class attributes did. Equal ones share one place in
/// the table of values, so that what is known of one is known of all.
class KnownValues {
 public:
  struct Place {
    std::string_view source;  ///< as written in the page
    std::uint32_t begin = 0;  ///< into Skimmed::values
    std::uint32_t end = 0;
    std::uint16_t number = 0;  ///< see AttributeValue::number
  };
  void clear() noexcept;
  /// The place of `source`, which is to be filled where it is new (`source` is empty then). Valid
  /// until the next call.
  [[nodiscard]] Place& find(std::string_view source);

 private:
  /// Where a place stands in places_. Small, so that those of a page lie in the nearest cache.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint16_t page = 0;    ///< the page that wrote it; of another page it is free
    std::uint16_t number = 0;  ///< of the place
  };
  void grow();
  [[nodiscard]] std::size_t free_slot(std::uint32_t hash) const noexcept;

  static constexpr std::size_t kLeastSlots = 512;
  std::vector<Slot> slots_ = std::vector<Slot>(kLeastSlots);
  std::size_t used_ = kLeastSlots;  // of slots_: a page begins with few, whatever others had
  std::vector<Place> places_;       // by their numbers less 1
  Place unknown_;  // for a value that finds no place: it is not compared with later ones
  std::uint16_t page_ = 1;
};

}  // namespace copydesk::html
