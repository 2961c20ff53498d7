#pragma once

/// @file
/// What the vector paths of word_scan.h share, included by each of them: word_scan_avx2.cpp,
/// word_scan_avx512.cpp. Each block of 64 bytes becomes one bit mask a character class; the rules
/// of UAX #29 are then shifts and ands of whole masks, after simdjson's manner. Letters of two
/// bytes of Latin, Greek and Cyrillic are done as ASCII is; other characters are looked up one by
/// one, and give all their bytes the class that they have. The few classes whose rules do not fit
/// (marks, joiners, flags, Hebrew, Katakana) send the automaton over their surroundings.
///
/// The including file defines COPYDESK_VECTOR (the target attribute: whatever is compiled for newer
/// processors is marked with it, and nothing else may be), and in the namespace of
/// copydesk::tokenize without a name:
///
///     Bytes load(const char*)                      64 bytes
///     std::uint64_t equal_to(bytes, value)         which of them equal a value
///     std::uint64_t pair_of(bytes, a, b)           ... equal a, a + 1, b or b + 1, both even
///     std::uint64_t at_least(bytes, value)
///     std::uint64_t in_class(bytes, ByteClass)
///     std::uint64_t digits(bytes)                  ... are ASCII digits
///     std::uint64_t beyond_ascii(bytes)
///     std::uint64_t same_as_next(bytes, from)      ... equal the one behind; reads from[64]

#include <optional>

namespace copydesk::tokenize {
namespace {

/// The classes of 64 bytes, a bit a byte. Taking a mask out of a vector register is what costs
/// most, so what only few blocks ask for is not here.
struct Classes {
  std::uint64_t word;   ///< letters, digits, underscore
  std::uint64_t digit;  ///< of them the digits
  std::uint64_t mid;    ///< . ' : , ;
  std::uint64_t white, loud, beyond_ascii;
};

/// Leads of two-byte letters: Latin from U+00C0 to U+017F, Greek, Cyrillic to U+047F. A lead in the
/// last byte whose block holds others than letters is left out: its second byte is not seen here.
COPYDESK_VECTOR inline std::uint64_t find_letter_leads(const Bytes& bytes) {
  constexpr std::uint64_t kSeen = ~(std::uint64_t{1} << 63);
  // U+0100..017F and U+0400..047F hold letters only.
  std::uint64_t leads = pair_of(bytes, 0xC4, 0xD0);
  if (const std::uint64_t latin = equal_to(bytes, 0xC3) & kSeen; latin != 0) {
    const std::uint64_t signs = equal_to(bytes, 0x97) | equal_to(bytes, 0xB7);  // U+00D7, U+00F7
    leads |= latin & ~(signs >> 1);
  }
  if (const std::uint64_t greek = pair_of(bytes, 0xCE, 0xCE) & kSeen; greek != 0) {
    // Letters: U+038E..03BF but 03A2, and U+03C0..03FF but 03F6. The few others are looked up.
    const std::uint64_t first = (at_least(bytes, 0x8E) & ~equal_to(bytes, 0xA2)) >> 1;
    const std::uint64_t second = ~equal_to(bytes, 0xB6) >> 1;
    leads |= greek & ((equal_to(bytes, 0xCE) & first) | (equal_to(bytes, 0xCF) & second));
  }
  return leads;
}

/// Leads of the commonest punctuation beyond ASCII, all of three bytes: U+2013, 2014, 2018, 2019,
/// 201C, 201D, 2026. Those whose surroundings are not in the block are left out.
struct Punctuation {
  std::uint64_t all;
  std::uint64_t marks;        ///< those for which is_mark() holds
  std::uint64_t apostrophes;  ///< those that may stand inside a word, as "." may
};

COPYDESK_VECTOR inline Punctuation find_punctuation(const Bytes& bytes) {
  constexpr std::uint64_t kInside = ~std::uint64_t{0} >> 4 << 1;
  const std::uint64_t general = equal_to(bytes, 0xE2) & equal_to(bytes, 0x80) >> 1 & kInside;
  const std::uint64_t quotes = equal_to(bytes, 0x9C) | equal_to(bytes, 0x9D);
  const std::uint64_t apostrophes = equal_to(bytes, 0x98) | equal_to(bytes, 0x99);
  const std::uint64_t marks =
      apostrophes | equal_to(bytes, 0x93) | equal_to(bytes, 0x94) | equal_to(bytes, 0xA6);
  return {general & (quotes | marks) >> 2, general & marks >> 2, general & apostrophes >> 2};
}

COPYDESK_VECTOR inline Classes classify(const Bytes& bytes) {
  return {in_class(bytes, ByteClass::word), digits(bytes),
          in_class(bytes, ByteClass::mid),  in_class(bytes, ByteClass::white),
          in_class(bytes, ByteClass::loud), beyond_ascii(bytes)};
}

/// A mask of 64 bits and what of it belongs to the block behind.
struct Carried {
  std::uint64_t bits = 0;
  std::uint64_t next = 0;

