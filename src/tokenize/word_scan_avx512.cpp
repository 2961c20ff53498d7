/// @file
/// The AVX-512 path of word_scan.h (processors from Ice Lake and Zen 4 on): a block is one register,
/// and masks come out of it directly.

#include "tokenize/word_scan_paths.h"

#if defined(__x86_64__)

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include <immintrin.h>

#include "tokenize/ascii.h"
#include "tokenize/character_set.h"
#include "tokenize/uax29_words.h"

#define COPYDESK_VECTOR \
  [[gnu::target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt")]]

namespace copydesk::tokenize {
namespace {

/// 64 bytes with what the set tests share.
struct Bytes {
  __m512i all;
  __m512i high_bit;  // 1 << high nibble; 0 for bytes over 0x7F
};

COPYDESK_VECTOR inline __m512i four_times(const std::uint8_t* sixteen) {
  return _mm512_broadcast_i32x4(_mm_loadu_si128(reinterpret_cast<const __m128i*>(sixteen)));
}

COPYDESK_VECTOR inline Bytes load(const char* from) {
  static constexpr CharacterSet kPowers = {1, 2, 4, 8, 16, 32, 64, 128};
  const __m512i all = _mm512_loadu_si512(from);
  const __m512i upper = _mm512_and_si512(_mm512_srli_epi16(all, 4), _mm512_set1_epi8(15));
  return {all, _mm512_shuffle_epi8(four_times(kPowers.data()), upper)};
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

COPYDESK_VECTOR inline std::uint64_t in_set(const Bytes& bytes, const CharacterSet& set) {
  const __m512i rows = _mm512_shuffle_epi8(four_times(set.data()), bytes.all);
  return _mm512_test_epi8_mask(rows, bytes.high_bit);
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

COPYDESK_VECTOR inline __m512i eight(const std::uint8_t* from) {
  return _mm512_cvtepu8_epi64(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from)));
}

/// Writes the spans that begin in one block; ends of tokens that go on are written with the next.
/// Writes up to seven spans beyond the last.
COPYDESK_VECTOR inline Span* write_spans(std::uint64_t begins, std::uint64_t ends,
                                         std::uint32_t base, Span* out) {
  const __m512i offsets = all_offsets();
  const __m512i begin_bytes = _mm512_maskz_compress_epi8(begins, offsets);
  const __m512i end_bytes = _mm512_maskz_compress_epi8(ends, offsets);
  alignas(64) std::uint8_t first[64];
  alignas(64) std::uint8_t last[64];
  const auto count = static_cast<std::size_t>(_mm_popcnt_u64(begins));
  _mm512_store_si512(first, begin_bytes);
  _mm512_store_si512(last, end_bytes);
  const __m512i both_bases =
      _mm512_set1_epi64(static_cast<long long>(std::uint64_t{base} << 32 | base));
  for (std::size_t i = 0; i < count; i += 8) {
    const __m512i pairs = _mm512_or_si512(eight(first + i), _mm512_slli_epi64(eight(last + i), 32));
    _mm512_storeu_si512(out + i, _mm512_add_epi32(pairs, both_bases));
  }
  return out + count;
}

COPYDESK_VECTOR void spans(const WordScan& scan, std::size_t size, std::vector<Span>& out) {
  static_assert(sizeof(Span) == 2 * sizeof(std::uint32_t));
  const std::size_t blocks = (size + 63) / 64;
  const std::size_t before = out.size();
  const std::optional<std::size_t> tokens = count_tokens(scan, blocks);
  if (!tokens) return scalar_functions().append_spans(scan, size, out);
  if (*tokens == 0) return;
  constexpr std::size_t kSpare = 8;  // what write_spans() writes beyond
  out.resize(before + *tokens + kSpare);
  Span* next = &out[before];
  Borders borders(scan);
  bool open = false;  // the last token has no end yet
  for (std::size_t i = 0; i < blocks; ++i) {
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
  out.resize(before + *tokens);
  if (open) out.back().end = static_cast<std::uint32_t>(size);
}

COPYDESK_VECTOR std::size_t list(const std::uint64_t* words, std::size_t count,
                                 std::uint16_t* places) {
  return avx2_functions()->list_bits(words, count, places);
}

}  // namespace

const PathFunctions* avx512_functions() noexcept {
  static constexpr PathFunctions kFunctions{scan, spans, find_ends, list};
  static const bool found = avx2_functions() != nullptr && __builtin_cpu_supports("avx512bw") &&
                            __builtin_cpu_supports("avx512vl") &&
                            __builtin_cpu_supports("avx512dq") &&
                            __builtin_cpu_supports("avx512vbmi2");
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
