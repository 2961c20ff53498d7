#include "rules/fold.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "rules/fold_point.h"
#include "text/utf8.h"

namespace copydesk::rules {
namespace {

constexpr std::array<char, 128> make_ascii() {
  std::array<char, 128> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    table[i] = static_cast<char>(fold_ascii(static_cast<char32_t>(i)));
  }
  return table;
}
constexpr std::array<char, 128> kAscii = make_ascii();

/// Bytes that plain_run() writes at once, of which not all need have a meaning.
constexpr std::size_t kRun = 16;

#ifdef __SSE2__
/// Folds up to sixteen characters that fold alike wherever they stand, and single spaces between
/// them. Writes kRun bytes to `to` and returns how many of them are the run's.
/// `after_space`: the run may not begin with another one.
std::size_t plain_run(std::string_view text, bool after_space, char* to) noexcept {
  std::array<char, kRun> few{};
  if (text.size() < kRun) std::memcpy(few.data(), text.data(), text.size());
  const char* const from = text.size() < kRun ? few.data() : text.data();
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  const auto bits = [](__m128i set) { return static_cast<unsigned>(_mm_movemask_epi8(set)); };
  const auto between = [&](char low, char high) {
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(low - 1))),
                         _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(high + 1))));
  };
  const unsigned spaces = bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
  const unsigned good = bits(between(' ', '~')) & ~bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(':'))) &
                        ~(spaces & (spaces << 1 | (after_space ? 1U : 0U)));
  const __m128i upper = _mm_and_si128(between('A', 'Z'), _mm_set1_epi8(0x20));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm_or_si128(bytes, upper));
  return static_cast<std::size_t>(std::countr_one(good));
}
#else
std::size_t plain_run(std::string_view text, bool after_space, char* to) noexcept {
  std::size_t length = 0;
  for (; length < std::min(text.size(), kRun); ++length) {
    const auto byte = static_cast<unsigned char>(text[length]);
    if (byte < ' ' || byte > '~' || byte == ':' || (byte == ' ' && after_space)) break;
    to[length] = kAscii[byte];
    after_space = byte == ' ';
  }
  return length;
}
#endif

/// True for the three bytes of kana, Han and Hangul (U+3001 to U+D7FF), which fold to themselves.
bool is_three_bytes_kept(std::string_view text, std::size_t at) noexcept {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0xE3 || lead > 0xED || at + 2 >= text.size()) return false;
  return lead != 0xE3 || text[at + 1] != '\x80' || text[at + 2] != '\x80';
}

/// Folds letters outside ASCII that stay as long as they are, and single spaces between their
/// words. Writes as many bytes to `to` as it has read, and returns how many.
std::size_t letter_run(std::string_view text, char* to, const TwoByteFolds& folds) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  std::size_t at = 0;
  while (at + 1 < text.size()) {
    if (byte(at) < 0x80) {
      const bool between = at > 0 && byte(at + 1) >= 0x80 && to[at - 1] != ' ';
      if (text[at] != ' ' || !between) break;
      to[at++] = ' ';
    } else if (byte(at) < 0xE0) {
      const std::uint16_t folded = folds.of(byte(at), byte(at + 1));
      if (folded == 0) break;
      std::memcpy(to + at, &folded, 2);
      at += 2;
    } else {
      if (!is_three_bytes_kept(text, at)) break;
      std::memcpy(to + at, text.data() + at, 3);
      at += 3;
    }
  }
  return at;
}

/// Symbols at a line's edge that say nothing: bullets, arrows, bars, brackets.
bool is_edge_symbol(char32_t c) noexcept {
  switch (c) {
    case ' ':
    case '*':
    case '|':
    case '-':
    case '_':
    case '=':
    case '~':
    case '>':
    case '<':
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case '/':
    case '\\':
    case '+':
    case '#':
    case 0xB7:
    case 0xBB:  // an arrow more often than a quotation mark
    case 0x2022:
      return true;
    default:
      return (c >= 0x2190 && c <= 0x2BFF) || (c >= 0x3008 && c <= 0x3011) || c == 0x203A ||
             c == 0x2039 || (c >= 0x1F000 && c <= 0x1FAFF);
  }
}

