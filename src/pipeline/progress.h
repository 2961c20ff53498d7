#pragma once

/// @file
/// A line of progress for a person at a terminal, at most ten times a second.

#include <chrono>
#include <cstdint>
#include <string>

namespace copydesk::pipeline {

/// Composes progress lines; the caller writes them. Not thread-safe.
class Progress {
 public:
  explicit Progress(std::string label) : label_(std::move(label)) {}

  /// The text to write to the terminal now ("\r", the line, and "erase to the end"), or empty when
  /// the last one is younger than a tenth of a second.
  [[nodiscard]] std::string update(std::uint64_t documents, std::uint64_t bytes);

  /// What removes the line again; empty if none was shown.
  [[nodiscard]] std::string erase();

 private:
  using Clock = std::chrono::steady_clock;
  std::string label_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_{};
  bool shown_ = false;
};

}  // namespace copydesk::pipeline
