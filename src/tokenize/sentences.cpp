#include "tokenize/sentences.h"

#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "tokenize/full_stop.h"
#include "tokenize/plain_stop.h"
#include "tokenize/properties.h"
#include "tokenize/uax29_sentences.h"
#include "tokenize/word_scan.h"

namespace copydesk::tokenize {
namespace {

/// Appends text[begin, end) without white space at its ends, if there is anything else in it.
void append_trimmed(std::string_view text, std::size_t begin, std::size_t end,
                    std::vector<Span>& spans) {
  while (begin < end) {
    const Decoded decoded = decode_at(text, begin);
    if (!properties_of(decoded.code_point).is_space()) break;
    begin += decoded.length;
  }
  while (end > begin) {
    const Decoded decoded = decode_before(text, end);
    if (!properties_of(decoded.code_point).is_space()) break;
    end -= decoded.length;
  }
  if (begin < end)
    spans.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
}

/// Whether a byte may begin a terminator or an emoji, or end a line. Of the leads of longer
/// characters those of Latin, Greek, Cyrillic, Hebrew (up to U+053F), Han (E4 to E9) and Hangul (EB
/// to EE) letters are passed over.
bool is_candidate(unsigned char byte) noexcept {
  if (byte < 0x80) {
    return byte == '.' || byte == '!' || byte == '?' || byte == '\n' || byte == '\f';
  }
  return byte >= 0xD4 && (byte <= 0xE3 || byte == 0xEA || byte >= 0xEF);
}

#if defined(__SSE2__)
/// The same for sixteen bytes, a bit a byte. (SSE2 is part of every x86-64.)
unsigned candidates(const char* from) noexcept {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  const auto equal = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
  const auto at_least = [&](int limit) {
    return _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8(static_cast<char>(limit))), bytes);
  };
  const __m128i ascii = _mm_or_si128(_mm_or_si128(equal('.'), _mm_or_si128(equal('!'), equal('?'))),
                                     _mm_or_si128(equal('\n'), equal('\f')));
  const __m128i han = _mm_andnot_si128(at_least(0xEA), at_least(0xE4));
  const __m128i hangul = _mm_andnot_si128(at_least(0xEF), at_least(0xEB));
  const __m128i leads = _mm_andnot_si128(_mm_or_si128(han, hangul), at_least(0xD4));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(ascii, leads)));
}
#endif

/// The next candidate at or behind `at`, or the end.
std::size_t next_candidate(std::string_view text, std::size_t at) noexcept {
#if defined(__SSE2__)
  for (; at + 16 <= text.size(); at += 16) {
    const unsigned found = candidates(text.data() + at);
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found));
  }
#endif
  while (at < text.size() && !is_candidate(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

class SentenceScan {
 public:
  SentenceScan(std::string_view text, const Language& language, bool lines, std::vector<Span>& out)
      : text_(text),
        language_(language),
        rules_(text, language, lines),
        lines_(lines),
        out_(out) {}

  void run() {
    for (std::size_t at = next_candidate(text_, 0); at < text_.size();
         at = next_candidate(text_, at)) {
      const char byte = text_[at];
      if (byte == '\n' || byte == '\f') {
        at = line_end(at);
        continue;
      }
      if (byte == '.') {
        const std::size_t end = plain_end(text_, at);
        if (end != 0 && follows_plain_word(text_, at, language_)) {
          end_sentence(end);
          at = end;
          continue;
        }
      }
      const Decoded decoded = decode_at(text_, at);
      if (!is_terminator(decoded.code_point) && !is_emoji(decoded.code_point)) {
        at += decoded.length;
        continue;
      }
      skip_space();
      const Verdict verdict = rules_.judge(at, begin_);
      at = verdict.end;
      if (verdict.ends) end_sentence(at);
    }
    end_sentence(text_.size());
  }

 private:
  void end_sentence(std::size_t end) {
    append_trimmed(text_, begin_, end, out_);
    begin_ = end;
  }

  void skip_space() {
    while (begin_ < text_.size()) {
      const Decoded decoded = decode_at(text_, begin_);
      if (!properties_of(decoded.code_point).is_space()) break;
      begin_ += decoded.length;
    }
  }

  /// At a line end or form feed; an empty line ends the block. Returns where to go on.
  std::size_t line_end(std::size_t at) {
    bool ends = lines_ || text_[at] == '\f';
    std::size_t behind = at + 1;
    while (behind < text_.size() &&
           std::string_view(" \t\r\n\f").find(text_[behind]) != std::string_view::npos) {
      ends |= text_[behind] == '\n' || text_[behind] == '\f';
      ++behind;
    }
    if (ends) end_sentence(behind);
    return behind;
  }

  std::string_view text_;
  const Language& language_;
  TerminatorRules rules_;
  bool lines_;
  std::vector<Span>& out_;
  std::size_t begin_ = 0;  ///< where the sentence that is being read begins
};

}  // namespace

void append_news_sentences(std::string_view text, const Language& language, bool lines,
                           std::vector<Span>& sentences) {
  SentenceScan(text, language, lines, sentences).run();
}

void append_uax29_sentences(std::string_view text, std::vector<Span>& sentences) {
  const std::vector<std::uint32_t> boundaries = sentence_boundaries(text);
  for (std::size_t i = 0; i < boundaries.size(); ++i) {
    const std::size_t end = i + 1 < boundaries.size() ? boundaries[i + 1] : text.size();
    append_trimmed(text, boundaries[i], end, sentences);
  }
}

}  // namespace copydesk::tokenize
