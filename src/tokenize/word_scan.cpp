#include "tokenize/word_scan.h"

#include <bit>

#include "tokenize/ascii.h"
#include "tokenize/uax29_words.h"

namespace copydesk::tokenize {
namespace {

/// Appends the positions of the set bits to one field of the spans, from `index` on.
template <std::uint32_t Span::*field>
void write_positions(std::uint64_t bits, std::size_t base, Span* spans,
                     std::size_t& index) noexcept {
  while (bits != 0) {
    spans[index++].*field =
        static_cast<std::uint32_t>(base + static_cast<std::size_t>(std::countr_zero(bits)));
    bits &= bits - 1;
  }
}

std::size_t count_bits(const std::uint64_t* words, std::size_t count) noexcept {
  std::size_t total = 0;
  for (std::size_t i = 0; i < count; ++i)
    total += static_cast<std::size_t>(std::popcount(words[i]));
  return total;
}

}  // namespace

void WordScan::reset(std::size_t size) {
  boundaries.reset(size);
  white.reset(size);
  marks.reset(size);
  clear_lists();
}

void WordScan::reserve(std::size_t size) {
  boundaries.reserve(size);
  white.reserve(size);
  marks.reserve(size);
  clear_lists();
}

void WordScan::clear_lists() {
  marked_spaces.clear();
  spaced_digits.clear();
  has_dictionary = false;
}

bool needs_look(std::string_view text, std::size_t at) noexcept {
  const char c = text[at];
  const char next = at + 1 < text.size() ? text[at + 1] : '\0';
  constexpr AsciiSet kQuiet(kQuietMarks);
  constexpr AsciiSet kPause(kPauses);
  constexpr AsciiSet kLoud(kLoudMarks);
  constexpr AsciiSet kWhite("\t\n\v\f\r ");
  if (kQuiet.has(c)) return next == c;
  if (kPause.has(c)) return !kWhite.has(next);
  return kLoud.has(c) || (!is_ascii(c) && is_mark(decode_at(text, at).code_point));
}

bool is_spaced_digit(std::string_view text, std::size_t at) noexcept {
  return text[at] == ' ' && at > 0 && at + 1 < text.size() && is_ascii_digit(text[at - 1]) &&
         is_ascii_digit(text[at + 1]);
}

bool is_emoji(char32_t c) noexcept {
  return (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF);
}

bool is_mark(char32_t c) noexcept {
  switch (c) {
    case 0xA0:  // no-break space, between groups of digits
    case 0xB0:  // degree
    case 0xB2:  // superscript two and three, of units
    case 0xB3:
    case 0xB7:    // middle dot
    case 0x2009:  // thin space and narrow no-break space, between groups of digits
    case 0x202F:
    case 0x2010:  // hyphens and dashes
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2018:  // quotation marks that are apostrophes too
    case 0x2019:
    case 0x2026:  // ellipsis
      return true;
    default:
      return is_emoji(c);
  }
}

void find_marked_spaces(std::string_view text, std::size_t begin, std::size_t end, WordScan& scan) {
  std::size_t segment = begin;
  for (std::size_t at = begin; at < end;) {
    if (scan.boundaries.test(at)) segment = at;
    if (segment < at && !scan.white.test(at) && scan.white.test(at - 1)) {
      scan.marked_spaces.push_back(
          {static_cast<std::uint32_t>(segment), static_cast<std::uint32_t>(at)});
    }
    at += decode_at(text, at).length;
  }
}

void settle_marked_spaces(bool whole, WordScan& scan) {
  for (const WordScan::MarkedSpace& space : scan.marked_spaces) {
    if (whole) {
      scan.white.clear(space.begin, space.mark);
    } else {
      scan.boundaries.set(space.mark);
    }
  }
}

void scan_words_scalar(std::string_view text, WordScan& scan) {
  scan.reset(text.size());
  mark_word_boundaries(text, 0, text.size(), scan.boundaries);
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode_at(text, at);
    const Properties properties = properties_of(decoded.code_point);
    if (is_gap(properties)) {
      for (std::size_t i = 0; i < decoded.length; ++i) scan.white.set(at + i);
    }
    if (needs_look(text, at)) scan.marks.set(at);
    if (is_spaced_digit(text, at)) scan.spaced_digits.push_back(static_cast<std::uint32_t>(at));
    scan.has_dictionary |= properties.is_dictionary();
    at += decoded.length;
  }
  find_marked_spaces(text, 0, text.size(), scan);
}

std::size_t list_bits(const std::uint64_t* words, std::size_t count, std::uint16_t* places) {
  return has_vector_path() ? list_bits_vector(words, count, places)
                           : list_bits_scalar(words, count, places);
}

std::size_t list_bits_scalar(const std::uint64_t* words, std::size_t count, std::uint16_t* places) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::uint64_t bits = words[i]; bits != 0; bits &= bits - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(bits));
      places[found++] = static_cast<std::uint16_t>(i * 64 + bit);
    }
  }
  return found;
}

void scan_words(std::string_view text, WordScan& scan) {
  if (has_vector_path()) {
    scan_words_vector(text, scan);
  } else {
    scan_words_scalar(text, scan);
  }
}

void append_spans(const WordScan& scan, std::size_t size, std::vector<Span>& spans) {
  if (has_vector_path()) {
    append_spans_vector(scan, size, spans);
  } else {
    append_spans_scalar(scan, size, spans);
  }
}

void append_spans_scalar(const WordScan& scan, std::size_t size, std::vector<Span>& spans) {
  const std::uint64_t* boundaries = scan.boundaries.data();
  const std::uint64_t* white = scan.white.data();
  const std::size_t blocks = (size + 63) / 64;
  const std::size_t first = spans.size();
  // A segment is white as a whole or not at all, so begins and ends can be read off separately:
  // a begin is a boundary before a byte that is not white, an end one behind such a byte.
  spans.resize(first + count_bits(boundaries, blocks) + 1);
  std::size_t begins = first;
  std::size_t ends = first;
  std::uint64_t white_before = 1;  // nothing ends at the start of the text
  for (std::size_t i = 0; i < blocks; ++i) {
    const std::uint64_t behind_white = (white[i] << 1) | white_before;
    white_before = white[i] >> 63;
    write_positions<&Span::begin>(boundaries[i] & ~white[i], i * 64, spans.data(), begins);
    write_positions<&Span::end>(boundaries[i] & ~behind_white, i * 64, spans.data(), ends);
  }
  if (ends < begins) spans[ends].end = static_cast<std::uint32_t>(size);
  spans.resize(begins);
}

}  // namespace copydesk::tokenize