  void begin_block() noexcept {
    bits = next;
    next = 0;
  }
  /// Sets `count` bits from `at` on, all or some of which may fall into the next block.
  void set(unsigned at, unsigned count) noexcept {
    const std::uint64_t run = (std::uint64_t{1} << count) - 1;
    if (at >= 64) {
      next |= run << (at - 64);
      return;
    }
    bits |= run << at;
    if (at + count > 64) next |= run >> (64 - at);
  }
};

/// `bits` moved to the byte behind; the last one is carried to the next block.
inline std::uint64_t behind(std::uint64_t bits, std::uint64_t& carry) noexcept {
  const std::uint64_t moved = (bits << 1) | carry;
  carry = bits >> 63;
  return moved;
}

/// What the last byte of a block means for the next one: bit 0 of each mask, or nothing.
struct Carries {
  std::uint64_t word = 0;
  std::uint64_t letter = 0;
  std::uint64_t digit = 0;
  std::uint64_t space = 0;
  std::uint64_t cr = 0;
  std::uint64_t mid_letter = 0;
  std::uint64_t mid_number = 0;
  std::uint64_t letter_lead = 0;
};

/// What the characters beyond ASCII of one block add.
struct Beyond {
  std::uint64_t letter = 0;
  std::uint64_t digit = 0;
  std::uint64_t underscore = 0;
  std::uint64_t space = 0;
  std::uint64_t white = 0;
  std::uint64_t joins = 0;  ///< bytes that join what stands before them
  std::uint64_t mark = 0;
};

class VectorScan {
 public:
  VectorScan(std::string_view text, WordScan& scan) : text_(text), scan_(scan) {}

  COPYDESK_VECTOR void run() {
    // One byte beyond each block is read, so the last one is always read from a copy.
    const std::size_t whole = text_.empty() ? 0 : (text_.size() - 1) / 64 * 64;
    Carries carries;  // not a member: it is to stay in registers
    std::size_t base = 0;
    for (; base < whole; base += 64) {
      __builtin_prefetch(text_.data() + base + 512);
      block(text_.data() + base, base, carries);
    }
    if (base < text_.size()) {
      char rest[65] = {};
      std::memcpy(rest, text_.data() + base, text_.size() - base);
      block(rest, base, carries);
      const std::uint64_t inside = ~std::uint64_t{0} >> (64 - (text_.size() - base));
      scan_.boundaries.data()[base / 64] &= inside;
      scan_.white.data()[base / 64] &= inside;
    }
    redo_complex();
  }

 private:
  static constexpr std::uint64_t kLast = std::uint64_t{1} << 63;

  COPYDESK_VECTOR [[gnu::always_inline]] void block(const char* from, std::size_t base,
                                                    Carries& carries) {
    const Bytes bytes = load(from);
    const Classes c = classify(bytes);
    // Two calls, so that the one for ASCII is compiled without what the other adds.
    if ((c.beyond_ascii | carries.letter_lead | pending_) == 0) {
      settle(from, base, bytes, c, Beyond{}, carries);
    } else {
      settle(from, base, bytes, c, beyond_ascii(bytes, c, base, carries), carries);
    }
  }

