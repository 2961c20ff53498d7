/// @file
/// The AVX-512 path of word_scan.h (processors from Ice Lake and Zen 4 on): a block is one
/// register, and masks come out of it directly.

#include "tokenize/word_scan_paths.h"

#if defined(__x86_64__)

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include <immintrin.h>

#include "tokenize/ascii.h"
#include "tokenize/byte_classes.h"
#include "tokenize/uax29_words.h"

#define COPYDESK_VECTOR \
  [[gnu::target(        \
      "avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt")]]

namespace copydesk::tokenize {
namespace {

/// 64 bytes and the classes of each, as bits of ByteClass.
struct Bytes {
  __m512i all;
  __m512i classes;
};

COPYDESK_VECTOR inline Bytes load(const char* from) {
  const __m512i all = _mm512_loadu_si512(from);
  const __m512i lower = _mm512_load_si512(kClassesOfAscii.data());
  const __m512i upper = _mm512_load_si512(kClassesOfAscii.data() + 64);
  const __mmask64 ascii = ~_mm512_movepi8_mask(all);
  return {all, _mm512_maskz_permutex2var_epi8(ascii, lower, all, upper)};
}

COPYDESK_VECTOR inline std::uint64_t equal_to(const Bytes& bytes, unsigned value) {
  return _mm512_cmpeq_epi8_mask(bytes.all, _mm512_set1_epi8(static_cast<char>(value)));
}

COPYDESK_VECTOR inline std::uint64_t same_as_next(const Bytes& bytes, const char* from) {
  return _mm512_cmpeq_epi8_mask(bytes.all, _mm512_loadu_si512(from + 1));
}

COPYDESK_VECTOR inline std::uint64_t pair_of(const Bytes& bytes, unsigned first, unsigned second) {
  const __m512i even = _mm512_and_si512(bytes.all, _mm512_set1_epi8(static_cast<char>(0xFE)));
  return _mm512_cmpeq_epi8_mask(even, _mm512_set1_epi8(static_cast<char>(first))) |
         _mm512_cmpeq_epi8_mask(even, _mm512_set1_epi8(static_cast<char>(second)));
}

COPYDESK_VECTOR inline std::uint64_t at_least(const Bytes& bytes, unsigned value) {
  return _mm512_cmpge_epu8_mask(bytes.all, _mm512_set1_epi8(static_cast<char>(value)));
}

COPYDESK_VECTOR inline std::uint64_t in_class(const Bytes& bytes, ByteClass wanted) {
  const auto bit = static_cast<char>(1U << static_cast<unsigned>(wanted));
  return _mm512_test_epi8_mask(bytes.classes, _mm512_set1_epi8(bit));
}

COPYDESK_VECTOR inline std::uint64_t digits(const Bytes& bytes) {
  const __m512i offset = _mm512_sub_epi8(bytes.all, _mm512_set1_epi8('0'));
  return _mm512_cmple_epu8_mask(offset, _mm512_set1_epi8(9));
}

COPYDESK_VECTOR inline std::uint64_t beyond_ascii(const Bytes& bytes) {
  return _mm512_movepi8_mask(bytes.all);
}

}  // namespace
}  // namespace copydesk::tokenize

#include "tokenize/word_scan_blocks.h"

