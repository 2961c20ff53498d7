#include "dedupe_program/stages.h"

#include <cstdlib>
#include <unordered_set>
#include <utility>

#include "copydesk/dedupe_stages.h"

#include "common/program.h"
#include "dedupe_program/filters.h"
#include "dedupe_program/settings.h"

namespace copydesk::tools {
namespace {

/// Reads all lines of a file (or standard input, "-") into `take`.
template <typename Take>
Status read_lines(const std::string& file, Take take) {
  ReadOptions options;
  options.files = {file};
  options.from = Format::lines;
  DocumentReader reader(std::move(options));
  while (auto item = reader.next()) {
    if (auto* problem = std::get_if<ReadProblem>(&*item)) return std::move(problem->error);
    if (Status status = take(std::get<Document>(*item).bytes); !status) return status;
  }
  return {};
}

/// dedupe signatures: records to key lines.
class SignatureFilter final : public Filter {
 public:
  SignatureFilter(const DedupeSettings& settings, KeyLineContent content,
                  std::unordered_set<std::string> only)
      : settings_(settings),
        content_(content),
        only_(std::move(only)),
        sketcher_(settings.sketch) {}

  [[nodiscard]] Format output_format(Format /*input*/) const override { return Format::lines; }

  void work(const Document& document, Format /*to*/, Outcome& outcome) const override {
    auto item = read_item(document, sketcher_, settings_);
    if (!item) {
      outcome.fail(document, item.error());
      return;
    }
    append_key_lines((*item)->sketch, (*item)->site, settings_.dedupe, content_, outcome.output);
    if (!only_.empty()) outcome.output = chosen(outcome.output);
    outcome.emit = !outcome.output.empty();
  }

 private:
  /// The lines whose key is wanted.
  [[nodiscard]] std::string chosen(const std::string& lines) const {
    std::string out;
    for (std::size_t at = 0; at < lines.size();) {
      const std::size_t end = lines.find('\n', at) + 1;
      if (only_.contains(lines.substr(at, lines.find_first_of("\t\n", at) - at))) {
        out.append(lines, at, end - at);
      }
      at = end;
    }
    return out;
  }

  const DedupeSettings& settings_;
  KeyLineContent content_;
  std::unordered_set<std::string> only_;
  Sketcher sketcher_;
};

/// dedupe pairs: sorted key lines to pair lines.
class PairFilter final : public Filter {
 public:
  explicit PairFilter(const DedupeOptions& options) : stage_(options) {}

  void work(const Document& /*document*/, Format /*to*/, Outcome& /*outcome*/) const override {}

  void settle(const Document& document, Format /*to*/, Outcome& outcome) override {
    Status status = stage_.add(document.bytes, outcome.output);
    if (!status && status.error().code == ErrorCode::limit_reached) {
      outcome.stop(document.location, {ErrorCode::bad_data, status.error().detail});
    } else if (!status) {
      outcome.fail(document, status.error());
    }
    outcome.emit = outcome.emit && !outcome.output.empty();
  }

  void finish(Format /*to*/, Outcome& outcome) override {
    stage_.finish(outcome.output);
    outcome.emit = !outcome.output.empty();
    const std::uint64_t capped = stage_.counts().capped;
    if (capped == 0) return;
    outcome.diagnostics.push_back({Diagnostic::Kind::warning,
                                   {},
                                   std::to_string(capped) + " documents left out of keys that more "
                                                            "share than --bucket-cap"});
  }

  void add_statistics(text::JsonWriter& writer) const override {
    const DedupeCounts counts = stage_.counts();
    writer.integer("candidates", static_cast<long long>(counts.candidates))
        .integer("estimated_away", static_cast<long long>(counts.estimated_away))
        .integer("verified", static_cast<long long>(counts.verified))
        .integer("capped_keys", static_cast<long long>(counts.capped));
  }

 private:
  PairStage stage_;
};

/// dedupe cluster: pair lines to plan lines.
class ClusterFilter final : public Filter {
 public:
  explicit ClusterFilter(const DedupeSettings& settings) : stage_(settings.dedupe, settings.keep) {}

  void work(const Document& /*document*/, Format /*to*/, Outcome& /*outcome*/) const override {}

  void settle(const Document& document, Format /*to*/, Outcome& outcome) override {
    outcome.emit = false;
    if (Status status = stage_.add(document.bytes); !status) {
      outcome.fail(document, status.error());
    }
  }

  void finish(Format /*to*/, Outcome& outcome) override {
    outcome.output = stage_.finish();
    outcome.emit = !outcome.output.empty();
  }

 private:
  ClusterStage stage_;
};

/// dedupe apply: records and the plan to records.
class ApplyFilter final : public DedupeFilter {
 public:
  ApplyFilter(const DedupeSettings& settings, bool wants_removed, DedupePlan plan)
      : DedupeFilter(settings, wants_removed), plan_(std::move(plan)) {}

  void settle(const Document& document, Format to, Outcome& outcome) override {
    if (!outcome.payload) return;
    const auto& item = static_cast<const Item&>(*outcome.payload);
    Verdict verdict = plan_.find(item.sketch);
    // The plan names documents, not places: of one that comes twice the first is meant.
    const bool again =
        !seen_.insert(item.sketch.id + '\n' + std::to_string(item.sketch.text_hash.high)).second;
    if (again && !verdict.duplicate && item.sketch.tokens > 0 && settings().dedupe.by_exact) {
      verdict = {true, Relation::exact, item.sketch.id, 1.0};
    }
    apply(document, item, verdict, to, outcome);
  }

