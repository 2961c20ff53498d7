#include "clean/mojibake.h"

#include "text/unicode.h"
#include "text/utf8.h"
#include "text/windows_1252.h"

namespace copydesk::clean {
namespace {

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

/// A character whose last byte may have been A0, which became a plain space like any other
/// no-break space: Greek Pi, Cyrillic Er, and Han.
bool may_lose_space(int lead) noexcept {
  return lead == 0xCE || lead == 0xD0 || (lead >= 0xE4 && lead <= 0xE9);
}

/// `lost_spaces`: a plain space may stand for the byte A0.
std::optional<Sequence> read_sequence(std::string_view text, std::size_t at,
                                      bool lost_spaces) noexcept {
  Sequence out;
  out.lead = text::windows_1252_byte(text::next_code_point(text, at));
  const int count = continuation_count(out.lead);
  if (count == 0) return std::nullopt;
  std::string bytes(1, static_cast<char>(out.lead));
  lost_spaces = lost_spaces && may_lose_space(out.lead);
  for (int i = 0; i < count; ++i) {
    if (at >= text.size()) return std::nullopt;
    out.last_shown = text::next_code_point(text, at);
    const int byte =
        lost_spaces && out.last_shown == ' ' ? 0xA0 : text::windows_1252_byte(out.last_shown);
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
  return (c >= 0x2000 && c <= 0x205E) || (c >= 0x20A0 && c <= 0x20C0) ||
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

/// Signs that never stand right behind a word: per mille, currency, circumflex.
bool follows_no_word(char32_t c) noexcept {
  return c == 0x2030 || c == 0x20AC || c == 0x2C6 || c == 0x2DC;
}

/// Signs that stand behind words and numbers but never behind a capital A with circumflex.
bool is_mark_or_amount(char32_t c) noexcept {
  return c == 0xA3 || c == 0xA9 || c == 0xAE || c == 0xB0 || (c >= 0xBC && c <= 0xBE);
}

/// What stands before is no letter and opens no quotation in which a letter could be named.
bool begins_word(char32_t before) noexcept {
  return !text::is_letter(before) && !is_quote_or_dash(before) && before != '"' && before != '\'';
}

/// Two characters, the first an A with tilde or circumflex. As text, such a capital before a sign
/// is possible only at the end of a word in capitals, before a closing quote.
bool is_sure_pair(const Sequence& sequence, const Neighbours& near) noexcept {
  const bool in_small_word = text::is_lower(near.before) || text::is_lower(near.behind);
  const bool in_capitals = text::is_upper(near.before);
  const char32_t shown = sequence.last_shown;
  if (shown >= 0x80 && shown < 0xA0) return true;               // a control
  if (near.behind == 0xC2 || near.behind == 0xC3) return true;  // wrongly read twice
  if (sequence.lead == 0xC2) {
    if (is_mark_or_amount(shown)) return true;
    return shown <= 0xBF && shown != 0xAB && shown != 0xBB ? !in_capitals : in_small_word;
  }
  if (text::is_lower(near.before)) return true;
  if (is_quote_or_dash(shown)) {
    if (in_capitals) return false;
    return text::is_lower(near.behind) || (shown == 0x2014 && begins_word(near.before));
  }
  if (!in_capitals || in_small_word || follows_no_word(shown)) return true;
  return text::is_upper(near.behind) && !text::is_letter(shown);
}

/// As is_sure_pair, for the capitals that lead what eastern Europe writes. In text no capital
/// stands between a small letter and a sign, or before a sign that a small letter follows.
bool is_sure_capital(const Sequence& sequence, const Neighbours& near) noexcept {
  const char32_t shown = sequence.last_shown;
  if (text::is_letter(shown) && shown != 0xAA && shown != 0xBA) return false;
  if (text::is_lower(near.before)) return true;
  if (text::is_upper(near.before)) {
    return text::is_lower(near.behind) && !is_quote_or_dash(shown);
  }
  const bool goes_on = text::is_lower(near.behind) || (near.behind >= 0xC3 && near.behind <= 0xC5);
  return goes_on && begins_word(near.before);
}

bool is_sure(const Sequence& sequence, const Neighbours& near) noexcept {
  const char32_t c = sequence.character;
  switch (sequence.lead) {
    case 0xC2:
    case 0xC3:
      return is_sure_pair(sequence, near);
    case 0xC4:
    case 0xC5:
      return is_sure_capital(sequence, near);
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

/// A no-break space that became a plain one and left its lead behind: "word\xC2 word". The same of
/// a small a with grave accent at a word's end: "citt\xC3 di".
std::optional<Mojibake> find_lost_space(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at;
  const char32_t lead = text::next_code_point(text, end);
  if ((lead != 0xC2 && lead != 0xC3) || at == 0) return std::nullopt;
  if (end < text.size() && text[end] != ' ') return std::nullopt;
  std::size_t begin = at;
  const char32_t before = text::previous_code_point(text, begin);
  constexpr std::string_view kStops = ".,;:!?)";
  const bool behind_stop =
      before < 0x80 && kStops.find(static_cast<char>(before)) != std::string_view::npos;
  if (lead == 0xC2) {
    const bool digit = before >= '0' && before <= '9';
    if (!text::is_lower(before) && !digit && !behind_stop) return std::nullopt;
    return Mojibake{end - at, 0xA0};
  }
  if (!text::is_lower(before)) return std::nullopt;
  // The space belongs to the letter only where another end of the word follows.
  const bool ends = end + 1 < text.size() &&
                    (text[end + 1] == ' ' || kStops.find(text[end + 1]) != std::string_view::npos);
  return Mojibake{end + (ends ? 1U : 0U) - at, 0xE0};
}

/// What a line holds of wrongly read sequences and of characters that are none.
class LineCount {
 public:
  void add(const Sequence& sequence, std::size_t at) noexcept {
    ++sequences_;
    const bool foreign = is_foreign(sequence.lead);
    if (foreign) ++foreign_;
    if (foreign && last_end_ == at) ++adjacent_;
    last_end_ = foreign ? sequence.end : std::string_view::npos;
  }

  /// Characters that no byte of windows-1252 shows, and quotes, may stand between the sequences of
  /// a line of which a part was read rightly.
  void add_other(char32_t c) noexcept {
    if (text::windows_1252_byte(c) >= 0 && !is_quote_or_dash(c) &&
        !may_lose_space(text::windows_1252_byte(c)))
      ++others_;
    whole_ = false;
  }

  [[nodiscard]] bool is_mojibake() const noexcept {
    if (whole_) return sequences_ >= 3 || (sequences_ == 2 && latin_foreign_);
    return adjacent_ > 0 && foreign_ >= 3 && foreign_ >= 4 * others_;
  }

 private:
  /// A lead that no text of western Europe puts before a sign twice in a row.
  [[nodiscard]] bool is_foreign(int lead) noexcept {
    if (lead >= 0xC4 && lead <= 0xDF) latin_foreign_ = true;
    return (lead >= 0xC4 && lead <= 0xE1) || (lead >= 0xE3 && lead <= 0xED);
  }

  std::size_t sequences_ = 0;
  std::size_t foreign_ = 0;
  std::size_t adjacent_ = 0;
  std::size_t others_ = 0;
  std::size_t last_end_ = std::string_view::npos;
  bool latin_foreign_ = false;
  bool whole_ = true;
};

}  // namespace

char32_t windows_1252(char32_t c1) noexcept {
  return text::kWindows1252[c1 - 0x80];
}

std::optional<Mojibake> find_mojibake(std::string_view text, std::size_t at,
                                      bool whole_line) noexcept {
  const std::optional<Sequence> sequence = read_sequence(text, at, whole_line);
  if (!sequence) return find_lost_space(text, at);
  if (!whole_line && !is_sure(*sequence, neighbours(text, at, sequence->end))) return std::nullopt;
  return Mojibake{sequence->end - at, sequence->character};
}

bool line_is_mojibake(std::string_view line) noexcept {
  LineCount count;
  for (std::size_t at = 0; at < line.size();) {
    if (static_cast<unsigned char>(line[at]) < 0x80) {
      ++at;
    } else if (const std::optional<Sequence> sequence = read_sequence(line, at, false)) {
      count.add(*sequence, at);
      at = sequence->end;
    } else {
      count.add_other(text::next_code_point(line, at));
    }
  }
  return count.is_mojibake();
}

}  // namespace copydesk::clean
