#include "clean_program/filter.h"

#include <array>
#include <charconv>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/quality.h"

#include "text/json.h"

namespace copydesk::tools {
namespace {

using text::JsonObject;
using text::JsonWriter;
using text::RecordEdit;

/// What one rule did in a run.
struct RuleCount {
  std::uint64_t hits = 0;
  std::uint64_t words = 0;
};

/// Words and rules of one document, on their way from work() to settle().
struct Counts : Payload {
  std::uint64_t words = 0;
  std::uint64_t words_removed = 0;
  bool passed_through = false;
  PageLines page;  ///< for the memory
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
  Quality(const CleanSettings& settings, std::string_view text, std::string_view language)
      : settings_(settings) {
    if (settings.quality || !settings.limits.empty()) {
      measures_ = quality_measures(text, language);
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
  const CleanSettings& settings_;
  std::vector<QualityMeasure> measures_;
};

class CleanFilter : public Filter {
 public:
  CleanFilter(Cleaner cleaner, SiteMemory* memory, const CleanSettings& settings,
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
    const std::string id = document_id(document);
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
    (void)document;
    (void)to;
    const auto* counts = static_cast<const Counts*>(outcome.payload.get());
    if (!counts) return;
    // Its error comes back from commit(): no document is lost by it.
    if (memory_ && !counts->page.site.empty()) {
      [[maybe_unused]] const Status learnt = memory_->learn(counts->page);
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
  [[nodiscard]] std::shared_ptr<const LearnedLines> learned_lines(std::string_view site) const {
    return memory_ && !site.empty() ? memory_->lines(site) : nullptr;
  }

  void remember(std::string_view text, std::string_view site, std::string_view url,
                std::string_view title, Outcome& outcome) const {
    if (!memory_ || site.empty()) return;
    static_cast<Counts&>(*outcome.payload).page = page_lines(text, site, url, title);
  }

  void work_record(const Document& document, Format to, Outcome& outcome) const {
    const auto record = JsonObject::parse(document.bytes);
    if (!record) return outcome.fail(document, record.error());
    const auto text = record_text(*record);
    if (!text) return outcome.fail(document, text.error());
    const std::string site = site_of(*record);
    const auto language = record->find_string("lang");
    const auto title = record->find_string("title");
    CleanInput input;
    input.text = *text;
    if (title) input.title = *title;
    if (language) input.language = *language;
    const std::string url = record->find_string("url").value_or("");
    input.site = site;
    input.url = url;
    input.has_author = has_value(*record, "author");
    input.has_date = has_value(*record, "date");
    const auto learned = learned_lines(site);
    input.learned = learned.get();
    const CleanResult result = cleaner_.clean(input);
    const std::string id = record->find_string("id").value_or(document_id(document));
    note(document, id, result, outcome);
    note_members(id, *record, result, *text, outcome);
    remember(*text, site, url, title.value_or(""), outcome);
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
      outcome.output = diff_edits(text, result.edits, id, settings_.color);
    } else if (settings_.explain) {
      for (const Edit& edit : result.edits) {
        outcome.output += id + ":" + std::to_string(edit.offset) + "\t" + edit.rule + "\t" +
                          edit.reason + "\t" + text::to_json_string(edit.was) + "\t" +
                          text::to_json_string(edit.now) + "\n";
      }
    } else if (settings_.explain_lines) {
      for (const LineFacts& line : result.line_facts) {
        outcome.output += facts_json(id, line) + "\n";
      }
    } else {
      return false;
    }
    outcome.emit = !outcome.output.empty();
    return true;
  }

  /// A line and its facts, in the order of line_fact_names().
  static std::string facts_json(const std::string& id, const LineFacts& line) {
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
      return raw && text::to_json_string(value) != *raw;
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
      text::append_json_string(out, value);
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

  Cleaner cleaner_;
  SiteMemory* memory_;  // may be null
  const CleanSettings& settings_;
  bool wants_removed_;
  std::uint64_t documents_ = 0;
  std::uint64_t words_ = 0;
  std::uint64_t words_removed_ = 0;
  std::uint64_t passed_through_ = 0;
  std::map<std::string, RuleCount> rules_;
};

}  // namespace

std::unique_ptr<Filter> make_clean_filter(Cleaner cleaner, SiteMemory* memory,
                                          const CleanSettings& settings, bool wants_removed) {
  return std::make_unique<CleanFilter>(std::move(cleaner), memory, settings, wants_removed);
}

}  // namespace copydesk::tools
