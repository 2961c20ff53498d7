#include "clean/line_scorer.h"

#include <algorithm>
#include <string>

#include <xxhash.h>

#include "data/line_tables.h"

namespace copydesk::clean {
namespace {

constexpr float kMostScore = 5;  // a line that is surer than this counts no more
constexpr float kMostWords = 60;

/// Where an extractor indents at all, it is an item of a list, or code.
bool is_indented(std::string_view line) noexcept {
  return line.starts_with("  ") || line.starts_with('\t');
}

/// How far a line is over the limit of its edge, weighed by its words.
float weigh(float score, float limit, const LineMeasures& line) noexcept {
  const float words = std::min(static_cast<float>(line.words) + 2, kMostWords);
  return (std::clamp(score, -kMostScore, kMostScore) - limit) * words;
}

std::uint64_t words_of(std::span<const LineMeasures* const> lines) noexcept {
  std::uint64_t words = 0;
  for (const LineMeasures* line : lines) words += line->words;
  return words;
}

std::uint64_t words_of(std::span<const LineMeasures* const> lines,
                       std::span<const std::uint32_t> numbers) noexcept {
  std::uint64_t words = 0;
  for (const std::uint32_t i : numbers) words += lines[i]->words;
  return words;
}

/// Of `gone` the lines with the lowest scores, the lowest first, up to `most` words.
void keep_surest(std::span<const LineMeasures* const> lines, std::span<const float> scores,
                 std::uint64_t most, std::vector<std::uint32_t>& gone) {
  std::stable_sort(gone.begin(), gone.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return scores[a] < scores[b]; });
  std::uint64_t words = 0;
  const auto full = std::find_if(gone.begin(), gone.end(), [&](std::uint32_t i) {
    words += lines[i]->words;
    return words > most;
  });
  gone.erase(full, gone.end());
  std::sort(gone.begin(), gone.end());
}

}  // namespace

/// Reads a table line by line into a scorer.
struct LineScorer::Reader {
  LineScorer& scorer;
  std::vector<std::uint16_t> facts;

  bool read_facts(trees::TableLine& line) {
    for (std::string_view name = line.word(); !name.empty(); name = line.word()) {
      std::size_t fact = 0;
      while (fact < kFactCount && name_of(static_cast<Fact>(fact)) != name) ++fact;
      if (fact == kFactCount) return false;
      facts.push_back(static_cast<std::uint16_t>(fact));
    }
    return true;
  }

  bool read_token(trees::TableLine& line) {
    float value = 0;
    if (!line.number(value)) return false;
    scorer.tokens_.add(line.word(), value);
    return true;
  }

  bool read_languages(trees::TableLine& line) {
    for (std::string_view code = line.word(); !code.empty(); code = line.word())
      scorer.languages_.emplace_back(code);
    return !scorer.languages_.empty();
  }

  bool read_drop_with(trees::TableLine& line) {
    const std::string_view evidence = line.word();
    if (evidence != "some" && evidence != "sure") return false;
    DropWith& limits = evidence == "some" ? scorer.with_some_ : scorer.with_sure_;
    return line.number(limits.english) && line.number(limits.other);
  }

  bool read_line(trees::TableLine line) {
    const std::string_view item = line.word();
    bool good = item.empty() || item[0] == '#';
    if (good) return true;
    if (item == "drop") good = line.number(scorer.drop_);
    if (item == "drop-with") good = read_drop_with(line);
    if (item == "edge") good = line.number(scorer.edge_);
    if (item == "least") good = line.number(scorer.least_);
    if (item == "margin") good = line.number(scorer.margin_);
    if (item == "keep-head") good = line.number(scorer.keep_head_);
    if (item == "indented") good = line.number(scorer.indented_);
    if (item == "languages") good = read_languages(line);
    if (item == "facts") good = read_facts(line);
    if (item == "token") good = read_token(line);
    if (item == "early")
      good = line.number(scorer.early_.trees) && line.number(scorer.early_.limit);
    if (item == "base") good = line.number(scorer.base_);
    if (item == "tree") good = scorer.forest_.add(line, facts);
    return good && line.word().empty();
  }
};

Result<LineScorer> LineScorer::parse(std::string_view table) {
  constexpr std::string_view kFirstLine = "copydesk-lines 1";
  if (table.empty()) return {ErrorCode::bad_data, "an empty line table"};
  LineScorer scorer;
  Reader reader{scorer, {}};
  // Most lines of an extracted text are plainly article, and a few trees see it.
  scorer.early_.side = trees::EarlyEnd::Side::at_least;
  scorer.early_.verdict = kMostScore;
  for (std::size_t number = 1; !table.empty(); ++number) {
    const std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(line.size() + 1, table.size()));
    const bool good = number == 1 ? line == kFirstLine : reader.read_line(trees::TableLine(line));
    if (!good) return {ErrorCode::bad_data, "line table, line " + std::to_string(number)};
  }
  return scorer;
}

