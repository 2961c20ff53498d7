/// @file
/// clean: article text -> the same without boilerplate, with its characters repaired.

#include "copydesk/clean.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <unistd.h>

#include "copydesk/quality.h"
#include "copydesk/site_memory.h"

#include "clean_program/restore.h"
#include "clean_program/settings.h"
#include "common/filter.h"
#include "common/program.h"
#include "text/json.h"

namespace {

using copydesk::CleanInput;
using copydesk::CleanResult;
using copydesk::Document;
using copydesk::Edit;
using copydesk::Format;
using copydesk::text::JsonObject;
using copydesk::text::JsonWriter;
using copydesk::text::RecordEdit;
using copydesk::tools::Outcome;

using copydesk::tools::QualityLimit;
using Settings = copydesk::tools::CleanSettings;

/// What one rule did in a run.
struct RuleCount {
  std::uint64_t hits = 0;
  std::uint64_t words = 0;
};

/// Words and rules of one document, on their way from work() to settle().
struct Counts : copydesk::tools::Payload {
  std::uint64_t words = 0;
  std::uint64_t words_removed = 0;
  bool passed_through = false;
  copydesk::PageLines page;  ///< for the memory
  std::map<std::string, RuleCount> rules;
  std::vector<JsonWriter> removed;  ///< lines of --removed, but for the document's number
};

std::uint64_t count_words(std::string_view text) {
  std::uint64_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = static_cast<unsigned char>(c) <= ' ';
    words += !space && !inside ? 1 : 0;
    inside = !space;
  }
  return words;
}

/// The host of a URL, or the text itself if it is none.
std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return std::string(url.substr(0, url.find_first_of("/?#:")));
}

/// The measures of one text, taken only if the settings ask for them.
class Quality {
 public:
  Quality(const Settings& settings, std::string_view text, std::string_view language)
      : settings_(settings) {
    if (settings.quality || !settings.limits.empty()) {
      measures_ = copydesk::quality_measures(text, language);
    }
  }

  [[nodiscard]] double value(std::string_view name) const {
    for (const auto& measure : measures_) {
      if (measure.name == name) return measure.value;
    }
    return 0;
  }

  [[nodiscard]] const QualityLimit* broken_limit() const {
    for (const QualityLimit& limit : settings_.limits) {
      const double measured = value(limit.name);
      if (limit.minimum ? measured < limit.value : measured > limit.value) return &limit;
    }
    return nullptr;
  }

  [[nodiscard]] std::string json() const {
    JsonWriter writer;
    for (const auto& measure : measures_) writer.number(measure.name, measure.value);
    return writer.finish();
  }

 private:
  const Settings& settings_;
  std::vector<copydesk::QualityMeasure> measures_;
};

class CleanFilter : public copydesk::tools::Filter {
 public:
  CleanFilter(copydesk::Cleaner cleaner, copydesk::SiteMemory* memory, const Settings& settings,
              bool wants_removed)
      : cleaner_(std::move(cleaner)),
        memory_(memory),
        settings_(settings),
        wants_removed_(wants_removed) {}

  void work(const Document& document, Format to, Outcome& outcome) const override {
    if (document.format == Format::jsonl) {
      work_record(document, to, outcome);
      return;
    }
    CleanInput input;
    input.text = document.bytes;
    input.site = settings_.site;
    const auto learned = learned_lines(settings_.site);
    input.learned = learned.get();
    CleanResult result = cleaner_.clean(input);
    // A text stream's document ends with a line break; one that is added is an edit like others.
    if (!result.text.empty() && result.text.back() != '\n') {
      result.edits.push_back({document.bytes.size(), "", "\n", "repair/final-newline", "end"});
      result.text += '\n';
    }
    const std::string id = copydesk::tools::document_id(document);
    note(document, id, result, outcome);
    remember(document.bytes, settings_.site, "", "", outcome);
    if (report(id, document.bytes, result, outcome)) return;
    const Quality quality(settings_, text_of(result, document.bytes), result.language);
    if (drop(id, quality, outcome)) return;
    if (to == Format::jsonl) {
      RecordEdit edit;
      edit.set_string("id", id);
      edit.set_string("text", text_of(result, document.bytes));
      if (settings_.quality) edit.set_raw("quality", quality.json());
      outcome.output = edit.apply(*JsonObject::parse("{}"));
    } else {
      outcome.output = text_of(result, document.bytes);
    }
  }

  void settle(const Document& document, Format to, Outcome& outcome) override {
    (void)to;
    const auto* counts = static_cast<const Counts*>(outcome.payload.get());
    if (!counts) return;
    if (memory_ && !counts->page.site.empty() && memory_status_) {
      memory_status_ = memory_->learn(counts->page);
      if (!memory_status_) outcome.fail(document, memory_status_.error());
    }
    if (!outcome.emit) return;
    ++documents_;
    for (JsonWriter line : counts->removed) {
      outcome.removed += line.integer("doc", static_cast<long long>(documents_)).finish() + "\n";
    }
    words_ += counts->words;
    words_removed_ += counts->words_removed;
    passed_through_ += counts->passed_through ? 1 : 0;
    for (const auto& [rule, count] : counts->rules) {
      rules_[rule].hits += count.hits;
      rules_[rule].words += count.words;
    }
  }

