#include "clean/title_head.h"

#include <algorithm>

#include "clean/latin.h"

namespace copydesk::clean {
namespace {

constexpr std::size_t kFewestWords = 4;
constexpr std::string_view kMarks = " ,;:-|([/";  // at the end of a run of words

struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string latin;
};

/// What stands between spaces and has a letter or digit.
std::vector<Word> words_of(std::string_view title) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < title.size();) {
    const std::size_t end = std::min(title.find(' ', at), title.size());
    std::string latin = latin_forms(title.substr(at, end - at)).first;
    if (!latin.empty()) words.push_back({at, end, std::move(latin)});
    at = end + 1;
  }
  return words;
}

/// The number of words from `first` on that make up `line`; 0 if they do not.
std::size_t match(const std::vector<Word>& words, std::size_t first, std::string_view line) {
  std::size_t next = first;
  while (!line.empty() && next < words.size() && line.starts_with(words[next].latin)) {
    line.remove_prefix(words[next].latin.size());
    ++next;
  }
  return line.empty() ? next - first : 0;
}

}  // namespace

TitleHead::TitleHead(const std::vector<std::string_view>& lines) {
  for (const std::string_view line : lines) {
    std::string latin = latin_forms(line).first;
    if (!latin.empty()) lines_.push_back(std::move(latin));
  }
}

bool TitleHead::has(std::string_view text) const {
  return !lines_.empty() &&
         std::find(lines_.begin(), lines_.end(), latin_forms(text).first) != lines_.end();
}

std::optional<TitleRange> TitleHead::find(std::string_view title) const {
  if (lines_.empty()) return std::nullopt;
  const std::vector<Word> words = words_of(title);
  std::size_t most = 0;
  TitleRange best;
  for (std::size_t first = 0; first + kFewestWords <= words.size(); ++first) {
    for (const std::string& line : lines_) {
      const std::size_t count = match(words, first, line);
      if (count < kFewestWords || count <= most) continue;
      most = count;
      best = {words[first].begin, words[first + count - 1].end};
    }
  }
  if (most == 0) return std::nullopt;
  while (kMarks.find(title[best.end - 1]) != std::string_view::npos) --best.end;
  return best;
}

}  // namespace copydesk::clean
