#include "rules/line_facts.h"

#include "text/utf8.h"

namespace copydesk::rules {
namespace {

bool closes_behind_a_stop(char32_t c) noexcept {
  switch (c) {
    case ' ':
    case '"':
    case '\'':
    case ')':
    case ']':
    case 0xA0:
    case 0xBB:
    case 0x2019:
    case 0x201C:  // closing in German
    case 0x201D:
    case 0x203A:
    case 0x300D:
    case 0x300F:
    case 0xFF09:
      return true;
    default:
      return false;
  }
}

bool is_stop(char32_t c) noexcept {
  switch (c) {
    case '.':
    case '!':
    case '?':
    case ';':
    case 0x2026:
    case 0x037E:
    case 0x061F:
    case 0x06D4:
    case 0x0964:
    case 0x3002:
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::size_t count_words(std::string_view line) noexcept {
  std::size_t starts = 0;
  std::size_t unspaced = 0;
  unsigned char before = ' ';
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    starts += static_cast<std::size_t>(before <= ' ' && byte > ' ');
    // Lead bytes E3..E9 are kana and Han; Thai (E0 B8, E0 B9) is near enough counted by its spaces.
    unspaced += static_cast<std::size_t>(byte >= 0xE3 && byte <= 0xE9);
    before = byte;
  }
  return starts + unspaced / 2;
}

bool ends_sentence(std::string_view line) noexcept {
  std::size_t end = line.size();
  while (end > 0) {
    const char32_t c = text::previous_code_point(line, end);
    if (is_stop(c)) return true;
    if (!closes_behind_a_stop(c)) return false;
  }
  return false;
}

}  // namespace copydesk::rules