  void add_statistics(JsonWriter& writer) const override {
    JsonWriter rules;
    for (const auto& [rule, count] : rules_) {
      JsonWriter one;
      one.integer("hits", static_cast<long long>(count.hits))
          .integer("words", static_cast<long long>(count.words));
      rules.raw(rule, one.finish());
    }
    std::ostringstream hash;
    hash << std::hex << cleaner_.rules_hash();
    writer.integer("words", static_cast<long long>(words_))
        .integer("words_removed", static_cast<long long>(words_removed_))
        .integer("passed_through", static_cast<long long>(passed_through_))
        .string("rules_hash", hash.str())
        .raw("rules", rules.finish());
    if (!memory_) return;
    std::ostringstream state;
    state << std::hex << memory_->hash();
    writer.string("memory_hash", state.str());
  }

 private:
  [[nodiscard]] std::shared_ptr<const copydesk::LearnedLines> learned_lines(
      std::string_view site) const {
    return memory_ && !site.empty() ? memory_->lines(site) : nullptr;
  }

  void remember(std::string_view text, std::string_view site, std::string_view url,
                std::string_view title, Outcome& outcome) const {
    if (!memory_ || site.empty()) return;
    static_cast<Counts&>(*outcome.payload).page = copydesk::page_lines(text, site, url, title);
  }

  void work_record(const Document& document, Format to, Outcome& outcome) const {
    const auto record = JsonObject::parse(document.bytes);
    if (!record) return outcome.fail(document, record.error());
    const auto text = copydesk::tools::record_text(*record);
    if (!text) return outcome.fail(document, text.error());
    const std::string site = site_of(*record);
    const auto language = record->find_string("lang");
    const auto title = record->find_string("title");
    CleanInput input;
    input.text = *text;
    if (title) input.title = *title;
    if (language) input.language = *language;
    input.site = site;
    input.has_author = has_value(*record, "author");
    input.has_date = has_value(*record, "date");
    const auto learned = learned_lines(site);
    input.learned = learned.get();
    const CleanResult result = cleaner_.clean(input);
    const std::string id =
        record->find_string("id").value_or(copydesk::tools::document_id(document));
    note(document, id, result, outcome);
    note_members(id, *record, result, *text, outcome);
    remember(*text, site, record->find_string("url").value_or(""), title.value_or(""), outcome);
    if (report(id, *text, result, outcome)) return;
    const Quality quality(settings_, text_of(result, *text), result.language);
    if (drop(id, quality, outcome)) return;
    if (to != Format::jsonl) {
      outcome.output = text_of(result, *text);
      return;
    }
    RecordEdit edit;
    if (!settings_.dry_run) set_members(result, *text, title, edit);
    if (settings_.quality) edit.set_raw("quality", quality.json());
    outcome.output = edit.apply(*record);
  }

  /// Puts --diff or --explain in the place of the document. True if one of them was asked for.
  bool report(const std::string& id, std::string_view text, const CleanResult& result,
              Outcome& outcome) const {
    if (settings_.diff) {
      outcome.output = copydesk::diff_edits(text, result.edits, id, settings_.color);
    } else if (settings_.explain) {
      for (const Edit& edit : result.edits) {
        outcome.output += id + ":" + std::to_string(edit.offset) + "\t" + edit.rule + "\t" +
                          edit.reason + "\t" + copydesk::text::to_json_string(edit.was) + "\t" +
                          copydesk::text::to_json_string(edit.now) + "\n";
      }
    } else if (settings_.explain_lines) {
      for (const copydesk::LineFacts& line : result.line_facts) {
        outcome.output += facts_json(id, line) + "\n";
      }
    } else {
      return false;
    }
    outcome.emit = !outcome.output.empty();
    return true;
  }

  /// A line and its facts, in the order of copydesk::line_fact_names().
  static std::string facts_json(const std::string& id, const copydesk::LineFacts& line) {
    std::string facts = "[";
    for (const float value : line.values) {
      if (facts.size() > 1) facts += ',';
      std::array<char, 32> digits{};
      const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
      facts.append(digits.data(), end.ptr);
    }
    JsonWriter writer;
    return writer.string("id", id).string("line", line.line).raw("facts", facts + "]").finish();
  }

  /// What --restore needs beside the edits to give a record's line back byte for byte: a member as
  /// it was written, where writing it anew would give other bytes or where there was none.
  void note_members(const std::string& id, const JsonObject& record, const CleanResult& result,
                    std::string_view text, Outcome& outcome) const {
    if (!wants_removed_) return;
    auto& lines = static_cast<Counts&>(*outcome.payload).removed;
    const auto note_raw = [&](std::string_view field, std::string_view rule) {
      JsonWriter line;
      const auto raw = record.find(field);
      line.string("id", id).string("field", field).string("rule", rule);
      if (raw) line.string("raw", *raw);
      lines.push_back(std::move(line));
    };
    const auto spelt_otherwise = [&](std::string_view field, std::string_view value) {
      const auto raw = record.find(field);
      return raw && copydesk::text::to_json_string(value) != *raw;
    };
    if (!result.edits.empty() && spelt_otherwise("text", text)) note_raw("text", "spelling");
    if (!result.title_edits.empty()) {
      const std::string title = record.find_string("title").value_or("");
      if (spelt_otherwise("title", title)) note_raw("title", "spelling");
    }
    if (!result.authors.empty()) note_raw("author", "fill/author");
    if (!result.date.empty()) note_raw("date", "fill/date");
  }

