#include "copydesk/abbreviations.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <utility>

#include "text/unicode.h"
#include "tokenize/ascii.h"
#include "tokenize/properties.h"

namespace copydesk {
namespace {

using tokenize::decode_at;
using tokenize::decode_before;
using tokenize::Decoded;
using tokenize::Properties;
using tokenize::properties_of;

/// The constants of the paper, but for the fewest occurrences and the most letters.
constexpr double kAlways = 0.99;
constexpr double kThreshold = 0.3;
constexpr std::uint64_t kFewest = 2;
constexpr std::size_t kMostLetters = 12;

bool is_word_character(char32_t c) {
  const Properties properties = properties_of(c);
  return properties.is_letter() || properties.is_digit();
}

bool is_space(char32_t c) {
  return properties_of(c).is_space();
}

/// A token between white space: without the marks around it, a full stop at its end apart.
struct Token {
  std::string_view word;
  bool stop = false;
};

std::size_t skip_before_word(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const Decoded decoded = decode_at(text, at);
    if (is_word_character(decoded.code_point)) break;
    at += decoded.length;
  }
  return at;
}

Token trim(std::string_view token) {
  token.remove_prefix(skip_before_word(token, 0));
  while (!token.empty()) {
    const Decoded last = decode_before(token, token.size());
    if (last.code_point == '.' || is_word_character(last.code_point)) break;
    token.remove_suffix(last.length);
  }
  if (token.ends_with("..")) return {};  // an ellipsis says nothing of the word before it
  if (!token.ends_with('.')) return {token, false};
  token.remove_suffix(1);
  return {token, true};
}

/// How many letters and inner full stops a word has; nothing if it has anything else.
struct Shape {
  std::size_t letters = 0;
  std::size_t stops = 0;
};

std::optional<Shape> shape_of(std::string_view word) {
  Shape shape;
  for (std::size_t at = 0; at < word.size();) {
    const Decoded decoded = decode_at(word, at);
    at += decoded.length;
    if (decoded.code_point == '.') {
      ++shape.stops;
    } else if (properties_of(decoded.code_point).is_letter()) {
      ++shape.letters;
    } else if (decoded.code_point != '-') {
      return std::nullopt;
    }
  }
  if (shape.letters == 0 || shape.letters > kMostLetters) return std::nullopt;
  return shape;
}

/// The logarithm of the probability of k in n at the rate p, without the binomial coefficient.
double log_probability(double k, double n, double p) {
  return k * std::log(p) + (n - k) * std::log(1 - p);
}

double score_of(Shape shape, double seen, double with_stop, double rate) {
  const double ratio =
      -2 * (log_probability(with_stop, seen, rate) - log_probability(with_stop, seen, kAlways));
  const auto length = static_cast<double>(shape.letters);
  return ratio * std::exp(-length) * static_cast<double>(shape.stops + 1) *
         std::pow(length, with_stop - seen);
}

}  // namespace

void AbbreviationLearner::add(std::string_view text) {
  std::optional<std::string_view> before;  // counted when it is known what follows
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode_at(text, at);
    if (is_space(decoded.code_point)) {
      at += decoded.length;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && !is_space(decode_at(text, at).code_point)) {
      at += decode_at(text, at).length;
    }
    const std::string_view token = text.substr(begin, at - begin);
    if (before) count(*before, tokenize::is_ascii_digit(token.front()));
    before = token;
  }
  if (before) count(*before, false);
}

void AbbreviationLearner::count(std::string_view token, bool number_follows) {
  const Token trimmed = trim(token);
  if (trimmed.word.empty()) return;
  ++tokens_;
  stops_ += trimmed.stop ? 1 : 0;
  if (!shape_of(trimmed.word)) return;
  Counts counts;
  counts.seen = 1;
  if (trimmed.stop) {
    counts.with_stop = 1;
    counts.before_number = number_follows ? 1 : 0;
    counts.form = trimmed.word;
  }
  add_counts(text::lower(trimmed.word), counts);
}

void AbbreviationLearner::add_counts(const std::string& word, const Counts& counts) {
  Counts& all = words_[word];
  if (counts.with_stop > 0) {
    if (all.with_stop == 0) {
      all.form = counts.form;
    } else if (all.form != counts.form) {
      all.form.clear();
    }
  }
  all.seen += counts.seen;
  all.with_stop += counts.with_stop;
  all.before_number += counts.before_number;
}

void AbbreviationLearner::merge(const AbbreviationLearner& other) {
  for (const auto& [word, counts] : other.words_) add_counts(word, counts);
  tokens_ += other.tokens_;
  stops_ += other.stops_;
}

std::vector<LearnedAbbreviation> AbbreviationLearner::learned() const {
  std::vector<LearnedAbbreviation> found;
  if (stops_ == 0 || stops_ == tokens_) return found;
  const double rate = static_cast<double>(stops_) / static_cast<double>(tokens_);
  for (const auto& [word, counts] : words_) {
    if (counts.with_stop < kFewest) continue;
    const Shape shape = shape_of(word).value_or(Shape{});
    const std::string& form = counts.form.empty() ? word : counts.form;
    if (shape.letters <= 1 && shape.stops == 0 && form != word) continue;
    const double score = score_of(shape, static_cast<double>(counts.seen),
                                  static_cast<double>(counts.with_stop), rate);
    if (!(score >= kThreshold)) continue;
    found.push_back(
        {form, score, counts.with_stop, counts.before_number * 3 >= counts.with_stop * 2});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.score != b.score ? a.score > b.score : a.word < b.word;
  });
  return found;
}

std::string abbreviation_lines(const std::vector<LearnedAbbreviation>& learned) {
  std::string lines;
  for (const LearnedAbbreviation& one : learned) {
    lines += (one.before_number ? "number: " : "") + one.word + '\n';
  }
  return lines;
}

}  // namespace copydesk
