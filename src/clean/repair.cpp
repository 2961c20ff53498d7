#include "clean/repair.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "clean/entities.h"
#include "clean/mojibake.h"
#include "clean/quotes.h"
#include "clean/steps.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::clean {
namespace {

/// What the first byte of a character says of the care that it needs.
enum class Care : std::uint8_t {
  none,     ///< passes
  control,  ///< C0 controls and DELETE
  entity,   ///< &
  latin,    ///< C2..C5: C1, spaces, soft hyphen; and the leads of mojibake with their neighbours
  mark,     ///< combining marks and code points that may not be in NFC
  symbol,   ///< E2: spaces, invisible characters, primes
  wide,     ///< EF: byte order mark, ligatures, odds and ends
};

constexpr std::array<Care, 256> make_care() {
  std::array<Care, 256> care{};
  for (std::size_t i = 0; i < 0x20; ++i) care[i] = Care::control;
  care['\n'] = Care::none;
  care['\t'] = Care::none;
  care['\f'] = Care::none;
  care[0x7F] = Care::control;
  care['&'] = Care::entity;
  care[0xC2] = Care::latin;
  care[0xC3] = Care::latin;
  for (const unsigned lead : {0x87U, 0xCCU, 0xCDU, 0xD9U, 0xE0U, 0xE1U, 0xE3U, 0xF0U}) {
    care[lead] = Care::mark;
  }
  care[0xE2] = Care::symbol;
  care[0xEF] = Care::wide;
  return care;
}
constexpr std::array<Care, 256> kCare = make_care();

unsigned byte(std::string_view text, std::size_t at) noexcept {
  return static_cast<unsigned char>(text[at]);
}

bool is_odd_space(char32_t c) noexcept {
  return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F;
}

/// Scripts in which joiners and direction marks are spelling, and emoji.
bool needs_joiners(char32_t c) noexcept {
  return (c >= 0x0590 && c <= 0x109F) || (c >= 0x1780 && c <= 0x18AF) ||
         (c >= 0x200C && c <= 0x200F) || (c >= 0x2190 && c <= 0x2BFF) || c == 0xFE0F ||
         (c >= 0xFB1D && c <= 0xFEFC) || c >= 0x1F000;
}

/// Scripts whose words a zero width space divides.
bool divides_with_zero_width(char32_t c) noexcept {
  return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
         (c >= 0x1780 && c <= 0x17FF);
}

/// One walk over the text that notes what is to change at each place.
class CharacterPass {
 public:
  CharacterPass(std::string_view text, const RepairOptions& options)
      : text_(text), options_(options) {}

  std::vector<Edit> run() {
    const char* data = text_.data();
    const std::size_t size = text_.size();
    for (std::size_t at = 0; at < size;) {
      const Care care = kCare[static_cast<unsigned char>(data[at])];
      if (care == Care::none) {
        ++at;  // a continuation byte passes here too
      } else {
        at += look(care, at);
      }
    }
    return std::move(edits_);
  }

  [[nodiscard]] bool found_mojibake() const noexcept { return found_mojibake_; }
  [[nodiscard]] bool may_need_nfc() const noexcept { return may_need_nfc_; }
  [[nodiscard]] bool has_primes() const noexcept { return has_primes_; }

 private:
  /// Bytes that are dealt with.
  std::size_t look(Care care, std::size_t at) {
    switch (care) {
      case Care::control:
        return control(at);
      case Care::entity:
        return entity(at);
      case Care::latin:
        return latin(at);
      case Care::mark:
        return mark(at);
      case Care::symbol:
        return symbol(at);
      case Care::wide:
        return wide(at);
      case Care::none:
        break;
    }
    return 1;
  }

  std::size_t change(std::size_t at, std::size_t size, std::string now, std::string_view rule,
                     std::string_view reason) {
    edits_.push_back({at, std::string(text_.substr(at, size)), std::move(now), std::string(rule),
                      std::string(reason)});
    return size;
  }

  std::size_t control(std::size_t at) {
    if (text_[at] != '\r') return change(at, 1, "", "repair/control", "control character");
    const bool pair = at + 1 < text_.size() && text_[at + 1] == '\n';
    return change(at, pair ? 2 : 1, "\n", "repair/line-end", "carriage return");
  }

