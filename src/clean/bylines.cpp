#include "clean/bylines.h"

#include "clean/dates.h"
#include "rules/fold.h"
#include "text/unicode.h"

namespace copydesk::clean {

void read_byline(const rules::RuleSet& rules, std::uint32_t rule, std::string_view line,
                 Byline& byline) {
  if (rules.rule(rule).regexes.empty()) return;
  rules::FoldedLine folded;
  std::vector<std::uint32_t> offsets;
  rules::fold_line(line, folded, &offsets);
  const auto group = [&](const char* name) {
    const auto range = rules.capture(rule, folded, line, name);
    if (!range) return std::string_view();
    if (rules.rule(rule).own_case) return line.substr(range->begin, range->end - range->begin);
    return line.substr(offsets[range->begin], offsets[range->end] - offsets[range->begin]);
  };
  const std::string_view author = text::trim(group("author"));
  if (!author.empty()) byline.authors.emplace_back(author);
  if (byline.date.empty()) byline.date = read_date(group("date"));
}

}  // namespace copydesk::clean
