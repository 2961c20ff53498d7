/// @file
/// dedupe: every story once.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>

#include "common/program.h"
#include "dedupe_program/filters.h"
#include "dedupe_program/settings.h"
#include "dedupe_program/stages.h"

namespace copydesk::tools {
namespace {

Manual manual() {
  return {"dedupe",
          "Drop documents that repeat an earlier one: the same text, a copy with other "
          "boilerplate, a cut or rewritten version.",
          {"dedupe < articles.jsonl > unique.jsonl",
           "dedupe --mark --stats articles.jsonl > marked.jsonl",
           "dedupe --keep longest --removed dropped.jsonl articles.jsonl > unique.jsonl",
           "dedupe --index seen --expire 90d today.jsonl > new-today.jsonl",
           "dedupe --by paragraph articles.jsonl > without-repeated-paragraphs.jsonl"}};
}

std::string temporary_folder() {
  const char* folder = std::getenv("TMPDIR");
  return folder == nullptr || *folder == '\0' ? "/tmp" : folder;
}

std::string day(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  std::array<char, 32> text{};
  gmtime_r(&time, &parts);
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

/// Reports the segments that are damaged; returns the least exit status that goes with them.
int report(const Program& program, const std::vector<Error>& problems) {
  for (const Error& problem : problems) (void)program.fatal(problem);
  return problems.empty() ? kExitOk : kExitSomeFailed;
}

/// --stat: the index as one JSON object.
int describe_index(const Program& program, const std::string& folder) {
  auto index = DedupeIndex::inspect(folder);
  if (!index) return program.fatal(index.error());
  std::string list = "[";
  std::uint64_t documents = 0;
  std::uint64_t keys = 0;
  std::uint64_t bytes = 0;
  for (const SegmentFacts& segment : index->segments()) {
    text::JsonWriter one;
    one.string("path", segment.path)
        .string("created", day(segment.created))
        .integer("documents", static_cast<long long>(segment.documents))
        .integer("bytes", static_cast<long long>(segment.bytes));
    if (segment.first_date) one.string("first_date", day(*segment.first_date));
    if (segment.last_date) one.string("last_date", day(*segment.last_date));
    list += (list.size() > 1 ? "," : "") + one.finish();
    documents += segment.documents;
    keys += segment.keys;
    bytes += segment.bytes;
  }
  text::JsonWriter writer;
  writer.string("index", folder)
      .string("options", index->parameters())
      .integer("documents", static_cast<long long>(documents))
      .integer("keys", static_cast<long long>(keys))
      .integer("bytes", static_cast<long long>(bytes))
      .integer("damaged", static_cast<long long>(index->problems().size()))
      .raw("segments", list + "]");
  const int status = report(program, index->problems());
  return std::max(status, program.print(writer.finish() + "\n"));
}

/// Deciding while reading, with an index or without.
int run_streaming(Program& program, const DedupeSettings& settings) {
  const bool wants_removed = !program.options().removed.empty();
  if (settings.index.folder.empty()) {
    StreamingFilter filter(settings, wants_removed, Deduplicator(settings.dedupe));
    return program.run(filter);
  }
  auto index = DedupeIndex::open(settings.index, settings.sketch, settings.dedupe);
  if (!index) return program.fatal(index.error());
  int status = report(program, index->problems());
  StreamingFilter filter(settings, wants_removed, Deduplicator(settings.dedupe, *std::move(index)));
  status = std::max(status, program.run(filter));
  status = std::max(status, report(program, filter.problems()));
  if (status == kExitUsage) return status;
  // Only now that the output is in its place: what is remembered is dropped the next time.
  Status saved = filter.save();
  return saved ? status : program.fatal(saved.error());
}

std::optional<std::string> contradiction(const Program& program, const DedupeSettings& settings) {
  if (Status status = check(settings.dedupe); !status) return to_string(status.error());
  if (settings.mark && program.options().to && *program.options().to != Format::jsonl) {
    return "--mark writes records: it does not go with --to text";
  }
  const bool indexed = !settings.index.folder.empty();
  if (indexed && settings.keep.policy != KeepPolicy::first) {
    return "--index goes with --keep first only";
  }
  if (indexed && settings.hold) return "--index does not go with --hold";
  const bool about_index = settings.index.expire || !settings.index.run.empty() ||
                           settings.index.read_only || settings.index_stat;
  if (about_index && !indexed) return "--expire, --run, --read-only and --stat need --index DIR";
  return std::nullopt;
}

int run(int argc, const char* const* argv) {
  Program program(manual(), {{"text", "jsonl", "markdown"}, {"text", "jsonl", "markdown"}, true});
  DedupeSettings settings;
  settings.dedupe.temporary_folder = temporary_folder();
  add_similarity_options(program.app(), settings);
  add_keep_option(program.app(), settings);
  add_result_options(program.app(), settings);
  add_index_options(program.app(), settings);
  if (const auto status = program.parse(argc, argv)) return *status;
  if (const auto message = contradiction(program, settings)) return program.refuse(*message);
  if (settings.index_stat) return describe_index(program, settings.index.folder);
  if (!settings.waits()) return run_streaming(program, settings);
  PlanningFilter filter(settings, !program.options().removed.empty());
  return program.run(filter);
}

}  // namespace
}  // namespace copydesk::tools

int main(int argc, char** argv) {
  if (argc > 1 && copydesk::tools::is_stage(argv[1])) return copydesk::tools::run_stage(argc, argv);
  return copydesk::tools::run(argc, argv);
}
