#include "clean/suggested_rule.h"

#include "clean/line_keys.h"
#include "rules/line_facts.h"

namespace copydesk::clean {
namespace {

bool is_digit(std::string_view text, std::size_t at) noexcept {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

/// Each number becomes the pattern's sign for one: "1,204", "3.5k" (docs/rules.md).
std::string with_number_signs(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text, at)) {
      out.push_back(text[at++]);
      continue;
    }
    const auto joins = [&] { return text[at] == '.' || text[at] == ','; };
    while (is_digit(text, at) || (at < text.size() && joins() && is_digit(text, at + 1))) ++at;
    const bool short_form = at < text.size() && (text[at] == 'k' || text[at] == 'm') &&
                            (at + 1 == text.size() || text[at + 1] == ' ');
    if (short_form) ++at;
    out.push_back('#');
  }
  return out;
}

/// `text` with the signs of the easy pattern form made literal.
std::string escape_match(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("()|*#\\").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// `text` with another in the place of the headline that varies.
std::string with_headline(std::string_view text, std::string_view headline) {
  const std::size_t sign = text.find(kHeadlineSign);
  std::string out(text);
  if (sign != std::string_view::npos) out.replace(sign, 1, headline);
  return out;
}

/// The easy pattern that takes for each other what the memory does.
std::string pattern_of(const LearnedLine& line) {
  const std::string escaped = with_headline(escape_match(line.sample), "*");
  const bool loose = line.numbered || has_loose_numbers(line.sample);
  return loose ? with_number_signs(escaped) : escaped;
}

}  // namespace

std::string suggested_rule(const LearnedLine& line, std::string_view site, int number) {
  const std::string pattern = pattern_of(line);
  const std::string sample = with_headline(line.sample, "Some headline of the site");
  std::string out =
      "\n# on " + std::to_string(line.pages) + " pages, " + std::to_string(line.days) + " days\n";
  if (pattern.starts_with('*')) return out + "# " + pattern + "\n";
  out.append("rule line-").append(std::to_string(number)).append("   drop line   site ");
  out.append(site).append("   words<=").append(std::to_string(rules::count_words(sample) + 2));
  out.append("\nmatch ").append(pattern).append("\nyes   ").append(sample);
  return out.append("\nno    Not ").append(sample).append("\n");
}

}  // namespace copydesk::clean
