#include "tokenize/words.h"

#include <algorithm>
#include <array>
#include <bit>

#include "text/unicode.h"
#include "tokenize/addresses.h"
#include "tokenize/ascii.h"
#include "tokenize/full_stop.h"
#include "tokenize/last_word.h"
#include "tokenize/mark_filter.h"
#include "tokenize/mark_table.h"
#include "tokenize/plain_stop.h"
#include "tokenize/properties.h"
#include "tokenize/text_reader.h"

namespace copydesk::tokenize {
namespace {

class NewsRules : TextReader {
 public:
  NewsRules(std::string_view text, const Language& language, bool lines, WordScan& scan)
      : TextReader(text), language_(language), full_stops_(text, language, lines), scan_(scan) {}

  void run() {
    const std::size_t blocks = (text_.size() + 63) / 64;
    for (std::size_t i = 0; i < blocks; i += kBlocks) {
      look_at_marks(i, std::min(i + kBlocks, blocks));
    }
    if (language_.has(kSpaceNumbers)) join_spaced_numbers();
  }

 private:
  // Walking ---------------------------------------------------------------------------------------

  /// Blocks of 64 bytes whose marks are listed before any is looked at: one loop over a list is
  /// foreseen better by the processor than many short ones.
  static constexpr std::size_t kBlocks = 32;
  using Places = std::array<std::uint16_t, kBlocks * 64 + kSparePlaces>;

  void look_at_marks(std::size_t begin, std::size_t end) {
    std::array<std::uint64_t, kBlocks> marks;
    const std::uint64_t* white = scan_.white.data();
    std::uint64_t white_before = begin == 0 ? 1 : white[begin - 1] >> 63;
    for (std::size_t i = begin; i < end; ++i) {
      // A mark with white space on both sides is a token of its own already.
      const std::uint64_t behind_white = (white[i] << 1) | white_before;
      const std::uint64_t before_white = (white[i] >> 1) | (white[i + 1] << 63);
      white_before = white[i] >> 63;
      marks[i - begin] = scan_.marks.data()[i] & ~(behind_white & before_white);
    }
    Places places;
    const std::size_t count = list_bits(marks.data(), end - begin, places.data());
    Places settled;
    MarkList list{begin * 64, places.data(), count};
    const std::size_t settled_count = filter_marks(text_, language_, list, settled.data());
    for (std::size_t i = 0; i < settled_count; ++i) settle(list.base + settled[i]);
    for (std::size_t i = 0; i < list.count; ++i) {
      const std::size_t at = list.base + places[i];
      if (at >= done_) look_from(at);
    }
  }

  /// A mark right behind what a rule has made a token, such as "#news" or ":D", is looked at even
  /// if the filter has taken it for one between two words.
  void look_from(std::size_t at) {
    done_ = look_at(at);
    while (done_ > at + 1 && is_between_words(done_)) {
      at = done_;
      done_ = look_at(at);
    }
  }
  [[nodiscard]] bool is_between_words(std::size_t at) const {
    constexpr AsciiSet kMarks(".-'");
    if (at >= text_.size()) return false;
    const char last = text_[at - 1];
    if (is_ascii(last) && !is_ascii_word(last)) return false;
    if (is_ascii(text_[at])) return kMarks.has(text_[at]);
    const char32_t mark = after(at);
    return mark == 0x2018 || mark == 0x2019;
  }

  /// A mark that is one token with the words on both sides, or that cuts a word before or behind
  /// it. This changes nothing that another rule looks at, and an address or the like that holds the
  /// mark is made one token later.
  void settle(std::size_t at) {
    if (at < done_) return;
    const char* mark = text_.data() + at;
    unsigned length = 0;
    const MarkTable::Entry& entry = language_.marks().entry(mark, length);
    const unsigned pair = MarkTable::pair(mark, mark + length);
    if ((entry.bind >> pair & 1U) != 0) {
      join(at);
      join(at + length);
    } else if ((entry.elide >> pair & 1U) != 0) {
      join(at);
      split(at + length);
    } else if (!is_word(after(at + length + 1))) {
      split(at);
      join(at + length);
    }
  }

  // Reading ---------------------------------------------------------------------------------------

  /// False only if the word before `at` is of none of these groups.
  [[nodiscard]] bool may_follow(std::size_t at, unsigned groups) const {
    const auto last = last_word_bytes(text_, at);
    return !last || (language_.groups_of(*last) & groups) != 0;
  }

  // Writing ---------------------------------------------------------------------------------------

