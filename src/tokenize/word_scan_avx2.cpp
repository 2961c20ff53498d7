/// @file
/// The AVX2 path of word_scan.h.

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

#define COPYDESK_VECTOR [[gnu::target("avx2,bmi,bmi2,lzcnt,popcnt")]]

namespace copydesk::tokenize {
namespace {

/// 64 bytes in two registers with what the set tests share.
struct Bytes {
  __m256i low, high;    // the bytes
  __m256i high_bit[2];  // 1 << high nibble; 0 for bytes over 0x7F
};

COPYDESK_VECTOR inline std::uint64_t mask_of(__m256i low, __m256i high) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
         (static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(high))) << 32);
}

COPYDESK_VECTOR inline std::uint64_t equal_to(const Bytes& bytes, unsigned value) {
  const __m256i wanted = _mm256_set1_epi8(static_cast<char>(value));
  return mask_of(_mm256_cmpeq_epi8(bytes.low, wanted), _mm256_cmpeq_epi8(bytes.high, wanted));
}

/// Which bytes equal the one behind them. Reads one byte beyond the 64.
COPYDESK_VECTOR inline std::uint64_t same_as_next(const Bytes& bytes, const char* from) {
  const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 1));
  const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 33));
  return mask_of(_mm256_cmpeq_epi8(bytes.low, low), _mm256_cmpeq_epi8(bytes.high, high));
}

/// Bytes equal to one of two even values or to the odd ones behind them.
COPYDESK_VECTOR inline std::uint64_t pair_of(const Bytes& bytes, unsigned first, unsigned second) {
  const __m256i even = _mm256_set1_epi8(static_cast<char>(0xFE));
  const __m256i a = _mm256_set1_epi8(static_cast<char>(first));
  const __m256i b = _mm256_set1_epi8(static_cast<char>(second));
  const __m256i low = _mm256_and_si256(bytes.low, even);
  const __m256i high = _mm256_and_si256(bytes.high, even);
  return mask_of(_mm256_or_si256(_mm256_cmpeq_epi8(low, a), _mm256_cmpeq_epi8(low, b)),
                 _mm256_or_si256(_mm256_cmpeq_epi8(high, a), _mm256_cmpeq_epi8(high, b)));
}

COPYDESK_VECTOR inline std::uint64_t at_least(const Bytes& bytes, unsigned value) {
  const __m256i limit = _mm256_set1_epi8(static_cast<char>(value));
  return mask_of(_mm256_cmpeq_epi8(_mm256_max_epu8(bytes.low, limit), bytes.low),
                 _mm256_cmpeq_epi8(_mm256_max_epu8(bytes.high, limit), bytes.high));
}

COPYDESK_VECTOR inline std::uint64_t in_class(const Bytes& bytes, ByteClass wanted) {
  const NibbleSet& set = kNibbleSets[static_cast<std::size_t>(wanted)];
  const __m256i table =
      _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(set.data())));
  const __m256i zero = _mm256_setzero_si256();
  const __m256i low = _mm256_and_si256(_mm256_shuffle_epi8(table, bytes.low), bytes.high_bit[0]);
  const __m256i high = _mm256_and_si256(_mm256_shuffle_epi8(table, bytes.high), bytes.high_bit[1]);
  return ~mask_of(_mm256_cmpeq_epi8(low, zero), _mm256_cmpeq_epi8(high, zero));
}

COPYDESK_VECTOR inline Bytes load(const char* from) {
  Bytes bytes;
  bytes.low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  bytes.high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 32));
  const __m256i nibble = _mm256_set1_epi8(15);
  const __m256i powers = _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0, 1,
                                          2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
  const __m256i parts[2] = {bytes.low, bytes.high};
  for (int i = 0; i < 2; ++i) {
    const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(parts[i], 4), nibble);
    bytes.high_bit[i] = _mm256_shuffle_epi8(powers, upper);
  }
  return bytes;
}

COPYDESK_VECTOR inline std::uint64_t digits(const Bytes& bytes) {
  const __m256i zero = _mm256_set1_epi8('0');
  const __m256i nine = _mm256_set1_epi8(9);
  const __m256i low = _mm256_sub_epi8(bytes.low, zero);
  const __m256i high = _mm256_sub_epi8(bytes.high, zero);
  return mask_of(_mm256_cmpeq_epi8(_mm256_min_epu8(low, nine), low),
                 _mm256_cmpeq_epi8(_mm256_min_epu8(high, nine), high));
}

COPYDESK_VECTOR inline std::uint64_t beyond_ascii(const Bytes& bytes) {
  return mask_of(bytes.low, bytes.high);
}

}  // namespace
}  // namespace copydesk::tokenize

#include "tokenize/word_scan_blocks.h"

