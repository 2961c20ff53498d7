#include "html/markup.h"

#include <array>
#include <cstdint>

#include "html/ascii.h"

namespace copydesk::html {
namespace {

void append_number(std::string& markup, std::uint32_t number) {
  std::array<char, 10> digits;
  std::size_t at = digits.size();
  do digits[--at] = static_cast<char>('0' + number % 10);
  while ((number /= 10) > 0);
  markup.append(digits.data() + at, digits.size() - at);
}

/// The element's number as attribute names: libxml2 keeps every name it has seen, so a number is
/// written as two digits to a large base and the names stay few.
void append_element_number(const AttributeRange& range, Skimmed& out) {
  const auto number = static_cast<std::uint32_t>(out.elements.size());
  out.elements.push_back(range);
  out.markup += " a";
  append_number(out.markup, number % kElementNumberBase);
  if (number >= kElementNumberBase) {
    out.markup += " b";
    append_number(out.markup, number / kElementNumberBase);
  }
}

}  // namespace

void append_name(std::string& out, std::string_view name) {
  for (const char c : name) {
    const bool plain = is_ascii_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':';
    out += plain ? c : '_';
  }
}

void write_start_tag(std::string_view name, const AttributeRange& attributes, bool empty,
                     Skimmed& out) {
  out.markup += '<';
  append_name(out.markup, name);
  if (attributes.count > 0) append_element_number(attributes, out);
  out.markup += empty ? "/>" : ">";
}

void write_end_tag(std::string_view name, Skimmed& out) {
  out.markup += "</";
  append_name(out.markup, name);
  out.markup += '>';
}

void write_text(const TextPiece& piece, Skimmed& out) {
  append_number(out.markup, static_cast<std::uint32_t>(out.texts.size()));
  out.markup += ';';
  out.texts.push_back(piece);
}

}  // namespace copydesk::html
