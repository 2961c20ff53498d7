#include "text/utf8.h"

#include <array>
#include <cstdint>
#include <cstring>

#include <simdjson.h>

namespace copydesk::text {

bool is_valid_utf8(std::string_view bytes) noexcept {
  return simdjson::validate_utf8(bytes.data(), bytes.size());
}

namespace {

struct Piece {
  std::size_t length;  ///< bytes of the sequence, or of the maximal ill-formed subpart
  bool valid;
};

/// The sequence at `bytes[at]`, by table 3-7 of the Unicode standard.
Piece measure(std::string_view bytes, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) {
    return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  unsigned low = 0x80;
  unsigned high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (byte(1) < low || byte(1) > high) return {1, false};
  for (std::size_t i = 2; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {i, false};
  }
  return {length, true};
}

}  // namespace

std::string repair_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  std::size_t good = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const Piece piece = measure(bytes, at);
    if (!piece.valid) {
      out.append(bytes.substr(good, at - good)).append("\xEF\xBF\xBD");
      good = at + piece.length;
    }
    at += piece.length;
  }
  out.append(bytes.substr(good));
  return out;
}

std::size_t write_utf8(char* place, char32_t c) noexcept {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  if (c < 0x80) {
    place[0] = static_cast<char>(c);
    return 1;
  }
  const std::size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  const unsigned mark = size == 2 ? 0xC0 : size == 3 ? 0xE0 : 0xF0;
  for (std::size_t i = size - 1; i > 0; --i) {
    place[i] = static_cast<char>(0x80 | (c & 0x3F));
    c >>= 6;
  }
  place[0] = static_cast<char>(mark | c);
  return size;
}

void append_utf8(std::string& out, char32_t c) {
  std::array<char, kLongestUtf8> bytes;
  out.append(bytes.data(), write_utf8(bytes.data(), c));
}

std::size_t count_code_points(std::string_view text) noexcept {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  std::uint64_t unit = 0;
  std::size_t continuations = 0;
  std::size_t at = 0;
  for (; at + sizeof unit <= text.size(); at += sizeof unit) {
    std::memcpy(&unit, text.data() + at, sizeof unit);
    // Bit 7 set and bit 6 clear; the multiplication adds up the eight bytes in the highest one.
    continuations += ((unit >> 7 & ~unit >> 6 & kOnes) * kOnes) >> 56;
  }
  for (; at < text.size(); ++at)
    continuations += (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  return text.size() - continuations;
}

}  // namespace copydesk::text
