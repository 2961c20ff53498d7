#include "dedupe/shingles.h"

#include <algorithm>

#include "dedupe/hash.h"

namespace copydesk::dedupe {
namespace {

/// Odd, so that no token of a window is ever multiplied away.
constexpr std::uint64_t kBase = 0xD6E8FEB86659FD93U;

constexpr std::uint64_t power(std::uint64_t base, std::size_t exponent) noexcept {
  std::uint64_t result = 1;
  for (std::size_t i = 0; i < exponent; ++i) result *= base;
  return result;
}

/// Calls take(hash) for each window, rolling a polynomial hash over the tokens.
template <typename Take>
void roll(std::span<const std::uint64_t> tokens, std::size_t size, Take take) {
  if (tokens.empty()) return;
  size = std::min(size, tokens.size());
  const std::uint64_t leaving = power(kBase, size);
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < size; ++i) hash = hash * kBase + tokens[i];
  take(mix(hash));
  for (std::size_t i = size; i < tokens.size(); ++i) {
    hash = hash * kBase + tokens[i] - tokens[i - size] * leaving;
    take(mix(hash));
  }
}

}  // namespace

void append_shingles(std::span<const std::uint64_t> tokens, std::size_t size,
                     std::vector<std::uint32_t>& shingles) {
  if (tokens.empty()) return;
  const std::size_t before = shingles.size();
  shingles.resize(before + tokens.size() - std::min(size, tokens.size()) + 1);
  std::uint32_t* next = shingles.data() + before;
  roll(tokens, size, [&](std::uint64_t hash) { *next++ = static_cast<std::uint32_t>(hash >> 32); });
}

void append_sampled(std::span<const std::uint64_t> tokens, std::size_t size, std::uint64_t modulus,
                    std::vector<std::uint64_t>& keys) {
  roll(tokens, size, [&](std::uint64_t hash) {
    if ((hash & (modulus - 1)) == 0) keys.push_back(mix(hash));
  });
}

std::uint64_t least_window(std::span<const std::uint64_t> tokens, std::size_t size) {
  std::uint64_t least = ~std::uint64_t{0};
  roll(tokens, size, [&](std::uint64_t hash) { least = std::min(least, hash); });
  return least;
}

}  // namespace copydesk::dedupe
