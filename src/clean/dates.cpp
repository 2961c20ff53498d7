#include "clean/dates.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "data/clean_text.h"
#include "rules/fold.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::clean {
namespace {

/// The months' names: data/clean/months.txt, a line a month, comments taken out.
std::array<std::string_view, 12> month_names() {
  std::array<std::string_view, 12> months;
  std::size_t month = 0;
  for (const data::EmbeddedFile& file : data::clean_text::files()) {
    if (file.name != "months.txt") continue;
    for (std::string_view rest = file.text; !rest.empty() && month < months.size();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      if (rest.front() != '#') months[month++] = rest.substr(0, end);
      rest.remove_prefix(std::min(rest.size(), end + 1));
    }
  }
  return months;
}

/// The month whose name `word` (folded) begins with; the longest beginning wins ("juil" over
/// "jui").
int month_of(std::string_view word) {
  static const std::array<std::string_view, 12> kMonths = month_names();
  int best = 0;
  std::size_t length = 2;
  for (std::size_t month = 0; month < kMonths.size(); ++month) {
    std::string_view rest = kMonths[month];
    while (!rest.empty()) {
      const std::size_t space = std::min(rest.find(' '), rest.size());
      const std::string_view name = rest.substr(0, space);
      rest.remove_prefix(std::min(rest.size(), space + 1));
      if (name.size() > length && word.starts_with(name)) {
        best = static_cast<int>(month) + 1;
        length = name.size();
      }
    }
  }
  return best;
}

struct Token {
  int number = -1;  // or
  int month = 0;
  std::size_t digits = 0;
  char before = ' ';  // the mark between it and the one before
};

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

std::vector<Token> read_tokens(std::string_view text) {
  std::vector<Token> tokens;
  char mark = ' ';
  for (std::size_t at = 0; at < text.size() && tokens.size() < 12;) {
    if (is_digit(text[at])) {
      Token token{.number = 0, .before = mark};
      while (at < text.size() && is_digit(text[at]) && token.digits < 5) {
        token.number = token.number * 10 + (text[at++] - '0');
        ++token.digits;
      }
      tokens.push_back(token);
      mark = ' ';
      continue;
    }
    std::size_t end = at;
    if (text::is_letter(text::next_code_point(text, end))) {
      const std::size_t begin = at;
      while (at < text.size()) {
        end = at;
        if (!text::is_letter(text::next_code_point(text, end))) break;
        at = end;
      }
      if (const int month = month_of(text.substr(begin, at - begin))) {
        tokens.push_back({.month = month, .before = mark});
      }
      continue;
    }
    mark = text[at];
    at = end;
  }
  return tokens;
}

bool is_year(const Token& token) noexcept {
  return token.digits == 4 && token.number >= 1900 && token.number < 2100;
}
bool is_day(const Token& token) noexcept {
  return token.digits > 0 && token.digits <= 2 && token.number >= 1 && token.number <= 31;
}
bool is_month_number(const Token& token) noexcept {
  return is_day(token) && token.number <= 12;
}

std::string iso(int year, int month, int day) {
  std::string out = std::to_string(year);
  for (const int part : {month, day}) {
    out += part < 10 ? "-0" : "-";
    out += std::to_string(part);
  }
  return out;
}

/// Three tokens that follow one another, in one of the usual orders.
std::string read_three(const Token& a, const Token& b, const Token& c) {
  if (is_day(a) && b.month && is_year(c)) return iso(c.number, b.month, a.number);
  if (a.month && is_day(b) && is_year(c)) return iso(c.number, a.month, b.number);
  if (is_year(a) && b.month && is_day(c)) return iso(a.number, b.month, c.number);
  if (is_year(a) && is_month_number(b) && is_day(c)) return iso(a.number, b.number, c.number);
  if (is_day(a) && is_day(b) && is_year(c) && b.before == c.before) {
    if (b.before == '.' && is_month_number(b)) return iso(c.number, b.number, a.number);
    if (a.number > 12 && is_month_number(b)) return iso(c.number, b.number, a.number);
    if (b.number > 12 && is_month_number(a)) return iso(c.number, a.number, b.number);
  }
  return {};
}

}  // namespace

std::string read_date(std::string_view text) {
  rules::FoldedLine folded;
  rules::fold_line(text, folded);
  const std::vector<Token> tokens = read_tokens(folded.text);
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    std::string date = read_three(tokens[i], tokens[i + 1], tokens[i + 2]);
    if (!date.empty()) return date;
  }
  return {};
}

}  // namespace copydesk::clean
