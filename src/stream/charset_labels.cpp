#include <algorithm>
#include <string>
#include <unordered_map>

#include "stream/charset.h"
#include "stream/charset_data.h"

namespace copydesk::stream {
namespace {

constexpr std::size_t kHeadSize = 16384;  // standards say 1 KiB, pages put it later

using LabelMap = std::unordered_map<std::string_view, std::string_view>;

/// Takes the first word off `line`.
std::string_view next_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const std::string_view word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size());
  return word;
}

LabelMap load_labels() {
  LabelMap labels;
  for (const auto& file : data::charset::files()) {
    std::string_view rest = file.text;
    while (!rest.empty()) {
      std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (line.empty() || line.front() == '#') continue;
      const std::string_view charset = next_word(line);
      for (std::string_view label = next_word(line); !label.empty(); label = next_word(line)) {
        labels.emplace(label, charset);
      }
    }
  }
  return labels;
}

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool is_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/// Where `word` (lower case) stands in `text` from `at` on, whatever its case.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t at) noexcept {
  const auto found =
      std::search(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), word.begin(),
                  word.end(), [](char a, char b) { return lower(a) == b; });
  return found == text.end() ? std::string_view::npos
                             : static_cast<std::size_t>(found - text.begin());
}

/// The value behind `name =` in a tag, without quotes.
std::string_view value_behind(std::string_view tag, std::string_view name) noexcept {
  for (std::size_t at = find_word(tag, name, 0); at != std::string_view::npos;
       at = find_word(tag, name, at)) {
    at += name.size();
    while (at < tag.size() && is_space(tag[at])) ++at;
    if (at >= tag.size() || tag[at] != '=') continue;
    ++at;
    while (at < tag.size() && (is_space(tag[at]) || tag[at] == '"' || tag[at] == '\'')) ++at;
    const std::size_t end = tag.find_first_of("\"'; \t\r\n\f>/?", at);
    return tag.substr(at, end == std::string_view::npos ? end : end - at);
  }
  return {};
}

}  // namespace

std::string_view charset_by_label(std::string_view label) {
  static const LabelMap labels = load_labels();
  while (!label.empty() &&
         (is_space(label.front()) || label.front() == '"' || label.front() == '\'')) {
    label.remove_prefix(1);
  }
  while (!label.empty() &&
         (is_space(label.back()) || label.back() == '"' || label.back() == '\'')) {
    label.remove_suffix(1);
  }
  if (label.empty() || label.size() > 32) return {};
  std::string name(label);
  std::transform(name.begin(), name.end(), name.begin(), lower);
  const auto found = labels.find(name);
  return found == labels.end() ? std::string_view{} : found->second;
}

std::string_view declared_charset(std::string_view html) noexcept {
  const std::string_view head = html.substr(0, kHeadSize);
  for (std::size_t at = head.find('<'); at != std::string_view::npos; at = head.find('<', at + 1)) {
    const std::string_view rest = head.substr(at);
    if (rest.substr(0, 4) == "<!--") {
      at = head.find("-->", at + 2);
      if (at == std::string_view::npos) return {};
      continue;
    }
    const bool meta = find_word(rest.substr(0, 5), "<meta", 0) == 0;
    if (!meta && rest.substr(0, 5) != "<?xml") continue;
    const std::string_view tag = rest.substr(0, rest.find('>'));
    const std::string_view label = value_behind(tag, meta ? "charset" : "encoding");
    if (!label.empty()) return label;
  }
  return {};
}

}  // namespace copydesk::stream
