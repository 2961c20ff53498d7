#include "tokenize/full_stop.h"

#include <algorithm>

#include "text/unicode.h"
#include "tokenize/ascii.h"
#include "tokenize/properties.h"
#include "tokenize/sentence_marks.h"
#include "tokenize/vowels.h"
#include "tokenize/word_scan.h"

namespace copydesk::tokenize {
namespace {

/// No abbreviation is longer. Bounds what is read before a full stop.
constexpr std::size_t kLongestWord = 40;
/// The same for one part, in bytes, of an abbreviation with spaces in it.
constexpr std::size_t kLongestPart = 4;

bool is_ignored(WordBreak c) noexcept {
  return c == WordBreak::extend || c == WordBreak::format || c == WordBreak::zwj;
}

/// The end of the run of apostrophes at `at`, or `at` itself if they begin a word: "'90s", "'tis".
std::size_t skip_apostrophes(std::string_view text, std::size_t at) {
  const Decoded mark = decode_at(text, at);
  if (mark.code_point != '\'' && mark.code_point != 0x2019) return at;
  std::size_t end = at;
  while (end < text.size() && decode_at(text, end).code_point == mark.code_point)
    end += mark.length;
  if (end == text.size()) return end;
  const Properties next = properties_of(decode_at(text, end).code_point);
  return next.is_letter() || next.is_digit() ? at : end;
}

bool is_all(std::string_view word, bool (*test)(char32_t)) {
  if (word.empty()) return false;
  for (std::size_t at = 0; at < word.size();) {
    const Decoded decoded = decode_at(word, at);
    if (!test(decoded.code_point)) return false;
    at += decoded.length;
  }
  return true;
}

bool is_digit(char32_t c) {
  return properties_of(c).is_digit();
}
bool is_roman_digit(char32_t c) {
  return c == 'I' || c == 'V' || c == 'X' || c == 'L' || c == 'C';
}
bool is_letter(char32_t c) {
  return properties_of(c).is_letter();
}
bool has_letter(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const Decoded decoded = decode_at(word, at);
    if (is_letter(decoded.code_point)) return true;
    at += decoded.length;
  }
  return false;
}

/// Two to four letters, none a vowel, and not all capitals: "bzw", "Mr".
bool looks_abbreviated(std::string_view word, bool syllabic_r) {
  std::size_t letters = 0;
  bool lower = false;
  for (std::size_t at = 0; at < word.size();) {
    const Decoded decoded = decode_at(word, at);
    const Properties properties = properties_of(decoded.code_point);
    if (!properties.is_letter() || is_vowel(decoded.code_point)) return false;
    if (syllabic_r && (decoded.code_point == 'r' || decoded.code_point == 'l')) return false;
    const text::Script script = text::script_of(decoded.code_point);
    if (script != text::Script::latin && script != text::Script::cyrillic) return false;
    lower |= properties.is_lower();
    ++letters;
    at += decoded.length;
  }
  return letters >= 2 && letters <= 4 && lower;
}

/// "U.S", "z.B", "e.g": letters with full stops between them, parts of one to three letters.
bool is_acronym(std::string_view word) {
  std::size_t letters = 0;
  std::size_t parts = 0;
  for (std::size_t at = 0; at < word.size();) {
    const Decoded decoded = decode_at(word, at);
    if (decoded.code_point == '.') {
      if (letters == 0) return false;
      letters = 0;
      ++parts;
    } else if (!is_letter(decoded.code_point) || ++letters > 3) {
      return false;
    }
    at += decoded.length;
  }
  return parts > 0 && letters > 0 && letters <= 2;
}

/// One capital letter, or two with a hyphen: "J", "J.-P" ends in one.
bool is_initial(std::string_view word) {
  const Decoded last = decode_before(word, word.size());
  if (!properties_of(last.code_point).is_upper()) return false;
  if (last.length == word.size()) return true;
  const char before = word[word.size() - last.length - 1];
  return before == '-' || before == '.' || before == '\'';
}

/// Four letters or more, and a vowel among them.
bool is_ordinary_word(std::string_view word) {
  std::size_t letters = 0;
  bool vowel = false;
  for (std::size_t at = 0; at < word.size();) {
    const Decoded decoded = decode_at(word, at);
    if (!is_letter(decoded.code_point)) return false;
    vowel |= is_vowel(decoded.code_point);
    ++letters;
    at += decoded.length;
  }
  return letters >= 4 && vowel;
}

std::string_view last_part(std::string_view word) {
  for (std::size_t at = word.size(); at > 0; --at) {
    const char c = word[at - 1];
    if (c == '-' || c == '\'') return word.substr(at);
    // U+2019, which ends with a byte that few letters end with
    if (c == '\x99' && at >= 3 && word.substr(at - 3, 3) == "\u2019") return word.substr(at);
  }
  return word;
}

}  // namespace

