#include "tokenize/language.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

#include "data/language_data.h"
#include "text/language.h"
#include "text/unicode.h"
#include "tokenize/properties.h"

namespace copydesk::tokenize {
namespace {

constexpr std::pair<std::string_view, WordKind> kKinds[] = {
    {"title", kTitle},       {"number", kNumber},        {"word", kWord},
    {"final", kFinal},       {"month", kMonth},          {"starter", kStarter},
    {"elision", kElision},   {"apocope", kApocope},      {"clitic", kClitic},
    {"whole", kWhole},       {"quote-goes-on", kGoesOn}, {"prefix", kPrefix},
    {"ordinary", kOrdinary}, {"exclaims", kExclaims}};

constexpr std::pair<std::string_view, Rule> kRules[] = {{"join-dots", kJoinDots},
                                                        {"keep-hyphens", kKeepHyphens},
                                                        {"ordinals", kOrdinals},
                                                        {"capital-nouns", kCapitalNouns},
                                                        {"space-numbers", kSpaceNumbers},
                                                        {"number-ranges", kNumberRanges},
                                                        {"slash-numbers", kSlashNumbers},
                                                        {"genitive-s", kGenitiveS},
                                                        {"comma-quotes", kCommaQuotes},
                                                        {"leading-apostrophe", kLeadingApostrophe},
                                                        {"trailing-hyphens", kTrailingHyphens},
                                                        {"digit-hyphens", kDigitHyphens},
                                                        {"bracket-smileys", kBracketSmileys},
                                                        {"currency-letters", kCurrencyLetters},
                                                        {"bangs-apart", kBangsApart},
                                                        {"list-numbers-apart", kListNumbersApart},
                                                        {"syllabic-r", kSyllabicR},
                                                        {"plural-apostrophe", kPluralApostrophe},
                                                        {"acronym-endings", kAcronymEndings},
                                                        {"dots-apart", kDotsApart}};

template <typename Value, std::size_t size>
unsigned value_of(const std::pair<std::string_view, Value> (&names)[size], std::string_view name) {
  for (const auto& [known, value] : names) {
    if (known == name) return value;
  }
  return 0;
}

/// Calls `use` with each word of `words`, which spaces part.
template <typename Use>
void for_each_word(std::string_view words, Use use) {
  std::size_t at = 0;
  while (true) {
    at = words.find_first_not_of(" \t\r", at);
    if (at == std::string_view::npos) return;
    const std::size_t end = std::min(words.find_first_of(" \t\r", at), words.size());
    use(words.substr(at, end - at));
    at = end;
  }
}

/// No listed word is longer, in bytes.
constexpr std::size_t kLongestWord = 200;

std::uint64_t hash_of(std::string_view word) noexcept {
  // Words are short: two overlapping loads hold most of them.
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  if (word.size() >= 8) {
    std::memcpy(&first, word.data(), 8);
    std::memcpy(&last, word.data() + word.size() - 8, 8);
  } else if (word.size() >= 4) {
    std::memcpy(&first, word.data(), 4);
    std::memcpy(&last, word.data() + word.size() - 4, 4);
  } else {
    for (const char c : word) first = first << 8 | static_cast<unsigned char>(c);
  }
  const std::uint64_t mixed =
      (first ^ (last << 7) ^ (last >> 57) ^ word.size()) * 0x9E3779B97F4A7C15ULL;
  return mixed ^ (mixed >> 29);
}

bool has_capital(std::string_view word) noexcept {
  for (std::size_t at = 0; at < word.size();) {
    const Decoded decoded = decode_at(word, at);
    if (properties_of(decoded.code_point).is_upper()) return true;
    at += decoded.length;
  }
  return false;
}

unsigned groups_of_kinds(unsigned kinds) noexcept {
  unsigned groups = 0;
  if ((kinds & kAbbreviation) != 0) groups |= Language::kAbbreviations;
  if ((kinds & kPrefix) != 0) groups |= Language::kPrefixes;
  if ((kinds & (kElision | kApocope)) != 0) groups |= Language::kCutWords;
  if ((kinds & kExclaims) != 0) groups |= Language::kExclaimers;
  return groups;
}

/// What stands behind the last hyphen or apostrophe.
std::string_view part_behind_marks(std::string_view word) {
  std::size_t begin = word.size();
  while (begin > 0 && word[begin - 1] != '-' && word[begin - 1] != '\'') --begin;
  return word.substr(begin);
}

/// Fewer than eight letters of ASCII, in lower case.
bool is_short_lower(std::string_view word) {
  return word.size() < sizeof(std::uint64_t) &&
         std::all_of(word.begin(), word.end(), is_ascii_lower);
}

std::string_view without_full_stop(std::string_view word) {
  if (word.size() > 1 && word.back() == '.') word.remove_suffix(1);
  return word;
}

}  // namespace

Status Language::add(std::string_view text) {
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text::trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const std::size_t colon = line.find(':');
    const std::string_view key = colon == std::string_view::npos ? "word" : line.substr(0, colon);
    if (colon != std::string_view::npos) line.remove_prefix(colon + 1);
    if (key == "rules") {
      for_each_word(line, [&](std::string_view name) { rules_ |= value_of(kRules, name); });
      continue;
    }
    const unsigned kind = value_of(kKinds, key);
    if (kind == 0) {
      return {ErrorCode::bad_data,
              "line " + std::to_string(number) + ": no such key: " + std::string(key)};
    }
    const auto add_word = [&](std::string_view word, unsigned its_kind) {
      auto& kinds = words_[std::string(word)];
      kinds = static_cast<std::uint16_t>(kinds | its_kind);
      longest_ = std::max(longest_, word.size());
    };
    for_each_word(line, [&](std::string_view word) {
      if ((kind & kAbbreviation) != 0) word = without_full_stop(word);
      add_word(word, kind);
      const std::size_t apostrophe = word.find('\'');
      if (kind == kWhole && apostrophe != std::string_view::npos) {
        add_word(word.substr(0, apostrophe), kWholeHead);
      }
    });
  }
  rebuild();
  return {};
}