  /// A line with a tag in it is about markup, or is markup: its references stay.
  std::size_t entity(std::size_t at) {
    const std::optional<Entity> found = read_entity(text_, at);
    if (!found || line(at).find('<') != std::string_view::npos) return 1;
    std::string now = found->text;
    const char32_t c = first_point(now);
    if (is_odd_space(c)) now = space_here(at, at + found->size);
    if (c == 0xAD || c == 0x200B) now.clear();
    if (static_cast<unsigned char>(now.empty() ? 0 : now[0]) >= 0xCC) may_need_nfc_ = true;
    return change(at, found->size, std::move(now), "repair/entity", "character reference");
  }

  std::size_t latin(std::size_t at) {
    const unsigned second = byte(text_, at + 1);
    if (byte(text_, at) == 0xC2) {
      if (second < 0xA0) return c1(at);
      if (second == 0xA0) return space(at, 2);
      if (second == 0xAD) return change(at, 2, "", "repair/invisible", "soft hyphen");
      return 2;
    }
    return mojibake(at, 2);
  }

  std::size_t c1(std::size_t at) {
    std::string now;
    if (const char32_t c = windows_1252(byte(text_, at + 1))) text::append_utf8(now, c);
    return change(at, 2, std::move(now), "repair/c1", "windows-1252 character read as a control");
  }

  /// `size`: of the character at `at`, which may be the first of a wrongly read sequence.
  std::size_t mojibake(std::size_t at, std::size_t size) {
    // Nearly every letter is followed by ASCII, or by another letter, and is done with here.
    const unsigned next = at + size < text_.size() ? byte(text_, at + size) : '\n';
    if (next < 0x80
            ? !may_lack_space(at, next)
            : next != 0xC2 && next != 0xC5 && next != 0xC6 && next != 0xCB && next != 0xE2) {
      return size;
    }
    const std::size_t begin = line_begin(at);
    const std::string_view here = line(at);
    const auto found = find_mojibake(here, at - begin, line_is_bad(begin, here));
    if (!found) return size;
    found_mojibake_ = true;
    std::string now;
    text::append_utf8(now, found->meant);
    return change(at, found->size, std::move(now), "repair/mojibake", "UTF-8 read as windows-1252");
  }

  /// Leads whose second byte may have been a no-break space: of that itself, of a with grave, of
  /// Greek Pi, Cyrillic Er, Han.
  [[nodiscard]] bool may_lack_space(std::size_t at, unsigned next) const noexcept {
    if (next != ' ' && next != '\n') return false;
    const unsigned second = byte(text_, at + 1);
    return second == 0x82 || second == 0x83 || second == 0x8E || second == 0x90 ||
           (second >= 0xA4 && second <= 0xA9);
  }

  std::size_t mark(std::size_t at) {
    const unsigned lead = byte(text_, at);
    // The second byte of U+0387, a letter's in Greek far more often than its first one would be.
    if (lead == 0x87) {
      if (at > 0 && byte(text_, at - 1) == 0xCE) may_need_nfc_ = true;
      return 1;
    }
    const unsigned second = byte(text_, at + 1);
    const bool harmless =
        (lead == 0xD9 && second < 0x8B) ||
        (lead == 0xE3 && !(second == 0x82 && (byte(text_, at + 2) & 0xFE) == 0x98) &&
         !(second == 0x82 && byte(text_, at + 2) == 0x9A)) ||
        (lead == 0xF0 && second == 0x9F);
    if (!harmless) may_need_nfc_ = true;
    return 1;
  }

  std::size_t symbol(std::size_t at) {
    const unsigned second = byte(text_, at + 1);
    if (second == 0x84) may_need_nfc_ = true;  // Ohm, Kelvin, Angstrom
    if (second != 0x80 && second != 0x81) return 3;
    std::size_t end = at;
    const char32_t c = text::next_code_point(text_, end);
    if (is_odd_space(c)) return space(at, 3);
    if (c == 0x2028 || c == 0x2029) return change(at, 3, "\n", "repair/line-end", "line separator");
    if (c == 0x2033) has_primes_ = true;
    if (c >= 0x200B && c <= 0x200F) return invisible(at, c);
    if (c >= 0x2060 && c <= 0x2064)
      return change(at, 3, "", "repair/invisible", "invisible character");
    return 3;
  }

