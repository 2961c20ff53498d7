#include "extract/dates.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "extract/date_words.h"
#include "extract/plain.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::extract {
namespace {

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2100;
constexpr std::size_t kMaxTokens = 600;  // of a text in which a date is looked for

// ---------------------------------------------------------------------------------------------
// Tokens

struct Token {
  enum class Kind : std::uint8_t { number, word, sign };
  Kind kind = Kind::sign;
  bool spaced = false;      // white space stands before it
  std::uint8_t digits = 0;  // of a number
  int value = 0;            // of a number; the code point of a sign
  std::string word;         // case-folded
};

/// The value of a decimal digit in ASCII, Arabic, Persian, Devanagari, Bengali or full width.
int digit_value(char32_t c) noexcept {
  if (c < 0x80) return c >= U'0' && c <= U'9' ? static_cast<int>(c - U'0') : -1;
  for (const char32_t zero : {U'\u0660', U'\u06F0', U'\u0966', U'\u09E6', U'\uFF10'}) {
    if (c >= zero && c <= zero + 9) return static_cast<int>(c - zero);
  }
  return -1;
}

Token read_number(std::string_view text, std::size_t& at) {
  Token token;
  token.kind = Token::Kind::number;
  while (at < text.size()) {
    std::size_t next = at;
    const int digit = digit_value(text::next_code_point(text, next));
    if (digit < 0) break;
    if (token.digits < 9) token.value = token.value * 10 + digit;
    if (token.digits < 200) ++token.digits;
    at = next;
  }
  return token;
}

/// Case-folded; most words are ASCII, for which ICU need not be asked.
std::string fold_word(std::string_view word) {
  const bool ascii = std::all_of(word.begin(), word.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii ? ascii_lower(word) : text::fold_case(word);
}

Token read_word(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  bool first = true;
  while (at < text.size()) {
    std::size_t next = at;
    const char32_t c = text::next_code_point(text, next);
    if (!text::is_letter(c) && !text::is_mark(c)) break;
    // Ideographs stand alone: in 2023 Y 12 M 17 D each counter is a word of its own.
    constexpr char32_t kFirstIdeograph = 0x2E80;
    const bool alone = c >= kFirstIdeograph && text::script_of(c) == text::Script::han;
    if (alone && !first) break;
    at = next;
    first = false;
    if (alone) break;
  }
  Token token;
  token.kind = Token::Kind::word;
  token.word = fold_word(text.substr(begin, at - begin));
  return token;
}

std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  bool spaced = true;
  for (std::size_t at = 0; at < text.size() && tokens.size() < kMaxTokens;) {
    std::size_t next = at;
    const char32_t c = text::next_code_point(text, next);
    if (text::is_space(c)) {
      spaced = true;
      at = next;
      continue;
    }
    Token token;
    if (digit_value(c) >= 0) {
      token = read_number(text, at);
    } else if (text::is_letter(c)) {
      token = read_word(text, at);
    } else {
      token.value = static_cast<int>(c);
      at = next;
      if (c == U'\u200E' || c == U'\u200F') continue;  // direction marks
    }
    token.spaced = spaced;
    spaced = false;
    tokens.push_back(std::move(token));
  }
  return tokens;
}

// ---------------------------------------------------------------------------------------------
// Reading a date out of tokens

bool is_leap(int year) noexcept {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool is_day(int year, int month, int day) noexcept {
  static constexpr std::array<int, 12> kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1) return false;
  return day <= kDays[static_cast<std::size_t>(month - 1)] &&
         (month != 2 || day < 29 || is_leap(year));
}

class DateReader {
 public:
  DateReader(std::string_view text, const DateContext& context)
      : tokens_(tokenize(text)), context_(context) {}

  std::optional<DateTime> first_date();

 private:
  using Kind = Token::Kind;