  void split(std::size_t at) {
    if (at < text_.size()) scan_.boundaries.set(at);
  }
  void join(std::size_t at) { scan_.boundaries.clear(at); }
  /// One token from `begin` to `end`. Returns `end`.
  std::size_t make_token(std::size_t begin, std::size_t end) {
    scan_.boundaries.set(begin);
    scan_.boundaries.clear(begin + 1, end);
    split(end);
    return end;
  }

  std::size_t make_address(Span address) {
    address_end_ = address.end;
    return make_token(address.begin, address.end);
  }

  // Rules -----------------------------------------------------------------------------------------

  /// Applies the rules for the mark at `at`; returns from where on marks are to be looked at.
  std::size_t look_at(std::size_t at) {
    const Decoded mark = decode_at(text_, at);
    const std::size_t next = at + mark.length;
    switch (mark.code_point) {
      case '.':
        return full_stop(at);
      case 0x2026:
      case '!':
      case '?':
        return terminators(at);
      case '\'':
      case 0x2018:
      case 0x2019:
        return apostrophe(at, next);
      case '-':
      case 0x2010:
      case 0x2011:
        return hyphen(at, next);
      case ':':
        return colon(at);
      case ',':
        return comma(at);
      case '/':
        return slash(at);
      case '(':
      case ')':
        return bracket(at);
      case '@':
        return at_sign(at);
      case '#':
        return hashtag(at);
      case '$':
        return dollar(at);
      case 0xB0:
        return degree(at, next);
      case 0xB2:
      case 0xB3:
        if (is_letter(before(at))) join(at);
        return next;
      case 0xA0:
      case 0x2009:
      case 0x202F:
        return thin_space(at, next);
      case '+':
        if (!is_word(before(at)) && is_digit(after(next))) join(next);
        return repeated(at);
      default:
        return is_emoji(mark.code_point) ? emoji(at) : repeated(at);
    }
  }

  std::size_t emoji(std::size_t at) {
    std::size_t end = at;
    while (end < text_.size()) {
      const Decoded decoded = decode_at(text_, end);
      const WordBreak c = properties_of(decoded.code_point).word_break();
      const bool mark = c == WordBreak::extend || c == WordBreak::zwj;
      if (!is_emoji(decoded.code_point) && !mark) break;
      end += decoded.length;
    }
    return make_token(at, end);
  }

  /// A run of one character is one token: "***", "==", "<<".
  std::size_t repeated(std::size_t at) {
    const Decoded mark = decode_at(text_, at);
    const std::size_t smiley = emoticon_end(text_, at);
    if (smiley > at) return make_token(at, smiley);
    std::size_t end = at + mark.length;
    while (end < text_.size() && after(end) == mark.code_point) end += mark.length;
    if (end == at + mark.length) return end;
    if (scan_.boundaries.test(at)) return make_token(at, end);
    return end;
  }

  std::size_t terminators(std::size_t at) {
    std::size_t end = at;
    while (end < text_.size() && is_terminator(after(end))) end += decode_at(text_, end).length;
    const std::size_t first = at + decode_at(text_, at).length;
    if (end == first && (language_.kinds(word_before(at)) & kExclaims) != 0) join(at);
    if (end == first || (language_.has(kBangsApart) && after(at) != 0x2026)) return first;
    return make_token(at, end);
  }

  std::size_t full_stop(std::size_t at) {
    if (!scan_.boundaries.test(at)) return inner_full_stop(at);
    if (byte(at + 1) != ' ' && is_terminator(after(at + 1))) return dots(at);
    if (!language_.has(kJoinDots)) return at + 1;
    const char32_t left = before(at);
    if (!is_word(left) && left != 0xBA && left != 0xAA && left != 0xB0) return at + 1;
    if (is_digit(left) ? follows_number(at) : stands_alone(at)) return at + 1;
    if (full_stops_.judge(at, sentence_hint(at)).keeps_dot) {
      join(at);
      split(at + 1);
    }
    return at + 1;
  }

  /// The common case: behind an ordinary word, and no word or comma goes on behind it.
  [[nodiscard]] bool stands_alone(std::size_t at) const {
    const char next = byte(at + 1);
    const bool closed = next == '"' || next == ')';
    return (closed || plain_end(text_, at) != 0) && follows_plain_word(text_, at, language_);
  }

  /// A number keeps no full stop where there are no ordinal numbers.
  [[nodiscard]] bool follows_number(std::size_t at) const {
    if (language_.has(kOrdinals) || !is_ascii_digit(text_[at - 1])) return false;
    if (byte(at + 1) != ' ' && byte(at + 1) != '\n') return false;
    std::size_t begin = at - 1;
    while (begin > 0 && is_ascii_digit(text_[begin - 1])) --begin;
    return begin == 0 || text_[begin - 1] == ' ' || text_[begin - 1] == '\n';
  }

