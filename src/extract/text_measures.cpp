#include "extract/text_measures.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::extract {
namespace {

/// What a code point is to the measures, as bits.
enum Kind : std::uint16_t {
  kWord = 1,
  kUpper = 2,
  kLower = 4,
  kDigit = 8,
  kSpace = 16,
  kUnspaced = 32,  // a word of its own
  kComma = 64,
  kQuote = 128,
  kBar = 256,
  kEndsSentence = 512,  // where white space or the end follows
  kEndsAlways = 1024,
  kTerminal = 2048,
  kCloser = 4096,
  kDash = 8192,
};

constexpr std::uint16_t kind_of_ascii(char c) {
  if (c >= 'A' && c <= 'Z') return kWord | kUpper;
  if (c >= 'a' && c <= 'z') return kWord | kLower;
  if (c >= '0' && c <= '9') return kWord | kDigit;
  switch (c) {
    case '_':
      return kWord;
    case ' ':
    case '\n':
    case '\t':
    case '\r':
    case '\f':
      return kSpace;
    case ',':
      return kComma;
    case ';':
      return kComma | kTerminal;
    case '"':
      return kQuote | kCloser;
    case ')':
    case ']':
      return kCloser;
    case '|':
    case '/':
      return kBar;
    case '.':
    case '!':
    case '?':
      return kEndsSentence | kTerminal;
    case ':':
      return kTerminal;
    case '-':
      return kDash;
    default:
      return 0;
  }
}

/// By byte: those of other characters than ASCII have no kind.
constexpr std::array<std::uint16_t, 256> kAscii = [] {
  std::array<std::uint16_t, 256> kinds{};
  for (std::size_t i = 0; i < 128; ++i) kinds[i] = kind_of_ascii(static_cast<char>(i));
  return kinds;
}();

std::uint16_t kind_of_mark(char32_t c) {
  switch (c) {
    case 0x2019:  // right single quotation mark, mostly an apostrophe
      return kCloser;
    case 0x201C:
    case 0x201E:
      return kQuote;
    case 0x201D:
    case 0xBB:
    case 0x300D:
    case 0x300F:
      return kQuote | kCloser;
    case 0xAB:
    case 0x300C:
      return kQuote;
    case 0x2013:
    case 0x2014:
      return kDash;
    case 0x2022:
    case 0xB7:
    case 0x203A:
    case 0x2192:
      return kBar;
    case 0x3001:
    case 0xFF0C:
    case 0x060C:
      return kComma;
    case 0x2026:
      return kEndsSentence | kTerminal;
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
      return kEndsAlways | kTerminal;
    case 0xA0:
    case 0x3000:
      return kSpace;
    default:
      return 0;
  }
}

std::uint16_t kind_of(char32_t c) {
  if (c < 128) return kAscii[c];
  if (const std::uint16_t mark = kind_of_mark(c); mark != 0) return mark;
  if (!text::is_word(c)) return text::is_space(c) ? kSpace : 0;
  std::uint16_t kind = kWord;
  if (c < 0x0E00) {
    if (text::is_upper(c)) kind |= kUpper;
    if (text::is_lower(c)) kind |= kLower;
    return kind;
  }
  if (text::is_digit(c)) kind |= kDigit;
  if (text::is_unspaced(text::script_of(c))) kind |= kUnspaced;
  return kind;
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < 5 && text[end] >= '0' && text[end] <= '9') ++end;
  return end - at;
}

/// True if `text[at]` begins 1.2.2023, 01/02/99 or a year.
bool date_at(std::string_view text, std::size_t at) {
  const std::size_t first = digits_at(text, at);
  if (first == 4) {
    return text.substr(at, 2) == "19" || text.substr(at, 2) == "20";
  }
  if (first == 0 || first > 2 || at + first >= text.size()) return false;
  const char mark = text[at + first];
  if (mark != '.' && mark != '/') return false;
  const std::size_t second = digits_at(text, at + first + 1);
  const std::size_t next = at + first + 1 + second;
  if (second == 0 || second > 2 || next >= text.size()) return false;
  if (text[next] != '.' && text[next] != '/') return false;
  const std::size_t third = digits_at(text, next + 1);
  return third >= 2 && third <= 4;
}

