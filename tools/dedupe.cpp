/// @file
/// dedupe: every story once.

#include <cstdlib>

#include "common/program.h"
#include "dedupe_program/filters.h"
#include "dedupe_program/settings.h"

namespace copydesk::tools {
namespace {

Manual manual() {
  return {"dedupe",
          "Drop documents that repeat an earlier one: the same text, a copy with other "
          "boilerplate, a cut or rewritten version.",
          {"dedupe < articles.jsonl > unique.jsonl",
           "dedupe --mark --stats articles.jsonl > marked.jsonl",
           "dedupe --keep longest --removed dropped.jsonl articles.jsonl > unique.jsonl",
           "dedupe --by paragraph articles.jsonl > without-repeated-paragraphs.jsonl"}};
}

std::string temporary_folder() {
  const char* folder = std::getenv("TMPDIR");
  return folder == nullptr || *folder == '\0' ? "/tmp" : folder;
}

int run(int argc, const char* const* argv) {
  Program program(manual(), {{"text", "jsonl", "markdown"}, {"text", "jsonl", "markdown"}, true});
  DedupeSettings settings;
  settings.dedupe.temporary_folder = temporary_folder();
  add_similarity_options(program.app(), settings);
  add_keep_option(program.app(), settings);
  add_result_options(program.app(), settings);
  if (const auto status = program.parse(argc, argv)) return *status;
  if (Status status = check(settings.dedupe); !status)
    return program.refuse(to_string(status.error()));
  if (settings.mark && program.options().to && *program.options().to != Format::jsonl) {
    return program.refuse("--mark writes records: it does not go with --to text");
  }
  settings.keep.policy = settings.chosen_policy();
  const bool wants_removed = !program.options().removed.empty();
  if (settings.keep.policy == KeepPolicy::first) {
    StreamingFilter filter(settings, wants_removed);
    return program.run(filter);
  }
  PlanningFilter filter(settings, wants_removed);
  return program.run(filter);
}

}  // namespace
}  // namespace copydesk::tools

int main(int argc, char** argv) {
  return copydesk::tools::run(argc, argv);
}