  /// A document under or over a limit of quality is not written. True if it goes.
  bool drop(const std::string& id, const Quality& quality, Outcome& outcome) const {
    const QualityLimit* limit = quality.broken_limit();
    if (!limit) return false;
    outcome.emit = false;
    if (wants_removed_) {
      JsonWriter line;
      line.string("id", id)
          .string("field", "document")
          .string("rule", (limit->minimum ? "quality/min/" : "quality/max/") + limit->name)
          .number("value", quality.value(limit->name));
      outcome.removed += line.finish() + "\n";
    }
    return true;
  }

  [[nodiscard]] std::string_view text_of(const CleanResult& result, std::string_view was) const {
    return settings_.dry_run ? was : std::string_view(result.text);
  }

  static void set_members(const CleanResult& result, std::string_view text,
                          const std::optional<std::string>& title, RecordEdit& edit) {
    if (result.text != text) edit.set_string("text", result.text);
    if (title && result.title && *result.title != *title) edit.set_string("title", *result.title);
    if (!result.authors.empty()) edit.set_raw("author", json_array(result.authors));
    if (!result.date.empty()) edit.set_string("date", result.date);
  }

  static std::string json_array(const std::vector<std::string>& values) {
    std::string out = "[";
    for (const std::string& value : values) {
      if (out.size() > 1) out += ',';
      copydesk::text::append_json_string(out, value);
    }
    return out + "]";
  }

  [[nodiscard]] std::string site_of(const JsonObject& record) const {
    if (!settings_.site.empty()) return settings_.site;
    if (const auto url = record.find_string("url")) return host_of(*url);
    return host_of(record.find_string("site").value_or(""));
  }

  static bool has_value(const JsonObject& record, std::string_view key) {
    const auto value = record.find(key);
    return value && *value != "null" && *value != "\"\"" && *value != "[]";
  }

  /// Warnings, removed lines and counts of one document.
  void note(const Document& document, const std::string& id, const CleanResult& result,
            Outcome& outcome) const {
    for (const std::string& warning : result.warnings) outcome.warn(document, warning);
    auto counts = std::make_unique<Counts>();
    counts->words = result.words;
    counts->words_removed = result.words_removed;
    counts->passed_through = result.passed_through;
    note_edits(id, "text", result.edits, *counts);
    note_edits(id, "title", result.title_edits, *counts);
    outcome.payload = std::move(counts);
  }

  void note_edits(const std::string& id, std::string_view field, const std::vector<Edit>& edits,
                  Counts& counts) const {
    for (const Edit& edit : edits) {
      RuleCount& count = counts.rules[edit.rule];
      ++count.hits;
      count.words += edit.now.empty() ? count_words(edit.was) : 0;
      if (!wants_removed_) continue;
      JsonWriter line;
      line.string("id", id)
          .string("field", field)
          .integer("at", static_cast<long long>(edit.offset))
          .string("text", edit.was)
          .string("now", edit.now)
          .string("rule", edit.rule)
          .string("reason", edit.reason);
      counts.removed.push_back(std::move(line));
    }
  }

  copydesk::Cleaner cleaner_;
  copydesk::SiteMemory* memory_;  // may be null
  copydesk::Status memory_status_;
  const Settings& settings_;
  bool wants_removed_;
  std::uint64_t documents_ = 0;
  std::uint64_t words_ = 0;
  std::uint64_t words_removed_ = 0;
  std::uint64_t passed_through_ = 0;
  std::map<std::string, RuleCount> rules_;
};

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
                 "Pass a document through when more of its words would go (default: 40%, 100% at "
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
  app.add_flag("--score-lines", settings.clean.score_lines,
               "Level news: judge English lines by a learned score too (slower)")
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
    auto opened = copydesk::SiteMemory::open(settings.memory, *today);
    if (!opened) return program.fatal(opened.error(), settings.memory);
    memory.emplace(*std::move(opened));
    if (!settings.suggest_rules.empty()) {
      return program.print(memory->suggest_rules(settings.suggest_rules));
    }
  } else if (!settings.suggest_rules.empty()) {
    return program.refuse("--suggest-rules needs --memory");
  }
  CleanFilter filter(*std::move(cleaner), memory ? &*memory : nullptr, settings,
                     !program.options().removed.empty());
  const int status = program.run(filter);
  // What was learnt counts only once the output is in its place, and never in a dry run.
  if (!memory || settings.dry_run || status == copydesk::tools::kExitUsage) return status;
  const auto committed = memory->commit();
  return committed ? status : program.fatal(committed.error(), settings.memory);
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
