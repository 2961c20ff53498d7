/// @file
/// clean: article text -> the same without boilerplate, with its characters repaired.

#include "copydesk/clean.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

#include "copydesk/quality.h"
#include "copydesk/site_memory.h"

#include "clean_program/filter.h"
#include "clean_program/restore.h"
#include "clean_program/settings.h"
#include "common/program.h"

namespace {

using copydesk::tools::QualityLimit;
using Settings = copydesk::tools::CleanSettings;

void add_options(CLI::App& app, Settings& settings) {
  app.add_option("--level", settings.level, "How much goes: safe, news (default), full-page")
      ->option_text("LEVEL")
      ->check(CLI::IsMember({"safe", "news", "full-page"}))
      ->group("Cleaning");
  app.add_option("--lang", settings.clean.language, "Language of all documents, such as de")
      ->option_text("CODE")
      ->group("Cleaning");
  app.add_option("--site", settings.site, "Host name of all documents")
      ->option_text("HOST")
      ->group("Cleaning");
  app.add_option("--quotes", settings.quotes, "Quotation marks: keep, straight, curly")
      ->option_text("HOW")
      ->check(CLI::IsMember({"keep", "straight", "curly"}))
      ->group("Cleaning");
  app.add_flag("--ligatures", settings.clean.ligatures, "Write ligatures as letters")
      ->group("Cleaning");
  app.add_option("--max-removed", settings.max_removed,
                 "Pass a document through when more of its words would go (default: 70%, 100% at "
                 "level full-page)")
      ->option_text("SHARE")
      ->group("Cleaning");
  app.add_flag("--quality", settings.quality,
               "Add a member `quality` with the measures of Gopher, C4 and FineWeb")
      ->group("Quality");
  app.add_option("--min-quality", settings.min_quality, "Drop documents with a lower measure")
      ->option_text("NAME:VALUE")
      ->allow_extra_args(false)
      ->group("Quality");
  app.add_option("--max-quality", settings.max_quality, "Drop documents with a higher measure")
      ->option_text("NAME:VALUE")
      ->allow_extra_args(false)
      ->group("Quality");
  app.add_option("--memory", settings.memory,
                 "Learn in this file what each site repeats; remove it")
      ->option_text("FILE")
      ->group("Memory");
  app.add_option("--suggest-rules", settings.suggest_rules,
                 "Print what the memory knows of a site as a rule file")
      ->option_text("HOST")
      ->group("Memory");
  app.add_option("--today", settings.today, "Day that counts as today (default: the clock's)")
      ->option_text("YYYY-MM-DD")
      ->group("Memory");
  app.add_flag("--diff", settings.diff, "Write a unified diff instead of the documents")
      ->group("Trust");
  app.add_flag("--explain", settings.explain,
               "Write every change instead: place, rule, reason, before, after")
      ->group("Trust");
  app.add_flag("--explain-lines", settings.explain_lines,
               "Write the facts of every line instead (for training)")
      ->group("Trust");
  app.add_option("--restore", settings.restore,
                 "Undo: give back the input of the run that wrote this --removed file")
      ->option_text("REMOVED")
      ->group("Trust");
  app.add_flag("--dry-run", settings.dry_run, "Change nothing; report as usual")->group("Cleaning");
  app.add_option("--rules", settings.rule_files, "Use the rules of this file too")
      ->option_text("FILE")
      ->allow_extra_args(false)
      ->group("Rules");
  app.add_option("--disable", settings.clean.disabled_rules, "Do without this rule")
      ->option_text("PACK/RULE")
      ->allow_extra_args(false)
      ->group("Rules");
  app.add_flag("--list-rules", settings.list_rules, "List the built-in rules and exit")
      ->group("Rules");
  app.add_option("--check-rules", settings.check_rules, "Run a rule file's examples and exit")
      ->option_text("FILE")
      ->group("Rules");
}

std::string rule_list() {
  std::string out;
  for (const copydesk::RuleInfo& rule : copydesk::list_builtin_rules()) {
    out += rule.id + "\t" + rule.level + "\t" + rule.verb + "\t" + rule.pattern + "\n";
  }
  return out;
}

/// Runs the examples of a rule file: 0 if all hold, 1 if some do not.
int check_rules(const copydesk::tools::Program& program, const std::string& name) {
  const auto text = copydesk::tools::read_whole_file(name);
  if (!text) return program.fatal({copydesk::ErrorCode::cannot_open, ""}, name);
  const auto messages = copydesk::check_rule_file({name, *text});
  std::string out;
  for (const std::string& message : messages) out += message + "\n";
  if (messages.empty()) out = name + ": all examples hold\n";
  const int status = program.print(out);
  return status != 0 ? status : messages.empty() ? 0 : copydesk::tools::kExitSomeFailed;
}

/// "word_count:50" as a limit; nothing if there is no such measure or number.
std::optional<QualityLimit> read_limit(const std::string& text, bool minimum) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return std::nullopt;
  QualityLimit limit{text.substr(0, colon), 0, minimum};
  std::istringstream stream(text.substr(colon + 1));
  stream.imbue(std::locale::classic());
  if (!(stream >> limit.value) || !stream.eof()) return std::nullopt;
  const auto measures = copydesk::quality_measures("", "");
  const bool known = std::any_of(measures.begin(), measures.end(),
                                 [&](const auto& measure) { return measure.name == limit.name; });
  return known ? std::optional(limit) : std::nullopt;
}

