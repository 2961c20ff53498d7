#pragma once

/// @file
/// UTF-8 that was read as windows-1252 or Latin-1: finds it and says what was meant.
///
/// The idea, and the care, are ftfy's (R. Speer 2019): a sequence of characters is taken for
/// mojibake only if its bytes are valid UTF-8 and it is no plausible text as it stands.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace copydesk::clean {

/// The windows-1252 character for a C1 control (U+0080..U+009F); 0 where it has none.
[[nodiscard]] char32_t windows_1252(char32_t c1) noexcept;

struct Mojibake {
  std::size_t size = 0;  ///< bytes of the text that are one wrongly read character
  char32_t meant = 0;    ///< the character
};

/// Looks at the character at `text[at]`, whose line is `text`. Nothing where the text stands to
/// reason as it is. `whole_line` is what line_is_mojibake() said of the line.
[[nodiscard]] std::optional<Mojibake> find_mojibake(std::string_view text, std::size_t at,
                                                    bool whole_line) noexcept;

/// True if every character of the line that is not ASCII belongs to a wrongly read sequence, and
/// there are enough of them to be sure. Then even sequences that could be text are decoded.
[[nodiscard]] bool line_is_mojibake(std::string_view line) noexcept;

}  // namespace copydesk::clean
