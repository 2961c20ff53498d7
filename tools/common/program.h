#pragma once

/// @file
/// The one place where options become a run, errors become `tool: file:line: message`, and both
/// become an exit status: 0 all fine, 1 some documents failed, 2 bad usage or the run cannot go on.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "copydesk/stream.h"

#include "common/filter.h"
#include "common/options.h"

namespace copydesk::tools {

inline constexpr int kExitOk = 0;
inline constexpr int kExitSomeFailed = 1;
inline constexpr int kExitUsage = 2;

/// What --help says beside the options.
struct Manual {
  std::string name;                   ///< "clean", to which the packager's prefix is added
  std::string summary;                ///< one sentence
  std::vector<std::string> examples;  ///< command lines
};

/// One invocation of one tool.
class Program {
 public:
  Program(Manual manual, const CommonTraits& traits);

  /// For the tool's own options (use app().add_option(...)->group("...")).
  [[nodiscard]] CLI::App& app() noexcept { return app_; }
  [[nodiscard]] CommonOptions& options() noexcept { return options_; }
  [[nodiscard]] const CommonOptions& options() const noexcept { return options_; }

  /// Parses the command line. A value is the exit status of a run that is over: --help, --version,
  /// or a command line that was refused.
  [[nodiscard]] std::optional<int> parse(int argc, const char* const* argv);

  /// Sends all input through `filter` and writes what comes out; the exit status. Of `read` the
  /// accepted formats and the fallback count; files and limits come from the options.
  [[nodiscard]] int run(Filter& filter, ReadOptions read = {});

  /// The same without writing output, removed text or statistics: a first pass over files that are
  /// read again. Standard input cannot be read twice: that is refused with a message.
  [[nodiscard]] int scan(Filter& filter, ReadOptions read = {});

  /// Reports a failure that ends the run, `about` being a file or option; returns kExitUsage.
  int fatal(const Error& error, std::string_view about = {}) const;
  /// Refuses the command line: the message and where to find help; returns kExitUsage.
  int refuse(const std::string& message) const;

  /// Writes `text` to standard output, checked; the exit status.
  [[nodiscard]] int print(std::string_view text) const;

 private:
  [[nodiscard]] int run_once(Filter& filter, ReadOptions read, bool writing);
  [[nodiscard]] std::string help() const;

  Manual manual_;
  CLI::App app_;
  CommonOptions options_;
};

}  // namespace copydesk::tools
