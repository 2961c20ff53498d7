#include "tokenize/mark_table.h"

#include "tokenize/language.h"

namespace copydesk::tokenize {
namespace {

/// Some neighbours, a bit each.
using Set = unsigned;

constexpr Set set_of(Neighbour neighbour) {
  return 1U << static_cast<unsigned>(neighbour);
}
constexpr Set kSpace = set_of(Neighbour::space);
constexpr Set kCapital = set_of(Neighbour::upper);
constexpr Set kSmallS = set_of(Neighbour::s);
constexpr Set kSmall = set_of(Neighbour::lower) | kSmallS;
constexpr Set kOfNumber = set_of(Neighbour::digit);
constexpr Set kOther = set_of(Neighbour::other);
constexpr Set kBeyond = set_of(Neighbour::beyond);
constexpr Set kOfLetter = kCapital | kSmall | set_of(Neighbour::letter);
constexpr Set kOfWord = kOfLetter | kOfNumber;
constexpr Set kAll = (1U << kNeighbours) - 1;

constexpr std::uint64_t pairs(Set before, Set after) {
  std::uint64_t found = 0;
  for (unsigned i = 0; i < kNeighbours; ++i) {
    if (((before >> i) & 1U) != 0) found |= std::uint64_t{after} << (i * kNeighbours);
  }
  return found;
}

/// The places of characters of U+2000 to U+203F.
constexpr unsigned general(char32_t c) {
  return 0x80U | (static_cast<unsigned>(c) & 0x3FU);
}

void ask(MarkTable::Entry& entry, std::uint64_t pairs, unsigned groups) {
  entry.look &= ~pairs;
  entry.ask |= pairs;
  entry.groups = groups;
}

}  // namespace

MarkTable::MarkTable() {
  for (Entry& entry : entries_) entry.look = ~std::uint64_t{0};
  matters_.fill(~std::uint64_t{0});
}

MarkTable::MarkTable(const Language& language) : MarkTable() {
  add_apostrophes(language);
  add_hyphens(language);
  add_terminators(language);
  add_signs(language);
  sum_up();
}

void MarkTable::sum_up() {
  // A character beyond ASCII may be a letter, which the quick look does not see.
  for (std::size_t i = 0; i < 0x80; ++i) {
    const Entry& entry = entries_[i];
    matters_[i] = entry.look | entry.ask | entry.bind | entry.cut | pairs(kBeyond, kAll) |
                  pairs(kAll, kBeyond);
  }
}

void MarkTable::add_apostrophes(const Language& language) {
  const bool cuts = language.lists(kElision | kApocope);
  const bool genitive = language.has(kGenitiveS);
  if (cuts && genitive) return;
  for (const unsigned place : {unsigned{'\''}, general(0x2018), general(0x2019)}) {
    Entry& entry = entries_[place];
    if (cuts) {
      ask(entry, pairs(kOfWord, kOfWord), Language::kCutWords);
      entry.elide = entry.ask;
      continue;
    }
    entry.look &= ~pairs(kOfWord, kOfWord);
    if (genitive) entry.cut = pairs(kOfWord, kSmallS);
  }
}

void MarkTable::add_hyphens(const Language& language) {
  Entry& entry = entries_['-'];
  if (!language.has(kTrailingHyphens)) entry.look &= ~pairs(kOfLetter, kSpace);
  entry.look &= ~(pairs(kSpace, kOfLetter) | pairs(kOfNumber, kSpace));
  if (language.lists(kClitic)) {
    // Before a capital letter stands no clitic.
    if (language.has(kKeepHyphens)) entry.bind = pairs(kOfWord, kCapital);
    entry.look &= ~entry.bind;
    return;
  }
  const std::uint64_t behind_letter = pairs(kOfLetter, kOfWord);
  const std::uint64_t behind_digit = pairs(kOfNumber, kOfLetter);
  if (language.has(kKeepHyphens)) {
    entry.bind = behind_letter | behind_digit;
  } else {
    if (language.has(kDigitHyphens)) entry.bind = behind_digit;
    const Set acronym = language.has(kAcronymEndings) ? kOfLetter & ~kSmall : 0;
    const std::uint64_t behind_word = pairs(kOfLetter & ~acronym, kOfWord);
    if (language.lists(kPrefix)) {
      ask(entry, behind_word, Language::kPrefixes);
    } else {
      entry.look &= ~behind_word;
    }
    entry.look &= ~behind_digit;
  }
  entry.look &= ~entry.bind;
}

void MarkTable::add_terminators(const Language& language) {
  for (const unsigned place : {unsigned{'!'}, unsigned{'?'}, general(0x2026)}) {
    Entry& entry = entries_[place];
    const std::uint64_t behind_word = pairs(kOfWord, kSpace | kOfWord);
    entry.look &= ~(pairs(kSpace | kOther, kSpace | kOfWord) | behind_word);
    if (language.lists(kExclaims)) ask(entry, behind_word, Language::kExclaimers);
  }
  // A host name, or a decimal number; behind a capital letter a space may be missing.
  Entry& stop = entries_['.'];
  stop.look &= ~(pairs(kOfLetter, kSmall) | pairs(kOfNumber, kOfNumber));
  ask(stop, pairs(kOfLetter, kSpace | kOther | kBeyond), Language::kAbbreviations);
  stop.look &= ~pairs(kOther, kSpace);  // behind a bracket or quotation mark
  if (!language.has(kOrdinals)) ask(stop, pairs(kOfNumber, kSpace), Language::kAbbreviations);
}

void MarkTable::add_signs(const Language& language) {
  const Set plain = kSpace | kOfWord;
  const Set currency = language.has(kCurrencyLetters) ? kCapital : 0;
  entries_['$'].look &= ~pairs(kAll & ~(kBeyond | currency), plain);
  entries_['+'].look &= ~(pairs(kOfWord, plain) | pairs(kSpace | kOther, kSpace | kOfLetter));
  const Set ascii_word = kCapital | kSmall | kOfNumber;
  entries_['='].look &= ~pairs(ascii_word, plain);
  entries_[';'].look &= ~pairs(ascii_word, plain);
  entries_[','].look = pairs(kAll, kOther);  // two of them
  for (const char32_t dash : {0x2012, 0x2013, 0x2014}) {
    entries_[general(dash)].look = pairs(kAll, kBeyond);  // two of them
  }
}

}  // namespace copydesk::tokenize
