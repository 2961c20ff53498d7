#include "clean/mojibake.h"

#include <array>

#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::clean {
namespace {

constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/// The byte that reads as `c` in windows-1252, or in Latin-1 for the C1 controls; -1: none.
int byte_of(char32_t c) noexcept {
  if (c >= 0x80 && c <= 0xFF) return static_cast<int>(c);
  if (c < 0x152 || c > 0x2122) return -1;
  for (std::size_t i = 0; i < kWindows1252.size(); ++i) {
    if (kWindows1252[i] == c) return static_cast<int>(0x80 + i);
  }
  return -1;
}

int continuation_count(int lead) noexcept {
  if (lead >= 0xC2 && lead <= 0xDF) return 1;
  if (lead >= 0xE0 && lead <= 0xEF) return 2;
  return lead >= 0xF0 && lead <= 0xF4 ? 3 : 0;
}

/// A sequence that would be one character of UTF-8.
struct Sequence {
  std::size_t end = 0;      ///< behind it, in the text
  int lead = 0;             ///< its first byte
  char32_t character = 0;   ///< what the bytes say
  char32_t last_shown = 0;  ///< its last character as it stands
};

std::optional<Sequence> read_sequence(std::string_view text, std::size_t at) noexcept {
  Sequence out;
  out.lead = byte_of(text::next_code_point(text, at));
  const int count = continuation_count(out.lead);
  if (count == 0) return std::nullopt;
  std::string bytes(1, static_cast<char>(out.lead));
  for (int i = 0; i < count; ++i) {
    if (at >= text.size()) return std::nullopt;
    out.last_shown = text::next_code_point(text, at);
    const int byte = byte_of(out.last_shown);
    if (byte < 0x80 || byte > 0xBF) return std::nullopt;
    bytes.push_back(static_cast<char>(byte));
  }
  if (!text::is_valid_utf8(bytes)) return std::nullopt;
  std::size_t begin = 0;
  out.character = text::next_code_point(bytes, begin);
  out.end = at;
  return out;
}

bool is_quote_or_dash(char32_t c) noexcept {
  switch (c) {
    case 0xAB:
    case 0xBB:
    case 0x2013:
    case 0x2014:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2022:
    case 0x2026:
    case 0x2039:
    case 0x203A:
      return true;
    default:
      return false;
  }
}

/// Characters that news uses and that are read as a-circumflex and two symbols: quotes, dashes,
/// signs.
bool is_common_sign(char32_t c) noexcept {
  return (c >= 0x200B && c <= 0x205E) || (c >= 0x20A0 && c <= 0x20C0) ||
         (c >= 0x2100 && c <= 0x27BF) || c == 0x3000;
}

struct Neighbours {
  char32_t before = ' ';
  char32_t behind = ' ';
};

Neighbours neighbours(std::string_view text, std::size_t at, std::size_t end) noexcept {
  Neighbours out;
  if (at > 0) out.before = text::previous_code_point(text, at);
  if (end < text.size()) out.behind = text::next_code_point(text, end);
  return out;
}

/// Two characters, the first an A with tilde or circumflex. As text, such a capital before a sign
/// is possible only at the end of a word in capitals, before a closing quote.
bool is_sure_pair(const Sequence& sequence, const Neighbours& near) noexcept {
  const bool in_small_word = text::is_lower(near.before) || text::is_lower(near.behind);
  const bool in_capitals = text::is_upper(near.before);
  const char32_t shown = sequence.last_shown;
  const bool c1 = shown >= 0x80 && shown < 0xA0;
  if (sequence.lead == 0xC2) {
    if (c1) return true;
    return shown <= 0xBF && shown != 0xAB && shown != 0xBB ? !in_capitals : in_small_word;
  }
  if (sequence.lead != 0xC3) return false;
  if (c1) return true;
  if (is_quote_or_dash(shown)) return text::is_lower(near.behind) && !in_capitals;
  return !in_capitals || in_small_word;
}

bool is_sure(const Sequence& sequence, const Neighbours& near) noexcept {
  const char32_t c = sequence.character;
  switch (sequence.lead) {
    case 0xC2:
    case 0xC3:
      return is_sure_pair(sequence, near);
    case 0xE2:
      return is_common_sign(c);
    case 0xEF:
      return c == 0xFEFF || c == 0xFFFD || (c >= 0xFB00 && c <= 0xFB06) ||
             (c >= 0xFF01 && c <= 0xFF5E);
    case 0xF0:
      return c >= 0x1F000 && c <= 0x1FAFF;
    default:
      return false;
  }
}

}  // namespace

char32_t windows_1252(char32_t c1) noexcept {
  return kWindows1252[c1 - 0x80];
}

std::optional<Mojibake> find_mojibake(std::string_view text, std::size_t at,
                                      bool whole_line) noexcept {
  const std::optional<Sequence> sequence = read_sequence(text, at);
  if (!sequence) return std::nullopt;
  if (!whole_line && !is_sure(*sequence, neighbours(text, at, sequence->end))) return std::nullopt;
  return Mojibake{sequence->end - at, sequence->character};
}

bool line_is_mojibake(std::string_view line) noexcept {
  std::size_t sequences = 0;
  bool foreign = false;  // a lead that no Latin text of western Europe puts before a sign
  for (std::size_t at = 0; at < line.size();) {
    if (static_cast<unsigned char>(line[at]) < 0x80) {
      ++at;
      continue;
    }
    const std::optional<Sequence> sequence = read_sequence(line, at);
    if (!sequence) return false;
    ++sequences;
    foreign = foreign || (sequence->lead >= 0xC4 && sequence->lead <= 0xDF);
    at = sequence->end;
  }
  return sequences >= 3 || (sequences == 2 && foreign);
}

}  // namespace copydesk::clean
