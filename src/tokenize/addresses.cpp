#include "tokenize/addresses.h"

#include <algorithm>

#include "tokenize/ascii.h"
#include "tokenize/properties.h"

namespace copydesk::tokenize {
namespace {

constexpr std::size_t kLongestName = 128;  ///< what is read before a mark

constexpr AsciiSet kNameMarks("._-+");
constexpr AsciiSet kNotInUrl("<>\"`{}|\\^");
constexpr AsciiSet kNotAtUrlEnd(".,;:!?'*[]");

bool is_name_character(char c) noexcept {
  return is_ascii_word(c) || kNameMarks.has(c);
}

Span span(std::size_t begin, std::size_t end) noexcept {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// The end of what a URL may hold, without the punctuation and the unpaired bracket at its end.
std::size_t url_end(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  std::size_t open = 0;
  std::size_t last = begin;  // behind the last character that may end a URL
  while (end < text.size()) {
    const Decoded decoded = decode_at(text, end);
    const Properties properties = properties_of(decoded.code_point);
    if (properties.is_space() || decoded.code_point < 0x20) break;
    if (kNotInUrl.has(text[end])) break;
    // Beyond ASCII only letters and digits belong to an address.
    if (decoded.code_point >= 0x80 && !properties.is_letter() && !properties.is_digit()) break;
    if (decoded.code_point == '(') ++open;
    if (decoded.code_point == ')' && open == 0) break;
    if (decoded.code_point == ')') --open;
    end += decoded.length;
    if (!kNotAtUrlEnd.has(text[end - 1])) last = end;
  }
  return last;
}

/// Whether "name.tld" looks like a host: its last part is two or more letters.
bool is_host(std::string_view host) {
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || host.size() - dot < 3) return false;
  const std::string_view last = host.substr(dot + 1);
  return std::all_of(last.begin(), last.end(), is_ascii_letter) &&
         host.find("..") == std::string_view::npos;
}

}  // namespace

Span url_around(std::string_view text, std::size_t floor, std::size_t at) {
  std::size_t begin = at;
  while (begin > floor && at - begin < 16 && is_ascii_letter(text[begin - 1])) --begin;
  if (begin == at) return {};
  const std::size_t end = url_end(text, at + 3);
  if (end <= at + 3) return {};
  return span(begin, end);
}

Span bare_url_around(std::string_view text, std::size_t floor, std::size_t at) {
  std::size_t begin = at;
  while (begin > floor && at - begin < kLongestName &&
         (is_ascii_word(text[begin - 1]) || text[begin - 1] == '.' || text[begin - 1] == '-')) {
    --begin;
  }
  const std::string_view host = text.substr(begin, at - begin);
  const bool www = host.substr(0, 4) == "www.";
  if (!is_host(host) ||
      (!www && host.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos)) {
    return {};
  }
  // Without "www." a lone "a.b/c" may be anything; a host has a name before its last part.
  if (!www && host.rfind('.') < 2) return {};
  const std::size_t end = std::max(at + 1, url_end(text, at + 1));
  return span(begin, end);
}

Span email_around(std::string_view text, std::size_t floor, std::size_t at) {
  std::size_t begin = at;
  while (begin > floor && at - begin < kLongestName && is_name_character(text[begin - 1])) --begin;
  while (begin < at && !is_ascii_word(text[begin])) ++begin;
  std::size_t end = at + 1;
  while (end < text.size() && (is_name_character(text[end]) && text[end] != '+')) ++end;
  while (end > at + 1 && !is_ascii_word(text[end - 1]) && text[end - 1] != '_') --end;
  if (end == at + 1) return {};
  return span(begin, end);
}

std::size_t emoticon_end(std::string_view text, std::size_t at) {
  if (at > 0 && is_ascii_word(text[at - 1])) return at;
  const auto byte = [&](std::size_t i) { return i < text.size() ? text[i] : '\0'; };
  constexpr AsciiSet kEyes(":;=");
  constexpr AsciiSet kMouths(")(DPp/|]*3oO");
  if (!kEyes.has(byte(at))) return at;
  std::size_t mouth = at + 1;
  if (byte(mouth) == '-' || byte(mouth) == '\'' || byte(mouth) == '^') ++mouth;
  const char shape = byte(mouth);
  if (!kMouths.has(shape)) return at;
  std::size_t end = mouth + 1;
  if (shape == ')' || shape == '(') {
    while (byte(end) == shape) ++end;
  } else if (is_ascii_word(byte(end)) || shape == '/') {
    return at;
  }
  return end;
}

}  // namespace copydesk::tokenize