  std::size_t invisible(std::size_t at, char32_t c) {
    const char32_t before = point_before(at);
    const char32_t behind = point_at(at + 3);
    const bool stays = c == 0x200B
                           ? divides_with_zero_width(before) || divides_with_zero_width(behind)
                           : needs_joiners(before) || needs_joiners(behind);
    return stays ? 3 : change(at, 3, "", "repair/invisible", "zero width character");
  }

  std::size_t wide(std::size_t at) {
    std::size_t end = at;
    const char32_t c = text::next_code_point(text_, end);
    if (c == 0xFEFF) return change(at, 3, "", "repair/invisible", "byte order mark");
    if (c >= 0xFFF9 && c <= 0xFFFC) return change(at, 3, "", "repair/invisible", "annotation mark");
    if (c >= 0xFB00 && c <= 0xFB06) return options_.ligatures ? ligature(at, c) : 3;
    if (c < 0xFF00) may_need_nfc_ = true;
    return 3;
  }

  std::size_t ligature(std::size_t at, char32_t c) {
    constexpr std::array<std::string_view, 7> kLetters = {"ff",  "fi", "fl", "ffi",
                                                          "ffl", "st", "st"};
    return change(at, 3, std::string(kLetters[c - 0xFB00]), "repair/ligature", "ligature");
  }

  std::size_t space(std::size_t at, std::size_t size) {
    return change(at, size, space_here(at, at + size), "repair/space", "odd space");
  }

  /// " ", or nothing where there is a plain space or the end of a line next to [begin, end).
  [[nodiscard]] std::string space_here(std::size_t begin, std::size_t end) const {
    const bool after_space =
        begin == 0 || text_[begin - 1] == ' ' || text_[begin - 1] == '\n' ||
        (!edits_.empty() && edits_.back().offset + edits_.back().was.size() == begin &&
         (edits_.back().now == " " ||
          (edits_.back().now.empty() && edits_.back().rule == "repair/space")));
    const bool before_space = end == text_.size() || text_[end] == ' ' || text_[end] == '\n';
    return after_space || before_space ? "" : " ";
  }

  [[nodiscard]] static char32_t first_point(std::string_view text) noexcept {
    std::size_t at = 0;
    return text.empty() ? 0 : text::next_code_point(text, at);
  }
  [[nodiscard]] char32_t point_at(std::size_t at) const noexcept {
    return at < text_.size() ? text::next_code_point(text_, at) : ' ';
  }
  [[nodiscard]] char32_t point_before(std::size_t at) const noexcept {
    return at > 0 ? text::previous_code_point(text_, at) : ' ';
  }

  /// Lines are looked for once each, since places come in order.
  void find_line(std::size_t at) {
    if (line_end_ != std::string_view::npos && at >= line_begin_ && at <= line_end_) return;
    const std::size_t before = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    line_begin_ = before == std::string_view::npos ? 0 : before + 1;
    line_end_ = std::min(text_.find('\n', at), text_.size());
    bad_line_.reset();
  }
  std::size_t line_begin(std::size_t at) { return find_line(at), line_begin_; }
  std::string_view line(std::size_t at) {
    find_line(at);
    return text_.substr(line_begin_, line_end_ - line_begin_);
  }
  bool line_is_bad(std::size_t begin, std::string_view here) {
    find_line(begin);
    if (!bad_line_) bad_line_ = line_is_mojibake(here);
    return *bad_line_;
  }

