#include "stream/double_encoding.h"

#include <cstdint>
#include <cstring>

#include "text/utf8.h"
#include "text/windows_1252.h"

namespace copydesk::stream {
namespace {

constexpr std::size_t kFewest = 6;  // characters: what is written about such text shows one or two

/// The first byte at or behind `at` that is not ASCII; the end if there is none.
std::size_t find_non_ascii(std::string_view text, std::size_t at) noexcept {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::uint64_t eight = 0;
  for (; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & kHighBits) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

std::size_t sequence_length(unsigned char lead) noexcept {
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/// Appends the character that was encoded twice at `at`, and moves `at` behind it.
bool append_once(std::string_view page, std::size_t& at, std::string& out) {
  const std::size_t begin = out.size();
  std::size_t length = 1;
  for (std::size_t i = 0; i < length; ++i) {
    if (at == page.size()) return false;
    const int byte = text::windows_1252_byte(text::next_code_point(page, at));
    if (byte < 0) return false;
    out.push_back(static_cast<char>(byte));
    if (i == 0) length = sequence_length(static_cast<unsigned char>(byte));
  }
  return length != 0 && text::is_valid_utf8(std::string_view(out).substr(begin));
}

}  // namespace

std::optional<std::string> undo_double_encoding(std::string_view page) {
  std::string out;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t end = find_non_ascii(page, at);
    if (characters > 0) out.append(page, at, end - at);
    at = end;
    if (at == page.size()) break;
    if (characters == 0) out.assign(page.substr(0, at));
    if (!append_once(page, at, out)) return std::nullopt;
    ++characters;
  }
  if (characters < kFewest) return std::nullopt;
  return out;
}

}  // namespace copydesk::stream
