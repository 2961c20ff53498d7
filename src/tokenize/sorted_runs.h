#pragma once

/// @file
/// Sorted runs on disk: written one after the other, read back merged. The files have no name: they
/// are unlinked when made, so nothing is left behind however the program ends.

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"

namespace copydesk::tokenize {

struct CountedKey {
  std::string key;
  std::uint64_t count = 0;
};

/// Whether `a` comes before `b`.
using RunOrder = bool (*)(const CountedKey& a, const CountedKey& b);
[[nodiscard]] bool by_key(const CountedKey& a, const CountedKey& b) noexcept;
/// The higher count first, then by key.
[[nodiscard]] bool by_count(const CountedKey& a, const CountedKey& b) noexcept;

/// One temporary file: append, then rewind once and read.
class Run {
 public:
  [[nodiscard]] static Result<Run> create(const std::string& directory);
  [[nodiscard]] Status append(std::string_view key, std::uint64_t count);
  [[nodiscard]] Status rewind();
  /// False at the end.
  [[nodiscard]] Result<bool> read(CountedKey& into);

 private:
  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  explicit Run(std::FILE* file) : file_(file) {}
  std::unique_ptr<std::FILE, Close> file_;
};

/// Reads runs that are sorted by `order` as one sorted sequence.
class RunMerge {
 public:
  [[nodiscard]] static Result<RunMerge> open(std::vector<Run> runs, RunOrder order);
  /// The next entry, equal keys one after the other; false at the end.
  [[nodiscard]] Result<bool> next(CountedKey& into);

 private:
  struct Head {
    CountedKey entry;
    std::size_t run;
  };
  [[nodiscard]] Status advance(std::size_t run);
  void push(Head head);
  Head pop();

  std::vector<Run> runs_;
  std::vector<Head> heap_;
  RunOrder order_ = by_key;
};

}  // namespace copydesk::tokenize