  std::string_view text_;
  const RepairOptions& options_;
  std::vector<Edit> edits_;
  std::size_t line_begin_ = 0;
  std::size_t line_end_ = std::string_view::npos;
  std::optional<bool> bad_line_;
  bool found_mojibake_ = false;
  bool may_need_nfc_ = false;
  bool has_primes_ = false;
};

/// One edit for what differs between the two, without the beginning and end that they share.
void add_difference(std::vector<Edit>& edits, std::size_t offset, std::string_view was,
                    std::string_view now, std::string_view rule, std::string_view reason) {
  if (was == now) return;
  std::size_t front = 0;
  const std::size_t shorter = std::min(was.size(), now.size());
  while (front < shorter && was[front] == now[front]) ++front;
  while (front > 0 && front < was.size() && (byte(was, front) & 0xC0) == 0x80) --front;
  std::size_t back = 0;
  while (back < shorter - front && was[was.size() - 1 - back] == now[now.size() - 1 - back]) ++back;
  while (back > 0 && (byte(was, was.size() - back) & 0xC0) == 0x80) --back;
  edits.push_back({offset + front, std::string(was.substr(front, was.size() - front - back)),
                   std::string(now.substr(front, now.size() - front - back)), std::string(rule),
                   std::string(reason)});
}

/// Calls `look(line, offset)` for each line, without its \n.
template <typename Look>
void for_each_line(std::string_view text, Look look) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    look(text.substr(at, end - at), at);
    at = end + 1;
  }
}

std::vector<Edit> normalise(std::string_view text) {
  std::vector<Edit> edits;
  for_each_line(text, [&](std::string_view line, std::size_t at) {
    if (text::is_nfc(line)) return;
    add_difference(edits, at, line, text::nfc(line), "repair/nfc", "not in NFC");
  });
  return edits;
}

/// Blanks at line ends, blank lines at the beginning, more than one in a row, more than one line
/// break at the end.
std::vector<Edit> tidy_lines(std::string_view text) {
  std::vector<Edit> edits;
  const auto remove = [&](std::size_t begin, std::size_t end, std::string_view now) {
    if (text.substr(begin, end - begin) == now) return;
    edits.push_back({begin, std::string(text.substr(begin, end - begin)), std::string(now),
                     "repair/blank", "blank space"});
  };
  std::size_t at = text.find_first_not_of(" \t\n");
  if (at == std::string_view::npos) {
    if (!text.empty()) remove(0, text.size(), text.back() == '\n' ? "\n" : "");
    return edits;
  }
  // Blanks before the first word are indentation unless a line break stands among them.
  const std::size_t first_line = text.substr(0, at).rfind('\n');
  if (first_line != std::string_view::npos) remove(0, first_line + 1, "");
  while (at < text.size()) {
    std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    std::size_t begin = end;
    while (begin > at && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
    const std::size_t next = text.find_first_not_of(" \t\n", end);
    if (next == std::string_view::npos) {
      remove(begin, text.size(), end < text.size() ? "\n" : "");
      break;
    }
    const std::size_t indent = text.rfind('\n', next) + 1;
    const auto breaks = std::count(text.begin() + static_cast<std::ptrdiff_t>(end),
                                   text.begin() + static_cast<std::ptrdiff_t>(indent), '\n');
    remove(begin, indent, breaks > 1 ? "\n\n" : "\n");
    at = next;
  }
  return edits;
}

constexpr int kDeepestMojibake = 4;

}  // namespace

std::vector<Edit> repair(std::string_view text, const RepairOptions& options) {
  Steps steps(text);
  if (!text::is_valid_utf8(text)) {
    std::vector<Edit> edits;
    add_difference(edits, 0, text, text::repair_utf8(text), "repair/utf8", "not UTF-8");
    steps.add(std::move(edits));
  }
  bool primes = false;
  for (int round = 0; round < kDeepestMojibake; ++round) {
    CharacterPass pass(steps.text(), options);
    std::vector<Edit> edits = pass.run();
    const bool changed = !edits.empty();
    const bool nfc = pass.may_need_nfc();
    primes = primes || pass.has_primes();
    steps.add(std::move(edits));
    if (nfc) steps.add(normalise(steps.text()));
    // Text that was wrongly read twice needs a second look, and so may what an entity stood for.
    if (!changed) break;
  }
  if (primes || options.quotes != Quotes::keep) {
    steps.add(repair_quotes(steps.text(), options.quotes));
  }
  steps.add(tidy_lines(steps.text()));
  return steps.take();
}

}  // namespace copydesk::clean
