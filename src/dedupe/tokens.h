#pragma once

/// @file
/// Folded text as a sequence of token hashes, and the paragraphs they stand in.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dedupe/fold.h"

namespace copydesk::dedupe {

/// What ends before a token.
enum class Break : std::uint8_t {
  line,       ///< a line
  paragraph,  ///< a paragraph: one empty line or more
};

/// A break in the sequence of words, and where it stands.
struct WordBreak {
  std::size_t word;  ///< index of the first word behind the break
  std::size_t byte;  ///< offset of that word in the folded text
  Break kind;
};

struct Words {
  std::vector<std::uint64_t> buffer;  ///< of which the first `count` are the hashes of the words
  std::size_t count = 0;
  std::vector<WordBreak> breaks;  ///< in order; none before the first word
  std::size_t first_byte = 0;     ///< offset of the first word
  std::size_t end_byte = 0;       ///< behind the last word

  [[nodiscard]] std::span<const std::uint64_t> hashes() const noexcept {
    return {buffer.data(), count};
  }
};

/// The hash of one word of folded text. 16 bytes from its begin must be readable.
[[nodiscard]] std::uint64_t hash_word(const char* word, std::size_t size) noexcept;

/// Splits folded text into words. `words` is overwritten, its buffers are reused.
void split_words(const FoldedText& folded, Words& words);

/// One token a character. Between words of `spaced` text stands one token for the space; in text
/// without spaces, separators vanish.
void split_characters(const FoldedText& folded, bool spaced, std::vector<std::uint64_t>& tokens);

}  // namespace copydesk::dedupe
