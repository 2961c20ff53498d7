#pragma once

/// @file
/// A hash table over a fixed list of short names, filled at compile time.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace copydesk::html {

/// Finds the index of a name in a list of `Count` names (fewer than 255). Open addressing with a
/// table at least twice as large, so a probe nearly always decides.
template <std::size_t Count, std::size_t Slots>
class NameTable {
  static_assert(Count < 255 && Slots >= 2 * Count && (Slots & (Slots - 1)) == 0);

 public:
  static constexpr std::size_t kNone = 255;

  constexpr explicit NameTable(const std::array<std::string_view, Count>& names) : names_(names) {
    slots_.fill(kNone);
    for (std::size_t i = 0; i < Count; ++i) {
      std::size_t slot = hash(names[i]);
      while (slots_[slot] != kNone) slot = (slot + 1) & (Slots - 1);
      slots_[slot] = static_cast<std::uint8_t>(i);
    }
  }

  [[nodiscard]] constexpr std::size_t find(std::string_view name) const noexcept {
    for (std::size_t slot = hash(name); slots_[slot] != kNone; slot = (slot + 1) & (Slots - 1)) {
      if (names_[slots_[slot]] == name) return slots_[slot];
    }
    return kNone;
  }

  [[nodiscard]] constexpr std::string_view name(std::size_t index) const noexcept {
    return names_[index];
  }

 private:
  static constexpr std::size_t hash(std::string_view name) noexcept {
    std::uint32_t value = 2166136261U;
    for (const char c : name) value = (value ^ static_cast<unsigned char>(c)) * 16777619U;
    return (value ^ (value >> 15)) & (Slots - 1);
  }

  std::array<std::string_view, Count> names_;
  std::array<std::uint8_t, Slots> slots_{};
};

}  // namespace copydesk::html
