#pragma once

/// @file
/// The lines of one text while it is filtered: which are left, and what took the others.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "clean/evidence.h"
#include "rules/fold.h"
#include "rules/matcher.h"

namespace copydesk::clean {

/// Lines of running text that stand outside the head and the tail of an article.
inline constexpr std::size_t kEdgeProseLines = 2;
/// Bytes: no furniture is longer.
inline constexpr std::size_t kLongestMatched = 2000;

struct TextLine {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t words = 0;
  std::uint32_t first_hit = 0;  ///< see TextLines::rules_on()
  std::uint32_t hit_count = 0;
  bool prose = false;  ///< running text
  bool stop = false;   ///< ends as a sentence
  bool alive = true;
  Evidence evidence = Evidence::none;  ///< the rule's that took it
  std::string_view cause;              ///< rule id, once it is gone
  std::string_view reason;

  /// Takes the line away, if it is not gone yet.
  void drop(std::string_view why, std::string_view what) {
    if (!alive) return;
    alive = false;
    cause = why;
    reason = what;
  }
};

/// The lines that are not blank. Views into `text`, which must live as long.
class TextLines {
 public:
  /// Finds the rules that match each line; rules of other sites than `host` are left out.
  TextLines(std::string_view text, const rules::RuleSet& rules, std::string_view host);

  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] std::vector<TextLine>& lines() noexcept { return lines_; }
  [[nodiscard]] const std::vector<TextLine>& lines() const noexcept { return lines_; }
  [[nodiscard]] std::string_view bytes_of(const TextLine& line) const {
    return text_.substr(line.begin, line.end - line.begin);
  }
  /// Numbers of the rules whose pattern matches the line, ascending; their place guards may fail.
  [[nodiscard]] std::span<const std::uint32_t> rules_on(const TextLine& line) const {
    return std::span(hits_).subspan(line.first_hit, line.hit_count);
  }
  /// Of all lines.
  [[nodiscard]] std::uint64_t words() const noexcept { return words_; }
  /// Of the lines that are gone.
  [[nodiscard]] std::uint64_t words_gone() const noexcept;
  /// Rules that PCRE2 gave up on.
  [[nodiscard]] const std::vector<std::uint32_t>& limited() const noexcept { return limited_; }

 private:
  void find_rules(std::string_view bytes, const rules::RuleSet& rules, std::string_view host,
                  TextLine& line);

  std::string_view text_;
  std::vector<TextLine> lines_;
  std::vector<std::uint32_t> hits_;
  std::vector<std::uint32_t> limited_;
  std::uint64_t words_ = 0;
  rules::FoldedLine folded_;
  rules::LineHits found_;
};

}  // namespace copydesk::clean
