#include "rules/fold_point.h"

#include <cstring>

#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::rules {
namespace {

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

}  // namespace

char32_t fold_point(char32_t c) noexcept {
  if (c < 0x80) return fold_ascii(c);
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
  if (c >= 0xFF01 && c <= 0xFF5E) return fold_ascii(c - 0xFEE0);
  if (c < 0x2E80) return text::to_lower(c);
  return c;
}

TwoByteFolds::TwoByteFolds() noexcept {
  std::array<char, text::kLongestUtf8> bytes{};
  for (char32_t c = 0x80; c < 0x800; ++c) {
    const char32_t folded = fold_point(c);
    if (folded == kDrop || text::write_utf8(bytes.data(), folded) != 2) continue;
    std::memcpy(&bytes_[c], bytes.data(), 2);
  }
}

const TwoByteFolds& two_byte_folds() noexcept {
  static const TwoByteFolds folds;
  return folds;
}

}  // namespace copydesk::rules
