#pragma once

/// @file
/// MinHash signatures, and the band keys and estimates made from them.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/dedupe.h"

namespace copydesk::dedupe {

using Signature = std::array<std::uint32_t, kSignatureSize>;
using Digest = std::array<std::uint8_t, kSignatureSize / 2>;

/// Value i is the least (x ^ c_i) * a_i over all shingles x, in 32-bit arithmetic (a_i odd, so each
/// is a permutation). Uses AVX2 where the processor has it; the values are the same without.
[[nodiscard]] Signature make_signature(std::span<const std::uint32_t> shingles) noexcept;

/// As make_signature, without special instructions: what the tests compare with.
[[nodiscard]] Signature make_signature_portably(std::span<const std::uint32_t> shingles) noexcept;

/// One key a band of `rows` consecutive values. Requires bands * rows <= kSignatureSize.
void append_band_keys(const Signature& signature, std::size_t bands, std::size_t rows,
                      std::vector<std::uint64_t>& keys);

/// The 4 low bits of each value.
[[nodiscard]] Digest make_digest(const Signature& signature) noexcept;

/// The Jaccard index that two digests speak for, with a standard error of about 0.045; chance
/// agreement (1 in 16) is taken out, so that it may come out slightly negative.
[[nodiscard]] double estimate_jaccard(const Digest& a, const Digest& b) noexcept;

}  // namespace copydesk::dedupe