bool is_terminator(char32_t c) noexcept {
  if (c < 0x80) return c == '.' || c == '!' || c == '?';
  const SentenceBreak value = properties_of(c).sentence_break();
  return value == SentenceBreak::s_term || value == SentenceBreak::a_term || c == 0x2026;
}

bool misses_space(std::string_view text, std::size_t at, std::size_t next) {
  std::size_t letters = 0;
  std::size_t begin = at;
  while (begin > 0 && letters < 3) {
    const Decoded decoded = decode_before(text, begin);
    if (!properties_of(decoded.code_point).is_lower()) return false;
    begin -= decoded.length;
    ++letters;
  }
  if (letters < 3 || next >= text.size()) return false;
  const Decoded first = decode_at(text, next);
  if (!properties_of(first.code_point).is_upper()) return false;
  const std::size_t second = next + first.length;
  if (second < text.size()) {
    const Properties behind = properties_of(decode_at(text, second).code_point);
    if (!behind.is_lower() && !behind.is_space()) return false;
  }
  // An address holds one of these before the next white space; what is long enough is none.
  constexpr std::size_t kLongestAddress = 80;
  constexpr std::string_view kWhite = " \n\t";
  const std::size_t from = at > kLongestAddress ? at - kLongestAddress : 0;
  std::string_view left = text.substr(from, at - from);
  left.remove_prefix(left.find_last_of(kWhite) + 1);  // npos + 1 is 0
  std::string_view right = text.substr(at, kLongestAddress);
  right = right.substr(0, right.find_first_of(kWhite));
  constexpr std::string_view kOfAddress = "/@_:#\\=";
  return left.find_first_of(kOfAddress) == std::string_view::npos &&
         right.find_first_of(kOfAddress) == std::string_view::npos;
}

TerminatorRules::Run TerminatorRules::read_run(std::size_t at) const {
  Run run{at};
  std::size_t count = 0;
  bool dots = true;
  while (run.end < text_.size()) {
    const Decoded decoded = decode_at(text_, run.end);
    if (!is_terminator(decoded.code_point)) break;
    dots &= decoded.code_point == '.' || decoded.code_point == 0x2026;
    run.wide |= is_wide_terminator(decoded.code_point);
    run.end += decoded.length;
    ++count;
  }
  run.full_stop = count == 1 && text_[at] == '.';
  run.ellipsis = dots && !run.full_stop;
  return run;
}

/// A closing mark behind a space, as French and some wire services write it, has white space
/// behind it too.
std::size_t TerminatorRules::skip_spaced_quote(std::size_t at) const {
  if (at >= text_.size()) return at;
  const Decoded space = decode_at(text_, at);
  const std::size_t mark = at + space.length;
  if (!properties_of(space.code_point).is_space() || mark >= text_.size()) return at;
  const std::string_view rest = text_.substr(mark, 2);
  const std::size_t behind = mark + 2;
  if (rest == "\" " || rest == "\"\n") return mark + 1;
  if (rest != "''" && rest != "\xC2\xBB") return at;
  if (behind >= text_.size()) return behind;
  const Properties next = properties_of(decode_at(text_, behind).code_point);
  return next.is_letter() || next.is_digit() ? at : behind;
}

std::size_t TerminatorRules::skip_closers(std::size_t at) const {
  at = skip_spaced_quote(at);
  while (at < text_.size()) {
    const Decoded decoded = decode_at(text_, at);
    const Properties properties = properties_of(decoded.code_point);
    const bool emoji = properties.is_pictographic() && decoded.code_point > 0x2000;
    // Marks and joiners stay with what stands before them.
    const bool ignored = is_ignored(properties.word_break());
    if (!is_closer(decoded.code_point) && !emoji && !ignored) break;
    if (decoded.code_point != '\'' && decoded.code_point != 0x2019) {
      at += decoded.length;
      continue;
    }
    const std::size_t behind = skip_apostrophes(text_, at);
    if (behind == at) break;
    at = behind;
  }
  return at;
}

/// "[12]", "[3, 4]" and "[...]" behind a full stop belong to the sentence before.
std::size_t TerminatorRules::skip_citation(std::size_t at) const {
  while (true) {
    const std::size_t open = at < text_.size() && text_[at] == ' ' ? at + 1 : at;
    if (open + 2 >= text_.size() || text_[open] != '[') return at;
    const std::size_t close =
        text_.substr(0, open + 16).find_first_not_of("0123456789, .\xE2\x80\xA6", open + 1);
    if (close == std::string_view::npos || close == open + 1 || text_[close] != ']') return at;
    at = close + 1;
  }
}

/// The end of a row of emoji with spaces among them.
std::size_t TerminatorRules::skip_emoji(std::size_t at) const {
  std::size_t end = at;
  while (at < text_.size()) {
    const Decoded decoded = decode_at(text_, at);
    const WordBreak c = properties_of(decoded.code_point).word_break();
    const bool on_emoji = c == WordBreak::extend || c == WordBreak::zwj;
    const bool emoji =
        is_emoji(decoded.code_point) || is_ornament(decoded.code_point) || (on_emoji && at == end);
    if (!emoji && decoded.code_point != ' ') break;
    at += decoded.length;
    if (emoji) end = at;
  }
  return end;
}

/// The same behind a terminator: those of the sentence that ends there. A tick, a pointing hand or
/// an emoji with a word at it begins the next one.
std::size_t TerminatorRules::skip_own_emoji(std::size_t at) const {
  const std::size_t end = skip_emoji(at);
  if (end == at) return at;
  if (end < text_.size()) {
    const Properties next = properties_of(decode_at(text_, end).code_point);
    if (next.is_letter() || next.is_digit()) return at;
  }
  std::size_t first = at;
  while (text_[first] == ' ') ++first;
  return is_bullet(decode_at(text_, first).code_point) ? at : end;
}

bool TerminatorRules::block_ends(std::size_t at, std::size_t& behind) const {
  std::size_t line_ends = 0;
  while (at < text_.size()) {
    const Decoded decoded = decode_at(text_, at);
    if (!properties_of(decoded.code_point).is_space()) break;
    if (decoded.code_point == '\f' || decoded.code_point == 0x2029) return true;
    if (decoded.code_point == '\n' && (++line_ends == 2 || lines_)) return true;
    at += decoded.length;
  }
  behind = at;
  return at >= text_.size();
}

std::string_view TerminatorRules::word_at(std::size_t at) const {
  std::size_t end = at;
  while (end < text_.size() && end - at < kLongestWord) {
    if (is_ascii_word(text_[end])) {
      ++end;
      continue;
    }
    const Decoded decoded = decode_at(text_, end);
    const Properties properties = properties_of(decoded.code_point);
    const bool inner =
        decoded.code_point == '\'' || decoded.code_point == 0x2019 || decoded.code_point == '-';
    if (!properties.is_letter() && properties.word_break() != WordBreak::extend &&
        !properties.is_digit() && !inner) {
      break;
    }
    end += decoded.length;
  }
  return text_.substr(at, end - at);
}

