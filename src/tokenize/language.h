#pragma once

/// @file
/// What segmentation has to know of a language: abbreviations, words that begin sentences, and
/// which of the rules of the news profile hold. Read from plain text, src/data/languages/*.txt,
/// which is compiled in; the user's own abbreviations are read the same way.
///
/// A file holds lines `key: word word ...`; a key may come again; `#` begins a comment line. A line
/// without a key is one abbreviation of the kind `word`. Words stand without their last full stop.
/// An abbreviation in lower case matches any case, one with a capital letter only itself.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "copydesk/error.h"

#include "tokenize/mark_table.h"

namespace copydesk::tokenize {

/// What a word may be, as flags: one word can be several things.
enum WordKind : std::uint16_t {
  kTitle = 1U << 0,       ///< stands before a name: never ends a sentence (Dr)
  kNumber = 1U << 1,      ///< stands before a number: does not end a sentence there (No)
  kWord = 1U << 2,        ///< any other abbreviation: ends a sentence only before a starter (Inc)
  kFinal = 1U << 3,       ///< abbreviation that ends a sentence before any capital letter (etc)
  kMonth = 1U << 4,       ///< follows an ordinal number
  kStarter = 1U << 5,     ///< begins sentences when it has a capital letter (The)
  kElision = 1U << 6,     ///< loses its last vowel to an apostrophe, which ends the word (l')
  kApocope = 1U << 7,     ///< has lost its end: the apostrophe belongs to it (po')
  kClitic = 1U << 8,      ///< with its hyphen a word of its own behind a verb (-il), in lower case
  kWhole = 1U << 9,       ///< never taken apart at its hyphen or apostrophe (aujourd'hui)
  kGoesOn = 1U << 10,     ///< behind a closing quotation mark the sentence goes on with it
  kPrefix = 1U << 11,     ///< stays with what follows its hyphen (re-)
  kOrdinary = 1U << 12,   ///< no abbreviation, whatever it looks like (Mm)
  kExclaims = 1U << 13,   ///< a name that ends with an exclamation mark (Yahoo)
  kWholeHead = 1U << 14,  ///< what stands before the apostrophe of a whole word (aujourd)
};
inline constexpr unsigned kAbbreviation = kTitle | kNumber | kWord | kFinal;

/// The rules of the news profile that are not the same in every language.
enum Rule : std::uint32_t {
  kJoinDots = 1U << 0,           ///< abbreviations and initials keep their full stop
  kKeepHyphens = 1U << 1,        ///< letters, hyphen, letters is one word
  kOrdinals = 1U << 2,           ///< number and full stop may be an ordinal number
  kCapitalNouns = 1U << 3,       ///< a capital letter alone begins no sentence
  kSpaceNumbers = 1U << 4,       ///< a space may part the thousands
  kNumberRanges = 1U << 5,       ///< 1998-2004 is one token
  kSlashNumbers = 1U << 6,       ///< 1/2 is one token
  kGenitiveS = 1U << 7,          ///< 's is a word of its own
  kCommaQuotes = 1U << 8,        ///< two commas open a quotation
  kLeadingApostrophe = 1U << 9,  ///< 's, 't, 'n begin with theirs
  kTrailingHyphens = 1U << 10,   ///< a word may end with a hyphen: Vor- und Nachteile
  kDigitHyphens = 1U << 11,      ///< 14-letni is one word though other hyphens part
  kBracketSmileys = 1U << 12,    ///< brackets in a row are a smile
  kCurrencyLetters = 1U << 13,   ///< US$ is one token
  kBangsApart = 1U << 14,        ///< !! is two tokens
  kListNumbersApart = 1U << 15,  ///< the number before a list item is a sentence of its own
  kSyllabicR = 1U << 16,         ///< l and r are vowels too
  kPluralApostrophe = 1U << 17,  ///< the states' rights
  kAcronymEndings = 1U << 18,    ///< PRL-owski is one word though other hyphens part
  kDotsApart = 1U << 19,         ///< ... is three tokens
};

class Language {
 public:
  /// Adds what `text` says. Error: bad_data with the number of the line.
  [[nodiscard]] Status add(std::string_view text);

  [[nodiscard]] bool has(Rule rule) const noexcept { return (rules_ & rule) != 0; }
  /// Whether there is any word of these kinds.
  [[nodiscard]] bool lists(unsigned kinds) const noexcept { return (all_kinds_ & kinds) != 0; }
  /// Exactly this word, or where it is listed in lower case, in any case. 0: not listed.
  [[nodiscard]] unsigned kinds(std::string_view word) const;
  /// Only as it stands.
  [[nodiscard]] unsigned exact_kinds(std::string_view word) const;

