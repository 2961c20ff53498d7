#include "dedupe/shingle_set.h"

#include <algorithm>
#include <bit>

namespace copydesk::dedupe {
namespace {

double part(std::size_t of, std::size_t whole) noexcept {
  return whole == 0 ? 0.0 : static_cast<double>(of) / static_cast<double>(whole);
}

/// A run of n shingles spans so many words more than n.
constexpr std::size_t kBeyondRun = 4;

/// Words of the text that stand in passages of which each shingle is in `other`.
std::size_t count_in_passages(std::span<const std::uint32_t> text, const ShingleSet& other) {
  std::size_t words = 0;
  std::size_t run = 0;
  const auto close = [&] {
    if (run + kBeyondRun >= kShortestPassage) words += run + kBeyondRun;
    run = 0;
  };
  for (const std::uint32_t shingle : text) {
    if (other.contains(shingle)) {
      ++run;
    } else {
      close();
    }
  }
  close();
  return words;
}

std::size_t percent(std::size_t words, std::span<const std::uint32_t> of) {
  return std::min<std::size_t>(100, words * 100 / (of.size() + kBeyondRun));
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
  first_text_ = shingles;
}

Overlap Verifier::compare(std::span<const std::uint32_t> second) {
  second_.reset(second.size());
  std::size_t both = 0;
  for (const std::uint32_t shingle : second) {
    if (second_.insert(shingle)) both += first_.contains(shingle);
  }
  Overlap overlap{first_.size(), second_.size(), both};
  const double jaccard = overlap.jaccard();
  if (jaccard >= kLeastForPassages && jaccard < kMostForPassages) {
    overlap.passages = passages(second);
  }
  return overlap;
}

std::size_t Verifier::passages(std::span<const std::uint32_t> second) const {
  const std::size_t of_first = count_in_passages(first_text_, second_);
  const std::size_t of_second = count_in_passages(second, first_);
  if (std::min(of_first, of_second) < kFewestInPassages) return 0;
  return std::min(percent(of_first, first_text_), percent(of_second, second));
}

}  // namespace copydesk::dedupe
