#pragma once

/// @file
/// The facts about each line of a text that the line scorer reads, as one row of numbers a line.
///
/// fact_names.inc names them; scoring, `clean --explain-lines` and training all use those names.
/// What a line is in itself is measured once; what it is among the others is one pass over the
/// lines that are left, with prefix sums. Linear in the text.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace copydesk::clean {

enum class Fact : std::uint16_t {
#define COPYDESK_FACT(name) name,
#include "clean/fact_names.inc"
#undef COPYDESK_FACT
};

inline constexpr std::size_t kFactCount = 0
// NOLINTNEXTLINE(bugprone-macro-parentheses): the ones are added up
#define COPYDESK_FACT(name) +1
#include "clean/fact_names.inc"
#undef COPYDESK_FACT
    ;

/// The name of a fact. Lives as long as the program.
[[nodiscard]] std::string_view name_of(Fact fact) noexcept;

/// Log-odds of words: how much more often they stand in article lines than in others. A word is a
/// run of ASCII letters, digits and bytes of other letters, ASCII capitals made small; of Han and
/// kana each pair of neighbours, and the last character of a run.
class TokenTable {
 public:
  void add(std::string_view word, float value);
  [[nodiscard]] float value(std::uint32_t hash) const noexcept;
  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }

 private:
  void grow();
  struct Slot {
    std::uint32_t hash = 0;  // 0: free
    float value = 0;
  };
  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

/// Words that rules took out of one place of a text.
struct GoneWords {
  std::uint32_t all = 0;
  std::uint32_t sure = 0;  ///< by rules that never take a byline, a date or a caption
};

/// What a line is in itself.
struct LineMeasures {
  std::string_view bytes;
  std::uint32_t words = 0;  ///< as the rules count them
  bool ends_sentence = false;
  bool prose = false;
  bool rule_drop = false;
  bool rule_cut = false;
  GoneWords gone_before;            ///< between it and the line before it
  std::uint32_t first_content = 0;  ///< its content words' hashes in LineReader::content()
  std::uint32_t content_count = 0;
  std::uint64_t hash = 0;
  float word_bytes = 0;
  float capital_share = 0;
  float upper_share = 0;
  float digit_share = 0;
  float short_word_share = 0;
  float symbol_share = 0;
  std::uint32_t commas = 0;
  std::uint32_t stops = 0;
  std::uint32_t quotes = 0;
  std::uint32_t bars = 0;
  std::uint32_t addresses = 0;
  float token_mean = 0;
  float token_sum = 0;
  float token_least = 0;
  float token_head = 0;
};

/// Measures lines one by one. One object a text.
class LineReader {
 public:
  /// `tokens` may be null: no words are looked up.
  explicit LineReader(const TokenTable* tokens) : tokens_(tokens) {}

  /// Fills all members but words, ends_sentence, prose and the rules' flags.
  void measure(std::string_view line, LineMeasures& measures);

  [[nodiscard]] std::span<const std::uint32_t> content() const noexcept { return content_; }

 private:
  const TokenTable* tokens_;
  std::vector<std::uint32_t> content_;
};

/// kFactCount numbers for each line. `content`: of the reader that measured the lines.
class FactBuilder {
 public:
  /// `gone_at_end`: words that rules took out behind the last line.
  void build(std::span<const LineMeasures* const> lines, std::span<const std::uint32_t> content,
             GoneWords gone_at_end);

  [[nodiscard]] std::span<const float> row(std::size_t line) const noexcept {
    return std::span(values_).subspan(line * kFactCount, kFactCount);
  }

 private:
  struct Word {
    std::uint32_t hash = 0;
    std::uint32_t count = 0;
    std::uint32_t first_line = 0;  ///< from 1, the first in which it stands
  };

  void count_words(std::span<const LineMeasures* const> lines,
                   std::span<const std::uint32_t> content);
  Word& word(std::uint32_t hash) noexcept;
  void share_words(std::size_t line, const LineMeasures& measures,
                   std::span<const std::uint32_t> content);
  void write_own(const LineMeasures& measures, float* row) const;
  void write_places(std::span<const LineMeasures* const> lines);
  void write_gone(std::span<const LineMeasures* const> lines, GoneWords gone_at_end);
  void write_context(std::span<const LineMeasures* const> lines);

  std::vector<float> values_;
  std::vector<Word> table_;
  std::size_t first_lines_ = 0;  ///< the first third of the text by words ends before this line
};

}  // namespace copydesk::clean
