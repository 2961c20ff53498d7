/// @file
/// The vector path of word_scan.h. Each block of 64 bytes becomes one bit mask a character class;
/// the rules of UAX #29 are then shifts and ands of whole masks, after simdjson's manner. Bytes of
/// Cyrillic and Latin letters of two bytes are done as ASCII is; other characters are looked up one
/// by one, and give all their bytes the class that they have. The few classes whose rules do not
/// fit (marks, joiners, flags, Hebrew, Katakana) send the automaton over their surroundings.

#include "tokenize/word_scan.h"

#if defined(__x86_64__)

#include <algorithm>
#include <array>
#include <cstring>

#include <immintrin.h>

#include "tokenize/ascii.h"
#include "tokenize/uax29_words.h"

#define COPYDESK_AVX2 [[gnu::target("avx2,bmi,bmi2,lzcnt,popcnt")]]

namespace copydesk::tokenize {
namespace {

/// A set of ASCII characters as 16 bytes: byte = low nibble, bit = high nibble.
using CharacterSet = std::array<std::uint8_t, 16>;

constexpr CharacterSet character_set(std::string_view characters) {
  CharacterSet set{};
  for (const char c : characters) {
    const auto byte = static_cast<unsigned>(static_cast<unsigned char>(c));
    set[byte & 15U] = static_cast<std::uint8_t>(set[byte & 15U] | (1U << (byte >> 4)));
  }
  return set;
}

constexpr CharacterSet kWordSet =
    character_set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
constexpr CharacterSet kMidSet = character_set(".':,;");
constexpr CharacterSet kMidLetterSet = character_set(".':");
constexpr CharacterSet kMidNumberSet = character_set(".',;");
constexpr CharacterSet kWhiteSet = character_set("\t\n\v\f\r ");
constexpr CharacterSet kLoudSet = character_set(kLoudMarks);
constexpr CharacterSet kQuietSet = character_set(kQuietMarks);

/// The classes of 64 bytes, a bit a byte. Taking a mask out of a vector register is what costs
/// most, so what only few blocks ask for is not here.
struct Classes {
  std::uint64_t word;   ///< letters, digits, underscore
  std::uint64_t digit;  ///< of them the digits
  std::uint64_t mid;    ///< . ' : , ;
  std::uint64_t white, loud, beyond_ascii;
};

/// 64 bytes in two registers with what the set tests share.
struct Bytes {
  __m256i low, high;      // the bytes
  __m256i low_nibble[2];  // their low nibbles
  __m256i high_bit[2];    // 1 << high nibble; 0 for bytes over 0x7F
};

COPYDESK_AVX2 inline std::uint64_t mask_of(__m256i low, __m256i high) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
         (static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(high))) << 32);
}

COPYDESK_AVX2 inline std::uint64_t equal_to(const Bytes& bytes, unsigned value) {
  const __m256i wanted = _mm256_set1_epi8(static_cast<char>(value));
  return mask_of(_mm256_cmpeq_epi8(bytes.low, wanted), _mm256_cmpeq_epi8(bytes.high, wanted));
}

/// Which bytes equal the one behind them. Reads one byte beyond the 64.
COPYDESK_AVX2 inline std::uint64_t same_as_next(const Bytes& bytes, const char* from) {
  const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 1));
  const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 33));
  return mask_of(_mm256_cmpeq_epi8(bytes.low, low), _mm256_cmpeq_epi8(bytes.high, high));
}

/// Bytes equal to one of two even values or to the odd ones behind them.
COPYDESK_AVX2 inline std::uint64_t pair_of(const Bytes& bytes, unsigned first, unsigned second) {
  const __m256i even = _mm256_set1_epi8(static_cast<char>(0xFE));
  const __m256i a = _mm256_set1_epi8(static_cast<char>(first));
  const __m256i b = _mm256_set1_epi8(static_cast<char>(second));
  const __m256i low = _mm256_and_si256(bytes.low, even);
  const __m256i high = _mm256_and_si256(bytes.high, even);
  return mask_of(_mm256_or_si256(_mm256_cmpeq_epi8(low, a), _mm256_cmpeq_epi8(low, b)),
                 _mm256_or_si256(_mm256_cmpeq_epi8(high, a), _mm256_cmpeq_epi8(high, b)));
}