  [[nodiscard]] bool is(std::size_t at, Kind kind) const noexcept {
    return at < tokens_.size() && tokens_[at].kind == kind;
  }
  [[nodiscard]] bool is_sign(std::size_t at, std::string_view signs) const noexcept {
    return is(at, Kind::sign) && tokens_[at].value < 0x80 &&
           signs.find(static_cast<char>(tokens_[at].value)) != std::string_view::npos;
  }
  [[nodiscard]] bool is_word(std::size_t at, std::string_view word) const noexcept {
    return is(at, Kind::word) && tokens_[at].word == word;
  }
  [[nodiscard]] bool is_number(std::size_t at, int low, int high, int max_digits) const noexcept {
    return is(at, Kind::number) && tokens_[at].digits <= max_digits && tokens_[at].value >= low &&
           tokens_[at].value <= high;
  }
  [[nodiscard]] bool is_year(std::size_t at) const noexcept {
    return is(at, Kind::number) && tokens_[at].digits == 4 && tokens_[at].value >= kFirstYear &&
           tokens_[at].value <= kLastYear;
  }
  [[nodiscard]] int month_at(std::size_t at) const {
    return is(at, Kind::word) ? month_by_name(tokens_[at].word, context_.language) : 0;
  }
  [[nodiscard]] bool is_counter(std::size_t at, DateWord kind) const {
    return is(at, Kind::word) && is_date_word(tokens_[at].word, kind);
  }
  [[nodiscard]] std::size_t skip_fillers(std::size_t at) const;

  std::optional<DateTime> date_at(std::size_t at);
  std::optional<DateTime> day_month_year(std::size_t at);
  std::optional<DateTime> month_day_year(std::size_t at);
  std::optional<DateTime> year_month_day(std::size_t at);
  std::optional<DateTime> numeric(std::size_t at);
  [[nodiscard]] std::optional<int> short_or_long_year(std::size_t at, bool short_allowed) const;
  std::optional<DateTime> make(int year, int month, int day, std::size_t end);
  void read_time(std::size_t at, DateTime& date) const;
  void read_zone(std::size_t at, DateTime& date) const;

