#include "extract/date_words.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <utility>
#include <vector>

#include "extract/metadata_data.h"

namespace copydesk::extract {
namespace {

struct MonthName {
  std::string_view language;
  int month;
};
using MonthMap = std::unordered_map<std::string_view, std::vector<MonthName>>;

std::string_view next_word(std::string_view& line) {
  const std::string_view word = line.substr(0, line.find(' '));
  line.remove_prefix(std::min(line.size(), word.size() + 1));
  return word;
}

MonthMap load_months() {
  MonthMap months;
  for (const auto& file : data::metadata::files()) {
    if (file.name != "months.txt") continue;
    std::string_view rest = file.text;
    while (!rest.empty()) {
      std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (line.empty() || line.front() == '#') continue;
      const std::string_view language = next_word(line);
      const std::string_view number = next_word(line);
      int month = 0;
      std::from_chars(number.data(), number.data() + number.size(), month);
      while (!line.empty()) months[next_word(line)].push_back({language, month});
    }
  }
  return months;
}

struct Zone {
  std::string_view name;
  int minutes;
};
// Abbreviations with one meaning, or one that all but a few pages mean.
constexpr Zone kZones[] = {
    {"z", 0},      {"utc", 0},    {"gmt", 0},    {"bst", 60},   {"cet", 60},   {"mez", 60},
    {"cest", 120}, {"mesz", 120}, {"eet", 120},  {"eest", 180}, {"msk", 180},  {"мск", 180},
    {"est", -300}, {"edt", -240}, {"cst", -360}, {"cdt", -300}, {"mst", -420}, {"mdt", -360},
    {"pst", -480}, {"pdt", -420}, {"jst", 540},  {"kst", 540},  {"hkt", 480},  {"sgt", 480},
    {"aest", 600}, {"aedt", 660}, {"nzst", 720}, {"nzdt", 780}};

constexpr std::string_view kDateFillers[] = {
    "of",  "de",    "del", "do", "da", "the", "den",  "der", "st",   "nd",  "rd", "th",
    "er",  "ten",   "º",   "ª",  "o",  "r",   "года", "г",   "року", "р",   "m",  "d",
    "año", "tháng", "năm", "e",  "le", "i",   "й",    "го",  "в",    "med", "'",  "’"};

constexpr std::string_view kTimeFillers[] = {
    "at", "um",   "à",    "a",    "las",  "alle", "ore",  "kl", "klo", "om",
    "o",  "godz", "v",    "в",    "о",    "t",    "ob",   "u",  "at:", "à",
    "às", "as",   "hora", "saat", "στις", "ώρα",  "time", "am", "год", "den"};

template <std::size_t Size>
bool is_in(const std::string_view (&words)[Size], std::string_view word) noexcept {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

int month_by_name(std::string_view folded_word, std::string_view language) {
  static const MonthMap months = load_months();
  const auto found = months.find(folded_word);
  if (found == months.end()) return 0;
  for (const MonthName& name : found->second) {
    if (name.language == language) return name.month;
  }
  // A short name of an unknown language may be any word; English ones stand on pages of all.
  for (const MonthName& name : found->second) {
    if (name.language == "en") return name.month;
  }
  return language.empty() || folded_word.size() > 3 ? found->second.front().month : 0;
}

std::optional<int> zone_by_name(std::string_view folded_word) noexcept {
  for (const Zone& zone : kZones) {
    if (zone.name == folded_word) return zone.minutes;
  }
  return std::nullopt;
}

bool is_date_filler(std::string_view folded_word) noexcept {
  return is_in(kDateFillers, folded_word);
}

bool is_time_filler(std::string_view folded_word) noexcept {
  return is_in(kTimeFillers, folded_word);
}

}  // namespace copydesk::extract
