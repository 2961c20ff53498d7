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
  /// The place of `source`, which is to be filled where it is new (`source` is empty then).
  [[nodiscard]] Place& find(std::string_view source);

 private:
  struct Slot {
    std::uint32_t page = 0;  ///< the page that wrote it; of another page it is free
    std::uint32_t hash = 0;
    Place place;
  };
  void grow();
  std::vector<Slot> slots_;
  Place unknown_;  // for a value that finds no place: it is not compared with later ones
  std::size_t count_ = 0;
  std::uint32_t page_ = 1;
};

}  // namespace copydesk::html
