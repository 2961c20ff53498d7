#include "extract/score_facts.h"

#include <algorithm>
#include <cmath>

namespace copydesk::extract {
namespace {

constexpr float kBound = 6;   // of a score
constexpr float kNone = -7;   // the score of a block that does not exist
constexpr float kSure = 1.5;  // log-odds of what is surely article
constexpr double kSureWords = 8;
constexpr float kNever = 999;

void set(FactRows& rows, std::size_t block, Fact fact, double value) {
  rows.row(block)[static_cast<std::size_t>(fact)] = static_cast<float>(value);
}

}  // namespace

ScoreFactBuilder::Share ScoreFactBuilder::within(std::ptrdiff_t from,
                                                 std::ptrdiff_t to) const noexcept {
  const auto last = static_cast<std::ptrdiff_t>(count());
  return sums_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(to, 0, last))] -
         sums_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(from, 0, last))];
}

void ScoreFactBuilder::look(std::span<const float> scores, const Survey& survey) {
  scores_.resize(scores.size());
  shares_.resize(scores.size());
  sums_.resize(scores.size() + 1);
  sums_[0] = {};
  for (std::size_t i = 0; i < count(); ++i) {
    scores_[i] = std::clamp(scores[i], -kBound, kBound);
    const double words = survey.measures[i].words;
    shares_[i] = {words, words / (1 + std::exp(-static_cast<double>(scores_[i])))};
    sums_[i + 1] = sums_[i];
    sums_[i + 1].add(shares_[i]);
  }
}

void ScoreFactBuilder::set_neighbours(FactRows& rows) const {
  const auto score = [&](std::size_t i) { return i < count() ? scores_[i] : kNone; };
  for (std::size_t i = 0; i < count(); ++i) {
    set(rows, i, Fact::first_score, scores_[i]);
    set(rows, i, Fact::score_before1, score(i - 1));  // before the first: beyond every count
    set(rows, i, Fact::score_before2, score(i - 2));
    set(rows, i, Fact::score_after1, score(i + 1));
    set(rows, i, Fact::score_after2, score(i + 2));
  }
}

void ScoreFactBuilder::set_largest(FactRows& rows) const {
  float most = kNone;
  for (std::size_t i = 0; i < count(); ++i) {
    set(rows, i, Fact::score_most_before, most);
    most = std::max(most, scores_[i]);
  }
  most = kNone;
  for (std::size_t i = count(); i-- > 0;) {
    set(rows, i, Fact::score_most_after, most);
    most = std::max(most, scores_[i]);
  }
}

void ScoreFactBuilder::set_shares(FactRows& rows) const {
  const Share& page = sums_.back();
  for (std::size_t i = 0; i < count(); ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    set(rows, i, Fact::article_near2, within(at - 2, at + 3).value());
    set(rows, i, Fact::article_near5, within(at - 5, at + 6).value());
    set(rows, i, Fact::article_before15, within(at - 15, at).value());
    set(rows, i, Fact::article_after5, within(at + 1, at + 6).value());
    set(rows, i, Fact::article_words, page.article);
    set(rows, i, Fact::article_share, page.value());
    set(rows, i, Fact::article_share_before, sums_[i].article / (page.article + 1));
    set(rows, i, Fact::article_share_after,
        (page.article - sums_[i + 1].article) / (page.article + 1));
  }
}

void ScoreFactBuilder::set_sure(FactRows& rows) const {
  float distance = kNever;
  for (std::size_t i = count(); i-- > 0;) {
    set(rows, i, Fact::sure_after, distance);
    const bool sure = scores_[i] > kSure && shares_[i].words >= kSureWords;
    if (sure) distance = 0;
    if (distance != kNever) ++distance;
  }
}

/// The stretch of blocks with the largest sum of article words less others.
void ScoreFactBuilder::set_stretch(FactRows& rows) const {
  double sum = 0;
  double largest = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < count(); ++i) {
    sum = std::max(sum, 0.0) + shares_[i].article - 0.5 * shares_[i].words;
    if (sum <= largest) continue;
    largest = sum;
    end = i + 1;
  }
  for (std::size_t i = 0; i < count(); ++i) {
    set(rows, i, Fact::behind_article, i < end ? 0 : static_cast<double>(i - end + 1));
  }
}

void ScoreFactBuilder::set_alike(const Survey& survey, FactRows& rows) {
  alike_.assign(survey.alike.groups().size(), {{}, kNone});
  for (std::size_t i = 0; i < count(); ++i) {
    Alike& group = alike_[survey.alike.group_of(i)];
    group.share.add(shares_[i]);
    group.most = std::max(group.most, scores_[i]);
  }
  for (std::size_t i = 0; i < count(); ++i) {
    const Alike& group = alike_[survey.alike.group_of(i)];
    set(rows, i, Fact::alike_article, (group.share - shares_[i]).value());
    set(rows, i, Fact::alike_article_words, group.share.article);
    set(rows, i, Fact::alike_article_share, group.share.article / (sums_.back().article + 1));
    set(rows, i, Fact::alike_score_most, group.most);
  }
}

void ScoreFactBuilder::set_sections(const BlockList& list, FactRows& rows) {
  sections_.assign(1, {});
  for (std::size_t i = 0; i < count(); ++i) {
    if (list.blocks[i].level > 0) sections_.emplace_back();
    sections_.back().add(shares_[i]);
  }
  std::size_t section = 0;
  for (std::size_t i = 0; i < count(); ++i) {
    if (list.blocks[i].level > 0) ++section;
    set(rows, i, Fact::section_article, sections_[section].value());
    const std::size_t next = std::min(section + 1, sections_.size() - 1);
    set(rows, i, Fact::next_section_article, sections_[next].value());
  }
}

void ScoreFactBuilder::build(const BlockList& list, const Survey& survey,
                             std::span<const float> scores, FactRows& rows) {
  look(scores, survey);
  set_neighbours(rows);
  set_largest(rows);
  set_shares(rows);
  set_sure(rows);
  set_stretch(rows);
  set_alike(survey, rows);
  set_sections(list, rows);
}

}  // namespace copydesk::extract
