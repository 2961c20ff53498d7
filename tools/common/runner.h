#pragma once

/// @file
/// A run: documents from a reader through a filter to an output, with diagnostics and counts.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "copydesk/stream.h"

#include "common/filter.h"
#include "common/options.h"
#include "pipeline/progress.h"

namespace copydesk::tools {

/// What the run writes to; an output that is absent is not written.
struct Outputs {
  std::optional<Output> main;
  std::optional<Output> removed;
};

/// One pass over the input.
class Runner {
 public:
  Runner(std::string tool, const CommonOptions& options, Filter& filter, ReadOptions read,
         Outputs outputs);

  /// Everything, up to the outputs being in place; the exit status.
  [[nodiscard]] int run();

  /// The --stats object of the finished run.
  [[nodiscard]] std::string statistics() const;

 private:
  struct Batch {
    std::vector<Document> documents;
    std::vector<Outcome> outcomes;
    /// Problems of reading, each before the document of that index.
    std::vector<std::pair<std::size_t, ReadProblem>> problems;
    Format to = Format::text;
    bool idle = false;  ///< the next document is not there yet
  };

  [[nodiscard]] std::optional<Batch> read();
  void work(Batch& batch) const;
  [[nodiscard]] bool write(Batch& batch);
  [[nodiscard]] bool write_outcome(const Document& document, Format to, Outcome& outcome);
  [[nodiscard]] bool emit(const Outcome& outcome, std::string_view output, Format to);
  [[nodiscard]] bool checked(const Status& status, const std::string& file);
  [[nodiscard]] bool finish();
  void report(const Diagnostic& diagnostic);
  void show_progress();
  [[nodiscard]] bool stopped_by_failure() const { return options_.strict && failures_ > 0; }

  std::string tool_;
  const CommonOptions& options_;
  Filter& filter_;
  DocumentReader reader_;
  Outputs outputs_;
  std::optional<pipeline::Progress> progress_;
  std::optional<Format> to_;  ///< of the run; set by the first document
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::uint64_t documents_ = 0;
  std::uint64_t written_ = 0;
  std::uint64_t failures_ = 0;
  std::uint64_t bytes_ = 0;
  bool broken_ = false;  ///< a write failed
  bool color_ = false;
};

/// Writes `tool: about: message` to standard error, control characters escaped; with `color` what
/// stands before the message in bold.
void complain(std::string_view tool, std::string_view about, std::string_view message,
              bool color = false);

}  // namespace copydesk::tools
