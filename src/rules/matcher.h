#pragma once

/// @file
/// A set of rules compiled for use on lines.
///
/// Patterns without wildcard are one look-up in a hash table; patterns with a literal head are
/// found by its first bytes; the others by one scan for their literals. PCRE2 runs only on lines
/// that have passed that. So the cost of a line hardly depends on the number of rules.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/error.h"

#include "rules/fold.h"
#include "rules/regex.h"
#include "rules/rule.h"

namespace copydesk::rules {

/// What a rule set found on one line. Keep one and pass it again, so that its memory is used again.
struct LineHits {
  std::vector<std::uint32_t> rules;       ///< numbers of the rules whose pattern matches, ascending
  std::vector<std::uint32_t> limited;     ///< rules given up at PCRE2's limits
  std::vector<std::uint32_t> literals;    ///< seen in the line, for the search itself
  std::vector<std::uint32_t> candidates;  ///< patterns to be tried, likewise
};

/// Immutable after construction; all const calls are thread-safe.
class RuleSet {
 public:
  /// The rules must live as long as the set. Each keeps its number: its place in `rules`.
  explicit RuleSet(std::vector<const Rule*> rules);
  ~RuleSet();
  RuleSet(RuleSet&&) noexcept;
  RuleSet& operator=(RuleSet&&) noexcept;

  /// Compiles every pattern now, for packs that are not known to be right.
  /// Error bad_rule: the rule's id and what is wrong with its pattern.
  [[nodiscard]] Status compile() const;

  [[nodiscard]] std::size_t size() const noexcept { return rules_.size(); }
  [[nodiscard]] const Rule& rule(std::uint32_t number) const { return *rules_[number]; }

  /// Rules other than trims whose pattern matches the line and whose word guards hold. `line` is
  /// the line that was folded, `words` its number of words. Place guards (zone, after, last, site)
  /// are the caller's, who knows the document.
  void find(const FoldedLine& folded, std::string_view line, std::size_t words,
            LineHits& hits) const;

  /// Trim rules that could apply to the line, by their literals only; ask trim_range() then.
  void find_trims(const FoldedLine& folded, std::size_t words, LineHits& hits) const;

  /// True if there is a trim rule at all.
  [[nodiscard]] bool has_trims() const noexcept;

  /// Where a trim rule's pattern matches, in bytes of folded.text.
  [[nodiscard]] std::optional<Range> trim_range(std::uint32_t number, const FoldedLine& folded,
                                                LineHits& hits) const;

  /// Where the named group of one of the rule's regexes stands, (?<author>...): bytes of
  /// folded.text, or of `line` for a rule that sees the line's own case.
  [[nodiscard]] std::optional<Range> capture(std::uint32_t number, const FoldedLine& folded,
                                             std::string_view line, const char* group) const;

  /// No line with more words than this is matched by a rule other than a trim.
  [[nodiscard]] std::size_t most_words() const noexcept { return most_words_; }
  /// The same of the rules that have no place guard.
  [[nodiscard]] std::size_t most_words_anywhere() const noexcept { return most_words_anywhere_; }
  /// The rules that are for longer lines than most_words_anywhere(), at some places only: few.
  [[nodiscard]] std::span<const Rule* const> for_long_lines() const noexcept { return long_; }

 private:
  class Index;
  std::vector<const Rule*> rules_;
  std::size_t most_words_ = 0;
  std::size_t most_words_anywhere_ = 0;
  std::vector<const Rule*> long_;
  std::unique_ptr<Index> index_;
};

}  // namespace copydesk::rules
