#include "extract/scorer.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

namespace copydesk::extract {

double probability(double log_odds) noexcept {
  return 1 / (1 + std::exp(-log_odds));
}

double log_odds(double probability) noexcept {
  return std::log(probability / (1 - probability));
}

/// Reads a table line by line into a scorer.
struct Scorer::Reader {
  Scorer& scorer;
  std::vector<std::uint16_t> facts;
  bool second = false;  ///< past the line `again`

  bool read_facts(trees::TableLine& line) {
    for (std::string_view name = line.word(); !name.empty(); name = line.word()) {
      const std::optional<Fact> fact = fact_by_name(name);
      if (!fact) return false;
      facts.push_back(static_cast<std::uint16_t>(*fact));
    }
    return true;
  }

  bool read_token(trees::TableLine& line) {
    static constexpr std::string_view kScopes[kScopeCount] = {"own", "near", "far"};
    const std::string_view name = line.word();
    float value = 0;
    if (!line.number(value)) return false;
    for (std::size_t scope = 0; scope < kScopeCount; ++scope) {
      if (name != kScopes[scope]) continue;
      scorer.tokens_.add(static_cast<Scope>(scope), line.word(), value);
      return true;
    }
    return false;
  }

  bool read_early(trees::TableLine& line) {
    trees::EarlyEnd end;
    if (!line.number(end.trees) || !line.number(end.limit)) return false;
    if (!line.done() && !line.number(end.verdict.emplace())) return false;
    if (!scorer.ends_.empty() && end.trees <= scorer.ends_.back().trees) return false;
    scorer.ends_.push_back(end);
    return true;
  }

  bool read_again(trees::TableLine& line) {
    if (second || scorer.forest_.empty()) return false;
    second = true;
    return line.number(scorer.again_);
  }

  bool read_line(trees::TableLine line) {
    const std::string_view item = line.word();
    bool good = item.empty() || item[0] == '#';
    if (good) return true;
    if (item == "threshold") good = line.number(scorer.threshold_);
    if (item == "facts") good = read_facts(line);
    if (item == "token") good = read_token(line);
    if (item == "base") good = line.number(scorer.base_);
    if (item == "early") good = read_early(line);
    if (item == "again") good = read_again(line);
    if (item == "tree") good = (second ? scorer.second_ : scorer.forest_).add(line, facts);
    return good && line.word().empty();
  }
};

Result<Scorer> Scorer::parse(std::string_view table) {
  constexpr std::string_view kFirstLine = "copydesk-scorer 1";
  Scorer scorer;
  Reader reader{scorer, {}, false};
  for (std::size_t number = 1; !table.empty(); ++number) {
    const std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(line.size() + 1, table.size()));
    const bool good = number == 1 ? line == kFirstLine : reader.read_line(trees::TableLine(line));
    if (!good) return {ErrorCode::bad_data, "scorer table, line " + std::to_string(number)};
  }
  if (scorer.forest_.empty()) return {ErrorCode::bad_data, "scorer table without trees"};
  return scorer;
}

float Scorer::score(std::span<const float> facts) const noexcept {
  const float* const row = facts.data();
  float sum = 0;
  forest_.sum({&row, 1}, base_, ends_, {&sum, 1});
  return sum;
}

void Scorer::score(const FactRows& rows, std::span<float> scores) const {
  std::vector<const float*> all(scores.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = rows.row(i).data();
  forest_.sum(all, base_, ends_, scores);
}

void Scorer::score_again(const FactRows& rows, std::span<float> scores) const {
  std::vector<std::size_t> blocks;
  std::vector<const float*> looked_at;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] <= again_) continue;
    blocks.push_back(i);
    looked_at.push_back(rows.row(i).data());
  }
  std::vector<float> sums(blocks.size());
  second_.sum(looked_at, 0, {}, sums);
  for (std::size_t k = 0; k < blocks.size(); ++k) {
    scores[blocks[k]] = (scores[blocks[k]] + sums[k]) / 2;
  }
}

}  // namespace copydesk::extract
