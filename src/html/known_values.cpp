#include "html/known_values.h"

#include <algorithm>
#include <cstring>

#include "text/big_endian.h"

namespace copydesk::html {
namespace {

/// A hash of a short value, eight bytes at a time.
std::uint64_t hash_of(std::string_view value) noexcept {
  constexpr std::uint64_t kFactor = 0x9FB21C651E98DF25ULL;
  std::uint64_t hash = value.size();
  std::uint64_t unit = 0;
  while (value.size() >= sizeof unit) {
    std::memcpy(&unit, value.data(), sizeof unit);
    hash = (hash ^ unit) * kFactor;
    hash ^= hash >> 32;
    value.remove_prefix(sizeof unit);
  }
  hash = (hash ^ text::short_number(value.data(), value.size())) * kFactor;
  return hash ^ hash >> 32;
}

}  // namespace

void KnownValues::clear() noexcept {
  places_.clear();
  used_ = kLeastSlots;
  if (++page_ != 0) return;
  std::fill(slots_.begin(), slots_.end(), Slot{});  // the page numbers begin anew
  page_ = 1;
}

KnownValues::Place& KnownValues::find(std::string_view source) {
  constexpr std::size_t kMostProbes = 64;  // else a page of chosen values could take forever
  constexpr std::size_t kMostNumbers = 0xFFFF;
  const auto hash = static_cast<std::uint32_t>(hash_of(source));
  std::size_t at = hash & (used_ - 1);
  for (std::size_t probes = 0; slots_[at].page == page_; at = (at + 1) & (used_ - 1)) {
    if (slots_[at].hash == hash) {
      Place& place = places_[slots_[at].number - 1U];
      if (place.source == source) return place;
    }
    if (++probes == kMostProbes) return unknown_ = {};
  }
  if (places_.size() == kMostNumbers) return unknown_ = {};
  places_.emplace_back();
  places_.back().number = static_cast<std::uint16_t>(places_.size());
  slots_[at] = {hash, page_, places_.back().number};
  if (2 * (places_.size() + 1) > used_) grow();
  return places_.back();
}

std::size_t KnownValues::free_slot(std::uint32_t hash) const noexcept {
  std::size_t at = hash & (used_ - 1);
  while (slots_[at].page == page_) at = (at + 1) & (used_ - 1);
  return at;
}

void KnownValues::grow() {
  std::vector<Slot> old(slots_.begin(), slots_.begin() + static_cast<std::ptrdiff_t>(used_));
  std::fill(slots_.begin(), slots_.begin() + static_cast<std::ptrdiff_t>(used_), Slot{});
  used_ *= 2;
  if (slots_.size() < used_) slots_.resize(used_);
  for (const Slot& slot : old) {
    if (slot.page == page_) slots_[free_slot(slot.hash)] = slot;
  }
}

}  // namespace copydesk::html
