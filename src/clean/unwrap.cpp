#include "clean/unwrap.h"

#include <algorithm>
#include <string>

#include "text/utf8.h"

namespace copydesk::clean {
namespace {

constexpr std::size_t kNarrowest = 40;  // code points
constexpr std::size_t kWidest = 130;
constexpr std::size_t kFewest = 5;  // lines that can be judged

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t width = 0;       // code points
  std::size_t first_word = 0;  // code points
};

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

/// "- ", "* ", "1. ", or indentation: such a line begins something of its own.
bool begins_item(std::string_view line) noexcept {
  if (line.empty() || line[0] == ' ' || line[0] == '\t' || line[0] == '>' || line[0] == '#') {
    return true;
  }
  if (line.starts_with("\xE2\x80\xA2")) return true;  // bullet
  if (line.size() > 1 && (line[0] == '-' || line[0] == '*' || line[0] == '+'))
    return line[1] == ' ';
  std::size_t at = 0;
  while (at < line.size() && is_digit(line[at])) ++at;
  return at > 0 && at + 1 < line.size() && (line[at] == '.' || line[at] == ')') &&
         line[at + 1] == ' ';
}

std::vector<Line> split(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    lines.push_back({at, end, text::count_code_points(line),
                     text::count_code_points(line.substr(0, line.find(' ')))});
    at = end + 1;
  }
  return lines;
}

/// Line `i` and the next stand in one block, and the next one begins nothing of its own.
bool could_join(std::string_view text, const std::vector<Line>& lines, std::size_t i) {
  const Line& next = lines[i + 1];
  return lines[i].width > 0 && next.width > 0 &&
         !begins_item(text.substr(next.begin, next.end - next.begin));
}

/// The width that all but the longest 2% keep to; 0 if there are too few lines to say.
std::size_t wrap_width(std::string_view text, const std::vector<Line>& lines) {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (could_join(text, lines, i)) widths.push_back(lines[i].width);
  }
  if (widths.size() < kFewest) return 0;
  const std::size_t place = widths.size() - 1 - widths.size() / 50;
  std::nth_element(widths.begin(), widths.begin() + static_cast<std::ptrdiff_t>(place),
                   widths.end());
  return widths[place];
}

}  // namespace

std::vector<Edit> unwrap_lines(std::string_view text) {
  const std::vector<Line> lines = split(text);
  const std::size_t width = wrap_width(text, lines);
  if (width < kNarrowest || width > kWidest) return {};
  std::vector<Edit> edits;
  std::size_t judged = 0;
  std::size_t full = 0;
  std::size_t longer = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].width > width) ++longer;
    if (!could_join(text, lines, i)) continue;
    ++judged;
    if (lines[i].width + 1 + lines[i + 1].first_word > width) ++full;
    edits.push_back({lines[i].end, "\n", " ", "repair/unwrap", "hard-wrapped line"});
  }
  const bool wrapped = full * 10 >= judged * 9 && longer * 20 <= lines.size();
  return wrapped ? edits : std::vector<Edit>{};
}

}  // namespace copydesk::clean
