#pragma once

/// @file
/// The ASCII letters right before a place, and the last eight of them as a number: what most
/// questions about the word before a mark can be answered from, without a loop over its letters.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "tokenize/ascii.h"
#include "tokenize/language.h"

namespace copydesk::tokenize {

/// So many letters are looked at. A place nearer to the start of the text is not asked for.
inline constexpr std::size_t kLastLetters = 16;

/// How many ASCII letters stand right before `at`, at most kLastLetters, as many bytes being there.
inline unsigned last_letters_before(const char* at) noexcept {
#if defined(__SSE2__)  // part of every x86-64
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at - kLastLetters));
  const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
  const __m128i offset = _mm_sub_epi8(lower, _mm_set1_epi8('a'));
  const __m128i letter = _mm_cmpeq_epi8(_mm_min_epu8(offset, _mm_set1_epi8(25)), offset);
  const auto others = ~static_cast<unsigned>(_mm_movemask_epi8(letter));
  return static_cast<unsigned>(std::countl_zero((others << 16) | 0x8000U));
#else
  unsigned count = 0;
  while (count < kLastLetters && is_ascii_letter(at[-1 - static_cast<int>(count)])) ++count;
  return count;
#endif
}

consteval std::array<std::uint64_t, kLastLetters + 1> last_bytes_masks() {
  std::array<std::uint64_t, kLastLetters + 1> masks{};
  for (unsigned letters = 1; letters <= kLastLetters; ++letters) {
    masks[letters] = letters < 8 ? ~std::uint64_t{0} << (64 - 8 * letters) : ~std::uint64_t{0};
  }
  return masks;
}
inline constexpr std::array<std::uint64_t, kLastLetters + 1> kLastBytes = last_bytes_masks();

/// Language::last_bytes() of the `letters` bytes before `at`, at most kLastLetters, eight bytes
/// being there.
inline std::uint64_t last_bytes_before(const char* at, unsigned letters) noexcept {
  constexpr unsigned kBytes = sizeof(std::uint64_t);
  if constexpr (std::endian::native != std::endian::little) {
    return Language::last_bytes({at - letters, letters});
  }
  std::uint64_t last = 0;
  std::memcpy(&last, at - kBytes, kBytes);
  return last & kLastBytes[letters];
}

/// Language::last_bytes() of the letters and digits before `at`, where they are a few ASCII
/// letters; nothing where that is not seen at once.
inline std::optional<std::uint64_t> last_word_bytes(std::string_view text, std::size_t at) {
  if (at <= kLastLetters) return std::nullopt;
  const char* end = text.data() + at;
  const unsigned letters = last_letters_before(end);
  if (letters == 0 || letters == kLastLetters) return std::nullopt;
  const char before = end[-1 - static_cast<int>(letters)];
  if (!is_ascii(before) || is_ascii_digit(before)) return std::nullopt;
  return last_bytes_before(end, letters);
}

}  // namespace copydesk::tokenize
