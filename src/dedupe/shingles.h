#pragma once

/// @file
/// Windows of tokens as hashes.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk::dedupe {

/// Appends to `shingles` a 32-bit hash of every window of `size` tokens, in order. Fewer tokens
/// than `size` make one shingle of all; no token makes none. Requires size > 0.
void append_shingles(std::span<const std::uint64_t> tokens, std::size_t size,
                     std::vector<std::uint32_t>& shingles);

/// Appends to `keys` the windows of `size` tokens whose hash falls in one of `modulus` classes (a
/// power of two): a sample that two texts take alike wherever the window stands.
void append_sampled(std::span<const std::uint64_t> tokens, std::size_t size, std::uint64_t modulus,
                    std::vector<std::uint64_t>& keys);

/// The least hash over the windows of `size` tokens: what two texts that share most of their words
/// are likely to share. Requires tokens.
[[nodiscard]] std::uint64_t least_window(std::span<const std::uint64_t> tokens, std::size_t size);

}  // namespace copydesk::dedupe
