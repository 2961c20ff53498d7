#pragma once

/// @file
/// Text into sentences and words.
///
/// Everything found is a Span of the text as it was given: half-open byte offsets, in order, never
/// overlapping, never empty, each at the border of a character. The text is not changed; spans and
/// the gaps between them (white space) are the text, byte for byte.
///
/// Two profiles. `uax29` is Unicode's default segmentation to the letter (UAX #29, the version of
/// the ICU that the library was built with), whatever the language. `news` starts from it and
/// follows what readers of news expect: abbreviations keep their full stop and end no sentence,
/// URLs, e-mail addresses, hashtags, times and dates stay whole, elisions are split (fr it ca),
/// hyphens join or part by language, Chinese, Japanese, Thai, Lao, Khmer and Burmese words come
/// from ICU's dictionaries, sentences keep their closing quotation mark and cross single line ends.
///
/// Cost is linear in the text for every input.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/error.h"

namespace copydesk {

/// The bytes [begin, end) of a text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] std::string_view of(std::string_view text) const noexcept {
    return text.substr(begin, end - begin);
  }
  friend bool operator==(const Span&, const Span&) = default;
};

enum class Profile : std::uint8_t { news, uax29 };

struct TokenizerOptions {
  Profile profile = Profile::news;
  /// Where each line is a text of its own: a line end ends a sentence. Otherwise (news) only an
  /// empty line, or a form feed, does.
  bool lines = false;
  /// Abbreviations beside those of the language, for every language: the text of a file as
  /// the manual page describes it, `kind: word word ...` or one word a line.
  std::string abbreviations = {};
};

/// Finds words and sentences. Immutable: one object may be used from any number of threads.
/// Copies are cheap and share their data.
///
/// The functions want well-formed UTF-8 of less than 4 GiB. Ill-formed bytes harm nothing, but
/// where they fall is not defined; a longer text gives no spans.
///
/// `language` is a tag such as "de" or "pt-BR"; an unknown or empty one gets rules that hold for
/// most languages of its script.
class Tokenizer {
 public:
  /// Error: bad_data, with the line, where the abbreviations cannot be read.
  [[nodiscard]] static Result<Tokenizer> create(const TokenizerOptions& options = {});

  /// Words, numbers, punctuation and symbols: all of the text but white space.
  [[nodiscard]] std::vector<Span> words(std::string_view text, std::string_view language) const;

  /// The same, appended to `spans`: for callers that keep their storage from text to text.
  void append_words(std::string_view text, std::string_view language,
                    std::vector<Span>& spans) const;

  /// Sentences without the white space around them: every other byte is in one. A sentence never
  /// begins or ends inside a word of words().
  [[nodiscard]] std::vector<Span> sentences(std::string_view text, std::string_view language) const;

  void append_sentences(std::string_view text, std::string_view language,
                        std::vector<Span>& spans) const;

 private:
  struct Data;
  explicit Tokenizer(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  std::shared_ptr<const Data> data_;
};

/// The characters of `text` as a reader counts them (extended grapheme clusters of UAX #29),
/// without white space.
[[nodiscard]] std::vector<Span> characters(std::string_view text);

/// Appends the bytes of each span, and `separator` behind each, to `out`: with '\n' one token a
/// line. Requires spans of `text`.
void append_joined(std::string_view text, std::span<const Span> spans, char separator,
                   std::string& out);

struct TransformOptions {
  bool lower = false;           ///< lower case (root locale)
  bool fold = false;            ///< full case folding; stronger than lower case (ss for sharp s)
  bool stem = false;            ///< Snowball stems, which are in lower case
  bool no_punctuation = false;  ///< leave out tokens of punctuation and symbols only
  std::string stop_words = {};  ///< leave out these: words that white space parts, # comments
  /// Leave out the stop words of this language too; "auto": of the text's own language.
  std::string stop_word_language = {};
};

/// What becomes of tokens after they were found. Immutable: one object may be used from any number
/// of threads, a Run from one.
class TokenTransform {
 public:
  /// The transformation of one text.
  class Run {
   public:
    Run(Run&&) noexcept;
    ~Run();
    /// False if the token is to be left out.
    [[nodiscard]] bool keeps(std::string_view token) const;
    /// The token as it is to be written.
    [[nodiscard]] std::string apply(std::string_view token);

   private:
    friend class TokenTransform;
    struct State;
    explicit Run(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
  };

  /// Error: bad_option for a language without stop words.
  [[nodiscard]] static Result<TokenTransform> create(const TransformOptions& options);
  [[nodiscard]] Run start(std::string_view language) const;

 private:
  struct Data;
  explicit TokenTransform(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  std::shared_ptr<const Data> data_;
};

}  // namespace copydesk
