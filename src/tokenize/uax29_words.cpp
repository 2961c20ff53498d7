#include "tokenize/uax29_words.h"

#include "tokenize/properties.h"

namespace copydesk::tokenize {
namespace {

using enum WordBreak;

bool is_ah_letter(WordBreak c) noexcept {
  return c == a_letter || c == hebrew_letter;
}
bool is_line_end(WordBreak c) noexcept {
  return c == cr || c == lf || c == newline;
}
bool is_ignored(WordBreak c) noexcept {
  return c == extend || c == format || c == zwj;
}
bool joins_underscore(WordBreak c) noexcept {
  return is_ah_letter(c) || c == numeric || c == katakana || c == extend_num_let;
}

/// WB5, 8, 9, 10, 13, 13a, 13b: pairs that stay together whatever stands around them.
bool pair_joins(WordBreak left, WordBreak right) noexcept {
  const bool left_word = is_ah_letter(left) || left == numeric;
  const bool right_word = is_ah_letter(right) || right == numeric;
  if (left_word && right_word) return true;
  if (left == katakana && right == katakana) return true;
  if (right == extend_num_let) return joins_underscore(left);
  if (left == extend_num_let) return joins_underscore(right);
  return false;
}

/// Reads code points left to right. The rules with a look ahead (WB6, 7, 7b, 7c, 11, 12) are done
/// without one: a mark between letters is `held_` until the code point behind it is known.
class WordAutomaton {
 public:
  WordAutomaton(std::string_view text, std::size_t begin, std::size_t end, Bitmap& boundaries)
      : text_(text), begin_(begin), end_(end), boundaries_(boundaries) {}

  void run() {
    for (std::size_t at = begin_; at < end_;) {
      const Decoded decoded = decode_at(text_, at);
      step(at, properties_of(decoded.code_point));
      at += decoded.length;
    }
    release_held();
  }

 private:
  void step(std::size_t at, Properties properties) {
    const WordBreak c = properties.word_break();
    if (at != begin_ && is_ignored(c) && !is_line_end(last_)) {  // WB4
      last_ = c;
      return;
    }
    if (!joined(at, properties)) boundaries_.set(at);
    odd_flags_ = c == regional_indicator && !odd_flags_;
    before_left_ = left_;
    left_ = c;
    last_ = c;
  }

  bool joined(std::size_t at, Properties properties) {
    const WordBreak c = properties.word_break();
    if (at == begin_) return false;
    if (last_ == cr && c == lf) return true;     // WB3
    if (is_line_end(last_) || is_line_end(c)) {  // WB3a, 3b
      release_held();
      return false;
    }
    if (last_ == zwj && properties.is_pictographic()) {  // WB3c
      release_held();
      return true;
    }
    if (last_ == wseg_space && c == wseg_space) return true;  // WB3d
    if (holding_) return end_hold(c);
    if (may_hold(c)) {
      holding_ = true;
      held_ = at;
      return true;
    }
    if (left_ == regional_indicator && c == regional_indicator) return odd_flags_;  // WB15, 16
    return pair_joins(left_, c);
  }

  /// A mark that may stand inside a word or a number, behind a letter or digit.
  [[nodiscard]] bool may_hold(WordBreak c) const noexcept {
    if (is_ah_letter(left_)) {
      return c == mid_letter || c == mid_num_let || c == single_quote ||
             (c == double_quote && left_ == hebrew_letter);
    }
    return left_ == numeric && (c == mid_num || c == mid_num_let || c == single_quote);
  }

  /// The held mark is left_, the code point before it before_left_. True if `c` joins the mark.
  bool end_hold(WordBreak c) {
    bool joins = false;
    if (left_ == double_quote) {
      joins = c == hebrew_letter;
    } else if (is_ah_letter(before_left_)) {
      joins = is_ah_letter(c);
    } else {
      joins = c == numeric;
    }
    if (joins) {
      holding_ = false;
      return true;
    }
    release_held();
    return pair_joins(left_, c);
  }

  void release_held() {
    if (!holding_) return;
    holding_ = false;
    const bool geresh = left_ == single_quote && before_left_ == hebrew_letter;  // WB7a
    if (!geresh) boundaries_.set(held_);
  }

  std::string_view text_;
  std::size_t begin_;
  std::size_t end_;
  Bitmap& boundaries_;
  WordBreak last_ = other;         ///< the code point before
  WordBreak left_ = other;         ///< the same without marks that WB4 leaves out
  WordBreak before_left_ = other;  ///< the one before left_
  bool odd_flags_ = false;         ///< an odd number of regional indicators stands on the left
  bool holding_ = false;
  std::size_t held_ = 0;
};

}  // namespace

void mark_word_boundaries(std::string_view text, std::size_t begin, std::size_t end,
                          Bitmap& boundaries) {
  WordAutomaton(text, begin, end, boundaries).run();
}

}  // namespace copydesk::tokenize