COPYDESK_AVX2 inline std::uint64_t at_least(const Bytes& bytes, unsigned value) {
  const __m256i limit = _mm256_set1_epi8(static_cast<char>(value));
  return mask_of(_mm256_cmpeq_epi8(_mm256_max_epu8(bytes.low, limit), bytes.low),
                 _mm256_cmpeq_epi8(_mm256_max_epu8(bytes.high, limit), bytes.high));
}

COPYDESK_AVX2 inline std::uint64_t in_set(const Bytes& bytes, const CharacterSet& set) {
  const __m256i table =
      _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(set.data())));
  const __m256i zero = _mm256_setzero_si256();
  const __m256i low =
      _mm256_and_si256(_mm256_shuffle_epi8(table, bytes.low_nibble[0]), bytes.high_bit[0]);
  const __m256i high =
      _mm256_and_si256(_mm256_shuffle_epi8(table, bytes.low_nibble[1]), bytes.high_bit[1]);
  return ~mask_of(_mm256_cmpeq_epi8(low, zero), _mm256_cmpeq_epi8(high, zero));
}

COPYDESK_AVX2 inline Bytes load(const char* from) {
  Bytes bytes;
  bytes.low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  bytes.high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 32));
  const __m256i nibble = _mm256_set1_epi8(15);
  const __m256i powers = _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0, 1,
                                          2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
  const __m256i parts[2] = {bytes.low, bytes.high};
  for (int i = 0; i < 2; ++i) {
    bytes.low_nibble[i] = _mm256_and_si256(parts[i], nibble);
    const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(parts[i], 4), nibble);
    bytes.high_bit[i] = _mm256_shuffle_epi8(powers, upper);
  }
  return bytes;
}