int clean(copydesk::tools::Program& program, Settings& settings) {
  settings.clean.level = *copydesk::clean_level_from_name(settings.level);
  if (settings.quotes == "straight") settings.clean.quotes = copydesk::Quotes::straight;
  if (settings.quotes == "curly") settings.clean.quotes = copydesk::Quotes::curly;
  if (!settings.max_removed.empty()) {
    const auto share = copydesk::tools::read_share(settings.max_removed);
    if (!share) {
      return program.refuse("--max-removed: not a share from 0 to 1: " + settings.max_removed);
    }
    settings.clean.max_removed = *share;
  }
  settings.clean.line_facts = settings.explain_lines;
  for (const bool minimum : {true, false}) {
    for (const std::string& text : minimum ? settings.min_quality : settings.max_quality) {
      const auto limit = read_limit(text, minimum);
      if (!limit) return program.refuse("not a measure and a number: " + text);
      settings.limits.push_back(*limit);
    }
  }
  for (const std::string& name : settings.rule_files) {
    auto text = copydesk::tools::read_whole_file(name);
    if (!text) return program.fatal({copydesk::ErrorCode::cannot_open, ""}, name);
    settings.clean.rules.push_back({name, *std::move(text)});
  }
  settings.color = copydesk::tools::use_color(program.options().color, STDOUT_FILENO);
  auto cleaner = copydesk::Cleaner::create(settings.clean);
  if (!cleaner) return program.fatal(cleaner.error());
  std::optional<copydesk::SiteMemory> memory;
  if (!settings.memory.empty()) {
    const auto today = copydesk::tools::day_number(settings.today);
    if (!today) return program.refuse("--today: not a day such as 2024-05-31: " + settings.today);
    if (!settings.suggest_rules.empty() && ::access(settings.memory.c_str(), F_OK) != 0) {
      return program.fatal({copydesk::ErrorCode::cannot_open, "no such file"}, settings.memory);
    }
    auto opened = copydesk::SiteMemory::open(settings.memory, *today);
    if (!opened) return program.fatal(opened.error(), settings.memory);
    memory.emplace(*std::move(opened));
    if (!settings.suggest_rules.empty()) {
      return program.print(memory->suggest_rules(settings.suggest_rules));
    }
  } else if (!settings.suggest_rules.empty()) {
    return program.refuse("--suggest-rules needs --memory");
  }
  const auto filter =
      copydesk::tools::make_clean_filter(*std::move(cleaner), memory ? &*memory : nullptr, settings,
                                         !program.options().removed.empty());
  const int status = program.run(*filter);
  // What was learnt counts only once the output is in its place, and never in a dry run.
  if (!memory || settings.dry_run || status == copydesk::tools::kExitUsage) return status;
  const auto committed = memory->commit();
  if (committed) return status;
  program.fatal(committed.error(), settings.memory);
  return copydesk::tools::kExitSomeFailed;
}

}  // namespace

int main(int argc, char** argv) {
  copydesk::tools::CommonTraits traits;
  traits.from = {"text", "jsonl"};
  traits.to = {"text", "jsonl"};
  copydesk::tools::Program program(
      {"clean",
       "Take boilerplate out of article text and repair its characters.",
       {"clean article.txt", "extract -t jsonl crawl/*.html | clean --removed dropped.jsonl",
        "clean --level safe --lang de articles.jsonl", "clean --check-rules my.rules"}},
      traits);
  Settings settings;
  add_options(program.app(), settings);
  if (const auto status = program.parse(argc, argv)) return *status;
  if (settings.list_rules) return program.print(rule_list());
  if (!settings.restore.empty()) return copydesk::tools::restore_documents(program, settings);
  if (!settings.check_rules.empty()) return check_rules(program, settings.check_rules);
  return clean(program, settings);
}
