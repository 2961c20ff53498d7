#pragma once

/// @file
/// Article text in, the same text without boilerplate and with its characters repaired out.
///
/// A text is UTF-8; lines are separated by \n, blocks by blank lines. Every change is an Edit with
/// the rule that made it, and output + edits give the input back, byte for byte.
///
/// Rules are plain text (docs/rules.md) and fire only in their language. Sources: the repair of
/// mojibake follows the idea of ftfy (R. Speer 2019); the quality measures are those of C4 (Raffel
/// et al. 2020), Gopher (Rae et al. 2021) and FineWeb (Penedo et al. 2024).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"

namespace copydesk {

struct LearnedLines;

/// How much is taken away. Each level does what the ones before it do.
enum class CleanLevel : std::uint8_t {
  safe,       ///< characters, exact furniture lines, guarded cuts, title suffixes
  news,       ///< also bylines, credits, captions, inline "Related: ..." lines
  full_page,  ///< for the text of a whole page: navigation, footer, the window with the article
};

/// "safe", "news", "full-page", and back.
[[nodiscard]] std::string_view name(CleanLevel level) noexcept;
[[nodiscard]] std::optional<CleanLevel> clean_level_from_name(std::string_view text) noexcept;

enum class Quotes : std::uint8_t {
  keep,      ///< as they are; double primes used as quotation marks become curly quotes
  straight,  ///< ' and "
  curly,     ///< U+2018, U+2019, U+201C, U+201D
};

/// A rule file that was read: its text, and the name that messages give it.
struct RuleFile {
  std::string name;
  std::string text;
};

struct CleanOptions {
  CleanLevel level = CleanLevel::news;
  std::string language;         ///< of every document; empty: the record's, else detected
  std::vector<RuleFile> rules;  ///< used beside the built-in packs
  std::vector<std::string> disabled_rules;  ///< ids, "en/see-also"; "score/line": go by rules alone
  Quotes quotes = Quotes::keep;
  bool ligatures = false;  ///< write U+FB00..FB06 (fi, fl ...) as letters
  bool repair = true;      ///< false: characters stay as they are
  bool unwrap = true;      ///< join the lines of a document that is hard-wrapped as a whole
  /// Share of words; a document that would lose more to rules passes without them, and the score
  /// takes what fits. What the site's memory knows is not counted in that: at most the same share
  /// goes by it, and at most 0.40 below level full_page, else nothing.
  /// Negative: 0.70, and 1 at level full_page, where most of a page goes.
  double max_removed = -1;
  bool line_facts = false;  ///< fill CleanResult::line_facts; nothing goes by score then
};

/// What was done at one place. Edits of a field are ordered, do not overlap, and apply at once.
struct Edit {
  std::size_t offset = 0;  ///< bytes, in the input
  std::string was;         ///< the input's bytes there
  std::string now;         ///< what stands there in the output; empty: removed
  std::string rule;        ///< "en/see-also", "repair/mojibake", "repeat/line" ...
  std::string reason;      ///< one phrase for people: "cut to end", "byline" ...
};

/// The text that `edits` made of `input`. Edits must be ordered and lie within it.
[[nodiscard]] std::string apply_edits(std::string_view input, const std::vector<Edit>& edits);

/// The text that `edits` were made on, from what they made of it.
/// Error bad_data: `output` does not hold what the edits say.
[[nodiscard]] Result<std::string> restore_edits(std::string_view output,
                                                const std::vector<Edit>& edits);

/// The edits as a unified diff without context lines, the rule's name behind each `@@`; with
/// `color` escape sequences for a terminal. Empty where there are no edits. The edits' lines must
/// lie in `input`, as a Cleaner made them.
[[nodiscard]] std::string diff_edits(std::string_view input, const std::vector<Edit>& edits,
                                     std::string_view name, bool color);

/// One document. Views need live only during the call. Text that is not well-formed UTF-8 is
/// repaired first (as an edit like any other).
struct CleanInput {
  std::string_view text = {};
  std::optional<std::string_view> title = {};  ///< absent: a text stream, or a record without one
  std::string_view language = {};              ///< BCP 47, may be empty
  std::string_view site = {};                  ///< host name, may be empty; bears on site rules
  std::string_view url = {};                   ///< may be empty; its words tell a title's own
  const LearnedLines* learned = nullptr;       ///< what the site repeats (site_memory.h), or null
  bool has_author = false;  ///< a byline that is removed does not fill `authors` then
  bool has_date = false;
};

/// A line that a `label` rule marked. Nothing was changed for it.
struct Label {
  std::size_t offset = 0;  ///< bytes, in the output
  std::size_t size = 0;
  std::string name;
  std::string rule;
};

/// A line as the scorer sees it once the rules are done: what line_fact_names() names.
struct LineFacts {
  std::string line;
  std::vector<float> values;
};

/// The names of LineFacts::values, in their order. They live as long as the program.
[[nodiscard]] std::vector<std::string_view> line_fact_names();

struct CleanResult {
  std::string text;
  std::vector<Edit> edits;
  std::optional<std::string> title;  ///< set where the input had one
  std::vector<Edit> title_edits;
  std::vector<std::string> authors;  ///< from bylines that were removed
  std::string date;                  ///< ISO 8601, from a date line that was removed; or empty
  std::string language;              ///< whose rules were used; empty: those for any language
  std::vector<Label> labels;
  std::vector<LineFacts> line_facts;  ///< only with CleanOptions::line_facts
  std::vector<std::string> warnings;  ///< "en/x: PCRE2 match limit", "too much would go: ..."
  std::uint64_t words = 0;            ///< in the input's text
  std::uint64_t words_removed = 0;
  std::uint64_t words_learned = 0;  ///< of these, by what the site's memory knows
  /// More than max_removed would have gone, so only characters were repaired and what the site's
  /// memory knows was taken.
  bool passed_through = false;
};

/// Cleans documents. Immutable after creation: one Cleaner serves all threads.
class Cleaner {
 public:
  /// Error bad_rule: a rule file has an error (the detail names file and line), or a disabled rule
  /// does not exist.
  [[nodiscard]] static Result<Cleaner> create(CleanOptions options);
  ~Cleaner();
  Cleaner(Cleaner&&) noexcept;
  Cleaner& operator=(Cleaner&&) noexcept;

  /// Linear in the input's size. clean(clean(x)) == clean(x); a text with words is never emptied.
  [[nodiscard]] CleanResult clean(const CleanInput& input) const;

  /// Changes when a rule or an option that bears on the result changes.
  [[nodiscard]] std::uint64_t rules_hash() const noexcept;

 private:
  class Impl;
  explicit Cleaner(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// A rule as --list-rules shows it.
struct RuleInfo {
  std::string id;
  std::string language;
  std::string level;
  std::string verb;
  std::string pattern;  ///< match and regex lines, joined by " | "
};

/// The rules compiled in, in order of pack and file.
[[nodiscard]] std::vector<RuleInfo> list_builtin_rules();

/// Parses a rule file and runs its examples. Each element is one message, "file:line: what"; empty:
/// all is well.
[[nodiscard]] std::vector<std::string> check_rule_file(const RuleFile& file);

}  // namespace copydesk