bool is_closing_symbol(char32_t c) noexcept {
  return is_edge_symbol(c) || c == 0xAB || c == ':' || c == '.' || c == '!' || c == '?' ||
         c == ',' || c == ';' || c == 0x2026 || c == 0x3002;
}

/// Writes the folded characters of one text, with runs of spaces made one.
class Folder {
 public:
  Folder(std::string& out, std::vector<std::uint32_t>* offsets) : out_(out), offsets_(offsets) {}

  void fold(std::string_view text) {
    // No character grows by more than half (U+023A: two bytes become three).
    out_.resize(text.size() + text.size() / 2 + kRun);
    if (offsets_) offsets_->resize(out_.size() + 1);
    for (std::size_t at = 0; at < text.size();) at = step(text, at);
    out_.resize(size_);
    if (!offsets_) return;
    offsets_->resize(size_ + 1);
    offsets_->back() = static_cast<std::uint32_t>(text.size());
  }

 private:
  /// Folds some characters at `at`; returns where the next ones begin.
  std::size_t step(std::string_view text, std::size_t at) {
    const bool ascii = static_cast<unsigned char>(text[at]) < 0x80;
    const std::size_t run = ascii ? plain_run(text.substr(at), after_space(), end())
                                  : letter_run(text.substr(at), end(), two_byte_);
    if (run > 0) return finish_run(text, at, run);
    if (ascii) {
      put_ascii(kAscii[static_cast<unsigned char>(text[at])], at);
      return at + 1;
    }
    const std::size_t start = at;
    put(fold_point(text::next_code_point(text, at)), start);
    return at;
  }

  /// The `count` bytes just written came from as many bytes at `from`; returns their end.
  std::size_t finish_run(std::string_view text, std::size_t from, std::size_t count) {
    std::size_t character = from;
    for (std::size_t i = 0; offsets_ && i < count; ++i) {
      const bool begins = (static_cast<unsigned char>(text[from + i]) & 0xC0) != 0x80;
      if (begins) character = from + i;
      note(i, character);
    }
    size_ += count;
    return from + count;
  }

  void put_ascii(char c, std::size_t from) {
    if (c == ' ' && after_space()) return;
    if (c == ':' && after_space()) --size_;  // French and hasty typing: "Tags :"
    *end() = c;
    finish(1, from);
  }

  void put(char32_t c, std::size_t from) {
    if (c == kDrop) return;
    if (c < 0x80) return put_ascii(static_cast<char>(c), from);
    finish(text::write_utf8(end(), c), from);
  }

  /// The `count` bytes just written came from the character at `from`.
  void finish(std::size_t count, std::size_t from) {
    for (std::size_t i = 0; offsets_ && i < count; ++i) note(i, from);
    size_ += count;
  }

  void note(std::size_t behind, std::size_t from) {
    (*offsets_)[size_ + behind] = static_cast<std::uint32_t>(from);
  }

  [[nodiscard]] bool after_space() const noexcept { return size_ > 0 && out_[size_ - 1] == ' '; }
  [[nodiscard]] char* end() noexcept { return out_.data() + size_; }

  std::string& out_;
  std::vector<std::uint32_t>* offsets_;
  std::size_t size_ = 0;  ///< of what is written of `out_`
  const TwoByteFolds& two_byte_ = two_byte_folds();
};

}  // namespace

std::string_view strip_edges(std::string_view text) noexcept {
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t next = begin;
    if (!is_edge_symbol(text::next_code_point(text, next))) break;
    begin = next;
  }
  std::size_t end = text.size();
  while (end > begin) {
    std::size_t before = end;
    if (!is_closing_symbol(text::previous_code_point(text, before))) break;
    end = before;
  }
  return text.substr(begin, end - begin);
}

void fold_line(std::string_view line, FoldedLine& out, std::vector<std::uint32_t>* offsets) {
  Folder(out.text, offsets).fold(line);
  const std::string_view key = strip_edges(out.text);
  out.begin = static_cast<std::size_t>(key.data() - out.text.data());
  out.end = out.begin + key.size();
}

std::string fold_literal(std::string_view literal) {
  std::string out;
  Folder(out, nullptr).fold(literal);
  return out;
}

}  // namespace copydesk::rules
