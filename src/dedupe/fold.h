#pragma once

/// @file
/// Text as comparison sees it: NFC, lower case, word characters apart from all else.

#include <cstddef>
#include <string>
#include <string_view>

namespace copydesk::dedupe {

/// Bytes behind the folded text that may be read (they are spaces): words are loaded 8 bytes at a
/// time and looked for 64 at a time.
inline constexpr std::size_t kFoldPadding = 64;

struct FoldedText {
  /// UTF-8. Word characters in lower case; a separator is one byte <= 0x20: '\n' for a line feed,
  /// else ' '. Behind `size` stand kFoldPadding spaces.
  std::string bytes;
  std::size_t size = 0;
  bool ascii = true;
  /// Letters of scripts that put no space between words.
  std::size_t unspaced_letters = 0;

  [[nodiscard]] std::string_view view() const noexcept { return {bytes.data(), size}; }
};

/// Folds well-formed UTF-8 into `folded`, whose buffer is reused. Characters that show nothing
/// (soft hyphen, zero-width space) vanish. Linear.
void fold(std::string_view text, FoldedText& folded);

}  // namespace copydesk::dedupe
