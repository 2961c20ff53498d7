#pragma once

/// @file
/// Words that dates are made of. Words are case-folded (text::fold_case). Thread-safe.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace copydesk::extract {

/// 1 to 12 for the name of a month or its abbreviation in `language`, or in any language where that
/// one has no such name ("mar" is March in English); 0 if it is no month anywhere.
[[nodiscard]] int month_by_name(std::string_view folded_word, std::string_view language);

/// Minutes east of UTC for an abbreviation that means one zone ("utc", "cet", "pdt").
[[nodiscard]] std::optional<int> zone_by_name(std::string_view folded_word);

/// Words that have a place in dates (src/data/metadata/date_words.txt).
enum class DateWord : std::uint8_t {
  filler,  ///< between the parts of a date: "of", "de", "th"
  time,    ///< between a date and its time: "at", "um"
  year,    ///< counters behind a number, as in Chinese, Japanese and Korean
  month,
  day,
  hour,
  minute,
};
inline constexpr std::size_t kDateWordCount = 7;
[[nodiscard]] bool is_date_word(std::string_view folded_word, DateWord kind);

/// What a text before or around a date says that happened on it.
enum class DateEvent : std::uint8_t { none, published, changed };

/// The event that is named last in `folded_text` ("Published 1 May, updated" is a change).
[[nodiscard]] DateEvent event_in(std::string_view folded_text);

}  // namespace copydesk::extract
