#include "clean/latin.h"

#include <algorithm>
#include <unordered_map>

#include "data/clean_text.h"
#include "rules/fold.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::clean {
namespace {

struct Spelling {
  std::string_view first;
  std::string_view second;
};
using Spellings = std::unordered_map<char32_t, Spelling>;

/// One line of the table: "a/ae letters".
void read_line(std::string_view line, Spellings& spellings) {
  const std::size_t space = line.find(' ');
  if (line.starts_with('#') || space == std::string_view::npos) return;
  const std::string_view forms = line.substr(0, space);
  const std::size_t slash = forms.find('/');
  const Spelling spelling{forms.substr(0, slash),
                          slash == std::string_view::npos ? forms : forms.substr(slash + 1)};
  const std::string_view letters = line.substr(space + 1);
  for (std::size_t at = 0; at < letters.size();) {
    spellings.emplace(text::next_code_point(letters, at), spelling);
  }
}

Spellings read_spellings() {
  Spellings spellings;
  for (const data::EmbeddedFile& file : data::clean_text::files()) {
    if (file.name != "latin.txt") continue;
    for (std::string_view rest = file.text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      read_line(rest.substr(0, end), spellings);
      rest.remove_prefix(std::min(rest.size(), end + 1));
    }
  }
  return spellings;
}

bool is_ascii(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string ascii_form(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      out.push_back(static_cast<char>(c - 'A' + 'a'));
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace

LatinForms latin_forms(std::string_view text) {
  if (is_ascii(text)) {
    const std::string form = ascii_form(text);
    return {form, form};
  }
  static const Spellings kSpellings = read_spellings();
  const std::string folded = rules::fold_literal(text);
  LatinForms out;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = text::next_code_point(folded, at);
    if (!text::is_letter(c) && !text::is_digit(c)) continue;
    const auto known = c < 0x80 ? kSpellings.end() : kSpellings.find(c);
    if (known == kSpellings.end()) {
      text::append_utf8(out.first, c);
      text::append_utf8(out.second, c);
    } else {
      out.first += known->second.first;
      out.second += known->second.second;
    }
  }
  return out;
}

}  // namespace copydesk::clean
