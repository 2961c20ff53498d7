#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/clean.h"

namespace copydesk {
namespace {

std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

/// Behind the line break of the line in which `at` stands.
std::size_t line_end(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

std::size_t count_lines(std::string_view text) {
  const auto breaks = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return breaks + (!text.empty() && text.back() != '\n' ? 1 : 0);
}

class DiffWriter {
 public:
  DiffWriter(std::string_view input, const std::vector<Edit>& edits, bool color)
      : input_(input), edits_(edits), color_(color) {}

  std::string write(std::string_view name) {
    out_ = "--- " + std::string(name) + "\n+++ " + std::string(name) + "\n";
    for (std::size_t i = 0; i < edits_.size();) {
      // Edits that touch one line, or lines next to one another, are one hunk.
      const std::size_t begin = line_begin(input_, edits_[i].offset);
      std::size_t end = line_end(input_, edits_[i].offset + edits_[i].was.size());
      std::size_t next = i + 1;
      while (next < edits_.size() && edits_[next].offset < end) {
        end = std::max(end, line_end(input_, edits_[next].offset + edits_[next].was.size()));
        ++next;
      }
      hunk(i, next, begin, end);
      i = next;
    }
    return std::move(out_);
  }

 private:
  void hunk(std::size_t first, std::size_t last, std::size_t begin, std::size_t end) {
    std::string_view was = input_.substr(begin, end - begin);
    std::vector<Edit> here(edits_.begin() + static_cast<std::ptrdiff_t>(first),
                           edits_.begin() + static_cast<std::ptrdiff_t>(last));
    for (Edit& edit : here) edit.offset -= begin;
    const std::string changed = apply_edits(was, here);
    std::string_view now = changed;
    std::size_t line = count_lines(input_.substr(0, begin)) + 1;
    while (!was.empty() && !now.empty()) {
      const std::string_view a = was.substr(0, line_end(was, 0));
      if (a != now.substr(0, line_end(now, 0))) break;
      was.remove_prefix(a.size());
      now.remove_prefix(a.size());
      ++line;
    }
    const std::size_t now_line =
        static_cast<std::size_t>(static_cast<std::ptrdiff_t>(line) + shift_);
    const std::size_t was_lines = count_lines(was);
    const std::size_t now_lines = count_lines(now);
    out_ += "@@ -" + std::to_string(line) + "," + std::to_string(was_lines) + " +" +
            std::to_string(now_lines == 0 ? now_line - 1 : now_line) + "," +
            std::to_string(now_lines) + " @@ " + edits_[first].rule + "\n";
    side(was, '-', "\x1b[31m");
    side(now, '+', "\x1b[32m");
    shift_ += static_cast<std::ptrdiff_t>(now_lines) - static_cast<std::ptrdiff_t>(was_lines);
  }

  void side(std::string_view text, char sign, std::string_view color) {
    while (!text.empty()) {
      std::string_view line = text.substr(0, line_end(text, 0));
      text.remove_prefix(line.size());
      const bool complete = line.back() == '\n';
      if (complete) line.remove_suffix(1);
      if (color_) out_ += color;
      out_ += sign;
      out_ += line;
      if (color_) out_ += "\x1b[0m";
      out_ += complete ? "\n" : "\n\\ No newline at end of file\n";
    }
  }

  std::string_view input_;
  const std::vector<Edit>& edits_;
  bool color_;
  std::string out_;
  std::ptrdiff_t shift_ = 0;
};

}  // namespace

std::string diff_edits(std::string_view input, const std::vector<Edit>& edits,
                       std::string_view name, bool color) {
  if (edits.empty()) return {};
  return DiffWriter(input, edits, color).write(name);
}

}  // namespace copydesk
