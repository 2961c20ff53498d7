#include "clean/text_lines.h"

#include <algorithm>

#include "rules/line_facts.h"

namespace copydesk::clean {
namespace {

constexpr std::size_t kProseWords = 20;          // a line of running text
constexpr std::size_t kProseSentenceWords = 12;  // the same if it ends as a sentence

}  // namespace

TextLines::TextLines(std::string_view text, const rules::RuleSet& rules, std::string_view host)
    : text_(text) {
  const std::size_t gate = rules.most_words();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view bytes = text.substr(at, end - at);
    if (bytes.find_first_not_of(" \t\f") != std::string_view::npos) {
      TextLine line;
      line.begin = at;
      line.end = end;
      line.words = static_cast<std::uint32_t>(rules::count_words(bytes));
      line.stop = rules::ends_sentence(bytes);
      line.prose = line.words >= (line.stop ? kProseSentenceWords : kProseWords);
      if (line.words <= gate && bytes.size() <= kLongestMatched)
        find_rules(bytes, rules, host, line);
      words_ += line.words;
      lines_.push_back(line);
    }
    at = end + 1;
  }
}

std::uint64_t TextLines::words_gone() const noexcept {
  std::uint64_t words = 0;
  for (const TextLine& line : lines_) words += line.alive ? 0 : line.words;
  return words;
}

void TextLines::find_rules(std::string_view bytes, const rules::RuleSet& rules,
                           std::string_view host, TextLine& line) {
  rules::fold_line(bytes, folded_);
  rules.find(folded_, bytes, line.words, found_);
  line.first_hit = static_cast<std::uint32_t>(hits_.size());
  for (const std::uint32_t number : found_.rules) {
    const rules::Rule& rule = rules.rule(number);
    if (rule.no_stop && line.stop) continue;
    if (!rules::is_for_host(rule, host)) continue;
    hits_.push_back(number);
  }
  line.hit_count = static_cast<std::uint32_t>(hits_.size()) - line.first_hit;
  limited_.insert(limited_.end(), found_.limited.begin(), found_.limited.end());
}

}  // namespace copydesk::clean