namespace copydesk::tokenize {
namespace {

/// What a nibble of begins (low half of the index) and one of ends (high half) write: the offsets
/// 0 to 3 at which there is one, in order, the end before the begin where both are.
constexpr std::array<std::array<std::uint8_t, 8>, 256> make_steps() {
  std::array<std::array<std::uint8_t, 8>, 256> steps{};
  for (unsigned index = 0; index < 256; ++index) {
    std::size_t count = 0;
    for (std::uint8_t offset = 0; offset < 4; ++offset) {
      if (((index >> 4 >> offset) & 1U) != 0) steps[index][count++] = offset;
      if (((index >> offset) & 1U) != 0) steps[index][count++] = offset;
    }
  }
  return steps;
}
constexpr std::array<std::array<std::uint8_t, 8>, 256> kSteps = make_steps();

/// Writes begins and ends in the order of the text. Writes up to eight numbers beyond the last one.
class BorderWriter {
 public:
  explicit BorderWriter(std::uint32_t* out) : out_(out) {}

  COPYDESK_VECTOR void write(std::uint64_t begins, std::uint64_t ends, std::uint32_t base) {
    constexpr std::uint64_t kLow = 0x0F0F0F0F0F0F0F0FULL;
    std::uint64_t even = (begins & kLow) | ((ends & kLow) << 4);
    std::uint64_t odd = ((begins >> 4) & kLow) | (ends & ~kLow);
    __m256i at = _mm256_set1_epi32(static_cast<int>(base));
    const __m256i four = _mm256_set1_epi32(4);
    for (int i = 0; i < 8; ++i) {
      step(even & 0xFF, at);
      at = _mm256_add_epi32(at, four);
      step(odd & 0xFF, at);
      at = _mm256_add_epi32(at, four);
      even >>= 8;
      odd >>= 8;
    }
  }

  [[nodiscard]] const std::uint32_t* end() const { return out_; }

 private:
  COPYDESK_VECTOR void step(std::uint64_t index, __m256i at) {
    const auto* offsets = reinterpret_cast<const __m128i*>(kSteps[index].data());
    const __m256i wide = _mm256_cvtepu8_epi32(_mm_loadl_epi64(offsets));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out_), _mm256_add_epi32(wide, at));
    out_ += _mm_popcnt_u64(index);
  }

  std::uint32_t* out_;
};

COPYDESK_VECTOR void scan(std::string_view text, WordScan& found) {
  found.reserve(text.size());
  VectorScan(text, found).run();
}

COPYDESK_VECTOR void spans(const WordScan& scan, std::size_t size, std::vector<Span>& out) {
  static_assert(sizeof(Span) == 2 * sizeof(std::uint32_t));
  constexpr std::size_t kSpare = 8;  // what BorderWriter writes beyond
  SpanBuffer<kSpare> storage;
  auto& buffer = storage.spans;
  const std::size_t blocks = (size + 63) / 64;
  const std::size_t before = out.size();
  Borders borders(scan, size);
  bool open = false;  // the last token has no end yet, and its begin is the first of the buffer
  for (std::size_t i = 0; i < blocks;) {
    BorderWriter writer(open ? &buffer[0].end : &buffer[0].begin);
    for (const std::size_t end = std::min(i + kSpanBlocks, blocks); i < end; ++i) {
      borders.read(i);
      writer.write(borders.begins, borders.ends, static_cast<std::uint32_t>(i * 64));
    }
    const auto count = static_cast<std::size_t>(writer.end() - &buffer[0].begin);
    out.insert(out.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count / 2));
    open = count % 2 != 0;
    if (open) buffer[0] = buffer[count / 2];
  }
  if (open) out.push_back({buffer[0].begin, static_cast<std::uint32_t>(size)});
  if (borders.sound()) return;
  out.resize(before);
  scalar_functions().append_spans(scan, size, out);
}

COPYDESK_VECTOR std::size_t list(const std::uint64_t* words, std::size_t count,
                                 std::uint16_t* places) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t bits = words[i];
    std::size_t at = found;
    found += static_cast<std::size_t>(_mm_popcnt_u64(bits));
    do {  // four at a time, so that how many there are is seldom asked
      for (unsigned place = 0; place < 4; ++place) {
        places[at++] = static_cast<std::uint16_t>(i * 64 + _tzcnt_u64(bits));
        bits = _blsr_u64(bits);
      }
    } while (bits != 0);
  }
  return found;
}

}  // namespace

const PathFunctions* avx2_functions() noexcept {
  static constexpr PathFunctions kFunctions{scan, spans, find_ends, list};
  static const bool found = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
  return found ? &kFunctions : nullptr;
}

}  // namespace copydesk::tokenize

#else

namespace copydesk::tokenize {

const PathFunctions* avx2_functions() noexcept {
  return nullptr;
}

}  // namespace copydesk::tokenize

#endif
