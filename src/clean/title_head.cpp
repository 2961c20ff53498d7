#include "clean/title_head.h"

#include <algorithm>

#include "clean/latin.h"

namespace copydesk::clean {
TitleHead::TitleHead(const std::vector<std::string_view>& lines, std::size_t longest) {
  constexpr std::size_t kMarks = 16;  // bytes of quotation marks, bullets and the like
  for (const std::string_view line : lines) {
    if (line.size() > longest + kMarks) continue;
    std::string latin = latin_forms(line).first;
    if (!latin.empty()) lines_.push_back(std::move(latin));
  }
}

bool TitleHead::has(std::string_view text) const {
  return !lines_.empty() &&
         std::find(lines_.begin(), lines_.end(), latin_forms(text).first) != lines_.end();
}

}  // namespace copydesk::clean
