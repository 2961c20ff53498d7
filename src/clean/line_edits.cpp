#include "clean/line_edits.h"

#include <algorithm>

namespace copydesk::clean {
namespace {

std::ptrdiff_t line_breaks(std::string_view text, std::size_t from, std::size_t to) {
  return std::count(text.begin() + static_cast<std::ptrdiff_t>(from),
                    text.begin() + static_cast<std::ptrdiff_t>(to), '\n');
}

/// Lines first to last are gone, those beside them are not.
void add_run(const TextLines& text, std::size_t first, std::size_t last, std::vector<Edit>& edits) {
  const std::vector<TextLine>& lines = text.lines();
  const std::string_view bytes = text.text();
  const std::size_t before = first > 0 ? lines[first - 1].end : 0;
  const bool at_end = last + 1 == lines.size();
  const std::size_t behind = at_end ? bytes.size() : lines[last + 1].begin;
  // The last gap is kept where it is the text's end (its final line break, if it has one).
  const bool keep_behind =
      first > 0 && (at_end || line_breaks(bytes, lines[last].end, behind) >
                                  line_breaks(bytes, before, lines[first].begin));
  std::size_t begin = keep_behind ? before : lines[first].begin;
  for (std::size_t i = first; i <= last; ++i) {
    if (i < last && lines[i + 1].cause == lines[i].cause) continue;
    const std::size_t end = i < last      ? (keep_behind ? lines[i].end : lines[i + 1].begin)
                            : keep_behind ? lines[last].end
                                          : behind;
    edits.push_back({begin, std::string(bytes.substr(begin, end - begin)), "",
                     std::string(lines[i].cause), std::string(lines[i].reason)});
    begin = end;
  }
}

}  // namespace

std::vector<Edit> edits_of(const TextLines& text) {
  const std::vector<TextLine>& lines = text.lines();
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].alive) continue;
    std::size_t last = i;
    while (last + 1 < lines.size() && !lines[last + 1].alive) ++last;
    add_run(text, i, last, edits);
    i = last;
  }
  return edits;
}

}  // namespace copydesk::clean
