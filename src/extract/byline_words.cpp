#include "extract/byline_words.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "extract/metadata_data.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::extract {
namespace {

using PhraseSet = std::unordered_set<std::string_view>;

struct BylineWords {
  PhraseSet prefixes, joiners, cuts, roles, nobody, credentials, sentence;
  std::size_t longest_prefix = 0;

  BylineWords();
  void add(std::string_view kind, std::string_view phrase);
};

void BylineWords::add(std::string_view kind, std::string_view phrase) {
  if (kind == "prefix") {
    prefixes.insert(phrase);
    longest_prefix = std::max(longest_prefix, phrase.size());
  } else if (kind == "joiner") {
    joiners.insert(phrase);
  } else if (kind == "cut") {
    cuts.insert(phrase);
  } else if (kind == "role") {
    roles.insert(phrase);
  } else if (kind == "credential") {
    credentials.insert(phrase);
  } else if (kind == "sentence") {
    sentence.insert(phrase);
  } else if (kind == "nobody") {
    nobody.insert(phrase);
  }
}

BylineWords::BylineWords() {
  for (const auto& file : data::metadata::files()) {
    if (file.name != "bylines.txt") continue;
    std::string_view rest = file.text;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      const std::size_t space = line.find(' ');
      if (line.empty() || line.front() == '#' || space == std::string_view::npos) continue;
      add(line.substr(0, space), line.substr(space + 1));
    }
  }
}

const BylineWords& words() {
  static const BylineWords loaded;
  return loaded;
}

/// True if no word goes on at `at`: "by" is no prefix of "bystander". Ideographs need no space.
bool word_ends(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  std::size_t before = at;
  if (text::is_unspaced(text::script_of(text::previous_code_point(text, before)))) return true;
  std::size_t after = at;
  return !text::is_word(text::next_code_point(text, after));
}

}  // namespace

std::size_t byline_prefix(std::string_view folded) {
  std::size_t best = 0;
  for (std::size_t size = std::min(folded.size(), words().longest_prefix); size > 0; --size) {
    if (words().prefixes.count(folded.substr(0, size)) > 0 && word_ends(folded, size)) {
      best = size;
      break;
    }
  }
  if (best == 0) return 0;
  while (best < folded.size()) {
    std::size_t next = best;
    const char32_t c = text::next_code_point(folded, next);
    if (!text::is_space(c) && c != U':' && c != U'\uFF1A' && c != U'/') break;
    best = next;
  }
  return best;
}

bool is_name_joiner(std::string_view word) {
  return words().joiners.count(word) > 0;
}

bool ends_name(std::string_view word) {
  return words().cuts.count(word) > 0;
}

bool is_credential_word(std::string_view word) {
  return words().credentials.count(word) > 0;
}

bool shows_sentence(std::string_view word) {
  return words().sentence.count(word) > 0;
}

bool is_role(std::string_view folded) {
  if (words().roles.count(folded) > 0) return true;
  for (std::size_t space = folded.find(' '); space != std::string_view::npos;
       space = folded.find(' ', space + 1)) {
    if (words().roles.count(folded.substr(space + 1)) > 0) return true;
  }
  return false;
}

bool is_nobody(std::string_view folded) {
  return words().nobody.count(folded) > 0;
}

}  // namespace copydesk::extract
