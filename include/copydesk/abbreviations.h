#pragma once

/// @file
/// Abbreviations that a collection of texts shows by itself, without a list.
///
/// The method is that of T. Kiss and J. Strunk, "Unsupervised Multilingual Sentence Boundary
/// Detection", Computational Linguistics 32 (2006), section 3: an abbreviation and its full stop
/// are a collocation. For a word seen n times, k of them with a full stop, two hypotheses are
/// compared by Dunning's log-likelihood ratio: that full stops follow it as often as they follow
/// any word, or nearly always (99 in 100). The ratio is multiplied by exp(-length), by the number
/// of full stops in and behind the word, and by length to the power -(n - k); length is the number
/// of letters. A word is taken from 0.3 on. Beyond the paper: the word must have been seen twice
/// with its full stop; words of more than twelve letters and capital letters alone (initials, which
/// the tokenizer knows) are left out.
///
/// The texts' language does not matter, but one learner should get texts of one language only.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk {

struct LearnedAbbreviation {
  std::string word;        ///< without its full stop; in lower case, if it was seen so or both ways
  double score = 0;        ///< from 0.3 on, see above
  std::uint64_t seen = 0;  ///< how often with its full stop
  bool before_number = false;  ///< two in three times a number followed
};

/// Counts words and finds abbreviations among them. Costs about 100 bytes a distinct word. Not to
/// be used from several threads at once; each may fill one of its own, for merge().
class AbbreviationLearner {
 public:
  /// Counts the words of a text (UTF-8). Linear.
  void add(std::string_view text);

  /// Adds the counts of another learner. The order of merging does not matter.
  void merge(const AbbreviationLearner& other);

  /// The abbreviations so far: highest score first, then by their bytes.
  [[nodiscard]] std::vector<LearnedAbbreviation> learned() const;

 private:
  struct Counts {
    std::uint64_t seen = 0;           ///< in all
    std::uint64_t with_stop = 0;      ///< with a full stop behind
    std::uint64_t before_number = 0;  ///< of these, with a number behind that
    std::string form;                 ///< as written with a full stop; empty if in several ways
  };
  void count(std::string_view token, bool number_follows);
  void add_counts(const std::string& word, const Counts& counts);

  std::map<std::string, Counts, std::less<>> words_;  ///< in lower case
  std::uint64_t tokens_ = 0;
  std::uint64_t stops_ = 0;  ///< tokens with a full stop at their end
};

/// The text that TokenizerOptions::abbreviations and --abbreviations read: a line a word, of the
/// kind `number` or of the usual one.
[[nodiscard]] std::string abbreviation_lines(const std::vector<LearnedAbbreviation>& learned);

}  // namespace copydesk
