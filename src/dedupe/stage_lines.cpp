#include "dedupe/stage_lines.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <tuple>

#include "dedupe/entries.h"
#include "dedupe/hash.h"
#include "text/json.h"

namespace copydesk::dedupe {
namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(0xFF);
  for (std::size_t i = 0; i < kDigits.size(); ++i) {
    values[static_cast<unsigned char>(kDigits[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}();

template <typename Number>
bool read_number(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

bool read_string(std::string_view json, std::string& value) {
  if (!text::is_json_string(json) || !text::is_valid_json(json)) return false;
  value = text::decode_json_string(json);
  return true;
}

/// Six digits hold one number of 32 bits: no padding, no carry between numbers.
constexpr std::size_t kDigitsANumber = 6;

bool read_shingles(std::string_view text, std::vector<std::uint32_t>& shingles) {
  if (text.size() % kDigitsANumber != 0) return false;
  shingles.reserve(text.size() / kDigitsANumber);
  for (std::size_t at = 0; at < text.size(); at += kDigitsANumber) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < kDigitsANumber; ++i) {
      const std::uint8_t digit = kValues[static_cast<unsigned char>(text[at + i])];
      if (digit == 0xFF) return false;
      value = value << 6 | digit;
    }
    if (value >> 32 != 0) return false;
    shingles.push_back(static_cast<std::uint32_t>(value));
  }
  return true;
}

/// Reads the five fields of a document from `fields[at]` on.
bool read_document(const std::vector<std::string_view>& fields, std::size_t at,
                   StageDocument& document) {
  document.hash = fields[at + 1];
  document.date = kNoDate;
  return document.hash.size() == 32 && read_string(fields[at], document.id) &&
         (fields[at + 2] == "-" || read_number(fields[at + 2], document.date)) &&
         read_number(fields[at + 3], document.tokens) && read_string(fields[at + 4], document.site);
}

}  // namespace

bool operator<(const StageDocument& a, const StageDocument& b) {
  const auto rank = [](const StageDocument& document) {
    return std::tuple(document.date == kNoDate, document.date, std::string_view(document.id),
                      std::string_view(document.hash));
  };
  return rank(a) < rank(b);
}

bool is_same(const StageDocument& a, const StageDocument& b) noexcept {
  return a.hash == b.hash && a.id == b.id;
}

std::string hex(std::uint64_t value) {
  std::array<char, 17> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(value));
  return digits.data();
}

std::string hex(const TextHash& hash) {
  return hex(hash.high) + hex(hash.low);
}

void append_document(std::string& out, const StageDocument& document) {
  text::append_json_string(out, document.id);
  out += '\t' + document.hash + '\t';
  out += document.date == kNoDate ? "-" : std::to_string(document.date);
  out += '\t' + std::to_string(document.tokens) + '\t';
  text::append_json_string(out, document.site);
}

void append_shingles_base64(std::string& out, const std::vector<std::uint32_t>& shingles) {
  for (const std::uint32_t shingle : shingles) {
    for (int shift = 30; shift >= 0; shift -= 6) out += kDigits[(shingle >> shift) & 63];
  }
}

void append_pair_line(std::string& out, const PairLine& pair) {
  append_document(out, pair.first);
  out += '\t';
  append_document(out, pair.second);
  out += '\t' + std::to_string(pair.overlap.first) + '\t' + std::to_string(pair.overlap.second) +
         '\t' + std::to_string(pair.overlap.both) + '\t' + std::to_string(pair.overlap.passages) +
         '\t' + (pair.exact ? '1' : '0') + '\n';
}

std::vector<std::string_view> split_fields(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find('\t', at), line.size());
    fields.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return fields;
}

std::optional<KeyLine> parse_key_line(std::string_view line) {
  const auto fields = split_fields(line);
  KeyLine parsed;
  if (fields.size() != 7 || fields[0].size() != 17) return std::nullopt;
  parsed.key = fields[0];
  if (!read_document(fields, 1, parsed.document)) return std::nullopt;
  if (!read_shingles(fields[6], parsed.shingles)) return std::nullopt;
  return parsed;
}

std::optional<PairLine> parse_pair_line(std::string_view line) {
  const auto fields = split_fields(line);
  PairLine parsed;
  if (fields.size() != 15) return std::nullopt;
  if (!read_document(fields, 0, parsed.first) || !read_document(fields, 5, parsed.second)) {
    return std::nullopt;
  }
  Overlap& overlap = parsed.overlap;
  if (!read_number(fields[10], overlap.first) || !read_number(fields[11], overlap.second) ||
      !read_number(fields[12], overlap.both) || overlap.both > overlap.first ||
      overlap.both > overlap.second || !read_number(fields[13], overlap.passages) ||
      (fields[14] != "0" && fields[14] != "1")) {
    return std::nullopt;
  }
  parsed.exact = fields[14] == "1";
  return parsed;
}

}  // namespace copydesk::dedupe