  /// Groups of kinds that are asked for often, as flags.
  static constexpr unsigned kAbbreviations = 1U << 0;
  static constexpr unsigned kPrefixes = 1U << 1;
  static constexpr unsigned kCutWords = 1U << 2;    ///< elisions and apocopes
  static constexpr unsigned kExclaimers = 1U << 3;  ///< names with an exclamation mark
  /// The groups that a word of letters with these last eight bytes may belong to in any case; the
  /// others it does not belong to. (One word in five hundred gets more than it should.) A shorter
  /// word has zeros before it. Of the letters beyond ASCII only those of U+00C0..00FF, U+0391..03C9
  /// and U+0400..045F may be capitals.
  [[nodiscard]] unsigned groups_of(std::uint64_t last_bytes) const noexcept {
    return groups_at(mixed(folded(last_bytes)));
  }
  /// The same of a word of ASCII letters, or of none.
  [[nodiscard]] unsigned ascii_groups_of(std::uint64_t last_bytes) const noexcept {
    return groups_at(mixed(last_bytes | kCaseBits));
  }
  /// Whether ASCII letters, fewer than eight, are an elision in any case, and not the beginning of
  /// a word that is never taken apart. False does not say the opposite.
  [[nodiscard]] bool is_elision(std::uint64_t last_bytes) const noexcept {
    const std::uint64_t word = last_bytes | kCaseBits;
    return elisions_[elision_place(word)] == word;
  }
  /// Which marks the rules have to look at.
  [[nodiscard]] const MarkTable& marks() const noexcept { return marks_; }
  /// Lets them look at all, as tests do.
  void look_at_all_marks() { marks_ = MarkTable(); }
  /// The number that holds the last eight bytes of `word`.
  static std::uint64_t last_bytes(std::string_view word) noexcept;

 private:
  /// A listed word, or an empty place of the table.
  struct Slot {
    std::uint32_t tag = 0;     ///< upper half of the hash
    std::uint32_t begin = 0;   ///< in pool_
    std::uint16_t length = 0;  ///< 0: empty
    std::uint16_t kinds = 0;
  };
  static constexpr std::uint64_t kCaseBits = 0x2020202020202020ULL;
  /// The same number for a word whatever the case of its letters. In ASCII bit 5 tells the cases
  /// apart; in the alphabets above the last bit of the first byte and the bits 4 and 5 of the
  /// second.
  static std::uint64_t folded(std::uint64_t last_bytes) noexcept {
    constexpr std::uint64_t kTops = 4 * kCaseBits;
    const std::uint64_t beyond = last_bytes & kTops;
    const std::uint64_t lead = beyond & (last_bytes << 1);
    last_bytes |= (~last_bytes & kTops) >> 2 | lead >> 7;
    return last_bytes | (beyond ^ lead) >> 2 | (beyond ^ lead) >> 3;
  }
  static std::uint64_t mixed(std::uint64_t folded) noexcept {
    return folded * 0x9E3779B97F4A7C15ULL;
  }
  /// Each word has two places in groups_: what both hold is what it belongs to.
  static constexpr unsigned kGroupBits = 13;
  static std::size_t first_place(std::uint64_t mixed) noexcept {
    return static_cast<std::size_t>(mixed >> (64 - kGroupBits));
  }
  static std::size_t second_place(std::uint64_t mixed) noexcept {
    return static_cast<std::size_t>(mixed >> (64 - 2 * kGroupBits)) & ((1U << kGroupBits) - 1);
  }
  [[nodiscard]] unsigned groups_at(std::uint64_t mixed) const noexcept {
    return static_cast<unsigned>(groups_[first_place(mixed)]) & groups_[second_place(mixed)];
  }
  void rebuild();
  void add_groups(std::string_view word, unsigned groups);
  /// Which bit of heads_ a word sets.
  static std::size_t head_of(std::uint64_t hash) noexcept {
    return static_cast<std::size_t>(hash >> (64 - kHeadBits));
  }
  static constexpr unsigned kHeadBits = 14;

  unsigned rules_ = 0;
  std::size_t longest_ = 0;
  std::map<std::string, std::uint16_t, std::less<>> words_;
  unsigned all_kinds_ = 0;  ///< of all words
  /// The same words for looking up: open addressing, at most half full. Most of what is asked for
  /// is not there: heads_ (a Bloom filter of one bit a word) says so and stays in the first cache.
  std::array<std::uint64_t, (1U << kHeadBits) / 64> heads_{};
  std::vector<Slot> slots_ = std::vector<Slot>(1);
  std::string pool_;
  std::array<std::uint8_t, 1U << kGroupBits> groups_{};
  /// The upper bits: no two words of one letter have the same.
  static constexpr unsigned kElisionBits = 8;
  static std::size_t elision_place(std::uint64_t folded) noexcept {
    return static_cast<std::size_t>(mixed(folded) >> (64 - kElisionBits));
  }
  std::array<std::uint64_t, 1U << kElisionBits> elisions_{};  ///< folded; two in one place: one
  MarkTable marks_;
};

inline std::uint64_t Language::last_bytes(std::string_view word) noexcept {
  constexpr std::size_t kBytes = sizeof(std::uint64_t);
  std::array<char, kBytes> bytes{};
  const std::size_t count = word.size() < kBytes ? word.size() : kBytes;
  std::memcpy(bytes.data() + kBytes - count, word.data() + word.size() - count, count);
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data(), kBytes);
  return number;
}

/// All languages with data of their own. Immutable once made.
class Languages {
 public:
  /// `abbreviations` (may be empty) is added to every language.
  [[nodiscard]] static Result<Languages> load(std::string_view abbreviations);
  /// By tag; an unknown tag gives the rules that hold for any language.
  [[nodiscard]] const Language& find(std::string_view tag) const;

 private:
  std::unordered_map<std::string, Language> languages_;
};

}  // namespace copydesk::tokenize