float LineScorer::score(std::span<const float> facts) const noexcept {
  const float* const row = facts.data();
  float sum = 0;
  forest_.sum({&row, 1}, base_, {&early_, 1}, {&sum, 1});
  return sum;
}

LineScorer::Window LineScorer::find_window(std::span<const LineMeasures* const> lines,
                                           std::span<const float> scores) const {
  Window best{0, lines.size()};
  float most = 0;
  float sum = 0;
  float all = 0;
  float outside = 0;  // the sum of the lines before the window
  float before = 0;   // the same of the best window
  std::size_t begin = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (sum <= 0) {
      sum = 0;
      begin = i;
      outside = all;
    }
    const float over = weigh(scores[i], edge_, *lines[i]);
    sum += over;
    all += over;
    if (sum <= most) continue;
    most = sum;
    best = {begin, i + 1};
    before = outside;
  }
  if (before > -margin_) best.begin = 0;
  if (all - before - most > -margin_) best.end = lines.size();
  return best;
}

float LineScorer::drop_limit(const ScoredText& text) const noexcept {
  const auto limit = [&](const DropWith& with) {
    return text.language == "en" ? with.english : with.other;
  };
  switch (text.evidence) {
    case Evidence::none:
      return drop_;
    case Evidence::some:
      return std::max(drop_, limit(with_some_));
    case Evidence::sure:
      break;
  }
  return std::max({drop_, limit(with_some_), limit(with_sure_)});
}

bool LineScorer::judges(const ScoredText& text) const noexcept {
  const bool known = languages_.empty() || std::find(languages_.begin(), languages_.end(),
                                                     text.language) != languages_.end();
  return known && !forest_.empty() && (drop_limit(text) > -kUnbounded || edge_ > -kUnbounded);
}

void LineScorer::find_others(std::span<const LineMeasures* const> lines,
                             std::span<const float> scores, const ScoredText& text,
                             std::vector<std::uint32_t>& gone) const {
  const float drop = drop_limit(text);
  const Window window = find_window(lines, scores);
  bool head = keep_head_ != 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    head &= !lines[i]->prose;
    if (head) continue;
    if (i >= window.begin && i < window.end && scores[i] >= drop) continue;
    if (indented_ == 0 && is_indented(lines[i]->bytes)) continue;
    gone.push_back(static_cast<std::uint32_t>(i));
  }
}

bool LineScorer::choose(const FactBuilder& facts, std::span<const LineMeasures* const> lines,
                        const ScoredText& text, std::vector<std::uint32_t>& gone) const {
  gone.clear();
  if (!judges(text)) return false;
  std::vector<float> scores(lines.size());
  std::vector<const float*> rows(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) rows[i] = facts.row(i).data();
  forest_.sum(rows, base_, {&early_, 1}, scores);
  find_others(lines, scores, text, gone);
  const std::uint64_t all = words_of(lines);
  const std::uint64_t words = words_of(lines, gone);
  if (words == all || static_cast<float>(words) < least_ * static_cast<float>(all)) gone.clear();
  if (gone.empty() || words <= text.most_words) return false;
  if (!text.surest) {
    gone.clear();
    return false;
  }
  keep_surest(lines, scores, text.most_words, gone);
  return true;
}

const LineScorer& builtin_scorer(CleanLevel level) {
  // A table that does not parse would be a broken build, which a test sees: no line goes by it.
  const auto read = [](std::string_view name) {
    for (const data::EmbeddedFile& file : data::line_tables::files()) {
      if (file.name != name) continue;
      if (Result<LineScorer> scorer = LineScorer::parse(file.text)) return *std::move(scorer);
    }
    return LineScorer();
  };
  static const LineScorer news = read("news.txt");
  if (level != CleanLevel::full_page) return news;
  static const LineScorer full_page = read("full_page.txt");
  return full_page;
}

std::uint64_t builtin_tables_hash() noexcept {
  std::uint64_t hash = 0;
  for (const data::EmbeddedFile& file : data::line_tables::files()) {
    hash = XXH3_64bits_withSeed(file.text.data(), file.text.size(), hash);
  }
  return hash;
}

}  // namespace copydesk::clean