  /// All rules for one block.
  COPYDESK_VECTOR [[gnu::always_inline]] void settle(const char* from, std::size_t base,
                                                     const Bytes& bytes, const Classes& c,
                                                     const Beyond& beyond, Carries& carries) {
    const std::uint64_t word = c.word | beyond.letter | beyond.digit | beyond.underscore;
    const std::uint64_t digit = c.digit | beyond.digit;
    const std::uint64_t white = c.white | beyond.white;
    const std::uint64_t behind_word = word << 1 | carries.word;
    const std::uint64_t behind_digit = digit << 1 | carries.digit;
    std::uint64_t joins = beyond.joins | (word & behind_word);
    // A mark between two letters or digits; what is behind the last byte is asked for later.
    const std::uint64_t inner = c.mid & behind_word & (word >> 1 | kLast);
    joins |= carries.mid_letter | carries.mid_number;
    carries.mid_letter = carries.mid_number = 0;
    if (inner != 0) joins |= join_mids(bytes, base, inner, c, beyond, carries);
    joins |= join_white(bytes, beyond, carries);
    const std::uint64_t spaced = white & behind_digit & (digit >> 1 | kLast);
    if (spaced != 0) add_spaced_digits(spaced, base);
    const std::size_t index = base / 64;
    scan_.boundaries.data()[index] = ~joins;
    scan_.white.data()[index] = white;
    scan_.marks.data()[index] = find_marks(from, bytes, c) | beyond.mark;
    carries.word = word >> 63;
    carries.digit = digit >> 63;
    carries.letter = (c.word & ~digit) >> 63 & static_cast<std::uint64_t>(from[63] != '_');
    carries.letter |= beyond.letter >> 63;
  }

  /// WB6, 7, 11, 12 for the marks of ASCII.
  COPYDESK_VECTOR [[gnu::always_inline]] std::uint64_t join_mids(
      const Bytes& bytes, std::size_t base, std::uint64_t inner, const Classes& c,
      const Beyond& beyond, Carries& carries) const {
    const std::uint64_t digit = c.digit | beyond.digit;
    const std::uint64_t letter = (c.word & ~c.digit & ~equal_to(bytes, '_')) | beyond.letter;
    std::uint64_t before_letter = letter >> 1;
    std::uint64_t before_digit = digit >> 1;
    if ((inner & kLast) != 0) {
      before_letter |= static_cast<std::uint64_t>(is_letter(base + 64)) << 63;
      before_digit |= static_cast<std::uint64_t>(is_digit(base + 64)) << 63;
    }
    const std::uint64_t mid_letter =
        in_class(bytes, ByteClass::mid_letter) & (letter << 1 | carries.letter) & before_letter;
    const std::uint64_t mid_number =
        in_class(bytes, ByteClass::mid_number) & (digit << 1 | carries.digit) & before_digit;
    carries.mid_letter = mid_letter >> 63;
    carries.mid_number = mid_number >> 63;
    return mid_letter | mid_letter << 1 | mid_number | mid_number << 1;
  }

  /// WB3 and WB3d. Without a branch on spaces: nobody foresees which block ends a paragraph.
  COPYDESK_VECTOR [[gnu::always_inline]] static std::uint64_t join_white(const Bytes& bytes,
                                                                         const Beyond& beyond,
                                                                         Carries& carries) {
    const std::uint64_t space = equal_to(bytes, ' ') | beyond.space;
    const std::uint64_t cr = equal_to(bytes, '\r');
    std::uint64_t joins = space & (space << 1 | carries.space);
    if ((cr | carries.cr) != 0) joins |= equal_to(bytes, '\n') & (cr << 1 | carries.cr);
    carries.space = space >> 63;
    carries.cr = cr >> 63;
    return joins;
  }

  /// Reads one byte beyond the 64.
  COPYDESK_VECTOR [[gnu::always_inline]] static std::uint64_t find_marks(const char* from,
                                                                         const Bytes& bytes,
                                                                         const Classes& c) {
    return c.loud | (c.mid & ~c.loud & ~(c.white >> 1)) |
           (in_class(bytes, ByteClass::quiet) & same_as_next(bytes, from));
  }

  void add_spaced_digits(std::uint64_t spaces, std::size_t base) {
    for (; spaces != 0; spaces &= spaces - 1) {
      const std::size_t at = base + static_cast<std::size_t>(__builtin_ctzll(spaces));
      if (!is_spaced_digit(text_, at)) continue;
      scan_.spaced_digits.push_back(static_cast<std::uint32_t>(at));
    }
  }

  [[nodiscard]] WordBreak class_at(std::size_t at) const {
    if (at >= text_.size()) return WordBreak::other;
    return properties_of(decode_at(text_, at).code_point).word_break();
  }
  [[nodiscard]] bool is_letter(std::size_t at) const { return class_at(at) == WordBreak::a_letter; }
  [[nodiscard]] bool is_digit(std::size_t at) const { return class_at(at) == WordBreak::numeric; }

