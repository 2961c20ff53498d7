#pragma once

/// @file
/// Where the texts and names of a page's source end, by one look at sixteen or thirty-two bytes.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "html/ascii.h"
#include "html/byte_masks.h"

namespace copydesk::html {

/// What a text is that may be white space alone.
enum class Blank : std::uint8_t { no, spaces, lines };  ///< lines: with a line feed

/// `text` as the beginning of `readable`, the rest of the page.
[[nodiscard]] inline Blank blank_of(std::string_view text, std::string_view readable) noexcept {
  std::size_t at = 0;
  if (readable.size() >= Sixteen::kBytes) {
    // Nearly always the first bytes decide.
    const Sixteen bytes(readable.data());
    const std::uint32_t lines = bytes.equal('\n');
    const std::uint32_t spaces =
        lines | bytes.equal(' ') | bytes.equal('\t') | bytes.equal('\r') | bytes.equal('\f');
    const std::uint32_t inside = first_bits(std::min(text.size(), Sixteen::kBytes));
    if ((~spaces & inside) != 0) return Blank::no;
    if (text.size() <= Sixteen::kBytes) {
      return (lines & inside) != 0 ? Blank::lines : Blank::spaces;
    }
    at = Sixteen::kBytes;
  }
  if (!std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_html_space)) {
    return Blank::no;
  }
  return text.find('\n') == std::string_view::npos ? Blank::spaces : Blank::lines;
}

/// The next '<' from `at` on, or the page's end. Makes `plain` false where it passes over what is
/// to be decoded, and where it has not looked.
[[nodiscard]] inline std::size_t find_text_end(std::string_view html, std::size_t at,
                                               bool& plain) noexcept {
  constexpr std::size_t kSteps = 4;
  for (std::size_t step = 0; step < kSteps && at + ThirtyTwo::kBytes <= html.size(); ++step) {
    const ThirtyTwo bytes(html.data() + at);
    const std::uint32_t ends = bytes.equal('<');
    const std::uint32_t before = (ends - 1) & ~ends;  // all bits where there is no end
    if (((bytes.equal('&') | bytes.equal('\r')) & before) != 0) plain = false;
    if (ends != 0) return at + first_of(ends);
    at += ThirtyTwo::kBytes;
  }
  plain = false;
  return std::min(html.find('<', at), html.size());
}

/// Where the name of a tag ends that goes on at `at`.
[[nodiscard]] inline std::size_t find_name_end(std::string_view html, std::size_t at) noexcept {
  for (; at + Sixteen::kBytes <= html.size(); at += Sixteen::kBytes) {
    const Sixteen bytes(html.data() + at);
    std::uint32_t ends = bytes.equal('>') | bytes.equal('/') | bytes.at_most(' ');
    for (; ends != 0; ends &= ends - 1) {  // control characters are no ends
      if (ends_tag_name(html[at + first_of(ends)])) return at + first_of(ends);
    }
  }
  while (at < html.size() && !ends_tag_name(html[at])) ++at;
  return at;
}

/// The same of an attribute.
[[nodiscard]] inline std::size_t find_attribute_end(std::string_view html,
                                                    std::size_t at) noexcept {
  const auto is_end = [&](std::size_t place) {
    return html[place] == '=' || ends_tag_name(html[place]);
  };
  for (; at + Sixteen::kBytes <= html.size(); at += Sixteen::kBytes) {
    const Sixteen bytes(html.data() + at);
    std::uint32_t ends =
        bytes.equal('=') | bytes.equal('>') | bytes.equal('/') | bytes.at_most(' ');
    for (; ends != 0; ends &= ends - 1) {
      if (is_end(at + first_of(ends))) return at + first_of(ends);
    }
  }
  while (at < html.size() && !is_end(at)) ++at;
  return at;
}

}  // namespace copydesk::html
