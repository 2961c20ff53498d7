#include "copydesk/clean.h"

#include <algorithm>
#include <utility>

#include <xxhash.h>

#include "copydesk/site_memory.h"

#include "clean/lines.h"
#include "clean/repair.h"
#include "clean/steps.h"
#include "clean/title.h"
#include "clean/trims.h"
#include "clean/unwrap.h"
#include "rules/check.h"
#include "rules/line_facts.h"
#include "rules/rulebook.h"
#include "text/language.h"
#include "text/unicode.h"

namespace copydesk {
namespace {

// Share of words. No text of an article as it was written comes near (the most that 1,398 gold
// texts lose is 30%, of 53 words); texts of which rules take half are those that most need it.
constexpr double kMostRemoved = 0.70;
constexpr int kMostPasses = 4;             // over the lines, where what is left changes
constexpr std::size_t kLongestTitle = 30;  // words of a first line that can be a title

rules::RuleLevel rule_level(CleanLevel level) noexcept {
  switch (level) {
    case CleanLevel::safe:
      return rules::RuleLevel::safe;
    case CleanLevel::news:
      return rules::RuleLevel::news;
    case CleanLevel::full_page:
      break;
  }
  return rules::RuleLevel::full_page;
}

/// Appends the parts with " | " between them.
void join(const std::vector<std::string>& parts, std::string& out) {
  for (const std::string& part : parts) {
    if (!out.empty()) out += " | ";
    out += part;
  }
}

}  // namespace

std::string_view name(CleanLevel level) noexcept {
  return rules::name(rule_level(level));
}

std::optional<CleanLevel> clean_level_from_name(std::string_view text) noexcept {
  for (const CleanLevel level : {CleanLevel::safe, CleanLevel::news, CleanLevel::full_page}) {
    if (name(level) == text) return level;
  }
  return std::nullopt;
}

class Cleaner::Impl {
 public:
  Impl(CleanOptions options, rules::Rulebook rulebook)
      : options_(std::move(options)),
        rulebook_(std::move(rulebook)),
        scores_(wants_score(options_)) {
    if (options_.max_removed >= 0) return;
    options_.max_removed = options_.level == CleanLevel::full_page ? 1 : kMostRemoved;
  }

  [[nodiscard]] CleanResult clean(const CleanInput& input) const {
    CleanResult result;
    clean::Steps steps(input.text);
    repair(steps);
    result.language = language_of(input, steps.text());
    trim(rules_for(result).text, input.site, steps, result);
    if (!input.title) clean_first_line(input, steps);
    filter(input, steps, result);
    result.text = steps.text();
    result.edits = steps.take();
    if (input.title) clean_title(input, rules_for(result).title, result);
    return result;
  }

  [[nodiscard]] std::uint64_t rules_hash() const noexcept {
    const std::string& rules = rulebook_.identity();
    const std::uint64_t parts[] = {XXH3_64bits(rules.data(), rules.size()),
                                   static_cast<std::uint64_t>(options_.quotes),
                                   static_cast<std::uint64_t>(options_.ligatures),
                                   static_cast<std::uint64_t>(options_.repair),
                                   static_cast<std::uint64_t>(options_.unwrap),
                                   scores_ ? clean::builtin_tables_hash() : 0,
                                   static_cast<std::uint64_t>(options_.max_removed * 1e6)};
    return XXH3_64bits(parts, sizeof parts);
  }

 private:
  void repair(clean::Steps& steps) const {
    if (options_.repair) {
      steps.add(clean::repair(steps.text(), {options_.quotes, options_.ligatures}));
    }
    if (options_.unwrap) steps.add(clean::unwrap_lines(steps.text()));
  }

  [[nodiscard]] std::string language_of(const CleanInput& input, std::string_view text) const {
    if (!options_.language.empty()) return text::primary_language(options_.language);
    if (!input.language.empty()) return text::primary_language(input.language);
    return text::detect_language(text::language_sample(text)).code;
  }

  /// The first line of a text without record is its title if it looks like one. True if something
  /// of it went.
  static bool clean_first_line(const CleanInput& input, clean::Steps& steps) {
    bool changed = false;
    for (std::vector<Edit> edits = first_line_edits(steps.text(), input); !edits.empty();
         edits = first_line_edits(steps.text(), input)) {
      steps.add(std::move(edits));
      changed = true;
    }
    return changed;
  }

  static std::vector<Edit> first_line_edits(std::string_view text, const CleanInput& input) {
    const std::size_t begin = text.find_first_not_of(" \t\n");
    if (begin == std::string_view::npos || text[begin] == '|') return {};  // a row of a table
    const std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) return {};
    const std::string_view line = text.substr(begin, end - begin);
    if (rules::count_words(line) > kLongestTitle || rules::ends_sentence(line)) return {};
    std::vector<Edit> edits = clean::trim_title(line, {input.site, learned_names(input), false});
    for (Edit& edit : edits) edit.offset += begin;
    return edits;
  }

