#pragma once

/// @file
/// How often each of many strings occurs: exact, in bounded memory.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "copydesk/error.h"

namespace copydesk {

struct CounterOptions {
  /// Bytes of strings and counts held at a time, about. What is more goes to disk, sorted.
  std::size_t memory = std::size_t{512} << 20;
  /// Where temporary files are made (and at once unlinked); empty: TMPDIR, else /tmp.
  std::string directory = {};
  std::uint64_t min_count = 1;  ///< what occurs less often is left out
};

/// Counts strings, then gives them back: the most frequent first, those of the same count in the
/// order of their bytes. Strings that do not fit in memory are written to disk as sorted runs and
/// merged, so the result is exact whatever the amount. Not thread-safe.
class Counter {
 public:
  explicit Counter(const CounterOptions& options = {});
  ~Counter();
  Counter(Counter&&) noexcept;
  Counter& operator=(Counter&&) noexcept;

  /// Error: cannot_open or write_failed for a temporary file; the counter is of no use after.
  [[nodiscard]] Status add(std::string_view key, std::uint64_t count = 1);

  struct Entry {
    std::string_view key;  ///< valid until the next call
    std::uint64_t count = 0;
  };
  /// The next entry; a count of 0 behind the last one. Nothing may be added after the first call.
  /// Errors: write_failed, read_failed.
  [[nodiscard]] Result<Entry> next();

  /// How many times the counter has written a run to disk.
  [[nodiscard]] std::size_t spills() const noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk
