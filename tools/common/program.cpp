#include "common/program.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include <unistd.h>

#include "common/runner.h"
#include "version.h"

namespace copydesk::tools {
namespace {

constexpr std::string_view kExitStatus =
    "Exit status:\n"
    "  0  all fine\n"
    "  1  some documents failed; each was reported\n"
    "  2  bad usage, or the run could not go on\n";

/// Number of single-character edits between two words: for "did you mean".
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({change, row[j] + 1, row[j - 1] + 1}));
    }
  }
  return row.back();
}

/// The long option nearest to an unknown one, if one is near.
std::string suggestion(const CLI::App& app, std::string word) {
  word = word.substr(0, word.find('='));
  std::string best;
  std::size_t best_distance = 3;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      const std::size_t distance = edit_distance(word, "--" + name);
      if (distance >= best_distance) continue;
      best_distance = distance;
      best = "--" + name;
    }
  }
  return best;
}

/// The words of the command line that look like options nobody declared.
std::string unknown_option(const CLI::App& app) {
  for (const std::string& word : app.remaining()) {
    if (word == "--") break;  // what follows is files
    if (word.size() > 1 && word[0] == '-') return word;
  }
  return {};
}

/// CLI11's own messages, without its habit of naming exception types.
std::string plain_message(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_name() == "ArgumentMismatch") {
    const std::string what = error.what();
    return "option " + what.substr(0, what.find(':')) + " needs a value";
  }
  const std::string word = unknown_option(app);
  if (word.empty()) return error.what();
  const std::string near = suggestion(app, word);
  return "unknown option " + word + (near.empty() ? "" : "; did you mean " + near + "?");
}

/// Breaks `text` into lines of at most 80 columns, each after the first indented.
std::string wrapped(const std::string& text, std::size_t column, std::size_t indent) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (column + word.size() > 79 && column > indent) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (at > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    at = end + 1;
  }
  return out;
}

std::string option_line(const CLI::Option& option) {
  constexpr std::size_t kColumn = 28;
  std::string names;
  for (const std::string& name : option.get_snames()) names += (names.empty() ? "-" : ", -") + name;
  for (const std::string& name : option.get_lnames())
    names += (names.empty() ? "    --" : ", --") + name;
  if (option.get_expected_max() > 0 && !option.get_option_text().empty()) {
    names += (option.get_option_text()[0] == '[' ? "" : " ") + option.get_option_text();
  }
  std::string line = "  " + names;
  if (line.size() + 2 > kColumn) {
    line += "\n" + std::string(kColumn, ' ');
  } else {
    line.resize(kColumn, ' ');
  }
  return line + wrapped(option.get_description(), kColumn, kColumn) + "\n";
}

}  // namespace

Program::Program(Manual manual, const CommonTraits& traits)
    : manual_(std::move(manual)), app_(manual_.summary, manual_.name) {
  manual_.name.insert(0, COPYDESK_PROGRAM_PREFIX);
  // A parent may have set SIGPIPE to be ignored; a filter wants its default.
  std::signal(SIGPIPE, SIG_DFL);
  app_.set_help_flag();
  app_.add_flag("-h,--help")->description("Show this help")->group("Help");
  app_.add_flag("-V,--version")->description("Show the version")->group("Help");
  app_.allow_extras();
  add_common_options(app_, options_, traits);
}

std::optional<int> Program::parse(int argc, const char* const* argv) {
  try {
    // CLI11 parses from the back and would let a bare --stats take the next word as its value.
    std::vector<std::string> words;
    for (int i = argc - 1; i > 0; --i) {
      words.emplace_back(std::string_view(argv[i]) == "--stats" ? "--stats=-" : argv[i]);
    }
    app_.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    if (app_.count("--help") > 0) return print(help());
    return refuse(plain_message(app_, error));
  }
  if (app_.count("--help") > 0) return print(help());
  if (app_.count("--version") > 0)
    return print(manual_.name + " " COPYDESK_VERSION " (copydesk)\n");
  if (!unknown_option(app_).empty()) {
    return refuse(plain_message(app_, CLI::ExtrasError(app_.remaining())));
  }
  return std::nullopt;
}

std::string Program::help() const {
  std::string text = "Usage: " + manual_.name + " [OPTION]... [FILE]...\n\n" +
                     wrapped(manual_.summary, 0, 0) + "\n";
  if (!manual_.examples.empty()) text += "\nExamples:\n";
  for (const std::string& example : manual_.examples) text += "  " + example + "\n";
  for (const std::string& group : app_.get_groups()) {
    std::string lines;
    for (const CLI::Option* option : app_.get_options()) {
      if (option->get_group() == group && !option->get_positional()) lines += option_line(*option);
    }
    if (!lines.empty()) text += "\n" + (group == "Options" ? "Options" : group) + ":\n" + lines;
  }
  return text + "\n" + std::string(kExitStatus);
}

int Program::run(Filter& filter, ReadOptions read) {
  return run_once(filter, std::move(read), true);
}

int Program::scan(Filter& filter, ReadOptions read) {
  const bool twice = !options_.files.empty() || !options_.files_from.empty();
  if (!twice || std::count(options_.files.begin(), options_.files.end(), "-") > 0) {
    return refuse("standard input cannot be read twice: name files");
  }
  return run_once(filter, std::move(read), false);
}

int Program::run_once(Filter& filter, ReadOptions read, bool writing) {
  auto files = input_files(options_);
  if (!files) return fatal(files.error(), options_.files_from);
  read.files = std::move(files).value();
  read.from = options_.from;
  read.max_document_size = options_.max_document_size;
  const bool waiting = read.files.empty() && ::isatty(STDIN_FILENO) != 0 && !options_.quiet;
  if (waiting)
    complain(manual_.name, "", "reading from the terminal; Ctrl-D ends, --help for usage");
  Outputs outputs;
  if (writing) {
    auto main = Output::open({.path = options_.output});
    if (!main) return fatal(main.error(), options_.output);
    outputs.main.emplace(std::move(main).value());
  }
  if (writing && !options_.removed.empty()) {
    auto removed = Output::open({.path = options_.removed});
    if (!removed) return fatal(removed.error(), options_.removed);
    outputs.removed.emplace(std::move(removed).value());
  }
  Runner runner(manual_.name, options_, filter, std::move(read), std::move(outputs));
  const int status = runner.run();
  if (!writing || !options_.stats) return status;
  const std::string statistics = runner.statistics() + "\n";
  if (*options_.stats == "-") {
    [[maybe_unused]] const ssize_t ignored =
        ::write(STDERR_FILENO, statistics.data(), statistics.size());
    return status;
  }
  auto file = Output::open({.path = *options_.stats});
  if (!file) return fatal(file.error(), *options_.stats);
  if (Status put = file->write(statistics); !put) return fatal(put.error(), *options_.stats);
  if (Status done = file->finish(); !done) return fatal(done.error(), *options_.stats);
  return status;
}

int Program::fatal(const Error& error, std::string_view about) const {
  complain(manual_.name, about == "-" ? "standard output" : about, to_string(error),
           use_color(options_.color, STDERR_FILENO));
  return kExitUsage;
}

int Program::refuse(const std::string& message) const {
  complain(manual_.name, "", message, use_color(options_.color, STDERR_FILENO));
  complain("Try '" + manual_.name + " --help' for more", "", "");
  return kExitUsage;
}

int Program::print(std::string_view text) const {
  auto out = Output::open({});
  if (!out) return fatal(out.error(), "-");
  if (Status put = out->write(text); !put) return fatal(put.error(), "-");
  if (Status done = out->finish(); !done) return fatal(done.error(), "-");
  return kExitOk;
}

}  // namespace copydesk::tools
