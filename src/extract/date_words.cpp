#include "extract/date_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "extract/metadata_data.h"
#include "extract/word_marks.h"
#include "text/word_filter.h"

namespace copydesk::extract {
namespace {

struct MonthName {
  std::string_view language;
  int month;
};
struct Months {
  std::unordered_map<std::string_view, std::vector<MonthName>> names;
  text::WordFilter filter;
};

std::string_view next_word(std::string_view& line) {
  const std::string_view word = line.substr(0, line.find(' '));
  line.remove_prefix(std::min(line.size(), word.size() + 1));
  return word;
}

template <typename Action>
void for_each_line(std::string_view file_name, Action action) {
  for (const auto& file : data::metadata::files()) {
    if (file.name != file_name) continue;
    std::string_view rest = file.text;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (!line.empty() && line.front() != '#') action(line);
    }
  }
}

Months load_months() {
  Months months;
  for_each_line("months.txt", [&](std::string_view line) {
    const std::string_view language = next_word(line);
    const std::string_view number = next_word(line);
    int month = 0;
    std::from_chars(number.data(), number.data() + number.size(), month);
    while (!line.empty()) {
      const std::string_view name = next_word(line);
      months.names[name].push_back({language, month});
      months.filter.add(name);
    }
  });
  return months;
}

struct DateWords {
  std::array<std::unordered_set<std::string_view>, kDateWordCount> words;
  text::WordFilter filter;  // of all of them
  std::unordered_map<std::string_view, int> zones;
  WordMarks events;

  DateWords();
  void add(std::string_view kind, std::string_view rest);
};

void DateWords::add(std::string_view kind, std::string_view rest) {
  static constexpr std::string_view kKinds[kDateWordCount] = {"filler", "time", "year",  "month",
                                                              "day",    "hour", "minute"};
  if (kind == "zone") {
    const std::string_view name = next_word(rest);
    std::from_chars(rest.data(), rest.data() + rest.size(), zones[name]);
    return;
  }
  if (kind == "published" || kind == "changed") {
    events.add(rest,
               static_cast<int>(kind == "changed" ? DateEvent::changed : DateEvent::published));
    return;
  }
  const auto found = std::find(std::begin(kKinds), std::end(kKinds), kind);
  if (found == std::end(kKinds)) return;
  words[static_cast<std::size_t>(found - std::begin(kKinds))].insert(rest);
  filter.add(rest);
}

DateWords::DateWords() {
  for_each_line("date_words.txt", [&](std::string_view line) {
    const std::string_view kind = next_word(line);
    add(kind, line);
  });
}

const DateWords& date_words() {
  static const DateWords loaded;
  return loaded;
}

}  // namespace

int month_by_name(std::string_view folded_word, std::string_view language) {
  static const Months months = load_months();
  if (!months.filter.may_have(folded_word)) return 0;
  const auto found = months.names.find(folded_word);
  if (found == months.names.end()) return 0;
  for (const MonthName& name : found->second) {
    if (name.language == language) return name.month;
  }
  // A short name of an unknown language may be any word; English ones stand on pages of all.
  for (const MonthName& name : found->second) {
    if (name.language == "en") return name.month;
  }
  return language.empty() || folded_word.size() > 3 ? found->second.front().month : 0;
}

std::optional<int> zone_by_name(std::string_view folded_word) {
  const auto found = date_words().zones.find(folded_word);
  return found == date_words().zones.end() ? std::nullopt : std::optional(found->second);
}

bool is_date_word(std::string_view folded_word, DateWord kind) {
  const DateWords& known = date_words();
  return known.filter.may_have(folded_word) &&
         known.words[static_cast<std::size_t>(kind)].count(folded_word) > 0;
}

DateEvent event_in(std::string_view folded_text) {
  DateEvent last = DateEvent::none;
  date_words().events.find(folded_text, [&](int event) {
    last = static_cast<DateEvent>(event);
    return false;
  });
  return last;
}

}  // namespace copydesk::extract
