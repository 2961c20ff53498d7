#pragma once

/// @file
/// What a terminator (full stop, ! and ? and those of other scripts) does where it stands: does it
/// end a sentence, and does a full stop belong to the word before it? Words and sentences ask the
/// same function, so that they agree. Looks at a bounded number of bytes before the terminator, and
/// behind it not beyond the next word.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tokenize/language.h"

namespace copydesk::tokenize {

struct Verdict {
  std::size_t end;    ///< behind the terminators and the quotation marks and brackets that close
  bool ends = false;  ///< a sentence ends there
  bool keeps_dot = false;  ///< the full stop is part of the word before it
};

/// Whether a character ends sentences: STerm or ATerm of UAX #29, or an ellipsis.
[[nodiscard]] bool is_terminator(char32_t c) noexcept;

/// True for the terminators from `at` to `next` in "word.Next", where a space is missing: letters
/// in lower case, a capital letter, and nothing around that belongs to an address.
[[nodiscard]] bool misses_space(std::string_view text, std::size_t at, std::size_t next);

class TerminatorRules {
 public:
  /// `lines`: a line end ends a sentence. Both references must outlive the object.
  TerminatorRules(std::string_view text, const Language& language, bool lines)
      : text_(text), language_(language), lines_(lines) {}

  /// The terminators (or emoji) from `at` on, text[at] being the first of a run of them.
  /// `sentence_begin`: where the sentence that may end here begins (used for the number before a
  /// list item).
  [[nodiscard]] Verdict judge(std::size_t at, std::size_t sentence_begin) const;

 private:
  enum class Next : std::uint8_t {
    end,       ///< the text or the block ends
    attached,  ///< no white space: the terminator stands inside something
    lower,
    upper,
    caseless,  ///< a letter of a script without case
    digit,
    goes_on,  ///< punctuation that continues the sentence, such as a comma
    tail,     ///< belongs to what stands before it: a hashtag, ! and ? behind a space
    symbol,
  };
  struct Following {
    Next next = Next::end;
    std::string_view word;  ///< where it is a letter, a digit or a hashtag: the word
    bool dash = false;      ///< a dash stands before it
    bool quote = false;     ///< a quotation mark or bracket opens before it
    bool initial = false;   ///< it is one capital letter with a full stop: of a name, no starter
  };
  struct Run {
    std::size_t end;
    bool full_stop = false;  ///< one '.' alone
    bool ellipsis = false;   ///< only dots, more than one, or an ellipsis
    bool wide = false;       ///< of a script that puts no space behind it
  };

  [[nodiscard]] Run read_run(std::size_t at) const;
  [[nodiscard]] std::size_t skip_spaced_quote(std::size_t at) const;
  [[nodiscard]] std::size_t skip_closers(std::size_t at) const;
  [[nodiscard]] std::size_t skip_emoji(std::size_t at) const;
  [[nodiscard]] std::size_t skip_own_emoji(std::size_t at) const;
  [[nodiscard]] std::size_t skip_citation(std::size_t at) const;
  [[nodiscard]] Following read_following(std::size_t at) const;
  [[nodiscard]] std::string_view word_at(std::size_t at) const;
  [[nodiscard]] std::string_view word_before(std::size_t at) const;
  [[nodiscard]] bool is_starter(const Following& following) const;
  [[nodiscard]] bool block_ends(std::size_t at, std::size_t& behind) const;
  [[nodiscard]] Verdict judge_emoji(std::size_t at, std::size_t sentence_begin) const;
  [[nodiscard]] Verdict judge_wide(std::size_t end) const;
  void judge_full_stop(std::string_view word, std::size_t word_begin, std::size_t sentence_begin,
                       bool closed, const Following& following, Verdict& verdict) const;
  [[nodiscard]] unsigned spaced_kinds(std::string_view word) const;
  [[nodiscard]] bool begins_spaced(std::string_view word, const Following& following) const;
  [[nodiscard]] bool ordinal_ends(std::string_view word, const Following& following) const;

  std::string_view text_;
  const Language& language_;
  bool lines_;
};

}  // namespace copydesk::tokenize
