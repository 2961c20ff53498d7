#pragma once

/// @file
/// tokenize as a filter on documents, and what its command line can set.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "copydesk/counts.h"
#include "copydesk/document.h"
#include "copydesk/subwords.h"
#include "copydesk/tokenize.h"

#include "common/filter.h"

namespace copydesk::tools {

enum class Unit : std::uint8_t { sentence, word, ngram, character, subword };

struct Settings {
  TokenizerOptions tokenizer;
  TransformOptions transform;
  CounterOptions counter;
  Unit unit = Unit::word;
  std::string language;
  std::size_t shortest = 2;  ///< n-grams
  std::size_t longest = 2;
  bool joined = false;
  bool learn_abbreviations = false;  ///< write these, and nothing else
  bool with_text = false;
  std::optional<Subwords> subwords;
  bool ids = false;           ///< subwords as numbers
  bool count_tokens = false;  ///< only how many subwords
};

/// The filter for a run; `settings` must outlive it. `to`: the form that --to names, if it does.
[[nodiscard]] std::unique_ptr<Filter> make_tokenize_filter(Tokenizer tokenizer,
                                                           TokenTransform transform,
                                                           const Settings& settings,
                                                           std::optional<Format> to);

}  // namespace copydesk::tools