namespace copydesk::tokenize {
namespace {

COPYDESK_VECTOR void scan(std::string_view text, WordScan& found) {
  found.reserve(text.size());
  VectorScan(text, found).run();
}

/// The numbers 0 to 63.
COPYDESK_VECTOR inline __m512i all_offsets() {
  alignas(64) static constexpr auto kOffsets = [] {
    std::array<std::uint8_t, 64> offsets{};
    for (std::uint8_t i = 0; i < 64; ++i) offsets[i] = i;
    return offsets;
  }();
  return _mm512_load_si512(kOffsets.data());
}

/// Writes the first eight of sixteen offsets as pairs with those of the ends.
COPYDESK_VECTOR inline void write_eight(__m128i begins, __m128i ends, __m512i bases, Span* out) {
  const __m512i begin = _mm512_cvtepu8_epi64(begins);
  const __m512i end = _mm512_slli_epi64(_mm512_cvtepu8_epi64(ends), 32);
  _mm512_storeu_si512(out, _mm512_add_epi32(_mm512_or_si512(begin, end), bases));
}

COPYDESK_VECTOR inline void write_sixteen(__m128i begins, __m128i ends, __m512i bases, Span* out) {
  write_eight(begins, ends, bases, out);
  write_eight(_mm_unpackhi_epi64(begins, begins), _mm_unpackhi_epi64(ends, ends), bases, out + 8);
}

/// Writes the spans that begin in one block; ends of tokens that go on are written with the next.
/// Writes up to sixteen spans beyond the last.
COPYDESK_VECTOR inline Span* write_spans(std::uint64_t begins, std::uint64_t ends,
                                         std::uint32_t base, Span* out) {
  const __m512i offsets = all_offsets();
  const __m512i begin = _mm512_maskz_compress_epi8(begins, offsets);
  const __m512i end = _mm512_maskz_compress_epi8(ends, offsets);
  const __m512i bases = _mm512_set1_epi32(static_cast<int>(base));
  const auto count = static_cast<std::size_t>(_mm_popcnt_u64(begins));
  write_sixteen(_mm512_castsi512_si128(begin), _mm512_castsi512_si128(end), bases, out);
  if (count > 16) {
    write_sixteen(_mm512_extracti32x4_epi32(begin, 1), _mm512_extracti32x4_epi32(end, 1), bases,
                  out + 16);
  }
  if (count > 32) {
    write_sixteen(_mm512_extracti32x4_epi32(begin, 2), _mm512_extracti32x4_epi32(end, 2), bases,
                  out + 32);
    write_sixteen(_mm512_extracti32x4_epi32(begin, 3), _mm512_extracti32x4_epi32(end, 3), bases,
                  out + 48);
  }
  return out + count;
}

COPYDESK_VECTOR void spans(const WordScan& scan, std::size_t size, std::vector<Span>& out) {
  static_assert(sizeof(Span) == 2 * sizeof(std::uint32_t));
  constexpr std::size_t kSpare = 64;  // what write_spans() writes beyond
  SpanBuffer<kSpare> storage;
  auto& buffer = storage.spans;
  const std::size_t blocks = (size + 63) / 64;
  const std::size_t before = out.size();
  Borders borders(scan, size);
  bool open = false;  // the last token has no end yet
  Span* next = buffer.data();
  for (std::size_t i = 0; i < blocks;) {
    for (const std::size_t end = std::min(i + kSpanBlocks, blocks); i < end; ++i) {
      borders.read(i);
      const auto base = static_cast<std::uint32_t>(i * 64);
      std::uint64_t ends = borders.ends;
      if (open && ends != 0) {
        next[-1].end = base + static_cast<std::uint32_t>(_tzcnt_u64(ends));
        ends = _blsr_u64(ends);
        open = false;
      }
      next = write_spans(borders.begins, ends, base, next);
      open |= _mm_popcnt_u64(borders.begins) > _mm_popcnt_u64(ends);
    }
    // A token that is open stays, as the first of what is written next.
    const std::ptrdiff_t count = next - buffer.data() - (open ? 1 : 0);
    out.insert(out.end(), buffer.data(), buffer.data() + count);
    if (open) buffer[0] = next[-1];
    next = buffer.data() + (open ? 1 : 0);
  }
  if (open) out.push_back({buffer[0].begin, static_cast<std::uint32_t>(size)});
  if (borders.sound()) return;
  out.resize(before);
  scalar_functions().append_spans(scan, size, out);
}

COPYDESK_VECTOR inline __m512i widened(__m256i offsets, __m512i base) {
  return _mm512_add_epi16(_mm512_cvtepu8_epi16(offsets), base);
}

COPYDESK_VECTOR std::size_t list(const std::uint64_t* words, std::size_t count,
                                 std::uint16_t* places) {
  const __m512i offsets = all_offsets();
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t bits = words[i];
    const __m512i bytes = _mm512_maskz_compress_epi8(bits, offsets);
    const __m512i base = _mm512_set1_epi16(static_cast<short>(i * 64));
    _mm512_storeu_si512(places + found, widened(_mm512_castsi512_si256(bytes), base));
    const auto here = static_cast<std::size_t>(_mm_popcnt_u64(bits));
    if (here > kSparePlaces) {
      _mm512_storeu_si512(places + found + kSparePlaces,
                          widened(_mm512_extracti64x4_epi64(bytes, 1), base));
    }
    found += here;
  }
  return found;
}

}  // namespace

const PathFunctions* avx512_functions() noexcept {
  static constexpr PathFunctions kFunctions{scan, spans, find_ends, list};
  static const bool found =
      avx2_functions() != nullptr && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
  return found ? &kFunctions : nullptr;
}

}  // namespace copydesk::tokenize

#else

namespace copydesk::tokenize {

const PathFunctions* avx512_functions() noexcept {
  return nullptr;
}

}  // namespace copydesk::tokenize

#endif