/// True if `text[at]` begins 9:05 or 21.30.
bool time_at(std::string_view text, std::size_t at) {
  const std::size_t hours = digits_at(text, at);
  if (hours == 0 || hours > 2 || at + hours >= text.size()) return false;
  const char mark = text[at + hours];
  return (mark == ':' || mark == '.' || mark == 'h') && digits_at(text, at + hours + 1) == 2;
}

/// Up to sixteen letters, digits and underscores that begin somewhere, looked at together.
struct LetterRun {
  static constexpr std::size_t kMost = 16;
  std::array<char, kMost> lower;  ///< in lower case; bytes behind the run have no meaning
  std::size_t length = 0;         ///< kMost: more may follow
  std::uint32_t uppers = 0;
  std::uint32_t digits = 0;
};

#ifdef __SSE2__
/// The bits of two numbers of sixteen bits, the second in the upper half, counted together. (A loop
/// over the bits would be mispredicted at each capital; std::popcount is a call where the processor
/// may lack it.)
constexpr std::uint32_t count_bits(std::uint32_t bits) {
  bits -= bits >> 1 & 0x55555555U;
  bits = (bits & 0x33333333U) + (bits >> 2 & 0x33333333U);
  bits = (bits + (bits >> 4)) & 0x0F0F0F0FU;
  return (bits + (bits >> 8)) & 0x001F001FU;
}

/// The run that begins at `text` and is no longer than `most`. Requires sixteen bytes at `text`.
/// Inline: called for each word.
[[gnu::always_inline]] inline LetterRun letters_at(const char* text, std::size_t most) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const auto between = [](__m128i value, char low, char high) {
    return _mm_and_si128(_mm_cmpgt_epi8(value, _mm_set1_epi8(static_cast<char>(low - 1))),
                         _mm_cmplt_epi8(value, _mm_set1_epi8(static_cast<char>(high + 1))));
  };
  const auto mask = [](__m128i value) { return static_cast<unsigned>(_mm_movemask_epi8(value)); };
  const __m128i case_bit = _mm_set1_epi8(0x20);
  const __m128i upper = between(bytes, 'A', 'Z');
  const __m128i digit = between(bytes, '0', '9');
  const __m128i letter = between(_mm_or_si128(bytes, case_bit), 'a', 'z');
  const __m128i line = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'));
  const unsigned word = mask(_mm_or_si128(_mm_or_si128(letter, digit), line));
  LetterRun run;
  run.length = std::min(static_cast<std::size_t>(std::countr_one(word)), most);
  const unsigned inside = (1U << run.length) - 1;
  const std::uint32_t counts = count_bits((mask(upper) & inside) | (mask(digit) & inside) << 16);
  run.uppers = counts & 0xFFFF;
  run.digits = counts >> 16;
  _mm_storeu_si128(reinterpret_cast<__m128i*>(run.lower.data()),
                   _mm_or_si128(bytes, _mm_and_si128(upper, case_bit)));
  return run;
}
#else
LetterRun letters_at(const char* text, std::size_t most) {
  LetterRun run;
  for (; run.length < std::min(most, LetterRun::kMost); ++run.length) {
    const char c = text[run.length];
    const std::uint16_t kind = kAscii[static_cast<unsigned char>(c)];
    if ((kind & kWord) == 0) break;
    run.uppers += (kind & kUpper) != 0 ? 1 : 0;
    run.digits += (kind & kDigit) != 0 ? 1 : 0;
    run.lower[run.length] = static_cast<char>((kind & kUpper) != 0 ? c | 0x20 : c);
  }
  return run;
}
#endif

/// The hash of a word of less than sixteen bytes, of which as many may be read. Words have any
/// length, so there is no branch on it.
std::uint64_t hash_of_short(const char* word, std::size_t size) {
  constexpr std::uint64_t kFactor = 0x9FB21C651E98DF25ULL;
  static constexpr std::array<std::uint8_t, 32> kMask = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                         0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                         0xFF, 0xFF, 0xFF, 0xFF};
  std::uint64_t units[2];
  std::uint64_t masks[2];
  std::memcpy(units, word, sizeof units);
  std::memcpy(masks, kMask.data() + sizeof units - size, sizeof masks);
  const std::uint64_t hash = ((units[0] & masks[0]) ^ size * 0xC2B2AE3D27D4EB4FULL) * kFactor;
  return mix((hash ^ hash >> 32 ^ (units[1] & masks[1])) * kFactor);
}

