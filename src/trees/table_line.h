#pragma once

/// @file
/// One line of a text table, read word by word.

#include <charconv>
#include <string_view>
#include <system_error>

namespace copydesk::trees {

class TableLine {
 public:
  explicit TableLine(std::string_view line) : rest_(line) {}

  /// The next word; empty behind the last one.
  std::string_view word() {
    while (!rest_.empty() && rest_[0] == ' ') rest_.remove_prefix(1);
    const std::string_view found = rest_.substr(0, rest_.find(' '));
    rest_.remove_prefix(found.size());
    return found;
  }

  /// True behind the last word.
  [[nodiscard]] bool done() const noexcept {
    return rest_.find_first_not_of(' ') == std::string_view::npos;
  }

  /// False if the next word is no number of that type.
  template <typename Number>
  bool number(Number& value) {
    const std::string_view found = word();
    const auto [end, error] = std::from_chars(found.data(), found.data() + found.size(), value);
    return error == std::errc() && end == found.data() + found.size();
  }

 private:
  std::string_view rest_;
};

}  // namespace copydesk::trees
