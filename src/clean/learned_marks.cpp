#include "clean/learned_marks.h"

#include <algorithm>
#include <unordered_map>

#include "copydesk/site_memory.h"

namespace copydesk::clean {
namespace {

constexpr std::uint64_t kLearnedShare = 40;  // %: at most so many words go by memory
constexpr std::uint32_t kHeadlineWords = 5;
constexpr std::uint32_t kLearnedWords = 6;  // a shorter learnt line goes at the edges and in runs

}  // namespace

LearnedMarks::LearnedMarks(const LearnedLines* learned, const TextLines& lines, CleanLevel level) {
  if (!learned || learned->hashes.empty()) return;
  const std::vector<std::uint64_t>& known = learned->hashes;
  hashes_.resize(lines.lines().size());
  std::uint64_t words = 0;
  for (std::size_t i = 0; i < hashes_.size(); ++i) {
    const TextLine& line = lines.lines()[i];
    if (line.end - line.begin > kLongestMatched) continue;
    const std::uint64_t hash = site_line_hash(lines.bytes_of(line));
    if (hash == 0 || !std::binary_search(known.begin(), known.end(), hash)) continue;
    hashes_[i] = hash;
    words += line.words;
  }
  const std::uint64_t limit = level == CleanLevel::full_page ? 100 : kLearnedShare;
  if (words * 100 <= lines.words() * limit) return;
  refused_ = true;
  hashes_.clear();
}

/// A headline stands above its article and, here and elsewhere, in the lists of the site: a longer
/// line that stands twice is not marked.
void LearnedMarks::update(const TextLines& lines) {
  if (hashes_.empty()) return;
  std::unordered_map<std::uint64_t, int> counts;
  for (std::size_t i = 0; i < hashes_.size(); ++i) {
    if (lines.lines()[i].alive && hashes_[i] != 0) ++counts[hashes_[i]];
  }
  marks_.assign(hashes_.size(), Mark());
  Mark* before = nullptr;
  for (std::size_t i = 0; i < hashes_.size(); ++i) {
    const TextLine& line = lines.lines()[i];
    if (!line.alive) continue;
    Mark& mark = marks_[i];
    mark.learned = hashes_[i] != 0 && (line.words < kHeadlineWords || counts[hashes_[i]] == 1);
    mark.beside = before && before->learned;
    if (before && mark.learned) before->beside = true;
    before = &mark;
  }
}

bool LearnedMarks::goes(const TextLines& lines, std::size_t line, std::uint32_t prose_before,
                        std::uint32_t prose_behind) const {
  if (marks_.empty() || !marks_[line].learned) return false;
  return lines.lines()[line].words >= kLearnedWords || marks_[line].beside ||
         prose_before < kEdgeProseLines || prose_behind < kEdgeProseLines;
}

}  // namespace copydesk::clean