/// The hash of a word that comes letter by letter.
class WordHash {
 public:
  /// Appends a run of letters.
  void add(const LetterRun& run) {
    if (size_ + LetterRun::kMost > bytes_.size()) {
      for (std::size_t i = 0; i < run.length; ++i) add(run.lower[i]);
      return;
    }
    std::memcpy(bytes_.data() + size_, run.lower.data(), LetterRun::kMost);
    size_ += run.length;
  }
  /// Appends an ASCII letter, digit or underscore, folded.
  void add(char c) {
    if (size_ == bytes_.size()) take_in();
    bytes_[size_++] = c;
  }
  void add(char32_t c) {
    if (c < 128) return add(static_cast<char>(c));  // a Kelvin sign is a k
    for (int shift = 0; shift < 24; shift += 8) add(static_cast<char>(c >> shift & 0xFF));
  }
  /// The hash of what was added; begins anew.
  [[nodiscard]] std::uint64_t finish() {
    const std::uint64_t hash = before_ == 0 && size_ < LetterRun::kMost
                                   ? hash_of_short(bytes_.data(), size_)
                                   : mix(before_ ^ hash_bytes({bytes_.data(), size_}));
    before_ = size_ = 0;
    return hash;
  }

 private:
  void take_in() {
    before_ = mix(before_ ^ hash_bytes({bytes_.data(), size_}));
    size_ = 0;
  }

  std::array<char, 64> bytes_;  // NOLINT(cppcoreguidelines-pro-type-member-init): size_ says
  std::size_t size_ = 0;
  std::uint64_t before_ = 0;  // of the bytes that did not fit
};

/// The state of the one pass.
class Measurer {
 public:
  /// `readable`: bytes from the beginning of `text` on that may be read, at least its size.
  Measurer(std::string_view text, std::size_t readable, std::vector<std::uint64_t>& hashes,
           std::size_t hash_limit)
      : text_(text), readable_(readable), hashes_(hashes), hash_limit_(hash_limit) {
    measures_.hash_begin = static_cast<std::uint32_t>(hashes.size());
  }

  TextMeasures run() {
    if (!text_.empty()) first();
    std::size_t at = 0;
    while (at < text_.size()) {
      const std::uint16_t ascii = kAscii[static_cast<unsigned char>(text_[at])];
      if ((ascii & kWord) != 0) {
        at = length_ == 0 ? ascii_word(at, ascii) : ascii_letters(at, ascii);
        continue;
      }
      const auto byte = static_cast<unsigned char>(text_[at]);
      const char32_t c = byte < 128 ? text_[at++] : text::next_code_point(text_, at);
      const std::uint16_t kind = c < 128 ? ascii : kind_of(c);
      ++measures_.characters;
      if ((kind & kWord) != 0) {
        word_character(c, kind);
      } else {
        end_word();
        mark(c, kind, at);
      }
      if ((kind & kSpace) == 0) last(c, kind);
    }
    end_word();
    measures_.hash_end = static_cast<std::uint32_t>(hashes_.size());
    set_ends();
    measures_.words = static_cast<float>(measures_.tokens) - 0.4F * static_cast<float>(unspaced_);
    return measures_;
  }

 private:
  /// Takes a whole word and a space behind it, most of all text, in one go. Where the word is long,
  /// near the end of the text or not all ASCII, its beginning.
  std::size_t ascii_word(std::size_t at, std::uint16_t kind) {
    if (at + LetterRun::kMost > readable_) return ascii_letters(at, kind);
    const LetterRun run = letters_at(text_.data() + at, text_.size() - at);
    if (run.length == LetterRun::kMost) return ascii_letters(at, kind);
    const std::size_t end = at + run.length;
    const auto next = static_cast<unsigned char>(end < text_.size() ? text_[end] : '\n');
    if (next >= 128) return ascii_letters(at, kind);
    begin_word(kind, at);
    measures_.uppers += run.uppers;
    measures_.digits += run.digits;
    const std::size_t passed = run.length + (next == ' ' ? 1 : 0);
    measures_.characters += static_cast<std::uint32_t>(passed);
    count_word(static_cast<std::uint32_t>(run.length));
    if (wants_hash()) hashes_.push_back(hash_of_short(run.lower.data(), run.length));
    last(U'a', kWord);
    return at + passed;
  }

