#include "dedupe/signature.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "dedupe/hash.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define COPYDESK_HAVE_AVX2 1
#endif

namespace copydesk::dedupe {
namespace {

/// The hash family. Part of the index format: never to be changed within a version.
struct Family {
  Signature flips{};
  Signature factors{};
};

constexpr Family make_family() {
  Family family;
  for (std::size_t i = 0; i < kSignatureSize; ++i) {
    const std::uint64_t random = mix(0x636F70796465736BU + i * 0x9E3779B97F4A7C15U);
    family.flips[i] = static_cast<std::uint32_t>(random);
    family.factors[i] = static_cast<std::uint32_t>(random >> 32) | 1U;
  }
  return family;
}

constexpr Family kFamily = make_family();

/// Eight values side by side: an extension that gcc and clang share, and make fit any processor.
using Lanes = std::uint32_t __attribute__((vector_size(32)));

/// Groups of eight that are worked on together: with their constants they fill the registers of
/// AVX2. Written as arrays of single values, compilers keep the least ones in memory instead.
constexpr std::size_t kGroups = 4;
constexpr std::size_t kTogether = kGroups * sizeof(Lanes) / sizeof(std::uint32_t);

/// One body for both kernels: inlined into each, it is compiled for that one's instructions.
[[gnu::always_inline]] inline void minimise(std::span<const std::uint32_t> shingles,
                                            Signature& signature) noexcept {
  for (std::size_t base = 0; base < kSignatureSize; base += kTogether) {
    Lanes flips[kGroups];
    Lanes factors[kGroups];
    Lanes least[kGroups];
    std::memcpy(flips, kFamily.flips.data() + base, sizeof flips);
    std::memcpy(factors, kFamily.factors.data() + base, sizeof factors);
    std::memset(least, 0xFF, sizeof least);
    for (const std::uint32_t x : shingles) {
#pragma GCC unroll 4
      for (std::size_t group = 0; group < kGroups; ++group) {
        const Lanes value = (flips[group] ^ x) * factors[group];
        least[group] = value < least[group] ? value : least[group];
      }
    }
    std::memcpy(signature.data() + base, least, sizeof least);
  }
}

#if defined(COPYDESK_HAVE_AVX2)
[[gnu::target("avx2")]] void minimise_avx2(std::span<const std::uint32_t> shingles,
                                           Signature& signature) noexcept {
  minimise(shingles, signature);
}
#endif

}  // namespace

Signature make_signature_portably(std::span<const std::uint32_t> shingles) noexcept {
  Signature signature;
  minimise(shingles, signature);
  return signature;
}

Signature make_signature(std::span<const std::uint32_t> shingles) noexcept {
#if defined(COPYDESK_HAVE_AVX2)
  if (__builtin_cpu_supports("avx2") != 0) {
    Signature signature;
    minimise_avx2(shingles, signature);
    return signature;
  }
#endif
  return make_signature_portably(shingles);
}

void append_band_keys(const Signature& signature, std::size_t bands, std::size_t rows,
                      std::vector<std::uint64_t>& keys) {
  keys.reserve(keys.size() + bands);
  for (std::size_t band = 0; band < bands; ++band) {
    std::uint64_t key = band + 1;
    for (std::size_t row = 0; row < rows; ++row) {
      key = combine(key, signature[band * rows + row]);
    }
    keys.push_back(key);
  }
}

Digest make_digest(const Signature& signature) noexcept {
  Digest digest;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    digest[i] =
        static_cast<std::uint8_t>((signature[2 * i] & 15U) | (signature[2 * i + 1] & 15U) << 4);
  }
  return digest;
}

double estimate_jaccard(const Digest& a, const Digest& b) noexcept {
  constexpr std::uint64_t kLowBits = 0x1111111111111111U;
  int different = 0;
  for (std::size_t at = 0; at < a.size(); at += 8) {
    std::uint64_t x;
    std::uint64_t y;
    std::memcpy(&x, a.data() + at, 8);
    std::memcpy(&y, b.data() + at, 8);
    x ^= y;
    x |= x >> 2;  // bring the four bits of each half byte together in its lowest
    x |= x >> 1;
    different += std::popcount(x & kLowBits);
  }
  const double agreement = 1.0 - different / static_cast<double>(kSignatureSize);
  return (agreement - 1.0 / 16) / (15.0 / 16);
}

}  // namespace copydesk::dedupe
