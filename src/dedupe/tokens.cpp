#include "dedupe/tokens.h"

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

/// Nearly all words take two loads and no branch: how long the next word is cannot be predicted.
inline std::uint64_t hash_bytes(const char* word, std::size_t size) noexcept {
  if (size > kShortWord) return XXH3_64bits(word, size);
  const WordMask& mask = kWordMasks[size];
  const std::uint64_t first = load_little(word) & mask.first;
  const std::uint64_t second = load_little(word + 8) & mask.second;
  return mix((first + 0x9E3779B97F4A7C15U) ^ (second * 0xD1B54A32D192ED03U));
}

/// Finds where words begin and end, 64 bytes at a time.
class WordSplitter {
 public:
  WordSplitter(const FoldedText& folded, Words& words) : bytes_(folded.bytes.data()), out_(words) {}

  void run(std::size_t size) {
    // A word takes at least one byte and the separator behind it.
    if (out_.buffer.size() < size / 2 + 1) out_.buffer.resize(size / 2 + 1);
    next_ = out_.buffer.data();
    std::uint64_t carry = 0;  // 1 while a word reaches over from the step before
    for (std::size_t base = 0; base < size; base += kStep) {
      const std::uint64_t bits = word_bits(bytes_ + base);
      // Set where a byte differs in kind from the one before it: starts and ends in turn.
      std::uint64_t edges = bits ^ (bits << 1 | carry);
      carry = bits >> 63;
      for (; edges != 0; edges &= edges - 1) {
        edge(base + static_cast<std::size_t>(std::countr_zero(edges)));
      }
    }
    if (inside_) edge(size);
    out_.count = count();
  }

 private:
  [[nodiscard]] std::size_t count() const {
    return static_cast<std::size_t>(next_ - out_.buffer.data());
  }

  void edge(std::size_t at) {
    if (inside_) {
      *next_++ = hash_bytes(bytes_ + begin_, at - begin_);
      end_ = at;
    } else {
      begin_ = at;
      // Most words are one space apart.
      if (at - end_ != 1 || bytes_[end_] == '\n') note_break();
    }
    inside_ = !inside_;
  }

  /// What stands between the last word's end and this one's begin.
  void note_break() {
    if (count() == 0) {
      out_.first_byte = begin_;
      return;
    }
    std::size_t feeds = 0;
    for (std::size_t i = end_; i < begin_; ++i) feeds += bytes_[i] == '\n';
    if (feeds == 0) return;
    out_.breaks.push_back({count(), begin_, feeds > 1 ? Break::paragraph : Break::line});
  }

  const char* bytes_;
  Words& out_;
  std::uint64_t* next_ = nullptr;
  std::size_t begin_ = 0;
  std::size_t end_ = ~std::size_t{1};  ///< so that no first word is one space behind another
  bool inside_ = false;
};

}  // namespace

std::uint64_t hash_word(const char* word, std::size_t size) noexcept {
  return hash_bytes(word, size);
}

void split_words(const FoldedText& folded, Words& words) {
  words.breaks.clear();
  words.first_byte = words.end_byte = 0;
  WordSplitter splitter(folded, words);
  splitter.run(folded.size);
  words.end_byte = folded.size;
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