  /// What may take lines: the rules, the score and the memory of the site, or the memory alone.
  enum class Takers { all, memory };

  struct Taken {
    bool settled = false;     ///< else nothing was taken
    std::uint64_t words = 0;  ///< before
    std::uint64_t gone = 0;
    std::uint64_t learned = 0;  ///< of these, by the memory
  };

  /// Where rules and score would take too much, nothing of theirs goes. What the memory knows goes
  /// all the same; then they are asked again, as they would be if what is left were cleaned again.
  void filter(const CleanInput& input, clean::Steps& steps, CleanResult& result) const {
    Taken taken = take_lines(input, Takers::all, steps, result);
    if (!taken.settled && input.learned) {
      if (take_lines(input, Takers::memory, steps, result).learned > 0)
        taken = take_lines(input, Takers::all, steps, result);
    }
    if (taken.settled) return;
    result.passed_through = true;
    result.warnings.push_back("kept whole: " + std::to_string(taken.gone) + " of " +
                              std::to_string(taken.words) + " words would have gone");
  }

  /// Takes lines away until nothing more goes. Not where too much would go, or where it does not
  /// end: what would change again when it is cleaned again is not cleaned.
  Taken take_lines(const CleanInput& input, Takers takers, clean::Steps& steps,
                   CleanResult& result) const {
    clean::Steps filtered(steps.text());
    Taken taken;
    for (int pass = 0; pass < kMostPasses && !taken.settled; ++pass) {
      const rules::RuleSet& rules = takers == Takers::all ? rules_for(result).text : no_rules_;
      clean::LineResult lines = filter_once(input, takers, rules, filtered.text(), result);
      if (pass == 0) taken.words = lines.words;
      if (pass == 0 && takers == Takers::all) result.line_facts = std::move(lines.facts);
      taken.gone += lines.words_removed;
      taken.learned += lines.words_learned;
      if (too_much(taken)) break;
      keep_findings(input, rules, lines, result);
      const bool changed = !lines.edits.empty();
      filtered.add(std::move(lines.edits));
      taken.settled = !changed || !what_is_left_changes(input, filtered, result);
    }
    if (result.words == 0) result.words = taken.words;
    if (taken.settled) {
      steps.add(filtered.take());
      result.words_removed += taken.gone;
      result.words_learned += taken.learned;
    } else {
      forget_findings(result);
    }
    return taken;
  }

  [[nodiscard]] clean::LineResult filter_once(const CleanInput& input, Takers takers,
                                              const rules::RuleSet& rules, std::string_view text,
                                              CleanResult& result) const {
    const bool all = takers == Takers::all;
    clean::LineResult lines = clean::filter_lines(
        text, {&rules, input.site, all ? options_.level : CleanLevel::safe, input.learned,
               all && scores_, result.language, all && options_.line_facts, options_.max_removed});
    warn_of_limits(lines.limited, rules, result);
    if (lines.learned_refused) {
      result.warnings.emplace_back("the site's memory was not used: it holds most of the text");
    }
    if (lines.score_bounded) {
      result.warnings.emplace_back("more reads like the rest of a page than may be removed");
    }
    return lines;
  }

  /// Without the lines that went another may stand first, those that are left may be wrapped, or
  /// plainly of another language. True if that asks for another pass.
  bool what_is_left_changes(const CleanInput& input, clean::Steps& steps,
                            CleanResult& result) const {
    std::string language = language_of(input, steps.text());
    bool changed = language != result.language;
    result.language = std::move(language);
    std::vector<Edit> joined =
        options_.unwrap ? clean::unwrap_lines(steps.text()) : std::vector<Edit>();
    if (!joined.empty()) {
      steps.add(std::move(joined));
      changed = true;
    }
    if (changed) trim(rules_for(result).text, input.site, steps, result);
    const bool title = !input.title && clean_first_line(input, steps);
    return changed || title;
  }

  [[nodiscard]] const rules::Rulebook::Rules& rules_for(const CleanResult& result) const {
    return rulebook_.for_language(result.language);
  }

  static void forget_findings(CleanResult& result) {
    result.authors.clear();
    result.date.clear();
    result.labels.clear();
  }

  static void keep_findings(const CleanInput& input, const rules::RuleSet& rules,
                            clean::LineResult& lines, CleanResult& result) {
    if (!input.has_author && result.authors.empty())
      result.authors = std::move(lines.byline.authors);
    if (!input.has_date && result.date.empty()) result.date = std::move(lines.byline.date);
    add_labels(lines, rules, result);
  }

  [[nodiscard]] bool too_much(const Taken& taken) const {
    if (taken.gone == 0) return false;
    const auto by_rules = static_cast<double>(taken.gone - taken.learned);
    return taken.gone >= taken.words ||
           by_rules > options_.max_removed * static_cast<double>(taken.words);
  }

