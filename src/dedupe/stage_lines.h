#pragma once

/// @file
/// The lines that travel between the stages; see copydesk/dedupe_stages.h.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/dedupe.h"

#include "dedupe/cluster.h"

namespace copydesk::dedupe {

/// What the lines say of a document.
struct StageDocument {
  std::string id;
  std::string hash;       ///< 32 hexadecimal digits
  std::int64_t date = 0;  ///< kNoDate: none
  std::uint32_t tokens = 0;
  std::string site;

  /// Orders documents by date, undated ones last, then by name: in the order of a dated stream.
  friend bool operator<(const StageDocument& a, const StageDocument& b);
};

/// True if both are the same document.
[[nodiscard]] bool is_same(const StageDocument& a, const StageDocument& b) noexcept;

struct KeyLine {
  std::string key;
  StageDocument document;
  std::vector<std::uint32_t> shingles;
};

struct PairLine {
  StageDocument first;
  StageDocument second;
  Overlap overlap;
  bool exact = false;
};

[[nodiscard]] std::string hex(std::uint64_t value);
[[nodiscard]] std::string hex(const TextHash& hash);

void append_document(std::string& out, const StageDocument& document);
void append_shingles_base64(std::string& out, const std::vector<std::uint32_t>& shingles);
void append_pair_line(std::string& out, const PairLine& pair);

[[nodiscard]] std::optional<KeyLine> parse_key_line(std::string_view line);
[[nodiscard]] std::optional<PairLine> parse_pair_line(std::string_view line);

/// The fields of a line.
[[nodiscard]] std::vector<std::string_view> split_fields(std::string_view line);

}  // namespace copydesk::dedupe