  COPYDESK_VECTOR [[gnu::always_inline]] Beyond beyond_ascii(const Bytes& bytes, const Classes& c,
                                                             std::size_t base, Carries& carries) {
    const std::uint64_t lead = at_least(bytes, 0xC0);
    const std::uint64_t letter_lead = find_letter_leads(bytes);
    Beyond found;
    found.letter = letter_lead | behind(letter_lead, carries.letter_lead);
    found.joins = c.beyond_ascii & ~lead;
    const std::uint64_t others = lead & ~letter_lead;
    if ((others | pending_) == 0) return found;
    const Punctuation known = find_punctuation(bytes);
    if (((others & ~known.all) | pending_) == 0) {
      add_punctuation(bytes, c, known, found);
    } else {
      look_up_all(others, base, found);
    }
    return found;
  }

  /// What look_up_all() would find, where there are no others than these.
  COPYDESK_VECTOR static void add_punctuation(const Bytes& bytes, const Classes& c,
                                              const Punctuation& known, Beyond& found) {
    found.mark = known.marks;
    const std::uint64_t letter = (c.word & ~c.digit & ~equal_to(bytes, '_')) | found.letter;
    const std::uint64_t inner =
        known.apostrophes & ((letter << 1 & letter >> 3) | (c.digit << 1 & c.digit >> 3));
    found.joins |= inner | inner << 3;
  }

  /// Characters that the masks do not know, one by one.
  [[gnu::noinline]] void look_up_all(std::uint64_t leads, std::size_t base, Beyond& found) {
    for (Carried* carried : {&letters_, &digits_, &underscores_, &spaces_, &white_, &joins_}) {
      carried->begin_block();
    }
    for (; leads != 0; leads &= leads - 1) {
      look_up(static_cast<unsigned>(__builtin_ctzll(leads)), base);
    }
    pending_ =
        letters_.next | digits_.next | underscores_.next | spaces_.next | white_.next | joins_.next;
    found.letter |= letters_.bits;
    found.digit |= digits_.bits;
    found.underscore |= underscores_.bits;
    found.space |= spaces_.bits;
    found.white |= white_.bits;
    found.joins |= joins_.bits;
    found.mark |= marks_;
    marks_ = 0;
  }

  void look_up(unsigned bit, std::size_t base) {
    const std::size_t at = base + bit;
    const Decoded decoded = decode_at(text_, at);
    const Properties properties = properties_of(decoded.code_point);
    if (is_gap(properties)) white_.set(bit, decoded.length);
    if (is_mark(decoded.code_point)) marks_ |= std::uint64_t{1} << bit;
    scan_.has_dictionary |= properties.is_dictionary();
    switch (properties.word_break()) {
      case WordBreak::a_letter:
        letters_.set(bit, decoded.length);
        break;
      case WordBreak::numeric:
        digits_.set(bit, decoded.length);
        break;
      case WordBreak::extend_num_let:
        underscores_.set(bit, decoded.length);
        break;
      case WordBreak::wseg_space:
        spaces_.set(bit, decoded.length);
        break;
      case WordBreak::mid_letter:
      case WordBreak::mid_num:
      case WordBreak::mid_num_let:
        join_around(at, decoded.length, bit, properties.word_break());
        break;
      case WordBreak::extend:
      case WordBreak::format:
      case WordBreak::zwj:
      case WordBreak::regional_indicator:
      case WordBreak::hebrew_letter:
      case WordBreak::katakana:
        add_complex(at);
        break;
      default:
        break;
    }
  }

  /// WB6, 7, 11, 12 for a mark of several bytes. (Behind a combining mark the automaton decides.)
  void join_around(std::size_t at, std::uint32_t length, unsigned bit, WordBreak mark) {
    if (at == 0) return;
    const WordBreak left = properties_of(decode_before(text_, at).code_point).word_break();
    if (left != class_at(at + length)) return;
    const bool word = left == WordBreak::a_letter && mark != WordBreak::mid_num;
    const bool number = left == WordBreak::numeric && mark != WordBreak::mid_letter;
    if (!word && !number) return;
    joins_.set(bit, 1);
    joins_.set(bit + length, 1);
  }

  /// Keeps only what the region that redo_complex() will find does not hold already.
  void add_complex(std::size_t at) {
    if (complex_.empty() || at >= redone_until_) {
      complex_.push_back(static_cast<std::uint32_t>(at));
      redone_until_ = at + 64;
    }
  }

