#pragma once

/// @file
/// A hash table over a fixed list of short names, filled at compile time.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "html/swar.h"

namespace copydesk::html {

/// A name of at most fifteen bytes, and its length, as two numbers: hashed and compared without a
/// loop.
struct PackedName {
  static constexpr std::size_t kLongest = 15;
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  bool operator==(const PackedName&) const = default;
};

/// `name` must not be longer than PackedName::kLongest.
[[nodiscard]] constexpr PackedName pack(std::string_view name) noexcept {
  PackedName packed;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const std::uint64_t byte = static_cast<unsigned char>(name[i]);
    (i < 8 ? packed.low : packed.high) |= byte << (i % 8 * 8);
  }
  packed.high |= static_cast<std::uint64_t>(name.size()) << 56;
  return packed;
}

/// The same for the name that stands at `source[begin, end)`, in lower case.
[[nodiscard]] inline PackedName pack_lower(std::string_view source, std::size_t begin,
                                           std::size_t end) noexcept {
  const std::size_t length = end - begin;
  PackedName packed;
  if (begin + 16 <= source.size()) {
    const auto first = [&](std::uint64_t word, std::size_t bytes) {
      return bytes >= 8 ? word : word & ((std::uint64_t{1} << (8 * bytes)) - 1);
    };
    packed.low = first(load_word(source.data() + begin), length);
    if (length > 8) packed.high = first(load_word(source.data() + begin + 8), length - 8);
    packed.high |= static_cast<std::uint64_t>(length) << 56;
  } else {
    packed = pack(source.substr(begin, length));
  }
  return {lower_word(packed.low), lower_word(packed.high)};
}

/// Finds the index of a name in a list of `Count` names (fewer than 255): by a hash that gives no
/// two of them one slot, so that one comparison decides and no branch depends on the name. The
/// factor of such a hash is found at compile time, soon where there are many more slots than pairs
/// of names would make likely to meet.
template <std::size_t Count, std::size_t Slots>
class NameTable {
  static_assert(Count < 255 && Slots >= 2 * Count && (Slots & (Slots - 1)) == 0);

 public:
  static constexpr std::size_t kNone = 255;

  constexpr explicit NameTable(const std::array<std::string_view, Count>& names) : names_(names) {
    for (std::size_t i = 0; i < Count; ++i) packed_[i] = pack(names[i]);
    packed_[Count] = {~std::uint64_t{0}, ~std::uint64_t{0}};  // no name is packed so
    find_factor();
    slots_.fill(static_cast<std::uint8_t>(Count));
    for (std::size_t i = 0; i < Count; ++i) {
      slots_[hash(packed_[i])] = static_cast<std::uint8_t>(i);
    }
  }

  [[nodiscard]] constexpr std::size_t find(PackedName name) const noexcept {
    const std::size_t index = slots_[hash(name)];
    return packed_[index] == name ? index : kNone;
  }
  [[nodiscard]] constexpr std::size_t find(std::string_view name) const noexcept {
    return name.size() > PackedName::kLongest ? kNone : find(pack(name));
  }

  [[nodiscard]] constexpr std::string_view name(std::size_t index) const noexcept {
    return names_[index];
  }

 private:
  [[nodiscard]] constexpr std::size_t hash(PackedName name) const noexcept {
    const std::uint64_t mixed = (name.low ^ (name.high * 0xC2B2AE3D27D4EB4FULL)) * factor_;
    return (mixed >> 40) & (Slots - 1);
  }

  constexpr void find_factor() {
    std::array<std::uint32_t, Slots> tries{};  // the last try that came to a slot
    for (std::uint32_t round = 1;; ++round) {
      std::size_t placed = 0;
      for (; placed < Count; ++placed) {
        std::uint32_t& last = tries[hash(packed_[placed])];
        if (last == round) break;
        last = round;
      }
      if (placed == Count) return;
      factor_ += 0x9E3779B97F4A7C16ULL;  // even, so the factor stays odd
    }
  }

  std::array<std::string_view, Count> names_;
  std::array<PackedName, Count + 1> packed_{};
  std::array<std::uint8_t, Slots> slots_{};
  std::uint64_t factor_ = 0x9E3779B97F4A7C15ULL;
};

}  // namespace copydesk::html