TerminatorRules::Following TerminatorRules::read_following(std::size_t at) const {
  Following following;
  std::size_t behind = at;
  if (block_ends(at, behind)) return following;
  following.next = Next::attached;
  if (behind == at) {
    constexpr AsciiSet kPause(",;:");
    if (kPause.has(text_[at])) following.next = Next::goes_on;
    return following;
  }
  if (text_.substr(behind, 2) == ",,") {  // an opening quotation mark of two commas
    following.quote = true;
    behind += 2;
  }
  while (behind < text_.size()) {
    const Decoded decoded = decode_at(text_, behind);
    const Properties properties = properties_of(decoded.code_point);
    const bool dash = is_dash(decoded.code_point);
    const bool opener = is_opener(decoded.code_point);
    const bool space = properties.is_space() && decoded.code_point != '\n';
    if (!dash && !opener && !space) break;
    following.dash |= dash;
    following.quote |= opener;
    behind += decoded.length;
  }
  following.next = Next::symbol;
  if (behind == text_.size()) return following;
  const Decoded decoded = decode_at(text_, behind);
  const Properties properties = properties_of(decoded.code_point);
  const bool first = !following.dash && !following.quote;
  constexpr AsciiSet kGoesOn(",;:)]}");
  if (properties.is_letter()) {
    following.word = word_at(behind);
    const std::size_t end = behind + following.word.size();
    following.initial = properties.is_upper() && following.word.size() == decoded.length &&
                        end < text_.size() && text_[end] == '.';
    following.next = properties.is_lower()   ? Next::lower
                     : properties.is_upper() ? Next::upper
                                             : Next::caseless;
  } else if (properties.is_digit()) {
    following.next = Next::digit;
    following.word = word_at(behind);
  } else if (first && kGoesOn.has(text_[behind])) {
    following.next = Next::goes_on;
  } else if (first && (text_[behind] == '!' || text_[behind] == '?')) {
    following.next = Next::tail;
  } else if (first && text_[behind] == '#' && !word_at(behind + 1).empty()) {
    following.next = Next::tail;
    following.word = word_at(behind + 1);
  }
  return following;
}

std::string_view TerminatorRules::word_before(std::size_t at) const {
  std::size_t begin = at;
  while (begin > 0 && at - begin < kLongestWord) {
    if (is_ascii_word(text_[begin - 1])) {
      --begin;
      continue;
    }
    if (is_ascii(text_[begin - 1])) {
      constexpr AsciiSet kInner(".-'&");
      if (!kInner.has(text_[begin - 1])) break;
      --begin;
      continue;
    }
    const Decoded decoded = decode_before(text_, begin);
    const Properties properties = properties_of(decoded.code_point);
    if (!properties.is_letter() && !properties.is_digit() &&
        properties.word_break() != WordBreak::extend && !is_inner_mark(decoded.code_point)) {
      break;
    }
    begin -= decoded.length;
  }
  while (begin < at) {
    const Decoded decoded = decode_at(text_, begin);
    const Properties properties = properties_of(decoded.code_point);
    if (properties.is_letter() || properties.is_digit()) break;
    begin += decoded.length;
  }
  return text_.substr(begin, at - begin);
}

bool TerminatorRules::is_starter(const Following& following) const {
  if (following.initial) return false;
  const std::string_view word = following.word;
  if ((language_.exact_kinds(word) & kStarter) != 0) return true;
  // "L'homme" is listed as "L'", "He's" as "He".
  std::size_t at = word.find('\'');
  if (at == std::string_view::npos) at = word.find("\xE2\x80\x99");
  if (at == std::string_view::npos) return false;
  return (language_.exact_kinds(word.substr(0, at)) & kStarter) != 0 ||
         (language_.exact_kinds(std::string(word.substr(0, at)) + '\'') & kStarter) != 0;
}

