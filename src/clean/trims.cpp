#include "clean/trims.h"

#include <algorithm>
#include <optional>
#include <string>

#include "rules/line_facts.h"
#include "text/unicode.h"

namespace copydesk::clean {
namespace {

using rules::Rule;

constexpr int kMostTrims = 8;                  // of one line
constexpr std::size_t kLongestTrimmed = 2000;  // bytes: no furniture stands in a longer line

class Trimmer {
 public:
  Trimmer(const rules::RuleSet& rules, std::string_view host, std::vector<std::uint32_t>& limited)
      : rules_(rules), host_(host), limited_(limited) {}

  /// The edits of one line that begins at `offset` of the text.
  void trim(std::string_view line, std::size_t offset, std::vector<Edit>& edits) {
    std::string_view left = line;
    const Rule* at_start = nullptr;
    const Rule* at_end = nullptr;
    for (int round = 0; round < kMostTrims; ++round) {
      const std::string_view shorter = trim_once(left, at_start, at_end);
      if (shorter.size() == left.size()) {
        write(line, left, at_start, at_end, offset, edits);
        return;
      }
      left = shorter;
    }
    // It would go on: a line that is cleaned again must stay as it is, so this one stays whole.
  }

 private:
  /// `line` without what the first trim rule that holds takes off.
  std::string_view trim_once(std::string_view line, const Rule*& at_start, const Rule*& at_end) {
    rules::fold_line(line, folded_, &offsets_);
    rules_.find_trims(folded_, rules::count_words(line), hits_);
    const std::vector<std::uint32_t> numbers = hits_.rules;
    for (const std::uint32_t number : numbers) {
      const Rule& rule = rules_.rule(number);
      if (!rules::is_for_host(rule, host_)) continue;
      if (rule.no_stop && rules::ends_sentence(line)) continue;
      const auto range = rules_.trim_range(number, folded_, hits_);
      if (!range) continue;
      const bool starts = rule.verb == rules::Verb::trim_start;
      const std::string_view left = text::trim(starts ? line.substr(offsets_[range->end])
                                                      : line.substr(0, offsets_[range->begin]));
      if (left.empty() || left.size() >= line.size()) continue;
      (starts ? at_start : at_end) = &rule;
      return left;
    }
    limited_.insert(limited_.end(), hits_.limited.begin(), hits_.limited.end());
    return line;
  }

  static void write(std::string_view line, std::string_view left, const Rule* at_start,
                    const Rule* at_end, std::size_t offset, std::vector<Edit>& edits) {
    // Trimming white space may have moved the other edge, too; it bears the same rule's name.
    const Rule* const start_rule = at_start ? at_start : at_end;
    const Rule* const end_rule = at_end ? at_end : at_start;
    if (!start_rule || !end_rule) return;  // no rule held
    const auto begin = static_cast<std::size_t>(left.data() - line.data());
    const std::size_t end = begin + left.size();
    if (begin > 0) {
      edits.push_back({offset, std::string(line.substr(0, begin)), "", start_rule->id,
                       std::string(rules::name(start_rule->verb))});
    }
    if (end < line.size()) {
      edits.push_back({offset + end, std::string(line.substr(end)), "", end_rule->id,
                       std::string(rules::name(end_rule->verb))});
    }
  }

  const rules::RuleSet& rules_;
  std::string_view host_;
  std::vector<std::uint32_t>& limited_;
  rules::FoldedLine folded_;
  std::vector<std::uint32_t> offsets_;
  rules::LineHits hits_;
};

}  // namespace

std::vector<Edit> trim_lines(std::string_view text, const rules::RuleSet& rules,
                             std::string_view host, std::vector<std::uint32_t>& limited) {
  std::vector<Edit> edits;
  if (!rules.has_trims()) return edits;
  Trimmer trimmer(rules, host, limited);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.size() <= kLongestTrimmed && !text::trim(line).empty()) trimmer.trim(line, at, edits);
    at = end + 1;
  }
  return edits;
}

}  // namespace copydesk::clean
