#include "common/options.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <utility>

#include <unistd.h>

#include "copydesk/stream.h"

namespace copydesk::tools {
namespace {

constexpr std::uint64_t kLargestNameList = std::uint64_t{1} << 30;

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

/// An option whose value is one of the named formats. A command line's last word counts.
void add_format(CLI::App& app, const std::string& flags, std::optional<Format>& into,
                const std::vector<std::string>& names, const std::string& what) {
  app.add_option_function<std::string>(
         flags,
         [&into, names, flags](const std::string& value) {
           const auto known = std::find(names.begin(), names.end(), value);
           if (known == names.end()) {
             throw CLI::ValidationError(flags.substr(flags.rfind(',') + 1),
                                        "'" + value + "' is not one of " + joined(names));
           }
           into = format_from_name(value);
         },
         what + ": " + joined(names))
      ->option_text("FORMAT")
      ->take_last();
}

void add_size(CLI::App& app, const std::string& flag, std::uint64_t& into,
              const std::string& what) {
  app.add_option_function<std::string>(
         flag,
         [&into, flag](const std::string& value) {
           const auto size = parse_size(value);
           if (!size) throw CLI::ValidationError(flag, "'" + value + "' is not a size such as 64M");
           into = *size;
         },
         what)
      ->option_text("SIZE")
      ->take_last();
}

void add_input_options(CLI::App& app, CommonOptions& options, const CommonTraits& traits) {
  app.add_option("FILE", options.files, "Files to read, in this order; - or none: standard input")
      ->option_text(" ");
  add_format(app, "-f,--from", options.from, traits.from,
             "Read every file as this, not by its content");
  app.add_option("--files-from", options.files_from, "Read names of files from FILE, one a line")
      ->option_text("FILE")
      ->take_last();
  app.add_flag("-0,--null", options.null_names, "Names in --files-from end with NUL");
  add_size(app, "--max-document-size", options.max_document_size,
           "Report and skip a document over this size (default 64M)");
  app.add_flag("--strict", options.strict, "Stop at the first bad document");
}

void add_output_options(CLI::App& app, CommonOptions& options, const CommonTraits& traits) {
  add_format(app, "-t,--to", options.to, traits.to, "Write this form");
  app.add_option("-o,--output", options.output,
                 "Write to FILE, whole or not at all; .gz and .zst compress")
      ->option_text("FILE")
      ->take_last();
  if (traits.has_removed) {
    app.add_option("--removed", options.removed, "Write what was dropped, and why, as JSON Lines")
        ->option_text("FILE")
        ->take_last();
  }
  app.add_flag("--line-buffered", options.line_buffered, "Write out every document at once");
}

void add_run_options(CLI::App& app, CommonOptions& options) {
  app.add_option("-j,--threads", options.threads, "Threads; 0: all cores (default 1)")
      ->option_text("N")
      ->check(CLI::Range(0U, 1024U))
      ->take_last();
  app.add_option_function<std::string>(
         "--stats",
         [&options](const std::string& file) { options.stats = file.empty() ? "-" : file; },
         "Write counts as one JSON object to FILE (default: standard error)")
      ->option_text("[=FILE]")
      ->take_last();
  app.add_flag("--progress", options.progress, "Show progress on a terminal");
  app.add_flag("-q,--quiet", options.quiet, "No warnings, only errors");
  app.add_flag("-v,--verbose", options.verbose, "Say more");
  app.add_option("--color", options.color, "Colour: auto, always, never (default auto)")
      ->option_text("WHEN")
      ->check([](const std::string& value) {
        return value == "auto" || value == "always" || value == "never"
                   ? std::string()
                   : "'" + value + "' is not one of auto, always, never";
      })
      ->take_last();
}

void set_group(CLI::App& app, const std::vector<std::string>& names, const std::string& group) {
  for (const std::string& name : names) {
    if (CLI::Option* option = app.get_option_no_throw(name)) option->group(group);
  }
}

}  // namespace

void add_common_options(CLI::App& app, CommonOptions& options, const CommonTraits& traits) {
  add_input_options(app, options, traits);
  add_output_options(app, options, traits);
  add_run_options(app, options);
  set_group(app, {"--from", "--files-from", "--null", "--max-document-size", "--strict"}, "Input");
  set_group(app, {"--to", "--output", "--removed", "--line-buffered"}, "Output");
  set_group(app, {"--threads", "--stats", "--progress", "--quiet", "--verbose", "--color"}, "Run");
}

Result<std::vector<std::string>> input_files(const CommonOptions& options) {
  std::vector<std::string> files = options.files;
  if (options.files_from.empty()) return files;
  ReadOptions read;
  read.files = {options.files_from};
  read.from = Format::text;
  read.max_document_size = kLargestNameList;
  DocumentReader reader(std::move(read));
  // Names may hold form feeds, which end a text document: put the pieces together again.
  std::string names;
  for (bool first = true; auto item = reader.next(); first = false) {
    if (auto* problem = std::get_if<ReadProblem>(&*item)) return std::move(problem->error);
    if (!first) names += '\f';
    names += std::get<Document>(*item).bytes;
  }
  const char end = options.null_names ? '\0' : '\n';
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t stop = std::min(names.find(end, at), names.size());
    if (stop > at) files.push_back(names.substr(at, stop - at));
    at = stop + 1;
  }
  // An empty list means no input, not standard input.
  if (files.empty()) return {ErrorCode::bad_option, "--files-from names no file"};
  return files;
}

std::optional<std::uint64_t> parse_size(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value == 0) return std::nullopt;
  std::string suffix(end, text.data() + text.size());
  std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (suffix.ends_with("ib")) {
    suffix.resize(suffix.size() - 2);
  } else if (suffix.ends_with("b")) {
    suffix.resize(suffix.size() - 1);
  }
  static constexpr std::string_view kLetters = "kmg";
  if (suffix.empty()) return value;
  const std::size_t power = kLetters.find(suffix);
  if (suffix.size() != 1 || power == std::string_view::npos) return std::nullopt;
  const auto shift = 10 * (power + 1);
  if (value > (std::uint64_t{1} << 53) >> shift) return std::nullopt;
  return value << shift;
}

bool use_color(const std::string& when, int fd) {
  if (when != "auto") return when == "always";
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* terminal = std::getenv("TERM");
  return ::isatty(fd) != 0 && terminal != nullptr && std::string_view(terminal) != "dumb";
}

}  // namespace copydesk::tools