  /// Where the line of `at` begins, if that is near: all that judge() wants to know of it.
  [[nodiscard]] std::size_t sentence_hint(std::size_t at) const {
    const std::size_t word = at - word_before(at).size();
    return word == 0 || text_[word - 1] == '\n' ? word : word + 1;
  }

  std::size_t dots(std::size_t at) {
    std::size_t end = at;
    while (end < text_.size() && is_terminator(after(end))) end += decode_at(text_, end).length;
    return language_.has(kDotsApart) ? end : make_token(at, end);
  }

  /// A full stop inside a word: a host name or an abbreviation, or a missing space ("word.Next").
  std::size_t inner_full_stop(std::size_t at) {
    if (is_ascii_digit(byte(at + 1))) return at + 1;
    if (!misses_space(text_, at, at + 1)) return at + 1;
    split(at);
    split(at + 1);
    return at + 1;
  }

  std::size_t apostrophe(std::size_t at, std::size_t next) {
    const char32_t right = after(next);
    if (right == decode_at(text_, at).code_point) return repeated(at);
    if (at == 0 || !is_word(decode_before(text_, at).code_point)) {
      return leading_apostrophe(at, next);
    }
    if (language_.lists(kElision | kApocope) && cuts_word(at, next, right)) {
      join(at);
      split(next);
      return next;
    }
    if (language_.has(kPluralApostrophe) && text_[at - 1] == 's' && right == ' ' && !quote_open_ &&
        properties_of(after(next + 1)).is_lower()) {
      join(at);
      return next;
    }
    if (!is_word(right)) quote_open_ = false;
    if (language_.has(kGenitiveS) && byte(next) == 's' && !is_word(after(next + 1))) {
      split(at);
      join(next);
    }
    return next;
  }

  /// Whether a word ends with the apostrophe at `at`: "l'", "po'", but not in "aujourd'hui".
  [[nodiscard]] bool cuts_word(std::size_t at, std::size_t next, char32_t right) const {
    if (!may_follow(at, Language::kCutWords)) return false;
    const std::string_view left = word_before(at);
    const unsigned kinds = language_.kinds(left);
    if ((kinds & kElision) != 0 && !is_space(right)) {
      return (kinds & kWholeHead) == 0 || (whole_kinds(at - left.size(), next) & kWhole) == 0;
    }
    return (kinds & kApocope) != 0 && !is_word(right);
  }

  /// What is listed of the word with its inner apostrophes and hyphens that begins at `begin`.
  [[nodiscard]] unsigned whole_kinds(std::size_t begin, std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && end - begin < kLongestWord) {
      const Decoded decoded = decode_at(text_, end);
      if (!is_word(decoded.code_point) && decoded.code_point != '-') break;
      end += decoded.length;
    }
    const std::string_view word = text_.substr(begin, end - begin);
    const std::size_t curly = word.find("\u2019");
    if (curly == std::string_view::npos) return language_.kinds(word);
    return language_.kinds(std::string(word).replace(curly, 3, "'"));
  }

  /// "'90s", and in Dutch "'s", "'t".
  std::size_t leading_apostrophe(std::size_t at, std::size_t next) {
    const std::size_t smiley = emoticon_end(text_, at);
    if (smiley > at) return make_token(at, smiley);
    const std::string_view right = word_after(next);
    const bool decade = right.size() >= 2 && is_ascii_digit(right[0]) && is_ascii_digit(right[1]) &&
                        (right.size() == 2 || right.substr(2) == "s" || right.substr(2) == "er");
    const bool article = language_.has(kLeadingApostrophe) && right.size() == 1 &&
                         is_letter(static_cast<unsigned char>(right[0]));
    quote_open_ = !decade && !right.empty();
    if (decade || article || (language_.has(kGenitiveS) && right == "s")) join(next);
    return next;
  }

