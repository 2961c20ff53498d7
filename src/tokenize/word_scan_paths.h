#pragma once

/// @file
/// The ways in which word_scan.h is done. All give the same spans.

#include "tokenize/word_scan.h"

namespace copydesk::tokenize {

struct PathFunctions {
  void (*scan)(std::string_view text, WordScan& scan);
  void (*append_spans)(const WordScan& scan, std::size_t size, std::vector<Span>& spans);
  void (*find_terminators)(std::string_view text, std::size_t begin, std::size_t end,
                           std::uint64_t* found);
  std::size_t (*list_bits)(const std::uint64_t* words, std::size_t count, std::uint16_t* places);
};

[[nodiscard]] const PathFunctions& scalar_functions() noexcept;
/// Null where the processor does not have the instructions.
[[nodiscard]] const PathFunctions* avx2_functions() noexcept;
[[nodiscard]] const PathFunctions* avx512_functions() noexcept;

}  // namespace copydesk::tokenize