  /// Takes a run of ASCII letters and digits in one go.
  std::size_t ascii_letters(std::size_t at, std::uint16_t kind) {
    if (length_ == 0) begin_word(kind, at);
    const std::size_t begin = at;
    std::size_t length = LetterRun::kMost;
    while (length == LetterRun::kMost && at + LetterRun::kMost <= text_.size()) {
      const LetterRun run = letters_at(text_.data() + at, LetterRun::kMost);
      measures_.uppers += run.uppers;
      measures_.digits += run.digits;
      word_.add(run);
      at += length = run.length;
    }
    if (length == LetterRun::kMost) at = last_letters(at);
    length_ += static_cast<std::uint32_t>(at - begin);
    measures_.characters += static_cast<std::uint32_t>(at - begin);
    last(U'a', kWord);
    return at;
  }

  /// The same, one by one, near the end of the text.
  std::size_t last_letters(std::size_t at) {
    for (; at < text_.size(); ++at) {
      const char c = text_[at];
      const std::uint16_t kind = kAscii[static_cast<unsigned char>(c)];
      if ((kind & kWord) == 0) break;
      measures_.uppers += (kind & kUpper) != 0 ? 1 : 0;
      measures_.digits += (kind & kDigit) != 0 ? 1 : 0;
      word_.add(static_cast<char>((kind & kUpper) != 0 ? c | 0x20 : c));
    }
    return at;
  }

  void begin_word(std::uint16_t kind, std::size_t at) {
    if ((kind & kUpper) != 0) ++measures_.capital_words;
    if ((kind & kDigit) == 0) return;
    if (!measures_.has_date) measures_.has_date = date_at(text_, at);
    if (!measures_.has_time) measures_.has_time = time_at(text_, at);
  }

  /// Takes a letter, mark or digit that is not ASCII.
  void word_character(char32_t c, std::uint16_t kind) {
    if ((kind & kUnspaced) != 0) {
      end_word();
      ++unspaced_;
      word_.add(c);
      length_ = 1;
      end_word();
      return;
    }
    if (length_ == 0 && (kind & kUpper) != 0) ++measures_.capital_words;
    ++length_;
    if ((kind & kUpper) != 0) ++measures_.uppers;
    if ((kind & kDigit) != 0) ++measures_.digits;
    word_.add((kind & kUpper) != 0 ? text::to_lower(c) : c);
  }

  void end_word() {
    if (length_ == 0) return;
    count_word(length_);
    const std::uint64_t hash = word_.finish();
    if (wants_hash()) hashes_.push_back(hash);
    length_ = 0;
  }

  void count_word(std::uint32_t length) {
    ++measures_.tokens;
    if (length <= 3) ++measures_.short_words;
  }

  [[nodiscard]] bool wants_hash() const {
    return hashes_.size() - measures_.hash_begin < hash_limit_;
  }

  void mark(char32_t c, std::uint16_t kind, std::size_t next) {
    measures_.commas += (kind & kComma) != 0 ? 1 : 0;
    measures_.quotes += (kind & kQuote) != 0 ? 1 : 0;
    measures_.bars += (kind & kBar) != 0 ? 1 : 0;
    measures_.sentences += (kind & kEndsAlways) != 0 ? 1 : 0;
    if ((kind & kEndsSentence) != 0 && (next >= text_.size() || space_at(next))) {
      ++measures_.sentences;
    }
    if (c == ':' && text_.substr(next, 2) == "//") measures_.has_url = true;
    if (c == '.' && next >= 4 && text_.substr(next - 4, 3) == "www") measures_.has_url = true;
  }

  [[nodiscard]] bool space_at(std::size_t at) const {
    const auto c = static_cast<unsigned char>(text_[at]);
    return c < 128 ? (kAscii[c] & kSpace) != 0 : c == 0xC2 && text_.substr(at, 2) == "\xC2\xA0";
  }

  void first() {
    std::size_t at = 0;
    const std::uint16_t kind = kind_of(text::next_code_point(text_, at));
    measures_.starts_quote = (kind & (kQuote | kDash)) != 0;
    measures_.starts_lower = (kind & kLower) != 0;
  }