  /// Label offsets are of the filtered text; edits before them have shifted them.
  static void add_labels(const clean::LineResult& lines, const rules::RuleSet& rules,
                         CleanResult& result) {
    result.labels.clear();
    std::size_t removed = 0;
    std::size_t edit = 0;
    for (const clean::LabelledLine& label : lines.labels) {
      while (edit < lines.edits.size() && lines.edits[edit].offset < label.offset) {
        removed += lines.edits[edit].was.size() - lines.edits[edit].now.size();
        ++edit;
      }
      const rules::Rule& rule = rules.rule(label.rule);
      result.labels.push_back({label.offset - removed, label.size, rule.label, rule.id});
    }
  }

  static void trim(const rules::RuleSet& rules, std::string_view host, clean::Steps& steps,
                   CleanResult& result) {
    std::vector<std::uint32_t> limited;
    steps.add(clean::trim_lines(steps.text(), rules, host, limited));
    warn_of_limits(limited, rules, result);
  }

  static void warn_of_limits(const std::vector<std::uint32_t>& limited, const rules::RuleSet& rules,
                             CleanResult& result) {
    for (const std::uint32_t number : limited) {
      result.warnings.push_back(rules.rule(number).id + ": PCRE2's match limit was reached");
    }
  }

  void clean_title(const CleanInput& input, const rules::RuleSet& rules,
                   CleanResult& result) const {
    clean::Steps steps(*input.title);
    if (options_.repair) {
      steps.add(clean::repair(steps.text(), {options_.quotes, options_.ligatures}));
    }
    trim(rules, input.site, steps, result);
    steps.add(clean::trim_title(steps.text(), {input.site, learned_names(input), true, input.url,
                                               clean::head_lines(result.text)}));
    result.title = std::string(steps.text());
    result.title_edits = steps.take();
  }

  static std::vector<std::string_view> learned_names(const CleanInput& input) {
    if (!input.learned) return {};
    return {input.learned->title_parts.begin(), input.learned->title_parts.end()};
  }

  static bool wants_score(const CleanOptions& options) {
    const std::vector<std::string>& ids = options.disabled_rules;
    if (std::find(ids.begin(), ids.end(), clean::kScoreRule) != ids.end()) return false;
    return options.level != CleanLevel::safe;
  }

  CleanOptions options_;
  rules::Rulebook rulebook_;
  rules::RuleSet no_rules_{{}};
  bool scores_;
};

Cleaner::Cleaner(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Cleaner::~Cleaner() = default;
Cleaner::Cleaner(Cleaner&&) noexcept = default;
Cleaner& Cleaner::operator=(Cleaner&&) noexcept = default;

Result<Cleaner> Cleaner::create(CleanOptions options) {
  rules::RulebookOptions book;
  book.level = rule_level(options.level);
  book.disabled = options.disabled_rules;
  std::erase(book.disabled, clean::kScoreRule);  // no rule of a pack
  for (const RuleFile& file : options.rules) {
    Result<rules::Pack> pack = rules::parse_pack(file.text, file.name);
    if (!pack) return std::move(pack).error();
    book.added.push_back(*std::move(pack));
  }
  Result<rules::Rulebook> rulebook = rules::Rulebook::create(std::move(book));
  if (!rulebook) return std::move(rulebook).error();
  return Cleaner(std::make_unique<Impl>(std::move(options), *std::move(rulebook)));
}

CleanResult Cleaner::clean(const CleanInput& input) const {
  return impl_->clean(input);
}

std::uint64_t Cleaner::rules_hash() const noexcept {
  return impl_->rules_hash();
}

std::vector<std::string_view> line_fact_names() {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < clean::kFactCount; ++i) {
    names.push_back(clean::name_of(static_cast<clean::Fact>(i)));
  }
  return names;
}

std::vector<RuleInfo> list_builtin_rules() {
  std::vector<RuleInfo> list;
  for (const rules::Pack& pack : rules::builtin_packs()) {
    for (const rules::Rule& rule : pack.rules) {
      RuleInfo info{
          rule.id, rule.language, std::string(name(rule.level)), std::string(name(rule.verb)), {}};
      join(rule.matches, info.pattern);
      join(rule.regexes, info.pattern);
      list.push_back(std::move(info));
    }
  }
  return list;
}

std::vector<std::string> check_rule_file(const RuleFile& file) {
  const Result<rules::Pack> pack = rules::parse_pack(file.text, file.name);
  if (!pack) return {pack.error().detail};
  std::vector<std::string> messages;
  for (const rules::CheckFailure& failure : rules::check_pack(*pack)) {
    messages.push_back(file.name + ":" + std::to_string(failure.line) + ": " + failure.rule + ": " +
                       failure.what);
  }
  return messages;
}

}  // namespace copydesk
