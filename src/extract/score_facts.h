#pragma once

/// @file
/// The facts of the scorer's second look: what its first look made of a block and of its
/// neighbours.
///
/// A block by itself does not tell that the article has ended above it, or that all others that
/// look like it are teasers; the scores of the first look do. (Stacked sequential learning: Cohen
/// and Carvalho, IJCAI 2005.) tools/train/score_facts.py computes the same for training, and
/// compares itself with this file. The last group in fact_names.inc names them:
///
///     first_score                   the log-odds, within 6 of 0
///     score_before1 ... _after2     of the blocks one and two before and behind; -7: there is none
///     score_most_before, _after     the largest of all before and behind; -7: there is none
///     article_near2 ... _after5     expected share of article words among those of the blocks
///     within
///                                   2 or 5, the 15 before, the 5 behind
///     article_words                 expected words of article on the page
///     article_share                 their share of the page's words
///     article_share_before, _after  the share of them that stands before and behind the block
///     sure_after                    blocks to the next that is surely article; 999: there is none
///     behind_article                blocks since the end of the stretch that is most likely the
///     article alike_article                 as article_near2, of the other blocks that look like
///     this one alike_article_words, _share   expected article words of all that look alike; share
///     of the page's alike_score_most              the largest score of those that look alike
///     section_article, next_...     as article_near2, from heading to heading; of the next such
///     section

#include <cstddef>
#include <span>
#include <vector>

#include "extract/blocks.h"
#include "extract/facts.h"
#include "extract/survey.h"

namespace copydesk::extract {

/// Computes these facts page after page, keeping its buffers. One object a thread.
class ScoreFactBuilder {
 public:
  /// Fills the last group of facts in `rows` from the log-odds of the first look, one a block.
  /// Linear in the page.
  void build(const BlockList& list, const Survey& survey, std::span<const float> scores,
             FactRows& rows);

 private:
  /// Words, and how many of them are expected to be article.
  struct Share {
    double words = 0;
    double article = 0;

    void add(const Share& other) noexcept {
      words += other.words;
      article += other.article;
    }
    [[nodiscard]] Share operator-(const Share& other) const noexcept {
      return {words - other.words, article - other.article};
    }
    [[nodiscard]] float value() const noexcept { return static_cast<float>(article / (words + 1)); }
  };
  struct Alike {
    Share share;
    float most = 0;
  };

  void look(std::span<const float> scores, const Survey& survey);
  void set_neighbours(FactRows& rows) const;
  void set_largest(FactRows& rows) const;
  void set_shares(FactRows& rows) const;
  void set_sure(FactRows& rows) const;
  void set_stretch(FactRows& rows) const;
  void set_alike(const Survey& survey, FactRows& rows);
  void set_sections(const BlockList& list, FactRows& rows);

  [[nodiscard]] std::size_t count() const noexcept { return scores_.size(); }
  /// Of blocks [from, to), cut to those that there are; `from` may be negative.
  [[nodiscard]] Share within(std::ptrdiff_t from, std::ptrdiff_t to) const noexcept;

  std::vector<float> scores_;
  std::vector<Share> shares_;  // per block
  std::vector<Share> sums_;    // of the blocks before; one more than blocks
  std::vector<Alike> alike_;   // per group of Survey::alike
  std::vector<Share> sections_;
};

}  // namespace copydesk::extract
