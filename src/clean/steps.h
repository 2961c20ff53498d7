#pragma once

/// @file
/// A text on its way through several steps, with the edits of all of them as one list.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/clean.h"

namespace copydesk::clean {

/// The input must outlive it.
class Steps {
 public:
  explicit Steps(std::string_view input) : input_(input), now_(input) {}
  Steps(const Steps&) = delete;
  Steps& operator=(const Steps&) = delete;

  /// The text after the steps so far.
  [[nodiscard]] std::string_view text() const noexcept { return now_; }

  /// `edits` were made on text().
  void add(std::vector<Edit> edits);

  /// All edits, on the input. Nothing may be called after.
  [[nodiscard]] std::vector<Edit> take() { return std::move(edits_); }

 private:
  std::string_view input_;
  std::string held_;
  std::string_view now_;
  std::vector<Edit> edits_;
};

}  // namespace copydesk::clean