void Language::rebuild() {
  slots_.assign(std::bit_ceil(words_.size() * 2 + 1), Slot{});
  heads_ = {};
  groups_ = {};
  elisions_ = {};
  all_kinds_ = 0;
  pool_.clear();
  for (const auto& [word, kinds] : words_) {
    add_groups(word, groups_of_kinds(kinds));
    // Of "d-r" the last part is an abbreviation too, to whoever looks no further back.
    if ((kinds & kAbbreviation) != 0) {
      const std::string_view part = part_behind_marks(word);
      if (part.size() != word.size()) add_groups(part, kAbbreviations);
    }
    if ((kinds & kElision) != 0 && (kinds & kWholeHead) == 0 && is_short_lower(word)) {
      const std::uint64_t elision = last_bytes(word) | kCaseBits;
      elisions_[elision_place(elision)] = elision;
    }
    if (word.size() > kLongestWord) continue;
    const std::uint64_t hash = hash_of(word);
    heads_[head_of(hash) / 64] |= std::uint64_t{1} << (head_of(hash) % 64);
    all_kinds_ |= kinds;
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].length != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {static_cast<std::uint32_t>(hash >> 32), static_cast<std::uint32_t>(pool_.size()),
                  static_cast<std::uint16_t>(word.size()), kinds};
    pool_ += word;
  }
  marks_ = MarkTable(*this);
}

void Language::add_groups(std::string_view word, unsigned groups) {
  const std::uint64_t place = mixed(folded(last_bytes(word)));
  for (std::uint8_t* known : {&groups_[first_place(place)], &groups_[second_place(place)]}) {
    *known = static_cast<std::uint8_t>(*known | groups);
  }
}

unsigned Language::exact_kinds(std::string_view word) const {
  if (word.empty()) return 0;
  const std::uint64_t hash = hash_of(word);
  if (((heads_[head_of(hash) / 64] >> (head_of(hash) % 64)) & 1U) == 0) return 0;
  for (std::size_t at = hash & (slots_.size() - 1); slots_[at].length != 0;
       at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.tag == static_cast<std::uint32_t>(hash >> 32) &&
        std::string_view(pool_).substr(slot.begin, slot.length) == word) {
      return slot.kinds;
    }
  }
  return 0;
}

unsigned Language::kinds(std::string_view word) const {
  if (word.size() > longest_) return 0;
  unsigned found = exact_kinds(word);
  bool capital = false;
  bool ascii = true;
  for (const char c : word) {
    capital |= c >= 'A' && c <= 'Z';
    ascii &= static_cast<unsigned char>(c) < 0x80;
  }
  if (ascii && !capital) return found;
  std::array<char, 64> lowered{};
  if (ascii && word.size() <= lowered.size()) {
    for (std::size_t i = 0; i < word.size(); ++i) {
      const char c = word[i];
      lowered[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    found |= exact_kinds({lowered.data(), word.size()});
    // "GEN" is listed as "Gen".
    if (word.size() > 1 && word[1] >= 'A' && word[1] <= 'Z') {
      lowered[0] = word[0];
      found |= exact_kinds({lowered.data(), word.size()});
    }
    return found;
  }
  return has_capital(word) ? found | exact_kinds(text::lower(word)) : found;
}

Result<Languages> Languages::load(std::string_view abbreviations) {
  Languages all;
  for (const data::EmbeddedFile& file : data::languages::files()) {
    Language& language = all.languages_[std::string(file.name.substr(0, file.name.find('.')))];
    if (Status added = language.add(file.text); !added.ok()) return std::move(added).error();
    if (abbreviations.empty()) continue;
    if (Status added = language.add(abbreviations); !added.ok()) return std::move(added).error();
  }
  return all;
}

const Language& Languages::find(std::string_view tag) const {
  const auto found = languages_.find(text::primary_language(tag));
  return found == languages_.end() ? languages_.at("any") : found->second;
}

}  // namespace copydesk::tokenize
