#include "tokenize/word_scan.h"

#include <algorithm>
#include <bit>

#include "tokenize/ascii.h"
#include "tokenize/uax29_words.h"
#include "tokenize/word_scan_paths.h"

namespace copydesk::tokenize {
namespace {

/// Of the leads of longer characters those of Latin, Greek, Cyrillic, Hebrew (up to U+053F), Han
/// (E4 to E9) and Hangul (EB to EE) letters are passed over, and General Punctuation up to U+2023,
/// which is spaces, dashes and quotation marks.
bool may_end_sentence(std::string_view text, std::size_t at) noexcept {
  constexpr AsciiSet kEnds(kSentenceEnds);
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return kEnds.has(text[at]);
  if (byte == 0xE2 && at + 2 < text.size() && text[at + 1] == '\x80' &&
      static_cast<unsigned char>(text[at + 2]) < 0xA4) {
    return false;
  }
  return byte >= 0xD4 && (byte <= 0xE3 || byte == 0xEA || byte >= 0xEF);
}

void scan_by_character(std::string_view text, WordScan& scan) {
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

void append_by_segment(const WordScan& scan, std::size_t size, std::vector<Span>& spans) {
  std::size_t begin = scan.boundaries.next(0, size);
  while (begin < size) {
    const std::size_t end = scan.boundaries.next(begin + 1, size);
    if (!scan.white.test(begin)) {
      spans.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    }
    begin = end;
  }
}

void find_by_byte(std::string_view text, std::size_t begin, std::size_t end, std::uint64_t* found) {
  std::fill_n(found, (end - begin + 63) / 64, 0);
  for (std::size_t at = begin; at < end; ++at) {
    if (!may_end_sentence(text, at)) continue;
    found[(at - begin) / 64] |= std::uint64_t{1} << ((at - begin) % 64);
  }
}

std::size_t list_by_bit(const std::uint64_t* words, std::size_t count, std::uint16_t* places) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::uint64_t bits = words[i]; bits != 0; bits &= bits - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(bits));
      places[found++] = static_cast<std::uint16_t>(i * 64 + bit);
    }
  }
  return found;
}

const PathFunctions& best_functions() noexcept {
  static const PathFunctions& best = avx512_functions() != nullptr ? *avx512_functions()
                                     : avx2_functions() != nullptr ? *avx2_functions()
                                                                   : scalar_functions();
  return best;
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

const PathFunctions& scalar_functions() noexcept {
  static constexpr PathFunctions kFunctions{scan_by_character, append_by_segment, find_by_byte,
                                            list_by_bit};
  return kFunctions;
}

void scan_words(std::string_view text, WordScan& scan) {
  best_functions().scan(text, scan);
}

void append_spans(const WordScan& scan, std::size_t size, std::vector<Span>& spans) {
  best_functions().append_spans(scan, size, spans);
}

void find_terminators(std::string_view text, std::size_t begin, std::size_t end,
                      std::uint64_t* found) {
  best_functions().find_terminators(text, begin, end, found);
}

std::size_t list_bits(const std::uint64_t* words, std::size_t count, std::uint16_t* places) {
  return best_functions().list_bits(words, count, places);
}

}  // namespace copydesk::tokenize
