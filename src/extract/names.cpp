#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "extract/authors.h"
#include "extract/byline_words.h"
#include "extract/date_words.h"
#include "extract/plain.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::extract {
namespace {

constexpr std::size_t kLongestByline = 400;  // bytes; what is longer is a paragraph
constexpr std::size_t kLongestName = 60;     // code points
constexpr std::size_t kMostWords = 6;

// What ends the part of a byline that holds names.
constexpr std::array<std::string_view, 12> kStops = {" | ",      " \u2022 ", " \u00B7 ", " \u2013 ",
                                                     " \u2014 ", " - ",      " // ",     "\u00BB",
                                                     "\u203A",   " > ",      " :: ",     " \u2013"};

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    if (space > 0) words.push_back(text.substr(0, space));
    text.remove_prefix(std::min(text.size(), space + 1));
  }
  return words;
}

/// Prefixes off the front: "Written by: ".
std::string_view without_prefixes(std::string_view text) {
  for (int count = 0; count < 3; ++count) {
    const std::string folded = text::fold_case(text);
    // Folding keeps the length of the scripts in question but for a few letters.
    const std::size_t length = folded.size() == text.size() ? byline_prefix(folded) : 0;
    if (length == 0) break;
    text = text::trim(text.substr(length));
  }
  return text;
}

std::string_view up_to_stop(std::string_view text) {
  for (const std::string_view stop : kStops) {
    const std::size_t at = text.find(stop);
    if (at != std::string_view::npos && at > 0) text = text.substr(0, at);
  }
  return text;
}

/// Without "(Reuters)", "[email]".
std::string without_brackets(std::string_view text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) out += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return out;
}

bool is_address(std::string_view word) {
  return word.find('@') != std::string_view::npos || word.find("://") != std::string_view::npos ||
         word.substr(0, 4) == "www.";
}

/// Cuts at commas, semicolons and joining words.
std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> names;
  std::string name;
  const auto finish = [&] {
    if (!name.empty()) names.push_back(std::move(name));
    name.clear();
  };
  bool over = false;  // the rest up to the next comma is about the name
  for (const std::string_view word : split_words(text)) {
    const std::string folded = text::fold_case(word);
    if (is_name_joiner(folded) || word == "&" || word == "+" || word == "/") {
      finish();
      over = false;
      continue;
    }
    if (is_address(word)) continue;
    if (ends_name(folded) && !name.empty()) over = true;
    const bool ends = word.back() == ',' || word.back() == ';';
    if (!over) {
      if (!name.empty()) name += ' ';
      name += ends ? word.substr(0, word.size() - 1) : word;
    }
    if (ends) {
      finish();
      over = false;
    }
  }
  finish();
  return names;
}

/// Separators of other scripts and forms as ", ".
std::string with_plain_separators(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = text::next_code_point(text, at);
    if (c == U'\u3001' || c == U'\uFF0C' || c == U'\u060C' || c == U'\uFF1B' || c == U';' ||
        c == U',') {
      out += ", ";
    } else if (c == U'\u3000') {
      out += ' ';
    } else {
      out.append(text, begin, at - begin);
    }
  }
  return text::collapse_space(out);
}

bool has_letter(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text::is_letter(text::next_code_point(text, at))) return true;
  }
  return false;
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Punctuation that is left at the ends of a name; a full stop stays behind an initial or "Jr".
std::string trim_name(std::string_view name) {
  static constexpr std::string_view kEnds = " ,;:-_*\"'|/";
  static constexpr std::string_view kCopyright = "\u00A9";
  if (name.substr(0, 2) == kCopyright) name.remove_prefix(2);
  while (!name.empty() &&
         (kEnds.find(name.front()) != std::string_view::npos || name.front() == '.')) {
    name.remove_prefix(1);
  }
  while (!name.empty() && kEnds.find(name.back()) != std::string_view::npos) name.remove_suffix(1);
  if (name.size() > 4 && name.back() == '.' && name[name.size() - 3] != ' ' &&
      name.substr(name.size() - 3) != "Jr." && name.substr(name.size() - 3) != "Sr.") {
    name.remove_suffix(1);
  }
  return std::string(name);
}

bool is_name(const std::string& name, const std::string& folded) {
  if (!has_letter(name) || is_nobody(folded) || is_role(folded)) return false;
  const std::vector<std::string_view> words = split_words(name);
  if (is_credential_word(folded)) return false;
  for (const std::string_view word : split_words(folded)) {
    if (shows_sentence(word)) return false;
  }
  if (words.size() > kMostWords || text::count_code_points(name) > kLongestName) return false;
  // A number is no part of a name, but handles have them.
  if (has_digit(name) && words.size() > 1) return false;
  return true;
}

/// "MD", "E-RYT 200", "FACLM": behind a name and a comma.
bool is_credential(const std::string& name) {
  if (name.size() > 10) return false;
  std::size_t capitals = 0;
  for (const char c : name) {
    if (c >= 'a' && c <= 'z') return false;
    capitals += c >= 'A' && c <= 'Z';
  }
  return capitals >= 2;
}

/// "Jane Doe PhD": degrees that no comma sets apart.
std::string without_credentials(std::string name) {
  for (std::size_t space = name.rfind(' '); space != std::string::npos; space = name.rfind(' ')) {
    const std::string last = name.substr(space + 1);
    const auto capitals =
        std::count_if(last.begin(), last.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (capitals < 2 || !is_credential_word(text::fold_case(last))) break;
    name.resize(space);
  }
  return name;
}

/// "Jane Doe Jane": a name and its short form stood side by side.
std::string without_repeats(std::string name) {
  const std::size_t first = name.find(' ');
  const std::size_t last = name.rfind(' ');
  if (first == std::string::npos || first == last) return name;
  if (name.substr(0, first) == name.substr(last + 1)) name.resize(last);
  return name;
}

/// True for a weekday or month in a date that follows the names.
bool is_date_like(std::string_view name) {
  return has_digit(name) && split_words(name).size() > 1;
}

}  // namespace

std::vector<std::string> names_in_byline(std::string_view byline) {
  std::vector<std::string> found;
  std::string text = plain_text(byline);
  if (text.empty() || text.size() > kLongestByline) return found;
  text = with_plain_separators(without_brackets(text));
  const std::string_view names = up_to_stop(without_prefixes(text::trim(text)));
  for (const std::string& part : split_names(names)) {
    const std::string name =
        without_repeats(without_credentials(trim_name(without_prefixes(part))));
    const std::string folded = text::fold_case(name);
    if (is_date_like(name)) break;  // what follows a date are no names
    if (!is_name(name, folded) || (!found.empty() && is_credential(name))) continue;
    if (std::find(found.begin(), found.end(), name) == found.end()) found.push_back(name);
  }
  return found;
}

}  // namespace copydesk::extract
