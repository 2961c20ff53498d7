#include "rules/exact_texts.h"

#include <algorithm>
#include <functional>

namespace copydesk::rules {
namespace {

constexpr std::size_t kFewest = 64;  // slots

std::size_t hash_of(std::string_view text) noexcept {
  return std::hash<std::string_view>{}(text);
}

}  // namespace

void ExactTexts::add(std::string_view text, std::uint32_t rule) {
  filter_.add(text);
  longest_ = std::max(longest_, text.size());
  entries_.push_back({hash_of(text), static_cast<std::uint32_t>(texts_.size()),
                      static_cast<std::uint32_t>(text.size()), rule});
  texts_ += text;
  if (2 * entries_.size() > slots_.size()) {
    grow();
  } else {
    place(static_cast<std::uint32_t>(entries_.size() - 1));
  }
}

void ExactTexts::grow() {
  slots_.assign(std::max(kFewest, 4 * slots_.size()), 0);
  for (std::uint32_t number = 0; number < entries_.size(); ++number) place(number);
}

/// In the next free slot from where its hash says: so equal texts keep their order.
void ExactTexts::place(std::uint32_t number) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = entries_[number].hash & mask;
  while (slots_[slot] != 0) slot = (slot + 1) & mask;
  slots_[slot] = number + 1;
}

void ExactTexts::find(std::string_view text, std::vector<std::uint32_t>& rules) const {
  if (text.size() > longest_ || slots_.empty() || !filter_.may_have(text)) return;
  const std::size_t hash = hash_of(text);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Entry& entry = entries_[slots_[slot] - 1];
    if (entry.hash == hash && text_of(entry) == text) rules.push_back(entry.rule);
  }
}

}  // namespace copydesk::rules
