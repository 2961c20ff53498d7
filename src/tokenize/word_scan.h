#pragma once

/// @file
/// One pass over a text that finds its UAX #29 word boundaries, its white space and the marks that
/// rules may look at again. Three paths give the same bits, the best that the processor has being
/// taken: AVX-512 and AVX2 (64 bytes a step) and the code point automaton of uax29_words.h.

#include <string_view>
#include <vector>

#include "copydesk/tokenize.h"

#include "tokenize/bitmap.h"
#include "tokenize/properties.h"

namespace copydesk::tokenize {

struct WordScan {
  Bitmap boundaries;  ///< the first byte of each segment
  Bitmap white;       ///< bytes of White_Space characters
  Bitmap marks;       ///< first bytes of characters for which needs_look() holds, and of a few more
  /// White space that a combining mark or joiner follows, which UAX #29 makes one segment.
  struct MarkedSpace {
    std::uint32_t begin;
    std::uint32_t mark;
  };
  std::vector<MarkedSpace> marked_spaces;
  std::vector<std::uint32_t> spaced_digits;  ///< where is_spaced_digit() holds
  bool has_dictionary = false;               ///< the text holds letters of a dictionary script

  /// Everything clear.
  void reset(std::size_t size);
  /// The same for a caller that writes all words of the bitmaps but the spare ones.
  void reserve(std::size_t size);

 private:
  void clear_lists();
};

/// Characters beyond ASCII at which the news profile may join or split what UAX #29 found.
[[nodiscard]] bool is_mark(char32_t c) noexcept;
/// The same in ASCII.
inline constexpr std::string_view kLoudMarks = "!#$'+-./=?@";
/// These matter only where the same character follows.
inline constexpr std::string_view kQuietMarks = "&()*<>\\^`|~%";
/// These matter only where no white space follows.
inline constexpr std::string_view kPauses = ":,;";

/// ASCII at which a sentence may end.
inline constexpr std::string_view kSentenceEnds = ".!?\n\f";

/// Whether the rules have to look at the character at `at`. They do no harm at other characters.
[[nodiscard]] bool needs_look(std::string_view text, std::size_t at) noexcept;

/// A space between two digits, all three ASCII.
[[nodiscard]] bool is_spaced_digit(std::string_view text, std::size_t at) noexcept;

/// The blocks of Unicode that hold emoji; a row of them is one token in the news profile.
[[nodiscard]] bool is_emoji(char32_t c) noexcept;

/// What WordScan::white holds.
[[nodiscard]] constexpr bool is_gap(Properties properties) noexcept {
  return properties.is_space() && properties.word_break() != WordBreak::extend_num_let;
}

/// Requires well-formed UTF-8 below 4 GiB. Linear.
void scan_words(std::string_view text, WordScan& scan);

/// The segments of the scan that do not begin with white space, as spans, appended to `spans`.
void append_spans(const WordScan& scan, std::size_t size, std::vector<Span>& spans);

/// Characters that may end a sentence: `. ! ?`, line ends, form feeds, and the first bytes of
/// characters that may be terminators of other scripts or emoji. Of those in [begin, end) the bits
/// are set in `found`, counted from `begin`; there are (end - begin + 63) / 64 words of it.
void find_terminators(std::string_view text, std::size_t begin, std::size_t end,
                      std::uint64_t* found);

/// Writes where bits are set in `count` words (at most 1024), as offsets from the first of their
/// bits, and returns how many there are. Up to kSparePlaces more numbers are written behind them.
std::size_t list_bits(const std::uint64_t* words, std::size_t count, std::uint16_t* places);
inline constexpr std::size_t kSparePlaces = 32;

/// Finds the marked spaces of [begin, end), which begins and ends at boundaries.
void find_marked_spaces(std::string_view text, std::size_t begin, std::size_t end, WordScan& scan);

/// Makes each marked space a token with its mark (`whole`), or a gap and a token. One of the two
/// must be done before append_spans().
void settle_marked_spaces(bool whole, WordScan& scan);

}  // namespace copydesk::tokenize
