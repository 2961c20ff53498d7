#include "html/entities.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <numeric>
#include <vector>

#include "html/byte_masks.h"
#include "html/entity_data.h"
#include "text/utf8.h"
#include "text/windows_1252.h"

namespace copydesk::html {
namespace {

constexpr std::size_t kLongestName = 32;       // CounterClockwiseContourIntegral has 31
constexpr std::size_t kLongestLegacyName = 6;  // frac12

struct Entity {
  std::string_view name;
  std::string utf8;
  bool legacy = false;  // counts without a semicolon too
};

Entity parse_entity(std::string_view line) {
  Entity entity;
  const std::size_t space = line.find(' ');
  entity.name = line.substr(0, space);
  if (entity.name.back() == '*') {
    entity.legacy = true;
    entity.name.remove_suffix(1);
  }
  const char* at = line.data() + space;
  const char* const end = line.data() + line.size();
  while (at < end) {
    std::uint32_t code_point = 0;
    at = std::from_chars(at + 1, end, code_point, 16).ptr;
    text::append_utf8(entity.utf8, code_point);
  }
  return entity;
}

/// Sorted by name, with the place where the names with each first byte begin.
struct EntityTable {
  std::vector<Entity> entities;
  std::array<std::uint16_t, 257> first{};
};

EntityTable load_entities() {
  EntityTable table;
  std::vector<Entity>& entities = table.entities;
  for (const auto& file : data::html_entities::files()) {
    std::string_view rest = file.text;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (!line.empty() && line.front() != '#') entities.push_back(parse_entity(line));
    }
  }
  std::sort(entities.begin(), entities.end(),
            [](const Entity& a, const Entity& b) { return a.name < b.name; });
  for (const Entity& entity : entities) {
    ++table.first[static_cast<unsigned char>(entity.name[0]) + 1U];
  }
  std::partial_sum(table.first.begin(), table.first.end(), table.first.begin());
  return table;
}

const Entity* find_entity(std::string_view name) {
  static const EntityTable table = load_entities();
  if (name.empty()) return nullptr;
  const auto letter = static_cast<unsigned char>(name[0]);
  const auto begin = table.entities.begin() + table.first[letter];
  const auto end = table.entities.begin() + table.first[letter + 1U];
  const auto found = std::lower_bound(
      begin, end, name,
      [](const Entity& entity, std::string_view wanted) { return entity.name < wanted; });
  return found != end && found->name == name ? &*found : nullptr;
}

bool is_alphanumeric(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// A number of the range 80-9F means windows-1252, as in every browser.
char32_t meant_by_number(std::uint32_t number) noexcept {
  if (number == 0) return text::kReplacement;
  if (number >= 0x80 && number < 0xA0) {
    const char32_t meant = text::kWindows1252[number - 0x80];
    return meant == 0 ? number : meant;
  }
  return number;  // append_utf8 replaces what is no character
}

/// Length of the reference that begins with "&#" at the start of `source`; 0 if it is none.
std::size_t append_numeric(std::string& out, std::string_view source) {
  std::size_t at = 2;
  const bool hex = at < source.size() && (source[at] | 0x20) == 'x';
  if (hex) ++at;
  const char* const begin = source.data() + at;
  std::uint32_t number = 0;
  const auto [end, error] =
      std::from_chars(begin, source.data() + source.size(), number, hex ? 16 : 10);
  if (end == begin) return 0;
  if (error == std::errc::result_out_of_range) number = 0x110000;
  text::append_utf8(out, meant_by_number(number));
  at = static_cast<std::size_t>(end - source.data());
  return at < source.size() && source[at] == ';' ? at + 1 : at;
}

/// The same for "&name" with and without semicolon.
std::size_t append_named(std::string& out, std::string_view source, ReferenceContext context) {
  std::size_t end = 1;
  while (end < source.size() && end <= kLongestName && is_alphanumeric(source[end])) ++end;
  const std::string_view name = source.substr(1, end - 1);
  if (end < source.size() && source[end] == ';') {
    if (const Entity* entity = find_entity(name)) {
      out += entity->utf8;
      return end + 1;
    }
  }
  for (std::size_t length = std::min(name.size(), kLongestLegacyName); length > 1; --length) {
    const Entity* entity = find_entity(name.substr(0, length));
    if (entity == nullptr || !entity->legacy) continue;
    if (context == ReferenceContext::attribute && 1 + length < source.size()) {
      const char next = source[1 + length];
      if (next == '=' || is_alphanumeric(next)) return 0;
    }
    out += entity->utf8;
    return 1 + length;
  }
  return 0;
}

std::size_t append_reference(std::string& out, std::string_view source, ReferenceContext context) {
  if (source.size() < 2) return 0;
  return source[1] == '#' ? append_numeric(out, source) : append_named(out, source, context);
}

/// Appends text without references, with its line ends made LF.
void append_plain(std::string& out, std::string_view source) {
  std::size_t at = 0;
  for (std::size_t cr = source.find('\r'); cr != std::string_view::npos;
       cr = source.find('\r', at)) {
    out.append(source, at, cr - at);
    at = cr + 1;
    if (at >= source.size() || source[at] != '\n') out += '\n';
  }
  out.append(source, at, source.size() - at);
}

}  // namespace

void append_decoded(std::string& out, std::string_view source, ReferenceContext context) {
  constexpr std::size_t kShort = 128;  // longer ones are searched faster by memchr
  if (source.size() <= kShort && !has_either(source, '&', '\r')) {
    out += source;
    return;
  }
  std::size_t at = 0;
  for (std::size_t mark = source.find('&'); mark != std::string_view::npos;
       mark = source.find('&', at)) {
    append_plain(out, source.substr(at, mark - at));
    const std::size_t length = append_reference(out, source.substr(mark), context);
    if (length == 0) out += '&';
    at = mark + std::max<std::size_t>(length, 1);
  }
  append_plain(out, source.substr(at));
}

}  // namespace copydesk::html