  /// Remembers a character that is no space.
  void last(char32_t c, std::uint16_t kind) {
    last_ = c;
    if ((kind & kTerminal) != 0 || (kind & kCloser) == 0) before_closers_ = kind;
  }

  void set_ends() {
    measures_.ends_terminal = (before_closers_ & kTerminal) != 0;
    measures_.ends_stop = last_ == '.' || last_ == 0x3002;
    measures_.ends_colon = last_ == ':' || last_ == 0xFF1A;
    measures_.ends_question = last_ == '?' || last_ == 0xFF1F;
  }

  std::string_view text_;
  std::size_t readable_;
  std::vector<std::uint64_t>& hashes_;
  std::size_t hash_limit_;
  TextMeasures measures_;
  WordHash word_;
  std::uint32_t length_ = 0;
  std::uint32_t unspaced_ = 0;
  char32_t last_ = 0;                 // the last character that is no space
  std::uint16_t before_closers_ = 0;  // kind of the last one that closes nothing
};

std::uint64_t pair_of(std::uint64_t first, std::uint64_t second) {
  return mix(first * 3 + second);
}

std::uint32_t topics_in(std::vector<std::uint64_t>::const_iterator begin,
                        std::vector<std::uint64_t>::const_iterator end,
                        const KeywordTable& keywords) {
  std::uint32_t topics = 0;
  for (auto word = begin; word != end; ++word) {
    topics |= keywords.topics_of(*word);
    if (word + 1 != end) topics |= keywords.topics_of(*word, *(word + 1));
  }
  return topics;
}

constexpr std::array<std::string_view, kTopicCount> kTopicNames = {
    "share", "related", "account", "legal", "comments", "adverts", "credit", "byline"};

std::string_view next_part(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

}  // namespace

Result<KeywordTable> KeywordTable::parse(std::string_view data) {
  KeywordTable table;
  while (!data.empty()) {
    std::string_view line = text::trim(next_part(data, '\n'));
    if (line.empty() || line[0] == '#') continue;
    const std::string_view name = text::trim(next_part(line, ':'));
    const auto topic = std::find(kTopicNames.begin(), kTopicNames.end(), name);
    if (topic == kTopicNames.end()) {
      return {ErrorCode::bad_data, "unknown topic of keywords: " + std::string(name)};
    }
    const std::uint32_t bit = 1U << (topic - kTopicNames.begin());
    while (!line.empty()) {
      std::vector<std::uint64_t> words;
      hash_words(next_part(line, ','), words);
      if (words.size() == 1) table.add(words[0], bit);
      if (words.size() >= 2) table.add(pair_of(words[0], words[1]), bit);
    }
  }
  return table;
}

void KeywordTable::add(std::uint64_t key, std::uint32_t topics) {
  const auto next = static_cast<std::uint32_t>(topics_.size());
  const std::uint32_t at = index_.find_or_add(key, next);
  if (at == next) topics_.push_back(0);
  topics_[at] |= topics;
  const std::size_t bit = filter_bit(key);
  filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

std::uint32_t KeywordTable::known_topics_of(std::uint64_t key) const noexcept {
  const std::uint32_t found = index_.find(key);
  return found == HashIndex::kAbsent ? 0 : topics_[found];
}

std::uint32_t KeywordTable::topics_of(std::uint64_t word) const noexcept {
  return look_up(word);
}

std::uint32_t KeywordTable::topics_of(std::uint64_t first, std::uint64_t second) const noexcept {
  return look_up(pair_of(first, second));
}

TextMeasures measure_text(std::string_view text, std::size_t readable, const KeywordTable& keywords,
                          std::vector<std::uint64_t>& hashes) {
  // A long paragraph holds words of every topic; only short blocks are about one.
  constexpr std::uint32_t kLongBlock = 60;
  TextMeasures measures = Measurer(text, readable, hashes, kHashedWords).run();
  if (measures.tokens <= kLongBlock) {
    measures.topics = topics_in(hashes.begin() + measures.hash_begin,
                                hashes.begin() + measures.hash_end, keywords);
  }
  return measures;
}

void hash_words(std::string_view text, std::vector<std::uint64_t>& hashes) {
  (void)Measurer(text, text.size(), hashes, std::numeric_limits<std::size_t>::max()).run();
}

}  // namespace copydesk::extract