  std::vector<Token> tokens_;
  const DateContext& context_;
};

/// Behind at most three words or signs that may stand between the parts of a date.
std::size_t DateReader::skip_fillers(std::size_t at) const {
  for (int count = 0; count < 3 && at < tokens_.size(); ++count, ++at) {
    const bool filler = is_sign(at, ".,/-'") || (is(at, Kind::sign) && tokens_[at].value > 0x7F) ||
                        (is(at, Kind::word) && is_date_word(tokens_[at].word, DateWord::filler));
    if (!filler) break;
  }
  return at;
}

std::optional<DateTime> DateReader::make(int year, int month, int day, std::size_t end) {
  if (!is_day(year, month, day)) return std::nullopt;
  DateTime date{year, month, day, {}, {}, {}};
  read_time(end, date);
  return date;
}

/// A year of four digits; one of two if an apostrophe or a numeric form leaves no doubt.
std::optional<int> DateReader::short_or_long_year(std::size_t at, bool short_allowed) const {
  if (is_year(at)) return tokens_[at].value;
  if (!short_allowed || !is(at, Kind::number) || tokens_[at].digits != 2) return std::nullopt;
  const int value = tokens_[at].value;
  return value < 50 ? 2000 + value : 1900 + value;
}

/// 17 December 2023, 17. Dezember 2023, 17 de diciembre de 2023, 17th of December, '23
std::optional<DateTime> DateReader::day_month_year(std::size_t at) {
  if (!is_number(at, 1, 31, 2)) return std::nullopt;
  const std::size_t month_at_token = skip_fillers(at + 1);
  const int month = month_at(month_at_token);
  if (month == 0) return std::nullopt;
  const std::size_t year_at = skip_fillers(month_at_token + 1);
  const bool joined = year_at > month_at_token + 1 && is_sign(year_at - 1, "-'/");
  const auto year = short_or_long_year(year_at, joined);
  return year ? make(*year, month, tokens_[at].value, year_at + 1) : std::nullopt;
}

/// December 17, 2023; Dec. 17th 2023
std::optional<DateTime> DateReader::month_day_year(std::size_t at) {
  const int month = month_at(at);
  if (month == 0) return std::nullopt;
  const std::size_t day_at = skip_fillers(at + 1);
  if (!is_number(day_at, 1, 31, 2) || is_sign(day_at + 1, ":")) return std::nullopt;
  const std::size_t year_at = skip_fillers(day_at + 1);
  const auto year = short_or_long_year(year_at, year_at > day_at + 1 && is_sign(year_at - 1, "'"));
  return year ? make(*year, month, tokens_[day_at].value, year_at + 1) : std::nullopt;
}

/// 2023-12-17, 2023/12/17, 2023. december 17., and with counters behind the numbers (CJK)
std::optional<DateTime> DateReader::year_month_day(std::size_t at) {
  if (!is_year(at)) return std::nullopt;
  std::size_t month_token = at + 1;
  const bool counted = is_counter(month_token, DateWord::year);
  if (counted || is_sign(month_token, "-./")) ++month_token;
  int month = 0;
  if (is_number(month_token, 1, 12, 2)) {
    if (month_token == at + 1) return std::nullopt;  // "2023 12": two numbers
    month = tokens_[month_token].value;
  } else {
    month_token = skip_fillers(at + 1);
    month = month_at(month_token);
  }
  if (month == 0) return std::nullopt;
  std::size_t day_token = month_token + 1;
  if (is_counter(day_token, DateWord::month) || is_sign(day_token, "-./")) ++day_token;
  if (!is_number(day_token, 1, 31, 2)) return std::nullopt;
  std::size_t end = day_token + 1;
  if (is_counter(end, DateWord::day) || is_sign(end, ".")) ++end;
  return make(tokens_[at].value, month, tokens_[day_token].value, end);
}

/// 17.12.2023, 17/12/23, 12/17/2023, 17 - 12 - 2023
std::optional<DateTime> DateReader::numeric(std::size_t at) {
  if (!is_number(at, 1, 31, 2) || !is_sign(at + 1, "./-") || !is_number(at + 2, 1, 31, 2)) {
    return std::nullopt;
  }
  if (at > 0 && !tokens_[at].spaced && is_sign(at - 1, "./-:")) return std::nullopt;
  if (!is(at + 3, Kind::sign) || tokens_[at + 3].value != tokens_[at + 1].value)
    return std::nullopt;
  const bool dotted = is_sign(at + 1, ".");
  const auto year = short_or_long_year(at + 4, !is_sign(at + 1, "-"));
  if (!year) return std::nullopt;
  // A fourth part makes it a version or an address.
  if (is(at + 5, Kind::sign) && tokens_[at + 5].value == tokens_[at + 1].value &&
      is(at + 6, Kind::number) && !tokens_[at + 6].spaced) {
    return std::nullopt;
  }
  int day = tokens_[at].value;
  int month = tokens_[at + 2].value;
  if ((month > 12 && day <= 12) ||
      (!dotted && day <= 12 && context_.order == DateOrder::month_first)) {
    std::swap(day, month);
  }
  return make(*year, month, day, at + 5);
}

void DateReader::read_zone(std::size_t at, DateTime& date) const {
  while (is_sign(at, "()")) ++at;
  if (is(at, Kind::word)) {
    const auto zone = zone_by_name(tokens_[at].word);
    if (!zone) return;
    date.zone_minutes = zone;
    ++at;
    if (*zone != 0) return;  // "GMT+1" is relative to it, "CET+1" means nothing
  }
  if (!is_sign(at, "+-") || !is(at + 1, Kind::number)) return;
  const Token& number = tokens_[at + 1];
  int minutes = number.digits == 4 ? number.value / 100 * 60 + number.value % 100 : -1;
  if (number.digits <= 2) {
    minutes = number.value * 60;
    if (is_sign(at + 2, ":") && is_number(at + 3, 0, 59, 2)) minutes += tokens_[at + 3].value;
  }
  if (minutes < 0 || minutes > 14 * 60) return;
  date.zone_minutes = is_sign(at, "-") ? -minutes : minutes;
}

/// 10:30, 10.30 Uhr, 10h30, 3:05:07 pm CET: directly behind the date or a few words on.
void DateReader::read_time(std::size_t at, DateTime& date) const {
  for (int count = 0; count < 4 && at < tokens_.size(); ++count, ++at) {
    const bool filler = is_sign(at, ".,/-|@()") ||
                        (is(at, Kind::sign) && tokens_[at].value > 0x7F) ||
                        (is(at, Kind::word) && (is_date_word(tokens_[at].word, DateWord::time) ||
                                                is_date_word(tokens_[at].word, DateWord::filler)));
    if (!filler) break;
  }
  if (!is_number(at, 0, 24, 2)) return;
  int hour = tokens_[at].value;
  int minute = 0;
  std::size_t end = at + 1;
  const bool separated = is_sign(end, ":.") || is_counter(end, DateWord::hour);
  const bool minutes = separated && is(end + 1, Kind::number) && tokens_[end + 1].digits == 2 &&
                       tokens_[end + 1].value < 60;
  if (minutes) {
    // 17.12 may be a day and a month.
    if (is_sign(end, ".") && is_sign(end + 2, ".") && is(end + 3, Kind::number)) return;
    minute = tokens_[end + 1].value;
    end += 2;
    if (is_sign(end, ":") && is_number(end + 1, 0, 59, 2)) {
      date.second = tokens_[end + 1].value;
      end += 2;
      if (is_sign(end, ".") && is(end + 1, Kind::number)) end += 2;  // parts of a second
    }
  }
  // am, a.m., pm, p.m.
  bool meridiem = is_word(end, "am") || is_word(end, "pm");
  const bool dotted =
      (is_word(end, "a") || is_word(end, "p")) && is_sign(end + 1, ".") && is_word(end + 2, "m");
  if (meridiem || dotted) {
    meridiem = true;
    const bool afternoon = tokens_[end].word[0] == 'p';
    hour = hour % 12 + (afternoon ? 12 : 0);
    end += dotted ? 4 : 1;
  }
  if ((!minutes && !meridiem) || hour > 23) {
    date.second.reset();
    return;
  }
  date.minute_of_day = hour * 60 + minute;
  if (is_counter(end, DateWord::minute)) ++end;
  read_zone(end, date);
}

/// The date that begins at a token, by what the token is.
std::optional<DateTime> DateReader::date_at(std::size_t at) {
  if (is(at, Kind::word)) return month_day_year(at);
  if (!is(at, Kind::number)) return std::nullopt;
  if (auto date = year_month_day(at)) return date;
  if (auto date = day_month_year(at)) return date;
  return numeric(at);
}

std::optional<DateTime> DateReader::first_date() {
  for (std::size_t at = 0; at < tokens_.size(); ++at) {
    if (auto date = date_at(at)) return date;
  }
  return std::nullopt;
}

// ---------------------------------------------------------------------------------------------
// Other forms

/// Days since 1970-01-01 -> the day (H. Hinnant, "chrono-compatible low-level date algorithms").
DateTime from_days(long long days) noexcept {
  const long long shifted = days + 719468;
  const long long era = shifted / 146097;
  const long long day_of_era = shifted - era * 146097;
  const long long year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const long long day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const long long shifted_month = (5 * day_of_year + 2) / 153;
  DateTime date;
  date.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  date.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  date.year = static_cast<int>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
  return date;
}

/// Seconds or milliseconds since 1970 for a time after 1990.
std::optional<DateTime> from_epoch(std::string_view digits) {
  if (digits.size() == 13) digits = digits.substr(0, 10);
  if (digits.size() < 9 || digits.size() > 10) return std::nullopt;
  long long seconds = 0;
  for (const char c : digits) seconds = seconds * 10 + (c - '0');
  if (seconds < 631152000) return std::nullopt;
  DateTime date = from_days(seconds / 86400);
  date.minute_of_day = static_cast<int>(seconds % 86400 / 60);
  date.second = static_cast<int>(seconds % 60);
  date.zone_minutes = 0;
  return date;
}

/// 20231217, 202312171030, 20231217103000
std::optional<DateTime> from_compact(std::string_view digits) {
  if (digits.size() != 8 && digits.size() != 12 && digits.size() != 14) return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    for (const char c : digits.substr(at, size)) value = value * 10 + (c - '0');
    return value;
  };
  DateTime date{number(0, 4), number(4, 2), number(6, 2), {}, {}, {}};
  if (!is_day(date.year, date.month, date.day)) return std::nullopt;
  if (digits.size() > 8) {
    const int hour = number(8, 2);
    const int minute = number(10, 2);
    if (hour > 23 || minute > 59) return std::nullopt;
    date.minute_of_day = hour * 60 + minute;
    if (digits.size() == 14 && number(12, 2) < 60) date.second = number(12, 2);
  }
  return date;
}