  std::size_t hyphen(std::size_t at, std::size_t next) {
    if (at > 0 && is_ascii_letter(text_[at - 1]) && is_ascii_letter(byte(next))) {
      return inner_hyphen(at, next, static_cast<unsigned char>(text_[at - 1]));
    }
    if (byte(at) == '-' && (byte(next) == '-' || byte(next) == '=')) return rule_line(at);
    const char32_t left = before(at);
    const char32_t right = after(next);
    if (left == ';' || left == ':') {
      const std::size_t smiley = emoticon_end(text_, at - 1);
      if (smiley > at) return make_token(at - 1, smiley);
    }
    if (left == '.' && is_upper(right) && at >= 2 && is_upper(before(at - 1))) {
      join(at);  // "J.-P."
      join(next);
      return next;
    }
    if (!is_word(left)) {
      if (is_digit(right) && !is_word_behind_mark(left)) join(next);
      return next;
    }
    if (!is_word(right)) {
      const bool cut = is_space(right) || right == '/' || right == ',' || right == '?';
      if (cut && is_letter(left) && language_.has(kTrailingHyphens)) join(at);
      return next;
    }
    if (is_digit(left) && is_digit(right)) return number_range(at, next);
    return inner_hyphen(at, next, left);
  }

  /// Between letters and digits, `left` the last of them before it.
  std::size_t inner_hyphen(std::size_t at, std::size_t next, char32_t left) {
    if (!keeps_hyphen(at, left)) return next;
    if (const std::size_t end = clitic_end(at, next); end > at && !is_whole_word(at, next)) {
      scan_.boundaries.set(at);
      scan_.boundaries.clear(at + 1, end);
      return end;
    }
    join(at);
    join(next);
    return next;
  }

  [[nodiscard]] bool keeps_hyphen(std::size_t at, char32_t left) const {
    if (language_.has(kKeepHyphens)) return true;
    if (is_digit(left)) return language_.has(kDigitHyphens);
    if (language_.has(kAcronymEndings) && follows_acronym(at, left)) return true;
    return may_follow(at, Language::kPrefixes) && (language_.kinds(word_before(at)) & kPrefix) != 0;
  }

  /// An acronym takes its ending behind the hyphen at `at`: "PRL-owski".
  [[nodiscard]] bool follows_acronym(std::size_t at, char32_t left) const {
    if (!is_upper(left) || !properties_of(after(at + 1)).is_lower()) return false;
    const std::string_view word = word_before(at);
    return is_upper(decode_at(word, 0).code_point) && word.size() > decode_at(word, 0).length;
  }

  /// The end of "-il" or "-t-il" at `at`, or `at`.
  [[nodiscard]] std::size_t clitic_end(std::size_t at, std::size_t next) const {
    if (!language_.lists(kClitic)) return at;
    std::size_t end = next + word_after(next).size();
    if (byte(end) == '-' && is_letter(after(end + 1))) {
      end += 1 + word_after(end + 1).size();
      if (byte(end) == '-' && is_letter(after(end + 1))) return at;
    }
    const bool clitic = (language_.exact_kinds(text_.substr(at, end - at)) & kClitic) != 0;
    return clitic ? end : at;
  }

  static bool is_word_behind_mark(char32_t c) { return c == ')' || c == '%' || c == ']'; }

  [[nodiscard]] bool is_whole_word(std::size_t at, std::size_t next) const {
    return (whole_kinds(at - word_before(at).size(), next) & kWhole) != 0;
  }

  /// "--", "----==": lines drawn with hyphens.
  std::size_t rule_line(std::size_t at) {
    std::size_t end = at;
    while (byte(end) == '-' || byte(end) == '=') ++end;
    return make_token(at, end);
  }

  /// 1998-2004 by language; 555-12-34 and 2004-05-31 everywhere.
  std::size_t number_range(std::size_t at, std::size_t next) {
    std::size_t end = next;
    std::size_t parts = 2;
    while (end < text_.size() &&
           (is_digit(after(end)) || (byte(end) == '-' && is_digit(after(end + 1))))) {
      if (byte(end) == '-') ++parts;
      end += decode_at(text_, end).length;
    }
    if (parts == 2 && !language_.has(kNumberRanges)) return next;
    if (is_letter(after(end))) return next;
    scan_.boundaries.clear(at, end);
    return end;
  }

  std::size_t colon(std::size_t at) {
    if (text_.substr(at, 3) == "://") {
      const Span address = url_around(text_, address_end_, at);
      if (address.end > address.begin) return make_address(address);
    }
    const std::size_t smiley = emoticon_end(text_, at);
    if (smiley > at) return make_token(at, smiley);
    const char32_t left = before(at);
    const char32_t right = after(at + 1);
    if (is_digit(left) && is_digit(right)) {
      join(at);
      join(at + 1);
    } else if (is_letter(left) && is_letter(right)) {
      split(at);  // CLDR: a colon stands in no word
      split(at + 1);
    } else {
      return repeated(at);
    }
    return at + 1;
  }

