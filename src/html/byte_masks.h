#pragma once

/// @file
/// Which of sixteen bytes are what, a bit each: short searches that end in one step, so that no
/// branch depends on where.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace copydesk::html {

/// Sixteen bytes of memory, the first one's bit lowest.
class Sixteen {
 public:
  static constexpr std::size_t kBytes = 16;

#ifdef __SSE2__
  explicit Sixteen(const char* bytes) noexcept
      : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes))) {}
  [[nodiscard]] std::uint32_t equal(char c) const noexcept {
    return bits(_mm_cmpeq_epi8(bytes_, _mm_set1_epi8(c)));
  }
  /// Those that are not above `c`, as unsigned numbers.
  [[nodiscard]] std::uint32_t at_most(char c) const noexcept {
    return bits(_mm_cmpeq_epi8(_mm_min_epu8(bytes_, _mm_set1_epi8(c)), bytes_));
  }

 private:
  static std::uint32_t bits(__m128i set) noexcept {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(set));
  }
  __m128i bytes_;
#else
  explicit Sixteen(const char* bytes) noexcept {
    std::memcpy(bytes_, bytes, kBytes);
  }
  [[nodiscard]] std::uint32_t equal(char c) const noexcept {
    return bits([c](char byte) { return byte == c; });
  }
  [[nodiscard]] std::uint32_t at_most(char c) const noexcept {
    return bits([c](char byte) {
      return static_cast<unsigned char>(byte) <= static_cast<unsigned char>(c);
    });
  }

 private:
  template <typename Test>
  std::uint32_t bits(Test&& test) const noexcept {
    std::uint32_t set = 0;
    for (std::size_t i = 0; i < kBytes; ++i) set |= (test(bytes_[i]) ? 1U : 0U) << i;
    return set;
  }
  char bytes_[kBytes];
#endif
};

/// Thirty-two bytes likewise.
class ThirtyTwo {
 public:
  static constexpr std::size_t kBytes = 2 * Sixteen::kBytes;

  explicit ThirtyTwo(const char* bytes) noexcept : low_(bytes), high_(bytes + Sixteen::kBytes) {}
  [[nodiscard]] std::uint32_t equal(char c) const noexcept {
    return low_.equal(c) | high_.equal(c) << Sixteen::kBytes;
  }

 private:
  Sixteen low_;
  Sixteen high_;
};

/// The place of the lowest bit. Not for 0.
[[nodiscard]] inline std::size_t first_of(std::uint32_t bits) noexcept {
  return static_cast<std::size_t>(std::countr_zero(bits));
}

/// The bits of the first `count` bytes.
[[nodiscard]] constexpr std::uint32_t first_bits(std::size_t count) noexcept {
  return count >= 32 ? ~std::uint32_t{0} : (std::uint32_t{1} << count) - 1;
}

/// string_view::find for a byte that is mostly near.
[[nodiscard]] inline std::size_t find_near(std::string_view text, char byte,
                                           std::size_t from) noexcept {
  constexpr std::size_t kNear = 2 * ThirtyTwo::kBytes;
  std::size_t at = from;
  for (; at + ThirtyTwo::kBytes <= text.size() && at < from + kNear; at += ThirtyTwo::kBytes) {
    const std::uint32_t found = ThirtyTwo(text.data() + at).equal(byte);
    if (found != 0) return at + first_of(found);
  }
  return text.find(byte, at);
}

/// True if a short text has one of two bytes.
[[nodiscard]] inline bool has_either(std::string_view text, char first, char second) noexcept {
  const auto found = [&](std::size_t at) {
    const Sixteen bytes(text.data() + at);
    return (bytes.equal(first) | bytes.equal(second)) != 0;
  };
  if (text.size() < Sixteen::kBytes) {
    for (const char c : text) {
      if (c == first || c == second) return true;
    }
    return false;
  }
  for (std::size_t at = 0; at + Sixteen::kBytes <= text.size(); at += Sixteen::kBytes) {
    if (found(at)) return true;
  }
  return found(text.size() - Sixteen::kBytes);
}

}  // namespace copydesk::html
