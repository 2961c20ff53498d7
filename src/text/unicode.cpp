#include "text/unicode.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/utf8.h"

namespace copydesk::text {
namespace {

UChar32 point(char32_t c) noexcept {
  return static_cast<UChar32>(c);
}

bool in_categories(char32_t c, std::uint32_t mask) noexcept {
  return (U_GET_GC_MASK(point(c)) & mask) != 0;
}

constexpr bool is_ascii(char32_t c) noexcept {
  return c < 0x80;
}
constexpr bool is_ascii_letter(char32_t c) noexcept {
  return (c | 0x20) >= U'a' && (c | 0x20) <= U'z';
}
constexpr bool is_ascii_digit(char32_t c) noexcept {
  return c >= U'0' && c <= U'9';
}

/// Where a byte of 0x80 or more stands, to within eight bytes before it; else the end.
std::size_t ascii_prefix(std::string_view text) noexcept {
  constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
  std::uint64_t unit = 0;
  std::size_t at = 0;
  for (; at + sizeof unit <= text.size(); at += sizeof unit) {
    std::memcpy(&unit, text.data() + at, sizeof unit);
    if ((unit & kHighBits) != 0) return at;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

bool is_ascii(std::string_view text) noexcept {
  return ascii_prefix(text) == text.size();
}

/// True if no character of well-formed `text` takes part in any normalisation. So it is with all
/// below U+0300, and with quotation marks and dashes (U+2010 to U+203F): most text of Latin script.
bool is_plainly_nfc(std::string_view text) noexcept {
  constexpr unsigned char kFirstMark = 0xCC;  // begins U+0300
  for (std::size_t at = 0; (at += ascii_prefix(text.substr(at))) < text.size();) {
    const std::size_t end = std::min(at + sizeof(std::uint64_t), text.size());
    while (at < end) {
      const auto byte = static_cast<unsigned char>(text[at]);
      const bool mark = byte == 0xE2 && at + 2 < text.size() && text[at + 1] == '\x80' &&
                        static_cast<unsigned char>(text[at + 2]) >= 0x90;
      if (byte >= kFirstMark && !mark) return false;
      at += mark ? 3 : 1;
    }
  }
  return true;
}

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

const icu::Normalizer2& nfc_normalizer() {
  UErrorCode status = U_ZERO_ERROR;
  // A singleton that ICU owns; it fails only where ICU's data is missing altogether.
  return *icu::Normalizer2::getNFCInstance(status);
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

}  // namespace

bool is_letter(char32_t c) noexcept {
  if (is_ascii(c)) return is_ascii_letter(c);
  return in_categories(c, U_GC_L_MASK);
}
bool is_mark(char32_t c) noexcept {
  constexpr char32_t kFirstMark = 0x300;
  return c >= kFirstMark && in_categories(c, U_GC_M_MASK);
}
bool is_digit(char32_t c) noexcept {
  if (is_ascii(c)) return is_ascii_digit(c);
  return in_categories(c, U_GC_ND_MASK);
}
bool is_number(char32_t c) noexcept {
  if (is_ascii(c)) return is_ascii_digit(c);
  return in_categories(c, U_GC_N_MASK);
}
bool is_word(char32_t c) noexcept {
  if (is_ascii(c)) return c == '_' || is_ascii_letter(c) || is_ascii_digit(c);
  return in_categories(c, U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK);
}
bool is_space(char32_t c) noexcept {
  if (is_ascii(c)) return c == ' ' || (c >= U'\t' && c <= U'\r');
  return u_isUWhiteSpace(point(c)) != 0;
}
bool is_punctuation(char32_t c) noexcept {
  return in_categories(c, U_GC_P_MASK);
}
bool is_upper(char32_t c) noexcept {
  return u_isUUppercase(point(c)) != 0 || in_categories(c, U_GC_LT_MASK);
}
bool is_lower(char32_t c) noexcept {
  return u_isULowercase(point(c)) != 0;
}
char32_t to_lower(char32_t c) noexcept {
  return static_cast<char32_t>(u_tolower(point(c)));
}

Script script_of(char32_t c) noexcept {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(point(c), &status)) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
      return Script::common;
    case USCRIPT_LATIN:
      return Script::latin;
    case USCRIPT_GREEK:
      return Script::greek;
    case USCRIPT_CYRILLIC:
      return Script::cyrillic;
    case USCRIPT_ARABIC:
      return Script::arabic;
    case USCRIPT_HEBREW:
      return Script::hebrew;
    case USCRIPT_HAN:
      return Script::han;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return Script::kana;
    case USCRIPT_HANGUL:
      return Script::hangul;
    case USCRIPT_THAI:
      return Script::thai;
    case USCRIPT_KHMER:
      return Script::khmer;
    case USCRIPT_LAO:
      return Script::lao;
    case USCRIPT_MYANMAR:
      return Script::myanmar;
    default:
      return Script::other;
  }
}

bool is_unspaced(Script script) noexcept {
  switch (script) {
    case Script::han:
    case Script::kana:
    case Script::thai:
    case Script::khmer:
    case Script::lao:
    case Script::myanmar:
      return true;
    default:
      return false;
  }
}

bool is_nfc(std::string_view text) {
  if (is_plainly_nfc(text)) return true;
  UErrorCode status = U_ZERO_ERROR;
  return nfc_normalizer().isNormalizedUTF8(piece(text), status) != 0;
}

std::string nfc(std::string_view text) {
  if (is_nfc(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  nfc_normalizer().normalizeUTF8(0, piece(text), sink, nullptr, status);
  return U_SUCCESS(status) ? out : std::string(text);
}

std::string fold_case(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8Fold(0, piece(text), sink, nullptr, status);
  return nfc(U_SUCCESS(status) ? out : std::string(text));
}

std::string lower(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8ToLower("", 0, piece(text), sink, nullptr, status);
  return U_SUCCESS(status) ? out : std::string(text);
}

std::string collapse_space(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool pending = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (at < text.size() && text[at] > ' ' && text[at] <= '~') ++at;  // ASCII, no space
    if (at == begin && is_space(next_code_point(text, at))) {
      pending = !out.empty();
      continue;
    }
    if (pending) out += ' ';
    pending = false;
    out.append(text.substr(begin, at - begin));
  }
  return out;
}

std::string_view trim(std::string_view text) noexcept {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); begin = at) {
    if (!is_space(next_code_point(text, at))) break;
  }
  std::size_t end = text.size();
  for (std::size_t at = end; at > begin; end = at) {
    if (!is_space(previous_code_point(text, at))) break;
  }
  return text.substr(begin, end - begin);
}

}  // namespace copydesk::text
