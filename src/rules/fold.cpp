#include "rules/fold.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::rules {
namespace {

constexpr char32_t kDrop = 0xFFFFFFFF;

/// Simple lower case with the marks that hands and typewriters treat alike made one.
char32_t fold_latin_greek(char32_t c) noexcept {
  const char32_t lower = text::to_lower(c);
  switch (lower) {
    case 0x0131:
      return 'i';  // dotless i: Turkish capitals carry no sign of which one was meant
    case 0x03AC:
      return 0x03B1;
    case 0x03AD:
      return 0x03B5;
    case 0x03AE:
      return 0x03B7;
    case 0x03AF:
    case 0x03CA:
    case 0x0390:
      return 0x03B9;
    case 0x03CC:
      return 0x03BF;
    case 0x03CD:
    case 0x03CB:
    case 0x03B0:
      return 0x03C5;
    case 0x03CE:
      return 0x03C9;
    case 0x03C2:
      return 0x03C3;
    case 0x0451:
      return 0x0435;  // Cyrillic io is written ie more often than not
    default:
      return lower;
  }
}

char32_t fold_arabic(char32_t c) noexcept {
  if ((c >= 0x064B && c <= 0x065F) || c == 0x0640 || c == 0x0670) return kDrop;
  if (c == 0x0623 || c == 0x0625 || c == 0x0622) return 0x0627;
  return c;
}

char32_t fold_punctuation(char32_t c) noexcept {
  if (c <= 0x200A || c == 0x202F || c == 0x205F) return ' ';
  if (c <= 0x200F || (c >= 0x202A && c <= 0x202E) || c >= 0x2060) return kDrop;
  if (c <= 0x2015) return '-';
  if (c >= 0x2018 && c <= 0x201B) return '\'';
  if (c >= 0x201C && c <= 0x201F) return '"';
  if (c == 0x2032) return '\'';
  if (c == 0x2033) return '"';
  return c;
}

/// What `c` (not ASCII) becomes; kDrop: nothing.
char32_t fold_point(char32_t c) noexcept {
  if (c < 0xC0) {
    if (c == 0xA0) return ' ';
    if (c == 0xAD) return kDrop;
    return c;
  }
  if (c < 0x0530) return fold_latin_greek(c);
  if (c >= 0x0600 && c < 0x0700) return fold_arabic(c);
  if (c >= 0x2000 && c < 0x2070) return fold_punctuation(c);
  if (c == 0x2212) return '-';
  if (c == 0x3000) return ' ';
  if (c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F)) return kDrop;
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  if (c < 0x2E80) return text::to_lower(c);
  return c;
}

constexpr std::array<char, 128> make_ascii() {
  std::array<char, 128> table{};
  for (int i = 0; i < 128; ++i) {
    char c = static_cast<char>(i);
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    if (i <= 0x20 || i == 0x7F) c = ' ';
    table[static_cast<std::size_t>(i)] = c;
  }
  return table;
}
constexpr std::array<char, 128> kAscii = make_ascii();

/// Up to sixteen characters that fold alike wherever they stand, and single spaces between them.
struct PlainRun {
  static constexpr std::size_t kMost = 16;
  std::array<char, kMost> lower;  ///< folded; what is behind the run has no meaning
  std::size_t length = 0;
};

#ifdef __SSE2__
/// `after_space`: the run may not begin with another one.
PlainRun plain_run(std::string_view text, bool after_space) noexcept {
  PlainRun run;
  run.lower = {};
  std::memcpy(run.lower.data(), text.data(), std::min(text.size(), PlainRun::kMost));
  auto* const place = reinterpret_cast<__m128i*>(run.lower.data());
  const __m128i bytes = _mm_loadu_si128(place);
  const auto bits = [](__m128i set) { return static_cast<unsigned>(_mm_movemask_epi8(set)); };
  const auto between = [&](char low, char high) {
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(low - 1))),
                         _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(high + 1))));
  };
  const unsigned spaces = bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
  const unsigned good = bits(between(' ', '~')) & ~bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(':'))) &
                        ~(spaces & (spaces << 1 | (after_space ? 1U : 0U)));
  run.length = static_cast<std::size_t>(std::countr_one(good));
  const __m128i upper = between('A', 'Z');
  _mm_storeu_si128(place, _mm_or_si128(bytes, _mm_and_si128(upper, _mm_set1_epi8(0x20))));
  return run;
}
#else
PlainRun plain_run(std::string_view text, bool after_space) noexcept {
  PlainRun run;
  for (; run.length < std::min(text.size(), PlainRun::kMost); ++run.length) {
    const auto byte = static_cast<unsigned char>(text[run.length]);
    if (byte < ' ' || byte > '~' || byte == ':' || (byte == ' ' && after_space)) break;
    run.lower[run.length] = kAscii[byte];
    after_space = byte == ' ';
  }
  return run;
}
#endif

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

/// Appends the folded characters of one text, with runs of spaces made one.
class Folder {
 public:
  Folder(std::string& out, std::vector<std::uint32_t>* offsets) : out_(out), offsets_(offsets) {}

  void fold(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const PlainRun run = plain_run(text.substr(at), !out_.empty() && out_.back() == ' ');
      put_run(run, at);
      at += run.length;
      if (run.length == PlainRun::kMost || at == text.size()) continue;
      const auto byte = static_cast<unsigned char>(text[at]);
      if (byte < 0x80) {
        put_ascii(kAscii[byte], at++);
        continue;
      }
      const std::size_t start = at;
      put(fold_point(text::next_code_point(text, at)), start);
    }
    if (offsets_) offsets_->push_back(static_cast<std::uint32_t>(text.size()));
  }

 private:
  void put_run(const PlainRun& run, std::size_t from) {
    out_.append(run.lower.data(), run.length);
    if (!offsets_) return;
    for (std::size_t i = 0; i < run.length; ++i) {
      offsets_->push_back(static_cast<std::uint32_t>(from + i));
    }
  }

  void put_ascii(char c, std::size_t from) {
    if (c == ' ' && !out_.empty() && out_.back() == ' ') return;
    if (c == ':' && !out_.empty() && out_.back() == ' ') {  // French and hasty typing: "Tags :"
      out_.pop_back();
      if (offsets_) offsets_->pop_back();
    }
    out_.push_back(c);
    if (offsets_) offsets_->push_back(static_cast<std::uint32_t>(from));
  }

  void put(char32_t c, std::size_t from) {
    if (c == kDrop) return;
    if (c < 0x80) return put_ascii(kAscii[c], from);
    text::append_utf8(out_, c);
    if (offsets_) offsets_->resize(out_.size(), static_cast<std::uint32_t>(from));
  }

  std::string& out_;
  std::vector<std::uint32_t>* offsets_;
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
  out.text.clear();
  out.text.reserve(line.size() + 4);
  if (offsets) offsets->clear();
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
