#include <chrono>
#include <cstdint>

#include "copydesk/dedupe.h"

namespace copydesk {
namespace {

/// Reads an ISO 8601 date from left to right; `good` turns false at the first thing that is none.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : text_(text) {}

  std::optional<std::int64_t> read() {
    const std::int64_t seconds = read_day() + read_time() + read_zone();
    if (!good_ || at_ != text_.size()) return std::nullopt;
    return seconds;
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool accept(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  int number(int digits, int low, int high) {
    int value = 0;
    for (int i = 0; i < digits; ++i) {
      const char c = peek();
      if (c < '0' || c > '9') {
        good_ = false;
        return low;
      }
      value = value * 10 + (c - '0');
      ++at_;
    }
    if (value < low || value > high) good_ = false;
    return value;
  }

  std::int64_t read_day() {
    const int year = number(4, 0, 9999);
    const bool dashes = accept('-');
    const int month = number(2, 1, 12);
    if (dashes && !accept('-')) good_ = false;
    const int day = number(2, 1, 31);
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!good_ || !date.ok()) {
      good_ = false;
      return 0;
    }
    return std::int64_t{std::chrono::sys_days(date).time_since_epoch().count()} * 86400;
  }

  std::int64_t read_time() {
    if (at_ == text_.size()) return 0;
    if (!accept('T') && !accept('t') && !accept(' ')) good_ = false;
    std::int64_t seconds = number(2, 0, 24) * 3600;
    accept(':');
    seconds += number(2, 0, 59) * 60;
    const bool colon = accept(':');
    if (colon || (peek() >= '0' && peek() <= '9')) seconds += number(2, 0, 60);
    if (accept('.') || accept(',')) {
      while (peek() >= '0' && peek() <= '9') ++at_;
    }
    return seconds;
  }

  std::int64_t read_zone() {
    if (accept('Z') || accept('z')) return 0;
    const bool east = peek() == '+';
    if (!accept('+') && !accept('-')) return 0;
    std::int64_t seconds = number(2, 0, 23) * 3600;
    accept(':');
    if (at_ < text_.size()) seconds += number(2, 0, 59) * 60;
    return east ? -seconds : seconds;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool good_ = true;
};

}  // namespace

std::optional<std::int64_t> parse_date(std::string_view date) noexcept {
  return DateReader(date).read();
}

}  // namespace copydesk
