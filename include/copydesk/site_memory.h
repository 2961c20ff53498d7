#pragma once

/// @file
/// What a site repeats on its pages, remembered from run to run.
///
/// A line that stood on enough pages of a site, on more than one day, is the site's and not the
/// article's. Pages are counted once: not again when they are fetched again, nor when they are
/// nearly another page. The idea of lines repeated over a collection is old (Text::Identify::
/// BoilerPlate 2005; Kaser and Lemire 2007, arXiv 0707.1913); keeping it by site is the notes'.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"

namespace copydesk {

/// The lines of one site that a Cleaner may remove. Immutable; the numbers are site_line_hash() of
/// lines, or such of lines whose numbers or headline vary, ascending.
struct LearnedLines {
  std::vector<std::uint64_t> hashes;
  std::vector<std::string> title_parts;  ///< names and sections that its titles bear
};

/// What is remembered of one page.
struct PageLines {
  struct Line {
    std::uint64_t hash = 0;
    std::uint32_t words = 0;
    std::string sample;  ///< the line, at most 200 bytes
  };
  std::string site;
  std::uint64_t url_hash = 0;  ///< 0: no URL known
  std::uint64_t content_hash = 0;
  std::vector<Line> lines;               ///< each different line once
  std::vector<std::string> title_parts;  ///< what stands at the ends of the title, behind a bar
};

/// The number under which a line is remembered: of its folded form, digits made one where it has
/// two words of two letters. 0 for a line that is never remembered (no such word).
[[nodiscard]] std::uint64_t site_line_hash(std::string_view line);

/// The lines of a page's text, and the parts of its title (may be empty) as the page has it.
/// Thread-safe.
[[nodiscard]] PageLines page_lines(std::string_view text, std::string_view site,
                                   std::string_view url, std::string_view title = {});

/// A file of memory (SQLite, write-ahead log). lines() is thread-safe; the rest is for one thread.
///
/// Reads see the state of the moment of opening, to the end: what a run learns bears on the next
/// run only, so that the same input, the same file and the same day give the same bytes. Lines and
/// pages not seen for 60 days are forgotten. One run at a time learns.
class SiteMemory {
 public:
  /// Opens or creates the file. `today`: days since 1970-01-01. Errors: cannot_open, bad_data.
  [[nodiscard]] static Result<SiteMemory> open(const std::string& path, std::int64_t today);
  ~SiteMemory();
  SiteMemory(SiteMemory&&) noexcept;
  SiteMemory& operator=(SiteMemory&&) noexcept;

  /// The lines of `site` that stood on at least 3 pages, a tenth of its pages, and 2 days (lines of
  /// one word and numbers: on 8 pages and half of them); and what
  /// stood beside a bar or dash in the titles of at least 3 of its pages.
  [[nodiscard]] std::shared_ptr<const LearnedLines> lines(std::string_view site) const;

  /// Counts the page, unless its URL or content is known or 30% of its long lines by words, without
  /// those that two pages bear, stand together on one page before it. Errors: locked (another run
  /// is learning), write_failed. Behind an error nothing is learnt any more.
  [[nodiscard]] Status learn(const PageLines& page);

  /// Makes what was learnt permanent. Without it the file stays as it was. Error: that of learn(),
  /// or write_failed.
  [[nodiscard]] Status commit();

  /// The learnt lines of `site` as a rule file for a person to look through; also old ones that the
  /// next run would forget.
  [[nodiscard]] std::string suggest_rules(std::string_view site) const;

  /// Changes with what lines() can answer.
  [[nodiscard]] std::uint64_t hash() const;

 private:
  class Impl;
  explicit SiteMemory(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk
