#pragma once

/// @file
/// Dates as pages write them, for machines and for people, in the order of words and with the names
/// of months of some forty languages. Thread-safe; nothing depends on the locale or on today's
/// date.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace copydesk::extract {

/// A day of the Gregorian calendar from 1970 to 2100, with the time and zone that were given.
struct DateTime {
  int year = 0;
  int month = 0;
  int day = 0;
  std::optional<int> minute_of_day;  ///< hour * 60 + minute
  std::optional<int> second;
  std::optional<int> zone_minutes;  ///< east of UTC

  bool operator==(const DateTime&) const = default;
};

/// "2023-12-17", "2023-12-17T09:30", "2023-12-17T09:30:05+01:00", "2023-12-17T09:30:05Z".
[[nodiscard]] std::string to_iso8601(const DateTime& date);

/// How a purely numeric date is read where the numbers alone do not tell ("03/04/2023").
enum class DateOrder : std::uint8_t { day_first, month_first };

/// The order that goes with a language tag and a host: month first for English, but not for
/// "en-GB" or a page of the Commonwealth (".uk", ".au" ...).
[[nodiscard]] DateOrder date_order(std::string_view language_tag, std::string_view host) noexcept;

/// What a page is written in, as far as dates are concerned.
struct DateContext {
  std::string language;  ///< primary subtag; empty: not known
  DateOrder order = DateOrder::day_first;
};

/// A date that stands where a machine should read it: ISO 8601 and its mistakes, RFC 2822, seconds
/// since 1970, or else as parse_written_date().
[[nodiscard]] std::optional<DateTime> parse_machine_date(std::string_view text,
                                                         const DateContext& context);

/// The first complete date (with day and year) in a text for people, and the time behind it.
[[nodiscard]] std::optional<DateTime> parse_written_date(std::string_view text,
                                                         const DateContext& context);

/// The day in a URL's path: /2023/12/17/, /2023/dec/17/, /2023-12-17-, /20231217/, /17-12-2023.
/// Nothing without a day.
[[nodiscard]] std::optional<DateTime> date_in_url(std::string_view url);

}  // namespace copydesk::extract
