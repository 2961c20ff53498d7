#include "rules/line_facts.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "text/utf8.h"

namespace copydesk::rules {
namespace {

bool closes_behind_a_stop(char32_t c) noexcept {
  switch (c) {
    case ' ':
    case '"':
    case '\'':
    case ')':
    case ']':
    case 0xA0:
    case 0xBB:
    case 0x2019:
    case 0x201C:  // closing in German
    case 0x201D:
    case 0x203A:
    case 0x300D:
    case 0x300F:
    case 0xFF09:
      return true;
    default:
      return false;
  }
}

bool is_stop(char32_t c) noexcept {
  switch (c) {
    case '.':
    case '!':
    case '?':
    case ';':
    case 0x2026:
    case 0x037E:
    case 0x061F:
    case 0x06D4:
    case 0x0964:
    case 0x3002:
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
      return true;
    default:
      return false;
  }
}

/// Counts the words of one line, its bytes from first to last.
class WordCounter {
 public:
  void take(unsigned char byte) noexcept {
    starts_ += static_cast<std::size_t>(before_ <= ' ' && byte > ' ');
    unspaced_ += static_cast<std::size_t>(byte >= kFirstUnspaced && byte <= kLastUnspaced);
    before_ = byte;
  }

#ifdef __SSE2__
  static constexpr std::size_t kBlock = 16;

  /// The same for sixteen bytes at once.
  void take_block(const char* block) noexcept {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block));
    const __m128i before = _mm_or_si128(_mm_slli_si128(bytes, 1), _mm_cvtsi32_si128(before_));
    starts_ += count_of(_mm_andnot_si128(over_space(before), over_space(bytes)));
    const __m128i behind_first =
        _mm_sub_epi8(bytes, _mm_set1_epi8(static_cast<char>(kFirstUnspaced)));
    const __m128i most = _mm_set1_epi8(static_cast<char>(kLastUnspaced - kFirstUnspaced));
    unspaced_ += count_of(_mm_cmpeq_epi8(_mm_min_epu8(behind_first, most), behind_first));
    before_ = static_cast<unsigned char>(block[kBlock - 1]);
  }
#endif

  [[nodiscard]] std::size_t words() const noexcept {
    return starts_ + unspaced_ / 2;
  }

 private:
  // Lead bytes E3..E9 are kana and Han; Thai (E0 B8, E0 B9) is near enough counted by its spaces.
  static constexpr unsigned char kFirstUnspaced = 0xE3;
  static constexpr unsigned char kLastUnspaced = 0xE9;

#ifdef __SSE2__
  static __m128i over_space(__m128i bytes) noexcept {
    return _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8(' ' + 1)), bytes);
  }

  /// How many bytes of `mask` are set (0xFF, the others 0).
  static std::size_t count_of(__m128i mask) noexcept {
    const __m128i ones = _mm_and_si128(mask, _mm_set1_epi8(1));
    const __m128i sums = _mm_sad_epu8(ones, _mm_setzero_si128());
    return static_cast<std::size_t>(_mm_extract_epi16(sums, 0)) +
           static_cast<std::size_t>(_mm_extract_epi16(sums, 4));
  }
#endif

  std::size_t starts_ = 0;
  std::size_t unspaced_ = 0;
  unsigned char before_ = ' ';
};

}  // namespace

std::size_t count_words(std::string_view line) noexcept {
  WordCounter counter;
  std::size_t at = 0;
#ifdef __SSE2__
  for (; at + WordCounter::kBlock <= line.size(); at += WordCounter::kBlock) {
    counter.take_block(line.data() + at);
  }
#endif
  for (; at < line.size(); ++at) counter.take(static_cast<unsigned char>(line[at]));
  return counter.words();
}

bool ends_sentence(std::string_view line) noexcept {
  std::size_t end = line.size();
  while (end > 0) {
    const char32_t c = text::previous_code_point(line, end);
    if (is_stop(c)) return true;
    if (!closes_behind_a_stop(c)) return false;
  }
  return false;
}

}  // namespace copydesk::rules
