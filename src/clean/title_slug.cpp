#include "clean/title_slug.h"

#include <algorithm>

#include "rules/line_facts.h"

namespace copydesk::clean {
namespace {

constexpr std::size_t kFewestWords = 3;  // of an address that repeats a headline
constexpr std::size_t kCovered = 75;     // %: of its words, in the headline
constexpr std::size_t kFewestGoingOn = 2;
constexpr std::size_t kLongWord = 4;  // letters: addresses leave shorter ones out

/// The path of a URL without host, query and fragment.
std::string_view path_of(std::string_view url) noexcept {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  const std::size_t slash = url.find('/');
  if (slash == std::string_view::npos) return {};
  url.remove_prefix(slash);
  return url.substr(0, url.find_first_of("?#"));
}

std::string_view without_ending(std::string_view part) noexcept {
  for (const std::string_view ending : {".html", ".htm", ".php", ".aspx"}) {
    if (part.ends_with(ending)) part.remove_suffix(ending.size());
  }
  return part;
}

/// "Storm-hits-coast_2" in words with a letter each; bare numbers are none.
std::vector<std::string> slug_words(std::string_view part) {
  std::vector<std::string> words;
  while (!part.empty()) {
    const std::size_t end = std::min(part.find_first_of("-_+.,"), part.size());
    std::string word = latin_forms(part.substr(0, end)).first;
    const bool letters =
        std::any_of(word.begin(), word.end(), [](char c) { return c < '0' || c > '9'; });
    if (letters) words.push_back(std::move(word));
    part.remove_prefix(std::min(end + 1, part.size()));
  }
  return words;
}

/// The words of a title, hyphenated ones also in their parts.
std::vector<LatinForms> title_words(std::string_view text) {
  std::vector<LatinForms> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" -/"), text.size());
    LatinForms word = latin_forms(text.substr(0, end));
    if (!word.empty()) words.push_back(std::move(word));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

bool has(const std::vector<LatinForms>& words, const std::string& word) {
  return std::any_of(words.begin(), words.end(), [&](const LatinForms& forms) {
    return forms.first == word || forms.second == word;
  });
}

}  // namespace

TitleSlug::TitleSlug(std::string_view url) {
  std::string_view path = path_of(url);
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (part.empty()) continue;
    std::vector<std::string> words = slug_words(without_ending(part));
    sections_.push_back(latin_forms(without_ending(part)).first);
    if (words.size() < kFewestWords) continue;
    words_ = std::move(words);
  }
  if (sections_.empty()) return;
  whole_ = std::move(sections_.back());
  sections_.pop_back();
}

bool TitleSlug::is(std::string_view text) const {
  const LatinForms latin = latin_forms(text);
  return latin.first.size() >= kLongWord && (latin.first == whole_ || latin.second == whole_);
}

bool TitleSlug::repeats(std::string_view text) const {
  if (is(text)) return true;
  if (words_.empty()) return false;
  const std::vector<LatinForms> words = title_words(text);
  const auto in_slug = [&](const LatinForms& word) {
    return word.first.size() < kLongWord ||
           std::any_of(words_.begin(), words_.end(), [&](const std::string& own) {
             return own == word.first || own == word.second;
           });
  };
  return std::all_of(words_.begin(), words_.end(),
                     [&](const std::string& own) { return has(words, own); }) &&
         std::all_of(words.begin(), words.end(), in_slug);
}

TitleSlug::Found TitleSlug::find(std::string_view rest, std::string_view segment) const {
  const std::vector<LatinForms> in_rest = title_words(rest);
  const std::vector<LatinForms> in_segment = title_words(segment);
  Found found;
  for (const std::string& word : words_) {
    if (has(in_rest, word)) {
      ++found.rest;
    } else if (has(in_segment, word)) {
      ++found.segment;
    }
  }
  return found;
}

bool TitleSlug::ends_before(std::string_view rest, std::string_view segment) const {
  const Found found = find(rest, segment);
  return found.segment == 0 && found.rest >= kFewestWords &&
         found.rest * 100 >= words_.size() * kCovered;
}

bool TitleSlug::goes_on(std::string_view rest, std::string_view segment) const {
  const Found found = find(rest, segment);
  return found.segment >= kFewestGoingOn && found.segment * 2 >= rules::count_words(segment);
}

bool TitleSlug::is_section(std::string_view segment) const {
  const LatinForms latin = latin_forms(segment);
  return std::any_of(sections_.begin(), sections_.end(), [&](const std::string& section) {
    return section == latin.first || section == latin.second;
  });
}

}  // namespace copydesk::clean
