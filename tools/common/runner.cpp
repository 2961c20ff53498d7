#include "common/runner.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <unistd.h>

#include "pipeline/pipeline.h"
#include "text/utf8.h"

namespace copydesk::tools {
namespace {

// A batch is what travels between threads: large enough that locks cost nothing, small enough that
// memory stays flat and a slow page does not hold up many.
constexpr std::size_t kBatchDocuments = 64;
constexpr std::size_t kBatchBytes = std::size_t{512} << 10;

std::string where(const Location& location) {
  std::string text(location.file_name() == "-" ? "standard input" : location.file_name());
  if (location.line > 0) text += ":" + std::to_string(location.line);
  return text;
}

/// Makes a text document valid UTF-8, and says so when it was not.
void repair(Document& document, Outcome& outcome) {
  if (document.format != Format::text && document.format != Format::markdown) return;
  if (text::is_valid_utf8(document.bytes)) return;
  std::string repaired = text::repair_utf8(document.bytes);
  const auto differs =
      std::mismatch(document.bytes.begin(), document.bytes.end(), repaired.begin(), repaired.end());
  Location place = document.location;
  place.line += static_cast<std::uint64_t>(std::count(document.bytes.begin(), differs.first, '\n'));
  outcome.diagnostics.push_back(
      {Diagnostic::Kind::failure, place, "not UTF-8: bad bytes replaced by U+FFFD"});
  document.bytes = std::move(repaired);
}

/// Control characters as \xNN: a file's name or content must not steer the terminal.
std::string escaped(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7F) {
      out += c;
    } else {
      out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

}  // namespace

void complain(std::string_view tool, std::string_view about, std::string_view message, bool color) {
  std::string line = escaped(tool);
  if (!about.empty()) line += ": " + escaped(about);
  if (!message.empty()) line += ": ";
  if (color) line = "\x1b[1m" + line + "\x1b[0m";
  line += escaped(message) + "\n";
  // One write a line keeps the lines of several processes apart. Where standard error is closed
  // there is nobody to tell.
  [[maybe_unused]] const ssize_t ignored = ::write(STDERR_FILENO, line.data(), line.size());
}

Runner::Runner(std::string tool, const CommonOptions& options, Filter& filter, ReadOptions read,
               Outputs outputs)
    : tool_(std::move(tool)),
      options_(options),
      filter_(filter),
      reader_(std::move(read)),
      outputs_(std::move(outputs)),
      to_(options.to),
      color_(use_color(options.color, STDERR_FILENO)) {
  if (options.progress && ::isatty(STDERR_FILENO) != 0) progress_.emplace(tool_);
}

int Runner::run() {
  pipeline::Stages<Batch> stages;
  stages.read = [this] { return read(); };
  stages.work = [this](Batch& batch) { work(batch); };
  stages.write = [this](Batch& batch) { return write(batch); };
  stages.clean_up = [this] { filter_.clean_up(); };
  pipeline::run(stages, pipeline::thread_count(options_.threads));
  const bool finished = !broken_ && !stopped_by_failure() && finish();
  if (progress_) std::fputs(progress_->erase().c_str(), stderr);
  if (broken_) return 2;
  if (!finished) return 1;
  return failures_ > 0 ? 1 : 0;
}

std::optional<Runner::Batch> Runner::read() {
  Batch batch;
  std::size_t bytes = 0;
  while (batch.documents.size() < kBatchDocuments && bytes < kBatchBytes) {
    auto item = reader_.next();
    if (!item) break;
    if (auto* problem = std::get_if<ReadProblem>(&*item)) {
      batch.problems.emplace_back(batch.documents.size(), std::move(*problem));
      if (options_.strict) break;
      continue;
    }
    auto& document = std::get<Document>(*item);
    if (!to_) to_ = filter_.output_format(document.format);
    bytes += document.bytes.size();
    batch.documents.push_back(std::move(document));
    batch.idle = !reader_.ready();
    if (batch.idle || options_.line_buffered) break;
  }
  if (batch.documents.empty() && batch.problems.empty()) return std::nullopt;
  batch.to = to_.value_or(Format::text);
  batch.outcomes.resize(batch.documents.size());
  return batch;
}

void Runner::work(Batch& batch) const {
  for (std::size_t i = 0; i < batch.documents.size(); ++i) {
    repair(batch.documents[i], batch.outcomes[i]);
    filter_.work(batch.documents[i], batch.to, batch.outcomes[i]);
  }
}

bool Runner::write(Batch& batch) {
  auto problem = batch.problems.begin();
  for (std::size_t i = 0; i <= batch.documents.size(); ++i) {
    for (; problem != batch.problems.end() && problem->first == i; ++problem) {
      report(
          {Diagnostic::Kind::failure, problem->second.location, to_string(problem->second.error)});
    }
    if (stopped_by_failure()) return false;
    if (i == batch.documents.size()) break;
    if (i + 1 < batch.documents.size()) filter_.expect(batch.outcomes[i + 1]);
    if (!write_outcome(batch.documents[i], batch.to, batch.outcomes[i])) return false;
  }
  show_progress();
  const bool flush = batch.idle || options_.line_buffered;
  return !flush || !outputs_.main || checked(outputs_.main->flush(), options_.output);
}

bool Runner::write_outcome(const Document& document, Format to, Outcome& outcome) {
  ++documents_;
  bytes_ += document.bytes.size();
  filter_.settle(document, to, outcome);
  for (const Diagnostic& diagnostic : outcome.diagnostics) report(diagnostic);
  const std::string& output = outcome.unchanged ? document.bytes : outcome.output;
  if (broken_ || stopped_by_failure() || !emit(outcome, output, to)) return false;
  while (filter_.has_ready()) {
    Outcome held;
    filter_.release(to, held);
    for (const Diagnostic& diagnostic : held.diagnostics) report(diagnostic);
    if (broken_ || !emit(held, held.output, to)) return false;
  }
  return true;
}

bool Runner::emit(const Outcome& outcome, std::string_view output, Format to) {
  if (outputs_.removed && !outcome.removed.empty() &&
      !checked(outputs_.removed->write(outcome.removed), options_.removed)) {
    return false;
  }
  if (!outcome.emit || !outputs_.main) return true;
  const bool text = to != Format::jsonl && to != Format::lines && to != Format::counts;
  const auto put = [&](std::string_view bytes) {
    return checked(outputs_.main->write(bytes), options_.output);
  };
  if (text && written_ > 0 && !put(filter_.separator())) return false;
  ++written_;
  if (!put(output)) return false;
  const bool complete = output.ends_with('\n') || (text && output.empty());
  return complete || put("\n");
}

bool Runner::finish() {
  const Format to = to_.value_or(Format::text);
  do {
    Outcome outcome;
    outcome.emit = false;
    filter_.finish(to, outcome);
    for (const Diagnostic& diagnostic : outcome.diagnostics) report(diagnostic);
    if (broken_ || !emit(outcome, outcome.output, to)) return false;
  } while (filter_.has_more());
  // What was dropped is safe before what was kept replaces the old file.
  if (outputs_.removed && !checked(outputs_.removed->finish(), options_.removed)) return false;
  return !outputs_.main || checked(outputs_.main->finish(), options_.output);
}

bool Runner::checked(const Status& status, const std::string& file) {
  if (status) return true;
  broken_ = true;
  complain(tool_, file == "-" ? "standard output" : file, to_string(status.error()), color_);
  return false;
}

void Runner::report(const Diagnostic& diagnostic) {
  const bool failure = diagnostic.kind == Diagnostic::Kind::failure;
  const bool severe = failure || diagnostic.kind == Diagnostic::Kind::fatal;
  if (failure) ++failures_;
  if (diagnostic.kind == Diagnostic::Kind::fatal) broken_ = true;
  if (diagnostic.kind == Diagnostic::Kind::warning && options_.quiet) return;
  if (diagnostic.kind == Diagnostic::Kind::note && !options_.verbose) return;
  if (progress_) std::fputs(progress_->erase().c_str(), stderr);
  complain(tool_, where(diagnostic.location), (severe ? "" : "warning: ") + diagnostic.message,
           color_);
}

void Runner::show_progress() {
  if (progress_) std::fputs(progress_->update(documents_, bytes_).c_str(), stderr);
}

std::string Runner::statistics() const {
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
  text::JsonWriter writer;
  writer.string("tool", tool_)
      .integer("documents", static_cast<long long>(documents_))
      .integer("written", static_cast<long long>(written_))
      .integer("failures", static_cast<long long>(failures_))
      .integer("skipped_records", static_cast<long long>(reader_.records_skipped()))
      .integer("bytes_read", static_cast<long long>(reader_.bytes_read()))
      .integer("bytes_written",
               outputs_.main ? static_cast<long long>(outputs_.main->bytes_written()) : 0)
      .number("seconds", elapsed.count());
  filter_.add_statistics(writer);
  return writer.finish();
}

}  // namespace copydesk::tools