  std::size_t slash(std::size_t at) {
    const Span address = bare_url_around(text_, address_end_, at);
    if (address.end > address.begin) return make_address(address);
    const char32_t left = before(at);
    const char32_t right = after(at + 1);
    if (is_digit(left) && is_digit(right)) {
      std::size_t end = at;
      std::size_t parts = 1;
      while (is_digit(after(end)) || (byte(end) == '/' && is_digit(after(end + 1)))) {
        parts += byte(end) == '/' ? 1 : 0;
        end += decode_at(text_, end).length;
      }
      if (parts == 3 || language_.has(kSlashNumbers)) {
        scan_.boundaries.clear(at, end);
        return end;
      }
      return at + 1;
    }
    if (is_letter(left) && is_letter(right) && word_before(at).size() == 1 &&
        word_after(at + 1).size() == 1) {
      join(at);  // "n/a", "b/c"
      join(at + 1);
      return at + 1;
    }
    return repeated(at);
  }

  /// "))" is a smile in some languages, ";)" in all, and two brackets elsewhere.
  std::size_t bracket(std::size_t at) {
    if (at > 0 && (byte(at - 1) == ';' || byte(at - 1) == ':' || byte(at - 1) == '=')) {
      const std::size_t smiley = emoticon_end(text_, at - 1);
      if (smiley > at) return make_token(at - 1, smiley);
    }
    return language_.has(kBracketSmileys) ? repeated(at) : at + 1;
  }

  std::size_t at_sign(std::size_t at) {
    const Span address = email_around(text_, address_end_, at);
    if (address.end > address.begin) return make_address(address);
    return at + 1;
  }

  std::size_t hashtag(std::size_t at) {
    if (is_word(before(at)) && at != done_) return at + 1;
    std::size_t end = at + 1;
    while (end < text_.size() && (is_word(after(end)) || byte(end) == '_')) {
      end += decode_at(text_, end).length;
    }
    return end > at + 1 ? make_token(at, end) : repeated(at);
  }

  /// "US$" and "R$".
  std::size_t dollar(std::size_t at) {
    const std::string_view left = word_before(at);
    if (language_.has(kCurrencyLetters) && !left.empty() && left.size() <= 3 &&
        std::all_of(left.begin(), left.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
      join(at);
      split(at + 1);
      return at + 1;
    }
    return repeated(at);
  }

  /// The degree sign in "no" (numero) and before C or F.
  std::size_t degree(std::size_t at, std::size_t next) {
    const char32_t right = after(next);
    if (word_before(at) == "n" || word_before(at) == "N") {
      join(at);
    } else if ((right == 'C' || right == 'F') && word_after(next).size() == 1) {
      join(next);
    }
    return next;
  }

  /// A space that does not break, between a digit and three more, is part of the number; elsewhere
  /// it is white space (UAX #29 takes U+202F for a letter).
  std::size_t thin_space(std::size_t at, std::size_t next) {
    const bool number = is_digit(before(at)) && group_of_three(next);
    if (number) {
      scan_.white.clear(at, next);
      join(at);
      join(next);
      return next;
    }
    for (std::size_t i = at; i < next; ++i) scan_.white.set(i);
    scan_.boundaries.set(at);
    split(next);
    return next;
  }

  [[nodiscard]] bool group_of_three(std::size_t at) const {
    const std::string_view digits = word_after(at);
    return digits.size() == 3 &&
           std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  /// Two commas open a quotation in Dutch.
  std::size_t comma(std::size_t at) {
    const bool quote = language_.has(kCommaQuotes) && byte(at + 1) == ',';
    return quote ? make_token(at, at + 2) : at + 1;
  }

  /// "10 000" with plain spaces: one to three digits, then groups of three.
  void join_spaced_numbers() {
    for (const std::uint32_t at : scan_.spaced_digits) {
      if (!group_of_three(at + 1)) continue;
      const std::string_view first = word_before(at);
      const bool continues = !scan_.boundaries.test(at - first.size());
      if (first.size() > 3 || (continues && first.size() != 3)) continue;
      scan_.white.clear(at, at + 1);
      join(at);
      join(at + 1);
    }
  }

  const Language& language_;
  TerminatorRules full_stops_;
  WordScan& scan_;
  std::size_t done_ = 0;         ///< marks before this have been dealt with
  bool quote_open_ = false;      ///< an apostrophe has opened a quotation
  std::size_t address_end_ = 0;  ///< an address begins here at the earliest
};

}  // namespace

void apply_news_rules(std::string_view text, const Language& language, bool lines, WordScan& scan) {
  NewsRules(text, language, lines, scan).run();
}

}  // namespace copydesk::tokenize