bool is_ascii_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

/// Reads days out of a URL's path.
struct UrlDateReader {
  std::string_view path;

  [[nodiscard]] char at(std::size_t place) const noexcept {
    return place < path.size() ? path[place] : '\0';
  }

  /// The number of exactly `size` digits at `place`; -1 if there is none.
  [[nodiscard]] int number(std::size_t place, std::size_t size) const noexcept {
    int value = 0;
    for (std::size_t i = place; i < place + size; ++i) {
      if (!is_digit(at(i))) return -1;
      value = value * 10 + (path[i] - '0');
    }
    return is_digit(at(place + size)) ? -1 : value;
  }

  /// One or two digits at `place`, or the name of a month; moves behind them. -1 if there is none.
  int part(std::size_t& place, bool names) const {
    for (const std::size_t size : {2, 1}) {
      if (const int value = number(place, size); value >= 0) {
        place += size;
        return value;
      }
    }
    std::size_t end = place;
    while (names && end < path.size() && is_ascii_letter(path[end])) ++end;
    if (end < place + 3) return -1;
    const int month = month_by_name(ascii_lower(path.substr(place, end - place)), "en");
    place = end;
    return month > 0 ? month : -1;
  }

  /// /2023/12/17/, /2023/dec/17/, /2023-12-17-, /20231217/
  [[nodiscard]] std::optional<DateTime> year_first(std::size_t place) const {
    if (const int compact = number(place, 8); compact >= 0) {
      return day_of(compact / 10000, compact / 100 % 100, compact % 100);
    }
    const int year = number(place, 4);
    const char separator = at(place + 4);
    if (year < kFirstYear || (separator != '/' && separator != '-' && separator != '_')) {
      return std::nullopt;
    }
    place += 5;
    const int month = part(place, true);
    if (month < 0 || (at(place) != separator && at(place) != '/')) return std::nullopt;
    ++place;
    const int day = part(place, false);
    return day_of(year, month, day);
  }

