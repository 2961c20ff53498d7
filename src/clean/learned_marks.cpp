#include "clean/learned_marks.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <unordered_map>

#include "copydesk/site_memory.h"

#include "clean/line_keys.h"
#include "rules/fold.h"

namespace copydesk::clean {
namespace {

constexpr std::uint32_t kHeadlineWords = 5;
constexpr std::uint32_t kLearnedWords = 6;  // a shorter learnt line goes at the edges and in runs

constexpr std::string_view kMemoryLine = "memory/line";
constexpr std::string_view kMemoryBetween = "memory/between";

/// The first of the keys that the memory knows; 0 if it knows none.
std::uint64_t first_known(const LearnedLines& learned, std::initializer_list<std::uint64_t> keys) {
  for (const std::uint64_t key : keys) {
    if (key != 0 && std::binary_search(learned.hashes.begin(), learned.hashes.end(), key)) {
      return key;
    }
  }
  return 0;
}

/// Finds runs of wordless lines that what the site repeats holds on both sides.
class BetweenFinder {
 public:
  /// `gone`: words of the lines that went by memory; `most`: the most that may.
  BetweenFinder(std::uint64_t gone, std::uint64_t most) : gone_(gone), most_(most) {}

  void next(TextLine& line, bool wordless) {
    if (line.alive && wordless) {
      run_.push_back(&line);
    } else if (line.alive) {
      run_.clear();
      bounded_ = learned_ = false;
    } else if (line.cause == kMemoryLine) {
      learned_ = true;
      close();
      bounded_ = true;
    }
  }

  /// The text's edge, or a line that went by memory.
  void close() {
    std::uint64_t words = gone_;
    for (const TextLine* line : run_) words += line->words;
    if (bounded_ && learned_ && words <= most_) {
      for (TextLine* line : run_)
        line->drop(kMemoryBetween, "stands between what the site repeats");
      changed_ = changed_ || !run_.empty();
      gone_ = words;
    }
    run_.clear();
  }

  [[nodiscard]] bool changed() const noexcept { return changed_; }

 private:
  std::uint64_t gone_;
  std::uint64_t most_;
  std::vector<TextLine*> run_;
  bool bounded_ = true;  // at its beginning
  bool learned_ = false;
  bool changed_ = false;
};

}  // namespace

LearnedMarks::LearnedMarks(const LearnedLines* learned, const TextLines& lines, double share)
    : share_(share) {
  if (!learned || learned->hashes.empty()) return;
  find(*learned, lines);
  refused_ = !may_be_used(lines);
}

void LearnedMarks::find(const LearnedLines& learned, const TextLines& lines) {
  const std::vector<TextLine>& each = lines.lines();
  hashes_.resize(each.size());
  wordless_.resize(each.size());
  PageHeadlines headlines;
  rules::FoldedLine folded;
  for (std::size_t i = 0; i < each.size(); ++i) {
    if (each[i].end - each[i].begin > kLongestMatched) continue;
    rules::fold_line(lines.bytes_of(each[i]), folded);
    const LineKeys keys = line_keys(folded.key());
    wordless_[i] = keys.line == 0;
    hashes_[i] = first_known(learned, {keys.line, keys.numbered});
    if (hashes_[i] == 0) headlines.add(folded.key());
  }
  for (std::size_t i = 0; i < each.size(); ++i) {
    if (hashes_[i] != 0 || each[i].end - each[i].begin > kLongestMatched) continue;
    rules::fold_line(lines.bytes_of(each[i]), folded);
    hashes_[i] = first_known(learned, {headlines.own_part(folded.key()).key});
  }
}

bool LearnedMarks::may_be_used(const TextLines& lines) const {
  std::uint64_t words = 0;
  std::uint64_t learned = 0;
  for (std::size_t i = 0; i < hashes_.size(); ++i) {
    const TextLine& line = lines.lines()[i];
    if (!line.alive) continue;
    words += line.words;
    if (hashes_[i] != 0) learned += line.words;
  }
  return static_cast<double>(learned) <= share_ * static_cast<double>(words);
}

bool LearnedMarks::reconsider(const TextLines& lines) {
  if (!refused_ || !may_be_used(lines)) return false;
  refused_ = false;
  return true;
}

/// A headline stands above its article and, here and elsewhere, in the lists of the site: a longer
/// line that stands twice is not marked.
void LearnedMarks::update(const TextLines& lines) {
  if (!used()) return;
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

void LearnedMarks::drop(TextLine& line) {
  line.drop(kMemoryLine, "the site repeats it");
}

std::uint64_t LearnedMarks::words_gone(const TextLines& lines) noexcept {
  std::uint64_t words = 0;
  for (const TextLine& line : lines.lines()) {
    const bool learned = line.cause == kMemoryLine || line.cause == kMemoryBetween;
    words += !line.alive && learned ? line.words : 0;
  }
  return words;
}

bool LearnedMarks::drop_between(TextLines& lines) const {
  if (!used()) return false;
  const double most = share_ * static_cast<double>(lines.words());
  BetweenFinder finder(words_gone(lines), static_cast<std::uint64_t>(most));
  for (std::size_t i = 0; i < hashes_.size(); ++i) finder.next(lines.lines()[i], wordless_[i]);
  finder.close();
  return finder.changed();
}

}  // namespace copydesk::clean
