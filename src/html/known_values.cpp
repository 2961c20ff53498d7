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
  count_ = 0;
  if (++page_ != 0) return;
  slots_.clear();  // the page numbers begin anew
  page_ = 1;
}

KnownValues::Place& KnownValues::find(std::string_view source) {
  constexpr std::size_t kMostProbes = 64;  // else a page of chosen values could take forever
  constexpr std::size_t kMostNumbers = 0xFFFF;
  if (2 * (count_ + 1) > slots_.size()) grow();
  const auto hash = static_cast<std::uint32_t>(hash_of(source));
  std::size_t at = hash & (slots_.size() - 1);
  for (std::size_t probes = 0; slots_[at].page == page_; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && slots_[at].place.source == source) return slots_[at].place;
    if (++probes == kMostProbes) return unknown_ = {};
  }
  ++count_;
  slots_[at] = {page_, hash, {}};
  slots_[at].place.number = static_cast<std::uint16_t>(count_ <= kMostNumbers ? count_ : 0);
  return slots_[at].place;
}

void KnownValues::grow() {
  constexpr std::size_t kLeastSlots = 512;
  std::vector<Slot> old(std::max(kLeastSlots, 2 * slots_.size()));
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.page != page_) continue;
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].page == page_) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

}  // namespace copydesk::html
