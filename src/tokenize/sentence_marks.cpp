#include "tokenize/sentence_marks.h"

namespace copydesk::tokenize {

bool is_quote(char32_t c) noexcept {
  switch (c) {
    case '"':
    case '\'':
    case '`':
    case 0xAB:
    case 0xBB:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2039:
    case 0x203A:
      return true;
    default:
      return false;
  }
}

bool is_closer(char32_t c) noexcept {
  if (is_quote(c)) return true;
  switch (c) {
    case ')':
    case ']':
    case '}':
    case 0x300D:
    case 0x300F:
    case 0x300B:
    case 0x3009:
    case 0x3011:
    case 0x3015:
    case 0xFF09:
    case 0xFF3D:
    case 0xFE42:
    case 0xFE44:
    case 0xFF63:
      return true;
    default:
      return false;
  }
}

bool is_opener(char32_t c) noexcept {
  if (is_quote(c)) return true;
  switch (c) {
    case '(':
    case '[':
    case '{':
    case '*':
    case '_':
    case 0xA1:  // inverted exclamation and question marks
    case 0xBF:
    case 0x2022:  // bullet
    case 0x300C:
    case 0x300E:
    case 0xFF08:
      return true;
    default:
      return false;
  }
}

bool is_ornament(char32_t c) noexcept {
  return c == 0x2B50 || c == 0x2800;
}

bool is_bullet(char32_t c) noexcept {
  switch (c) {
    case 0x2611:
    case 0x2705:
    case 0x2714:
    case 0x27A1:
    case 0x1F449:
    case 0x1F4CC:
    case 0x1F538:
    case 0x1F539:
      return true;
    default:
      return false;
  }
}

bool is_inner_mark(char32_t c) noexcept {
  return c == 0x2019 || c == 0xB0 || c == 0xBA || c == 0xAA || c == 0xB7;
}

bool is_dash(char32_t c) noexcept {
  return c == '-' || (c >= 0x2010 && c <= 0x2015);
}

bool is_wide_terminator(char32_t c) noexcept {
  return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E || c == 0xFF61;
}

}  // namespace copydesk::tokenize
