/// @file
/// extract: HTML pages, WARC and crawl records -> articles.

#include "copydesk/extract.h"

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "common/filter.h"
#include "common/program.h"
#include "extract_program/held_pages.h"
#include "text/json.h"

namespace {

using copydesk::Article;
using copydesk::Block;
using copydesk::Document;
using copydesk::Format;
using copydesk::tools::HeldPage;
using copydesk::tools::HeldPages;
using copydesk::tools::Outcome;

struct Settings {
  copydesk::ExtractOptions extract;
  std::string html_field = "html";
  std::string scorer_file;
  bool explain = false;
  bool keep_shared = false;
};

/// A page, and what is known of it before it is read.
struct PageInput {
  std::string id;
  std::string url;
  std::string_view html;
};

class ExtractFilter : public copydesk::tools::Filter {
 public:
  /// `pages_after`: how many later pages each page is compared with.
  ExtractFilter(copydesk::Extractor extractor, const Settings& settings, bool wants_removed,
                std::size_t pages_after)
      : extractor_(std::move(extractor)),
        settings_(settings),
        wants_removed_(wants_removed),
        held_(pages_after, wants_removed) {}

  [[nodiscard]] Format output_format(Format input) const override {
    if (settings_.explain) return Format::jsonl;
    return input == Format::jsonl ? Format::jsonl : Format::text;
  }

  void work(const Document& document, Format to, Outcome& outcome) const override {
    if (document.format == Format::jsonl) {
      work_record(document, to, outcome);
      return;
    }
    const PageInput page{copydesk::tools::document_id(document), document.origin.url,
                         document.bytes};
    Article article = extractor_.extract(page.html, {document.origin.url, document.origin.charset});
    copydesk::text::RecordEdit edit;
    edit.set_string("id", page.id);
    write(page, article, to, edit, *copydesk::text::JsonObject::parse("{}"), outcome);
  }

  void settle(const Document& /*document*/, Format /*to*/, Outcome& outcome) override {
    if (!outcome.payload) return;
    std::unique_ptr<HeldPage> page(static_cast<HeldPage*>(outcome.payload.release()));
    page->outcome.output = std::move(outcome.output);
    page->outcome.removed = std::move(outcome.removed);
    outcome.emit = false;
    outcome.removed.clear();
    held_.add(std::move(page));
  }

  [[nodiscard]] bool has_ready() const override { return held_.has_ready(); }
  void release(Format to, Outcome& outcome) override { outcome = held_.take(to); }

  void finish(Format to, Outcome& outcome) override {
    held_.end();
    if (held_.has_ready()) outcome = held_.take(to);
  }
  [[nodiscard]] bool has_more() const override { return held_.has_ready(); }

  void add_statistics(copydesk::text::JsonWriter& writer) const override {
    writer.integer("shared_blocks", static_cast<long long>(held_.removed()));
  }

 private:
  void work_record(const Document& document, Format to, Outcome& outcome) const {
    const auto record = copydesk::text::JsonObject::parse(document.bytes);
    if (!record) {
      outcome.fail(document, record.error());
      return;
    }
    const auto html = record->find_string(settings_.html_field);
    if (!html) {
      outcome.fail(document, {copydesk::ErrorCode::missing_text, settings_.html_field});
      return;
    }
    const PageInput page{record->find_string("id").value_or(copydesk::tools::document_id(document)),
                         record->find_string("url").value_or(""), *html};
    Article article = extractor_.extract(page.html, {page.url, "utf-8"});
    copydesk::text::RecordEdit edit;
    edit.remove(settings_.html_field);
    write(page, article, to, edit, *record, outcome);
  }

  void write(const PageInput& page, Article& article, Format to, copydesk::text::RecordEdit& edit,
             const copydesk::text::JsonObject& record, Outcome& outcome) const {
    if (wants_removed_) outcome.removed = removed_lines(page, article);
    if (settings_.explain) {
      outcome.output = explain_lines(page, article);
      outcome.emit = !outcome.output.empty();
    } else if (to == Format::jsonl) {
      set_metadata(page, article.metadata, edit);
      set_members(article, edit);
      outcome.output = edit.apply(record);
    } else {
      outcome.output = article.text;
    }
    if (settings_.extract.trace) {
      auto held = std::make_unique<HeldPage>();
      held->id = page.id;
      held->trace = std::move(article.trace);
      outcome.payload = std::move(held);
    }
  }

  /// Sets what the page says; a member that it says nothing about stays as it was.
  static void set_metadata(const PageInput& page, const copydesk::Metadata& metadata,
                           copydesk::text::RecordEdit& edit) {
    const auto set = [&](std::string_view key, const std::string& value) {
      if (!value.empty()) edit.set_string(key, value);
    };
    // Where the page was found counts; its own word for it stands beside that.
    const bool found = !page.url.empty();
    set("url", found ? page.url : metadata.url);
    if (found && metadata.url != page.url) set("canonical", metadata.url);
    set("title", metadata.title);
    set_list("author", metadata.authors, edit);
    set("date", metadata.date);
    set("modified", metadata.modified);
    set("site", metadata.site);
    set("lang", metadata.lang);
    set("description", metadata.description);
    set("image", metadata.image);
    set("section", metadata.section);
    set_list("tags", metadata.tags, edit);
    if (metadata.paywalled) edit.set_raw("paywalled", *metadata.paywalled ? "true" : "false");
  }