bool TerminatorRules::ordinal_ends(std::string_view word, const Following& following) const {
  if ((language_.exact_kinds(following.word) & kMonth) != 0) return false;
  if (is_starter(following)) return true;
  return !(language_.has(kCapitalNouns) && word.size() <= 2);
}

/// What "t. d." is listed as, which stands in the list without the space; `word` is its last part,
/// of one or two characters.
unsigned TerminatorRules::spaced_kinds(std::string_view word) const {
  if (word.empty() || word.size() > kLongestPart) return 0;
  const auto begin = static_cast<std::size_t>(word.data() - text_.data());
  if (begin < 3 || text_[begin - 1] != ' ' || text_[begin - 2] != '.') return 0;
  const std::string_view before = word_before(begin - 2);
  if (before.empty() || before.size() > 2 * kLongestPart) return 0;
  return language_.kinds(std::string(before) + '.' + std::string(word)) & kAbbreviation;
}

/// Whether `word` is the first part of such an abbreviation: "z. B.".
bool TerminatorRules::begins_spaced(std::string_view word, const Following& following) const {
  if (!following.initial || word.empty() || word.size() > kLongestPart) return false;
  const std::string whole = std::string(word) + '.' + std::string(following.word);
  return (language_.kinds(whole) & kAbbreviation) != 0;
}

void TerminatorRules::judge_full_stop(std::string_view word, std::size_t word_begin,
                                      std::size_t sentence_begin, bool closed,
                                      const Following& following, Verdict& verdict) const {
  const std::string_view part = last_part(word);
  unsigned kinds = spaced_kinds(word);
  if (kinds == 0) kinds = language_.kinds(word) & kAbbreviation;
  if (kinds == 0 && part.size() != word.size()) kinds = language_.kinds(part) & kAbbreviation;
  const bool number = is_all(word, is_digit);
  const bool initial = !word.empty() && is_initial(word);
  const bool acronym = is_acronym(word);
  const bool short_form = looks_abbreviated(part, language_.has(kSyllabicR)) &&
                          (language_.kinds(part) & kOrdinary) == 0;
  const bool keeps_at_end = (kinds & (kTitle | kWord | kFinal)) != 0 || acronym;
  const bool abbreviation = kinds != 0 || acronym || initial || short_form;
  const auto decide = [&](bool ends) {
    verdict.ends = ends;
    verdict.keeps_dot = ends ? keeps_at_end : abbreviation;
  };
  switch (following.next) {
    case Next::end:
      return decide(true);
    case Next::lower:
      // In lower case begins what a hasty writer begins; an abbreviation is short or listed.
      if (!closed && number && word.size() > 1 && !language_.has(kOrdinals)) return decide(true);
      if (!closed && !number && !abbreviation && is_ordinary_word(part)) return decide(true);
      [[fallthrough]];
    case Next::attached:
    case Next::goes_on:
      decide(false);
      if (number) verdict.keeps_dot = language_.has(kOrdinals) && !closed;
      // A word that a full stop cuts short: nothing else goes on in lower case or with a comma.
      if (!closed && has_letter(word) && following.next != Next::attached) verdict.keeps_dot = true;
      return;
    case Next::digit:
      if (number) {
        decide(!language_.has(kOrdinals));
        verdict.keeps_dot = !verdict.ends;
        return;
      }
      return decide((kinds & (kTitle | kNumber | kWord)) == 0 && !short_form && !initial);
    case Next::upper:
    case Next::caseless:
      if (!begins_spaced(word, following)) break;
      verdict.keeps_dot = true;
      return;
    case Next::tail:  // behind an ordinary word, "word. ?" is what a broken text has
      return decide(following.word.empty() && !abbreviation);
    case Next::symbol:
      return decide(kinds == 0 || (kinds & kFinal) != 0);
  }
  const bool item = word_begin == sentence_begin && !language_.has(kListNumbersApart);
  if (item && initial && following.dash) return decide(false);
  if (number) {
    decide(!item && (!language_.has(kOrdinals) || ordinal_ends(word, following)));
    verdict.keeps_dot = !verdict.ends && !item;
    return;
  }
  if ((kinds & kTitle) != 0) return decide(false);
  if ((kinds & kNumber) != 0 && following.word.size() >= 2 &&
      is_all(following.word, is_roman_digit)) {
    return decide(false);
  }
  if ((kinds & kFinal) != 0) return decide(true);
  if ((kinds & kWord) != 0 || acronym || initial || short_form)
    return decide(is_starter(following));
  if (language_.has(kOrdinals) && word.size() >= 2 && is_all(word, is_roman_digit)) {
    return decide(is_starter(following));
  }
  decide(true);
}