  /// /17-12-2023, where the numbers leave no doubt which is the day
  [[nodiscard]] std::optional<DateTime> year_last(std::size_t place) const {
    const int first = number(place, 2);
    const int second = number(place + 3, 2);
    const char separator = at(place + 2);
    if (first < 0 || second < 0 || (separator != '-' && separator != '.')) return std::nullopt;
    if (at(place + 5) != separator) return std::nullopt;
    const int year = number(place + 6, 4);
    if (first > 12 || first == second) return day_of(year, second, first);
    return second > 12 ? day_of(year, first, second) : std::nullopt;
  }

  static std::optional<DateTime> day_of(int year, int month, int day) noexcept {
    if (!is_day(year, month, day)) return std::nullopt;
    return DateTime{year, month, day, {}, {}, {}};
  }
};

void append_padded(std::string& out, int value, std::size_t width) {
  const std::string digits = std::to_string(value);
  out.append(width - std::min(width, digits.size()), '0');
  out += digits;
}

}  // namespace

std::string to_iso8601(const DateTime& date) {
  std::string out;
  append_padded(out, date.year, 4);
  out += '-';
  append_padded(out, date.month, 2);
  out += '-';
  append_padded(out, date.day, 2);
  if (!date.minute_of_day) return out;
  out += 'T';
  append_padded(out, *date.minute_of_day / 60, 2);
  out += ':';
  append_padded(out, *date.minute_of_day % 60, 2);
  if (date.second) {
    out += ':';
    append_padded(out, *date.second, 2);
  }
  if (!date.zone_minutes) return out;
  const int zone = *date.zone_minutes;
  if (zone == 0) return out += 'Z';
  out += zone < 0 ? '-' : '+';
  const int distance = zone < 0 ? -zone : zone;
  append_padded(out, distance / 60, 2);
  out += ':';
  append_padded(out, distance % 60, 2);
  return out;
}

