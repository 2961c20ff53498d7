#pragma once

/// @file
/// One rule of a pack, as its paragraph says it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk::rules {

/// What happens to a line that a rule's pattern matches.
enum class Verb : std::uint8_t {
  drop_line,     ///< the line goes
  cut_to_end,    ///< the line goes and all that follows
  cut_to_start,  ///< the line goes and all before it
  trim_start,    ///< the beginning of the line that the pattern matches goes
  trim_end,      ///< the end of the line that the pattern matches goes
  keep_line,     ///< no other rule touches the line
  label,         ///< the line stays and is reported under the label's name
};

/// From which level on a rule is used. Each level uses the rules of those before it.
enum class RuleLevel : std::uint8_t { safe, news, full_page };

/// What a rule is applied to.
enum class Field : std::uint8_t { text, title };

/// Where in the document the line must stand.
enum class Zone : std::uint8_t {
  any,
  head,  ///< before the article's running text has really begun
  tail,  ///< after the last of it
};

/// A line that the rule must (`yes`) or must not (`no`) match.
struct Example {
  std::string text;
  std::string after;       ///< what a trim rule must leave
  bool has_after = false;  ///< `after` was given ("text => after")
  bool positive = true;    ///< a `yes` line
  std::uint32_t line = 0;  ///< in the pack's file, from 1
};

struct Rule {
  std::string id;        ///< "en/related-block"
  std::string language;  ///< of the pack; "any" for a pack for all languages
  Verb verb = Verb::drop_line;
  RuleLevel level = RuleLevel::safe;
  Field field = Field::text;
  std::vector<std::string> matches;  ///< the easy form, one element a `match` line
  std::vector<std::string> regexes;  ///< PCRE2, one element a `regex` line
  std::vector<std::string> has;      ///< folded; one of them must stand in the line
  std::string site;                  ///< empty: every site; ".dw.com": sub-domains too
  std::string label;
  std::uint32_t min_words = 0;
  std::uint32_t max_words = 40;
  std::uint32_t after_words = 0;     ///< words of the document that must stand before the line
  std::uint32_t last_percent = 100;  ///< the line and what follows are at most this share of words
  std::uint32_t rest_words = UINT32_MAX;  ///< words of the line and what follows are at most these
  std::uint32_t rest_prose = 100;  ///< running text is at most this share (%) of what follows
  Zone zone = Zone::any;
  bool no_stop = false;   ///< only a line that does not end as a sentence does
  bool own_case = false;  ///< the regex sees the line itself, not its folded form
  std::vector<Example> examples;
  std::uint32_t line = 0;  ///< where the rule begins in its file, from 1
};

/// "drop line", "cut to end" and so on.
[[nodiscard]] std::string_view name(Verb verb) noexcept;
/// "safe", "news", "full-page".
[[nodiscard]] std::string_view name(RuleLevel level) noexcept;

/// True if the rule is for every site, or for `host` ("www." in front does not matter).
[[nodiscard]] bool is_for_host(const Rule& rule, std::string_view host) noexcept;

}  // namespace copydesk::rules