/// Leads of two-byte letters: Latin from U+00C0 to U+017F, Greek, Cyrillic to U+047F. A lead in the
/// last byte whose block holds others than letters is left out: its second byte is not seen here.
COPYDESK_AVX2 inline std::uint64_t find_letter_leads(const Bytes& bytes) {
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

COPYDESK_AVX2 inline std::uint64_t digits(const Bytes& bytes) {
  const __m256i zero = _mm256_set1_epi8('0');
  const __m256i nine = _mm256_set1_epi8(9);
  const __m256i low = _mm256_sub_epi8(bytes.low, zero);
  const __m256i high = _mm256_sub_epi8(bytes.high, zero);
  return mask_of(_mm256_cmpeq_epi8(_mm256_min_epu8(low, nine), low),
                 _mm256_cmpeq_epi8(_mm256_min_epu8(high, nine), high));
}

COPYDESK_AVX2 inline Classes classify(const Bytes& bytes) {
  return {in_set(bytes, kWordSet),  digits(bytes),           in_set(bytes, kMidSet),
          in_set(bytes, kWhiteSet), in_set(bytes, kLoudSet), mask_of(bytes.low, bytes.high)};
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
  std::uint64_t white = 0;
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

  COPYDESK_AVX2 void run() {
    // One byte beyond each block is read, so the last one is always read from a copy.
    const std::size_t whole = text_.empty() ? 0 : (text_.size() - 1) / 64 * 64;
    Carries carries;  // not a member: it is to stay in registers
    std::size_t base = 0;
    for (; base < whole; base += 64) block(text_.data() + base, base, carries);
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

  COPYDESK_AVX2 [[gnu::always_inline]] void block(const char* from, std::size_t base,
                                                  Carries& carries) {
    const Bytes bytes = load(from);
    const Classes c = classify(bytes);
    // Two calls, so that the one for ASCII is compiled without what the other adds.
    if ((c.beyond_ascii | carries.letter_lead | pending_) == 0) {
      settle(from, base, bytes, c, Beyond{}, carries);
    } else {
      settle(from, base, bytes, c, beyond_ascii(bytes, c.beyond_ascii, base, carries), carries);
    }
  }

  /// All rules for one block.
  COPYDESK_AVX2 [[gnu::always_inline]] void settle(const char* from, std::size_t base,
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
    if ((white & (white << 1 | carries.white)) != 0) joins |= join_white(bytes, beyond, carries);
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
    carries.white = white >> 63;
    carries.space = static_cast<std::uint64_t>(from[63] == ' ') | beyond.space >> 63;
    carries.cr = static_cast<std::uint64_t>(from[63] == '\r');
  }

  /// WB6, 7, 11, 12 for the marks of ASCII.
  COPYDESK_AVX2 [[gnu::always_inline]] std::uint64_t join_mids(const Bytes& bytes,
                                                               std::size_t base,
                                                               std::uint64_t inner,
                                                               const Classes& c,
                                                               const Beyond& beyond,
                                                               Carries& carries) const {
    const std::uint64_t digit = c.digit | beyond.digit;
    const std::uint64_t letter = (c.word & ~c.digit & ~equal_to(bytes, '_')) | beyond.letter;
    std::uint64_t before_letter = letter >> 1;
    std::uint64_t before_digit = digit >> 1;
    if ((inner & kLast) != 0) {
      before_letter |= static_cast<std::uint64_t>(is_letter(base + 64)) << 63;
      before_digit |= static_cast<std::uint64_t>(is_digit(base + 64)) << 63;
    }
    const std::uint64_t mid_letter =
        in_set(bytes, kMidLetterSet) & (letter << 1 | carries.letter) & before_letter;
    const std::uint64_t mid_number =
        in_set(bytes, kMidNumberSet) & (digit << 1 | carries.digit) & before_digit;
    carries.mid_letter = mid_letter >> 63;
    carries.mid_number = mid_number >> 63;
    return mid_letter | mid_letter << 1 | mid_number | mid_number << 1;
  }

  /// WB3 and WB3d.
  COPYDESK_AVX2 [[gnu::always_inline]] static std::uint64_t join_white(const Bytes& bytes,
                                                                       const Beyond& beyond,
                                                                       const Carries& carries) {
    const std::uint64_t space = equal_to(bytes, ' ') | beyond.space;
    const std::uint64_t line_feed = equal_to(bytes, '\n');
    return (space & (space << 1 | carries.space)) |
           (line_feed & (equal_to(bytes, '\r') << 1 | carries.cr));
  }

  /// Reads one byte beyond the 64.
  COPYDESK_AVX2 [[gnu::always_inline]] static std::uint64_t find_marks(const char* from,
                                                                       const Bytes& bytes,
                                                                       const Classes& c) {
    std::uint64_t marks = c.loud | (c.mid & ~c.loud & ~(c.white >> 1));
    const std::uint64_t symbol = ~(c.word | c.white | c.beyond_ascii);
    if ((symbol & (symbol >> 1 | kLast)) != 0) {
      marks |= in_set(bytes, kQuietSet) & same_as_next(bytes, from);
    }
    return marks;
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

  COPYDESK_AVX2 [[gnu::always_inline]] Beyond beyond_ascii(const Bytes& bytes,
                                                           std::uint64_t beyond_ascii,
                                                           std::size_t base, Carries& carries) {
    const std::uint64_t lead = at_least(bytes, 0xC0);
    const std::uint64_t letter_lead = find_letter_leads(bytes);
    Beyond found;
    found.letter = letter_lead | behind(letter_lead, carries.letter_lead);
    found.joins = beyond_ascii & ~lead;
    const std::uint64_t others = lead & ~letter_lead;
    if ((others | pending_) != 0) look_up_all(others, base, found);
    return found;
  }

  /// Characters that the masks do not know, one by one.
  [[gnu::noinline]] void look_up_all(std::uint64_t leads, std::size_t base, Beyond& found) {
    for (Carried* carried : {&letters_, &digits_, &underscores_, &spaces_, &white_, &joins_}) {
      carried->begin_block();
    }
    for (; leads != 0; leads &= leads - 1) {
      look_up(static_cast<unsigned>(__builtin_ctzll(leads)), base);
    }
    pending_ = letters_.next | digits_.next | underscores_.next | spaces_.next | white_.next |
               joins_.next;
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

  COPYDESK_AVX2 void write(std::uint64_t begins, std::uint64_t ends, std::uint32_t base) {
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

 private:
  COPYDESK_AVX2 void step(std::uint64_t index, __m256i at) {
    const auto* offsets = reinterpret_cast<const __m128i*>(kSteps[index].data());
    const __m256i wide = _mm256_cvtepu8_epi32(_mm_loadl_epi64(offsets));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out_), _mm256_add_epi32(wide, at));
    out_ += _mm_popcnt_u64(index);
  }

  std::uint32_t* out_;
};

/// Where tokens begin and end, block by block. A segment is white as a whole or not at all, so a
/// begin is a boundary before a byte that is not white, an end one behind such a byte.
class Borders {
 public:
  explicit Borders(const WordScan& scan)
      : boundaries_(scan.boundaries.data()), white_(scan.white.data()) {}

  /// To be called with 0, 1, 2 ...
  void read(std::size_t block) {
    begins = boundaries_[block] & ~white_[block];
    ends = boundaries_[block] & ~((white_[block] << 1) | white_before_);
    white_before_ = white_[block] >> 63;
  }

  std::uint64_t begins = 0;
  std::uint64_t ends = 0;

 private:
  const std::uint64_t* boundaries_;
  const std::uint64_t* white_;
  std::uint64_t white_before_ = 1;  // nothing ends at the start of the text
};

struct BorderCount {
  std::size_t begins = 0;
  std::size_t ends = 0;
};

COPYDESK_AVX2 BorderCount count_borders(const WordScan& scan, std::size_t blocks) {
  BorderCount count;
  Borders borders(scan);
  for (std::size_t i = 0; i < blocks; ++i) {
    borders.read(i);
    count.begins += static_cast<std::size_t>(_mm_popcnt_u64(borders.begins));
    count.ends += static_cast<std::size_t>(_mm_popcnt_u64(borders.ends));
  }
  return count;
}

}  // namespace

COPYDESK_AVX2 void append_spans_vector(const WordScan& scan, std::size_t size,
                                       std::vector<Span>& spans) {
  static_assert(sizeof(Span) == 2 * sizeof(std::uint32_t));
  const std::size_t blocks = (size + 63) / 64;
  const std::size_t first = spans.size();
  const auto [begins, ends] = count_borders(scan, blocks);
  const bool open = ends + 1 == begins;  // the last token ends with the text
  if (begins != ends && !open) return append_spans_scalar(scan, size, spans);  // ill-formed text
  if (begins == 0) return;
  constexpr std::size_t kSpare = 4;  // what BorderWriter writes beyond
  spans.resize(first + begins + kSpare);
  BorderWriter writer(&spans[first].begin);
  Borders borders(scan);
  for (std::size_t i = 0; i < blocks; ++i) {
    borders.read(i);
    writer.write(borders.begins, borders.ends, static_cast<std::uint32_t>(i * 64));
  }
  if (open) spans[first + begins - 1].end = static_cast<std::uint32_t>(size);
  spans.resize(first + begins);
}

COPYDESK_AVX2 std::size_t list_bits_vector(const std::uint64_t* words, std::size_t count,
                                           std::uint16_t* places) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t bits = words[i];
    std::size_t at = found;
    found += static_cast<std::size_t>(_mm_popcnt_u64(bits));
    do {  // four at a time, so that how many there are is seldom asked
      for (unsigned place = 0; place < kSparePlaces; ++place) {
        places[at++] = static_cast<std::uint16_t>(i * 64 + _tzcnt_u64(bits));
        bits = _blsr_u64(bits);
      }
    } while (bits != 0);
  }
  return found;
}

bool has_vector_path() noexcept {
  static const bool found = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
  return found;
}

COPYDESK_AVX2 void scan_words_vector(std::string_view text, WordScan& scan) {
  scan.reserve(text.size());
  VectorScan(text, scan).run();
}

}  // namespace copydesk::tokenize

#else

namespace copydesk::tokenize {

bool has_vector_path() noexcept {
  return false;
}

void scan_words_vector(std::string_view text, WordScan& scan) {
  scan_words_scalar(text, scan);
}

std::size_t list_bits_vector(const std::uint64_t* words, std::size_t count, std::uint16_t* places) {
  return list_bits_scalar(words, count, places);
}

void append_spans_vector(const WordScan& scan, std::size_t size, std::vector<Span>& spans) {
  append_spans_scalar(scan, size, spans);
}

}  // namespace copydesk::tokenize

#endif