Verdict TerminatorRules::judge_wide(std::size_t end) const {
  Verdict verdict{skip_closers(end), true, false};
  std::size_t behind = verdict.end;
  if (block_ends(verdict.end, behind)) return verdict;
  const std::string_view rest = text_.substr(verdict.end, kLongestWord);
  const bool closed = verdict.end != end;
  if (closed) {
    // A quotation inside a sentence: the particle that follows carries it on.
    for (std::size_t length = 3; length <= 12 && length <= rest.size(); length += 3) {
      if ((language_.exact_kinds(rest.substr(0, length)) & kGoesOn) != 0) verdict.ends = false;
    }
  }
  const char32_t next = decode_at(text_, verdict.end).code_point;
  if (next == 0x3001 || next == 0xFF0C || next == ',') verdict.ends = false;
  return verdict;
}

/// A row of emoji ends a sentence where a capital letter follows: whoever writes them saves the
/// full stop.
Verdict TerminatorRules::judge_emoji(std::size_t at, std::size_t sentence_begin) const {
  Verdict verdict{skip_emoji(at)};
  if (at == sentence_begin && is_bullet(decode_at(text_, at).code_point)) return verdict;
  const Following following = read_following(verdict.end);
  verdict.ends = following.next == Next::end || following.next == Next::upper;
  return verdict;
}

Verdict TerminatorRules::judge(std::size_t at, std::size_t sentence_begin) const {
  if (is_emoji(decode_at(text_, at).code_point)) return judge_emoji(at, sentence_begin);
  const Run run = read_run(at);
  if (run.wide) return judge_wide(run.end);
  Verdict verdict{skip_closers(run.end)};
  const bool closed = verdict.end != run.end;
  verdict.end = skip_citation(verdict.end);
  verdict.end = skip_own_emoji(verdict.end);
  const Following following = read_following(verdict.end);
  if (following.next == Next::attached && !closed && misses_space(text_, at, run.end)) {
    verdict.ends = true;
    return verdict;
  }
  if (run.full_stop) {
    const std::string_view word = word_before(at);
    const auto word_begin = static_cast<std::size_t>(word.data() - text_.data());
    judge_full_stop(word, word_begin, sentence_begin, closed, following, verdict);
    return verdict;
  }
  switch (following.next) {
    case Next::end:
    case Next::upper:
    case Next::caseless:
    case Next::digit:
    case Next::symbol:
      verdict.ends = true;
      break;
    case Next::lower:
      verdict.ends = !run.ellipsis && !closed && !following.dash && !following.quote &&
                     (language_.kinds(word_before(at)) & kExclaims) == 0;
      break;
    case Next::goes_on:
    case Next::tail:
    case Next::attached:
      verdict.ends = false;
      break;
  }
  return verdict;
}

}  // namespace copydesk::tokenize
