#pragma once

/// @file
/// What can be counted in the text of a block alone: words, sentences, punctuation, case, dates,
/// and words that speak about the page rather than the story. One pass over the text.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "copydesk/error.h"

#include "extract/hashing.h"

namespace copydesk::extract {

/// Topics of keywords, as in data/extract/keywords.txt.
enum class Topic : std::uint8_t {
  share,
  related,
  account,
  legal,
  comments,
  adverts,
  credit,
  byline
};
inline constexpr std::size_t kTopicCount = 8;

/// So many words of a block are hashed.
inline constexpr std::size_t kHashedWords = 48;

struct TextMeasures {
  float words = 0;               ///< a character of Chinese, Japanese or Thai counts as 0.6
  std::uint32_t tokens = 0;      ///< words, such a character counting as 1
  std::uint32_t characters = 0;  ///< code points
  std::uint32_t commas = 0;
  std::uint32_t sentences = 0;
  std::uint32_t quotes = 0;
  std::uint32_t uppers = 0;
  std::uint32_t digits = 0;
  std::uint32_t capital_words = 0;
  std::uint32_t short_words = 0;  ///< of at most three characters
  std::uint32_t bars = 0;         ///< | and what else separates the parts of a line of labels
  bool ends_terminal = false;     ///< with a mark that ends a sentence or clause
  bool ends_stop = false;
  bool ends_colon = false;
  bool ends_question = false;
  bool starts_quote = false;
  bool starts_lower = false;
  bool has_date = false;
  bool has_time = false;
  bool has_url = false;
  std::uint32_t topics = 0;      ///< bit per Topic
  std::uint32_t hash_begin = 0;  ///< hashes of the first words, folded: into the caller's vector
  std::uint32_t hash_end = 0;
};

/// Words and pairs of words that mark a topic. Immutable.
class KeywordTable {
 public:
  /// Reads lines `topic: word, two words, ...`; `#` begins a comment. Error: bad_data.
  [[nodiscard]] static Result<KeywordTable> parse(std::string_view data);
  [[nodiscard]] std::uint32_t topics_of(std::uint64_t word) const noexcept;
  [[nodiscard]] std::uint32_t topics_of(std::uint64_t first, std::uint64_t second) const noexcept;

 private:
  static constexpr std::size_t kFilterBits = 32768;
  static std::size_t filter_bit(std::uint64_t key) noexcept { return key >> 49; }
  void add(std::uint64_t key, std::uint32_t topics);
  [[nodiscard]] std::uint32_t look_up(std::uint64_t key) const noexcept {
    const std::size_t bit = filter_bit(key);
    return (filter_[bit / 64] >> (bit % 64) & 1) == 0 ? 0 : known_topics_of(key);
  }
  [[nodiscard]] std::uint32_t known_topics_of(std::uint64_t key) const noexcept;

  std::array<std::uint64_t, kFilterBits / 64> filter_{};  // tells nearly all words to be none
  HashIndex index_;
  std::vector<std::uint32_t> topics_;
};

/// Measures `text` (well-formed UTF-8, not empty). Appends the hashes of its first words to
/// `hashes`. Dates are looked for as years from 1900 to 2099 and as dotted or slashed forms.
/// `readable` bytes from the beginning of `text` on may be read, at least its size: where there are
/// more, the last words are looked at like the others, sixteen bytes at a time.
[[nodiscard]] TextMeasures measure_text(std::string_view text, std::size_t readable,
                                        const KeywordTable& keywords,
                                        std::vector<std::uint64_t>& hashes);

/// Appends the hashes of all words of `text`, folded as measure_text does.
void hash_words(std::string_view text, std::vector<std::uint64_t>& hashes);

}  // namespace copydesk::extract