  /// The automaton goes over the surroundings of each complex character, from one safe place to
  /// the next: the start of a line, or an ASCII character other than white space behind a space.
  void redo_complex() {
    std::size_t done = 0;
    for (const std::uint32_t at : complex_) {
      // More complex characters may follow within the 64 bytes that were left out above.
      const std::size_t until = std::min(text_.size(), std::size_t{at} + 64);
      if (until <= done) continue;
      std::size_t begin = std::max<std::size_t>(at, done);
      while (begin > done && !is_safe(begin)) --begin;
      std::size_t end = until;
      while (end < text_.size() && !is_safe(end)) ++end;
      scan_.boundaries.clear(begin, end);
      mark_word_boundaries(text_, begin, end, scan_.boundaries);
      find_marked_spaces(text_, begin, end, scan_);
      done = end;
    }
  }

  [[nodiscard]] bool is_safe(std::size_t at) const {
    if (at == 0) return true;
    const auto byte = static_cast<unsigned char>(text_[at]);
    return text_[at - 1] == '\n' || (text_[at - 1] == ' ' && byte > ' ' && byte < 0x80);
  }

  std::string_view text_;
  WordScan& scan_;
  Carried letters_, digits_, underscores_, spaces_, white_, joins_;
  std::uint64_t marks_ = 0;
  std::uint64_t pending_ = 0;  ///< not 0 if one of them has bits for the next block
  std::vector<std::uint32_t> complex_;
  std::size_t redone_until_ = 0;
};

/// What find_terminators() wants of one block. Where two bytes behind are not in it, a character
/// more is found than is needed.
COPYDESK_VECTOR inline std::uint64_t may_end_sentence(const Bytes& bytes) {
  const std::uint64_t ascii = in_class(bytes, ByteClass::end);
  std::uint64_t leads = at_least(bytes, 0xD4);
  if (leads == 0) return ascii;
  leads &= ~(at_least(bytes, 0xE4) & ~at_least(bytes, 0xEA));
  leads &= ~(at_least(bytes, 0xEB) & ~at_least(bytes, 0xEF));
  const std::uint64_t punctuation =
      equal_to(bytes, 0xE2) & (equal_to(bytes, 0x80) >> 1) & (~at_least(bytes, 0xA4) >> 2);
  return ascii | (leads & ~(punctuation & (~std::uint64_t{0} >> 2)));
}

COPYDESK_VECTOR inline void find_ends(std::string_view text, std::size_t begin, std::size_t end,
                                      std::uint64_t* found) {
  for (; begin + 64 <= end; begin += 64) *found++ = may_end_sentence(load(text.data() + begin));
  if (begin == end) return;
  char rest[64] = {};
  std::memcpy(rest, text.data() + begin, end - begin);
  *found = may_end_sentence(load(rest));
}

/// Where tokens begin and end, block by block. A segment is white as a whole or not at all, so a
/// begin is a boundary before a byte that is not white, an end one behind such a byte.
class Borders {
 public:
  Borders(const WordScan& scan, std::size_t size)
      : boundaries_(scan.boundaries.data()), white_(scan.white.data()), size_(size) {}

  /// To be called with 0, 1, 2 ...
  void read(std::size_t block) {
    const std::uint64_t boundaries = boundaries_[block];
    const std::uint64_t white = white_[block];
    const std::uint64_t behind_white = (white << 1) | white_before_;
    begins = boundaries & ~white;
    ends = boundaries & ~behind_white;
    // Behind the text there is nothing to compare.
    const std::size_t rest = size_ - block * 64;
    const std::uint64_t inside = rest >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << rest) - 1;
    mixed_ |= ~boundaries & (white ^ behind_white) & inside;
    white_before_ = white >> 63;
  }

  /// False if a segment was white in part, or none began with the text, as can be where it is
  /// ill-formed: then begins and ends are no pairs.
  [[nodiscard]] bool sound() const { return mixed_ == 0; }

  std::uint64_t begins = 0;
  std::uint64_t ends = 0;

 private:
  const std::uint64_t* boundaries_;
  const std::uint64_t* white_;
  std::size_t size_;
  std::uint64_t white_before_ = 1;  // nothing ends at the start of the text
  std::uint64_t mixed_ = 0;
};

/// Spans are written here for so many blocks, then copied: a vector would set them all to 0 first.
inline constexpr std::size_t kSpanBlocks = 16;
template <std::size_t kSpare>
union SpanBuffer {
  SpanBuffer() {}  // NOLINT(modernize-use-equals-default): not to set them to 0
  std::array<Span, kSpanBlocks * 64 + 1 + kSpare> spans;
};

}  // namespace
}  // namespace copydesk::tokenize
