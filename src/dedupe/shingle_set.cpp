#include "dedupe/shingle_set.h"

#include <algorithm>
#include <bit>

namespace copydesk::dedupe {
namespace {

double part(std::size_t of, std::size_t whole) noexcept {
  return whole == 0 ? 0.0 : static_cast<double>(of) / static_cast<double>(whole);
}

}  // namespace

double Overlap::jaccard() const noexcept {
  return part(both, first + second - both);
}
double Overlap::containment() const noexcept {
  return part(both, std::min(first, second));
}
double Overlap::first_covered() const noexcept {
  return part(both, first);
}

void ShingleSet::reset(std::size_t count) {
  const std::size_t capacity = std::bit_ceil(count * 2 + 2);
  // Also shrink: after one huge document the small ones must not walk through its slots.
  if (slots_.size() < capacity || slots_.size() > 64 * capacity || ++round_ == 0) {
    slots_.assign(capacity, Slot{0, 0});
    round_ = 1;
  }
  shift_ = 64 - std::countr_zero(slots_.size());
  size_ = 0;
}

std::size_t ShingleSet::home(std::uint32_t value) const noexcept {
  return static_cast<std::size_t>((value * 0x9E3779B97F4A7C15U) >> shift_);
}

bool ShingleSet::insert(std::uint32_t value) noexcept {
  for (std::size_t at = home(value);; at = (at + 1) & (slots_.size() - 1)) {
    Slot& slot = slots_[at];
    if (slot.round != round_) {
      slot = {value, round_};
      ++size_;
      return true;
    }
    if (slot.value == value) return false;
  }
}

bool ShingleSet::contains(std::uint32_t value) const noexcept {
  for (std::size_t at = home(value);; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].round != round_) return false;
    if (slots_[at].value == value) return true;
  }
}

void Verifier::set_first(std::span<const std::uint32_t> shingles) {
  first_.reset(shingles.size());
  for (const std::uint32_t shingle : shingles) first_.insert(shingle);
}

Overlap Verifier::compare(std::span<const std::uint32_t> second) {
  second_.reset(second.size());
  std::size_t both = 0;
  for (const std::uint32_t shingle : second) {
    if (second_.insert(shingle)) both += first_.contains(shingle);
  }
  return {first_.size(), second_.size(), both};
}

}  // namespace copydesk::dedupe
