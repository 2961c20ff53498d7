#pragma once

/// @file
/// Words that dates are made of. Words are case-folded (text::fold_case). Thread-safe.

#include <optional>
#include <string_view>

namespace copydesk::extract {

/// 1 to 12 for the name of a month or its abbreviation in `language`, or in any language where that
/// one has no such name ("mar" is March in English); 0 if it is no month anywhere.
[[nodiscard]] int month_by_name(std::string_view folded_word, std::string_view language);

/// Minutes east of UTC for an abbreviation that means one zone only ("utc", "cet", "pdt").
[[nodiscard]] std::optional<int> zone_by_name(std::string_view folded_word) noexcept;

/// True for words that stand between the parts of a date: "of", "de", "th".
[[nodiscard]] bool is_date_filler(std::string_view folded_word) noexcept;

/// True for words that stand between a date and its time: "at", "um", "à".
[[nodiscard]] bool is_time_filler(std::string_view folded_word) noexcept;

}  // namespace copydesk::extract
