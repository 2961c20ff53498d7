#include "dedupe/tokens.h"

#include <algorithm>
#include <array>
#include <bit>

#define XXH_INLINE_ALL
#include <xxhash.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "dedupe/hash.h"
#include "text/utf8.h"

namespace copydesk::dedupe {
namespace {

constexpr std::size_t kStep = 64;

/// Bit i is set where byte i of the 64 is no separator.
std::uint64_t word_bits(const char* bytes) noexcept {
  std::uint64_t bits = 0;
#if defined(__SSE2__)
  // Unsigned bytes > 0x20, by way of the only comparison SSE2 has: saturating subtraction leaves
  // zero for the separators.
  const __m128i limit = _mm_set1_epi8(0x20);
  for (std::size_t part = 0; part < 4; ++part) {
    const auto* at = reinterpret_cast<const __m128i*>(bytes + part * 16);
    const __m128i rest = _mm_subs_epu8(_mm_loadu_si128(at), limit);
    const auto separators =
        static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(rest, _mm_setzero_si128())));
    bits |= static_cast<std::uint64_t>(~separators & 0xFFFFU) << (part * 16);
  }
#else
  for (std::size_t i = 0; i < kStep; ++i) {
    bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i]) > 0x20) << i;
  }
#endif
  return bits;
}

constexpr std::size_t kShortWord = 16;

/// For a word of n bytes, the masks that cut off what stands behind it in two loads of 8.
struct WordMask {
  std::uint64_t first, second;
};
constexpr std::array<WordMask, kShortWord + 1> kWordMasks = [] {
  std::array<WordMask, kShortWord + 1> masks{};
  for (std::size_t i = 0; i < kShortWord; ++i) {
    const std::uint64_t byte = std::uint64_t{0xFF} << (8 * (i % 8));
    for (std::size_t size = i + 1; size <= kShortWord; ++size) {
      (i < 8 ? masks[size].first : masks[size].second) |= byte;
    }
  }
  return masks;
}();

[[gnu::noinline]] std::uint64_t hash_long(const char* word, std::size_t size) noexcept {
  return XXH3_64bits(word, size);
}

/// Nearly all words take two loads and no branch: how long the next word is cannot be predicted.
inline std::uint64_t hash_bytes(const char* word, std::size_t size) noexcept {
  if (size > kShortWord) return hash_long(word, size);
  const WordMask& mask = kWordMasks[size];
  const std::uint64_t first = load_little(word) & mask.first;
  const std::uint64_t second = load_little(word + 8) & mask.second;
  return mix((first + 0x9E3779B97F4A7C15U) ^ (second * 0xD1B54A32D192ED03U));
}

/// Takes the lowest bit off and says where it stood.
inline std::size_t take_lowest(std::uint64_t& bits) noexcept {
  const auto at = static_cast<std::size_t>(std::countr_zero(bits));
  bits &= bits - 1;
  return at;
}

/// What stands between the end of the last word, `end`, and the begin of the next one, which is
/// number `word`.
void note_break(const char* bytes, std::size_t end, std::size_t begin, std::size_t word,
                Words& words) {
  if (word == 0) {
    words.first_byte = begin;
    return;
  }
  const auto feeds = std::count(bytes + end, bytes + begin, '\n');
  if (feeds == 0) return;
  words.breaks.push_back({word, begin, feeds > 1 ? Break::paragraph : Break::line});
}

/// Finds where words begin and end, 64 bytes at a time; writes their hashes to `out`, and returns
/// where it stopped.
std::uint64_t* split(const FoldedText& folded, std::uint64_t* const out, Words& words) {
  const char* const bytes = folded.bytes.data();
  std::uint64_t* next = out;
  std::size_t begin = 0;
  std::size_t end = ~std::size_t{1};  // so that no first word is one space behind another
  bool inside = false;                // a word reaches over from the step before
  for (std::size_t base = 0; base < folded.size; base += kStep) {
    const std::uint64_t bits = word_bits(bytes + base);
    // Set where a byte differs in kind from the one before it: begins and ends in turn.
    std::uint64_t edges = bits ^ (bits << 1 | static_cast<std::uint64_t>(inside));
    while (edges != 0) {
      if (!inside) {
        begin = base + take_lowest(edges);
        // Most words are one space apart.
        if (begin - end != 1 || bytes[end] == '\n') {
          note_break(bytes, end, begin, static_cast<std::size_t>(next - out), words);
        }
        inside = true;
        if (edges == 0) break;
      }
      end = base + take_lowest(edges);
      *next++ = hash_bytes(bytes + begin, end - begin);
      inside = false;
    }
  }
  if (inside) *next++ = hash_bytes(bytes + begin, folded.size - begin);
  return next;
}

}  // namespace

std::uint64_t hash_word(const char* word, std::size_t size) noexcept {
  return hash_bytes(word, size);
}

void split_words(const FoldedText& folded, Words& words) {
  words.breaks.clear();
  words.first_byte = 0;
  words.end_byte = folded.size;
  // A word takes at least one byte and the separator behind it.
  const std::size_t most = folded.size / 2 + 1;
  if (words.buffer.size() < most) words.buffer.resize(most);
  std::uint64_t* const out = words.buffer.data();
  words.count = static_cast<std::size_t>(split(folded, out, words) - out);
}

void split_characters(const FoldedText& folded, bool spaced, std::vector<std::uint64_t>& tokens) {
  tokens.clear();
  const std::string_view text = folded.view();
  bool pending = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text::next_code_point(text, at);
    if (c <= 0x20) {
      pending = spaced && !tokens.empty();
      continue;
    }
    if (pending) tokens.push_back(mix(0x20));
    pending = false;
    tokens.push_back(mix(c + 0x9E3779B97F4A7C15U));
  }
}

}  // namespace copydesk::dedupe