DateOrder date_order(std::string_view language_tag, std::string_view host) noexcept {
  const std::string tag = ascii_lower(language_tag.substr(0, 16));
  const std::string_view language = std::string_view(tag).substr(0, tag.find_first_of("-_"));
  if (language != "en" && !language.empty()) return DateOrder::day_first;
  if (tag.size() > 3 && std::string_view(tag).substr(3) != "us") return DateOrder::day_first;
  static constexpr std::string_view kDayFirst[] = {".uk", ".au", ".nz", ".ie", ".in", ".za", ".sg",
                                                   ".my", ".ng", ".ke", ".pk", ".lk", ".eu"};
  for (const std::string_view ending : kDayFirst) {
    if (host.size() > ending.size() && host.substr(host.size() - ending.size()) == ending) {
      return DateOrder::day_first;
    }
  }
  return DateOrder::month_first;
}

std::optional<DateTime> parse_machine_date(std::string_view text, const DateContext& context) {
  text = text::trim(text).substr(0, 200);
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_digit)) {
    const auto compact = from_compact(text);
    return compact ? compact : from_epoch(text);
  }
  if (text.size() > 9 && std::all_of(text.begin(), text.begin() + 8, is_digit) && text[8] == 'T') {
    std::string joined(text.substr(0, 8));  // 20231217T103000Z
    for (const char c : text.substr(9)) {
      if (is_digit(c) && joined.size() < 14) joined += c;
    }
    return from_compact(joined.substr(0, joined.size() >= 14 ? 14 : joined.size() >= 12 ? 12 : 8));
  }
  return parse_written_date(text, context);
}

std::optional<DateTime> parse_written_date(std::string_view text, const DateContext& context) {
  // Day and year have three digits at least; those of other scripts begin with one of four bytes.
  static constexpr std::array<std::uint8_t, 256> kMayBeDigit = [] {
    std::array<std::uint8_t, 256> may{};
    for (const char c : std::string_view("0123456789\xD9\xDB\xE0\xEF")) {
      may[static_cast<unsigned char>(c)] = 1;
    }
    return may;
  }();
  std::uint32_t digits = 0;
  for (const char c : text) digits += kMayBeDigit[static_cast<unsigned char>(c)];
  if (digits < 3) return std::nullopt;
  return DateReader(text, context).first_date();
}

std::optional<DateTime> date_in_url(std::string_view url) {
  const std::size_t scheme = url.find("//");
  const std::size_t path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 2);
  if (path == std::string_view::npos) return std::nullopt;
  const UrlDateReader reader{url.substr(path)};
  for (std::size_t at = 1; at + 7 < reader.path.size(); ++at) {
    if (is_digit(reader.path[at - 1])) continue;
    if (const auto date = reader.year_first(at)) return date;
    if (const auto date = reader.year_last(at)) return date;
  }
  return std::nullopt;
}

}  // namespace copydesk::extract