  static void set_list(std::string_view key, const std::vector<std::string>& values,
                       copydesk::text::RecordEdit& edit) {
    if (values.empty()) return;
    std::string list = "[";
    for (const std::string& value : values) {
      if (list.size() > 1) list += ',';
      copydesk::text::append_json_string(list, value);
    }
    edit.set_raw(key, list + "]");
  }

  void set_members(const Article& article, copydesk::text::RecordEdit& edit) const {
    if (!article.status.empty()) edit.set_string("status", article.status);
    std::string_view text = article.text;
    if (text.ends_with('\n')) text.remove_suffix(1);
    edit.set_string("text", text);
    if (settings_.extract.comments) edit.set_string("comments", article.comments);
  }

  static std::string removed_lines(const PageInput& page, const Article& article) {
    std::string lines;
    for (const Block& block : article.blocks) {
      if (block.kept) continue;
      copydesk::text::JsonWriter line;
      line.string("id", page.id)
          .integer("block", static_cast<long long>(block.index))
          .string("kind", name_of(block.kind))
          .string("text", block.text)
          .string("reason", block.reason);
      lines += line.finish() + "\n";
    }
    return lines;
  }

  static std::string explain_lines(const PageInput& page, const Article& article) {
    std::string lines;
    for (const Block& block : article.blocks) {
      copydesk::text::JsonWriter facts;
      for (const auto& [name, value] : block.facts) facts.number(name, static_cast<double>(value));
      copydesk::text::JsonWriter line;
      line.string("id", page.id)
          .integer("block", static_cast<long long>(block.index))
          .string("kind", name_of(block.kind))
          .integer("level", block.level)
          .string("text", block.text)
          .boolean("kept", block.kept)
          .number("score", block.score)
          .string("reason", block.reason)
          .integer("alike", static_cast<long long>(block.alike))
          .raw("facts", facts.finish())
          .string("own", block.own_tokens)
          .string("near", block.near_tokens)
          .string("far", block.far_tokens);
      lines += line.finish() + "\n";
    }
    return lines;
  }

  copydesk::Extractor extractor_;
  const Settings& settings_;
  bool wants_removed_;
  HeldPages held_;
};

void add_options(CLI::App& app, Settings& settings, std::string& favor) {
  app.add_option("--favor", favor, "In doubt keep less or more: precision, recall, balanced")
      ->option_text("WHAT")
      ->check(CLI::IsMember({"precision", "recall", "balanced"}))
      ->group("Article");
  app.add_flag("--links", settings.extract.links, "Markdown: keep links")->group("Article");
  app.add_flag("--images", settings.extract.images, "Markdown: keep images")->group("Article");
  app.add_flag("--comments", settings.extract.comments,
               "Give readers' comments a member `comments`")
      ->group("Article");
  app.add_flag("--keep-shared", settings.keep_shared,
               "Keep blocks that several pages of one site share")
      ->group("Article");
  app.add_option("--html-field", settings.html_field, "Member of a record that holds the page")
      ->option_text("NAME")
      ->group("Article");
  app.add_flag("--explain", settings.explain,
               "Write every block of the page instead: facts, score, reason")
      ->group("Article");
  app.add_option("--scorer", settings.scorer_file, "Use this scorer table, not the built-in one")
      ->option_text("FILE")
      ->group("Article");
}

/// The whole of a file; nothing if it cannot be read.
std::optional<std::string> read_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

copydesk::Favor favor_of(const std::string& name) {
  if (name == "precision") return copydesk::Favor::precision;
  if (name == "recall") return copydesk::Favor::recall;
  return copydesk::Favor::balanced;
}

}  // namespace

int main(int argc, char** argv) {
  copydesk::tools::CommonTraits traits;
  traits.from = {"html", "warc", "jsonl"};
  traits.to = {"text", "markdown", "jsonl"};
  copydesk::tools::Program program(
      {"extract",
       "Take the article out of HTML pages, WARC files and crawl records.",
       {"extract page.html", "extract -t jsonl crawl/*.html.gz | clean | dedupe",
        "extract -t markdown --links page.html", "extract --explain page.html | jq .reason"}},
      traits);
  Settings settings;
  std::string favor = "balanced";
  add_options(program.app(), settings, favor);
  if (const auto status = program.parse(argc, argv)) return *status;
  settings.extract.favor = favor_of(favor);
  settings.extract.facts = settings.explain;
  settings.extract.blocks = !program.options().removed.empty();
  settings.extract.trace = !settings.explain && !settings.keep_shared;
  if (program.options().to == Format::markdown) {
    settings.extract.format = copydesk::TextFormat::markdown;
  }
  if (!settings.scorer_file.empty()) {
    auto table = read_file(settings.scorer_file);
    if (!table) return program.fatal({copydesk::ErrorCode::cannot_open, ""}, settings.scorer_file);
    settings.extract.scorer_table = std::move(*table);
  }
  auto extractor = copydesk::Extractor::create(settings.extract);
  if (!extractor) return program.fatal(extractor.error(), settings.scorer_file);
  // Where every page is to come out at once, it is compared with those before it only.
  const bool waits = !program.options().strict && !program.options().line_buffered;
  ExtractFilter filter(std::move(*extractor), settings, !program.options().removed.empty(),
                       waits ? copydesk::SharedBlocks::kPagesAfter : 0);
  copydesk::ReadOptions read;
  read.accepted = {Format::html, Format::warc, Format::jsonl};
  read.fallback = Format::html;
  return program.run(filter, read);
}