  void finish(Format /*to*/, Outcome& outcome) override { write_clusters(outcome); }

 private:
  DedupePlan plan_;
  std::unordered_set<std::string> seen_;
};

Program line_program(std::string name, std::string summary, std::string example) {
  return {{std::move(name), std::move(summary), {std::move(example)}},
          {{"lines"}, {"lines"}, false}};
}

ReadOptions lines_only() {
  ReadOptions read;
  read.from = Format::lines;
  read.accepted = {Format::lines};
  read.fallback = Format::lines;
  return read;
}

int run_signatures(int argc, const char* const* argv) {
  Program program({"dedupe signatures",
                   "Write a line for each key of each record, for dedupe pairs.",
                   {"dedupe signatures articles.jsonl | LC_ALL=C sort > keys"}},
                  {{"text", "jsonl", "markdown"}, {"lines"}, false});
  DedupeSettings settings;
  bool keys_only = false;
  std::string only_file;
  add_similarity_options(program.app(), settings);
  program.app()
      .add_flag("--keys-only", keys_only, "Write the keys alone, to find the shared ones")
      ->group("Output");
  program.app()
      .add_option("--only", only_file, "Write the lines of the keys in FILE alone, one a line")
      ->option_text("FILE")
      ->group("Output")
      ->take_last();
  if (const auto status = program.parse(argc, argv)) return *status;
  if (Status status = check(settings.dedupe); !status) {
    return program.refuse(to_string(status.error()));
  }
  std::unordered_set<std::string> only;
  if (!only_file.empty()) {
    only.insert("");  // so that an empty file means no key, not all
    Status status = read_lines(only_file, [&](std::string& line) {
      only.insert(std::move(line));
      return Status();
    });
    if (!status) return program.fatal(status.error(), only_file);
  }
  SignatureFilter filter(settings, keys_only ? KeyLineContent::keys : KeyLineContent::full,
                         std::move(only));
  return program.run(filter);
}

int run_pairs(int argc, const char* const* argv) {
  Program program = line_program("dedupe pairs", "Compare the documents that share a key.",
                                 "LC_ALL=C sort keys | dedupe pairs | LC_ALL=C sort -u > pairs");
  DedupeSettings settings;
  add_similarity_options(program.app(), settings);
  if (const auto status = program.parse(argc, argv)) return *status;
  if (Status status = check(settings.dedupe); !status) {
    return program.refuse(to_string(status.error()));
  }
  PairFilter filter(settings.dedupe);
  return program.run(filter, lines_only());
}

int run_cluster(int argc, const char* const* argv) {
  Program program = line_program("dedupe cluster", "Choose which document of each story stays.",
                                 "dedupe cluster --keep longest pairs > plan");
  DedupeSettings settings;
  add_similarity_options(program.app(), settings);
  add_keep_option(program.app(), settings);
  if (const auto status = program.parse(argc, argv)) return *status;
  if (Status status = check(settings.dedupe); !status) {
    return program.refuse(to_string(status.error()));
  }
  if (!settings.keep_given) settings.keep.policy = KeepPolicy::earliest;
  if (settings.keep.policy == KeepPolicy::first) {
    return program.refuse("--keep first needs the order of a stream: use earliest, longest, sites");
  }
  ClusterFilter filter(settings);
  return program.run(filter, lines_only());
}

int run_apply(int argc, const char* const* argv) {
  Program program({"dedupe apply",
                   "Drop, or mark, the records that a plan of dedupe cluster names.",
                   {"dedupe apply --plan plan articles.jsonl > unique.jsonl"}},
                  {{"text", "jsonl", "markdown"}, {"text", "jsonl", "markdown"}, true});
  DedupeSettings settings;
  std::string plan_file;
  add_similarity_options(program.app(), settings);
  add_result_options(program.app(), settings);
  program.app()
      .add_option("--plan", plan_file, "What dedupe cluster wrote")
      ->option_text("FILE")
      ->group("What stays")
      ->take_last();
  if (const auto status = program.parse(argc, argv)) return *status;
  if (plan_file.empty()) return program.refuse("--plan FILE is missing");
  DedupePlan plan;
  Status status = read_lines(plan_file, [&](const std::string& line) { return plan.add(line); });
  if (!status) return program.fatal(status.error(), plan_file);
  ApplyFilter filter(settings, !program.options().removed.empty(), std::move(plan));
  return program.run(filter);
}

}  // namespace

bool is_stage(std::string_view word) noexcept {
  return word == "signatures" || word == "pairs" || word == "cluster" || word == "apply";
}

int run_stage(int argc, const char* const* argv) {
  const std::string_view stage = argv[1];
  if (stage == "signatures") return run_signatures(argc - 1, argv + 1);
  if (stage == "pairs") return run_pairs(argc - 1, argv + 1);
  if (stage == "cluster") return run_cluster(argc - 1, argv + 1);
  return run_apply(argc - 1, argv + 1);
}

}  // namespace copydesk::tools
