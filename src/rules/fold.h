#pragma once

/// @file
/// The form in which lines and patterns are compared.
///
/// Folded: simple lower case, one space for a run of white space, ASCII quotes, dashes and
/// full-width forms, no invisible characters, no Greek accents, no Arabic vowel signs. So a pattern
/// written once meets "See also:", "SEE ALSO :" and "See\u00a0also:".

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk::rules {

/// One line in folded form.
struct FoldedLine {
  std::string text;       ///< the whole line, folded
  std::size_t begin = 0;  ///< of the key in `text`: what is left without edge symbols
  std::size_t end = 0;

  /// `text` without the bullets, arrows, brackets and closing marks at its edges. Quotation marks
  /// stay: a line in quotation marks is speech, not furniture.
  [[nodiscard]] std::string_view key() const noexcept {
    return std::string_view(text).substr(begin, end - begin);
  }
};

/// Folds `line` (well-formed UTF-8, no line break) into `out`, whose memory is used again.
/// If `offsets` is given, it gets for each byte of out.text, and for its end, the offset in `line`
/// of the character that the byte came from.
void fold_line(std::string_view line, FoldedLine& out,
               std::vector<std::uint32_t>* offsets = nullptr);

/// Folded text without edge symbols: how a line becomes its key.
[[nodiscard]] std::string_view strip_edges(std::string_view text) noexcept;

/// The folded form of a piece of a pattern: as fold_line, but white space at the edges stays.
[[nodiscard]] std::string fold_literal(std::string_view literal);

}  // namespace copydesk::rules
