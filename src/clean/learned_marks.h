#pragma once

/// @file
/// Which lines of a text go because their site repeats them.

#include <cstdint>
#include <vector>

#include "copydesk/clean.h"

#include "clean/text_lines.h"

namespace copydesk::clean {

/// Marks lines by what a memory of their site has learnt. One object a text.
class LearnedMarks {
 public:
  /// Finds the lines that the site repeats. `learned` may be null. If more of the words
  /// are theirs than `share`, something is wrong with the memory or the page, and nothing goes by
  /// it: then refused().
  LearnedMarks(const LearnedLines* learned, const TextLines& lines, double share);

  [[nodiscard]] bool refused() const noexcept { return refused_; }
  [[nodiscard]] bool used() const noexcept { return !hashes_.empty() && !refused_; }

  /// A memory that was refused is asked again once the rules are done, as it would be if what is
  /// left were cleaned again. True if it is used from here on.
  bool reconsider(const TextLines& lines);

  /// Looks anew at the lines that are left.
  void update(const TextLines& lines);

  /// True if the line goes: anywhere if it is long enough to be no chance, or stands beside
  /// another; else only at the edges of the article: "Pros" between paragraphs is a heading.
  /// `prose_before`, `prose_behind`: lines of running text that are left on its sides.
  [[nodiscard]] bool goes(const TextLines& lines, std::size_t line, std::uint32_t prose_before,
                          std::uint32_t prose_behind) const;

  /// Drops a line that goes.
  static void drop(TextLine& line);
  /// Words of the lines that went by memory.
  [[nodiscard]] static std::uint64_t words_gone(const TextLines& lines) noexcept;

  /// Drops numbers and times between lines that went by memory, or between one and the text's edge:
  /// they are of the same block, the days of a calendar, the times of a list of headlines. True if
  /// any went.
  bool drop_between(TextLines& lines) const;

 private:
  struct Mark {
    bool learned = false;  ///< the site repeats it
    bool beside = false;   ///< it stands next to such a line
  };

  void find(const LearnedLines& learned, const TextLines& lines);
  [[nodiscard]] bool may_be_used(const TextLines& lines) const;

  double share_;                       ///< at most so many of the words go by memory
  std::vector<std::uint64_t> hashes_;  ///< of lines that the site repeats, else 0; or empty
  std::vector<bool> wordless_;  ///< lines without a word that a memory could know: a number, a time
  std::vector<Mark> marks_;
  bool refused_ = false;
};

}  // namespace copydesk::clean
