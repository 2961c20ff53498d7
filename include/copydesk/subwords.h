#pragma once

/// @file
/// Text into the subword tokens of language models: byte-level BPE, by the vocabulary's own file.
///
/// Gives exactly the ids that the model's own tokeniser gives for ordinary text; names of special
/// tokens such as <|endoftext|> are text like any other. The pieces joined are the text, byte for
/// byte. The cost of a text is linear but for pieces without a break (a long run of one letter):
/// for one of n bytes it is n log n.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/tokenize.h"

namespace copydesk {

/// How text is cut into pieces before pairs are merged: the regular expression of the model.
enum class SubwordPattern : std::uint8_t { gpt2, cl100k, o200k, llama3 };

/// A vocabulary and the encoder over it. Immutable: one object may be used from any number of
/// threads. Copies are cheap and share their data.
class Subwords {
 public:
  /// Reads `file`, the bytes of either form:
  /// - .tiktoken: lines of a token in base64, a space and its rank. The pattern is told by the
  ///   number of ranks (50256 gpt2, 100256 cl100k, 128000 llama3, 199998 o200k) unless `pattern`
  ///   is given;
  /// - a Hugging Face tokenizer.json with a byte-level BPE model and one of those patterns.
  /// Errors: bad_data, saying what is not understood.
  [[nodiscard]] static Result<Subwords> read(std::string_view file);
  [[nodiscard]] static Result<Subwords> read(std::string_view file, SubwordPattern pattern);

  /// The ids of well-formed UTF-8.
  [[nodiscard]] std::vector<std::uint32_t> encode(std::string_view text) const;
  /// How many ids encode() gives.
  [[nodiscard]] std::size_t count(std::string_view text) const;
  /// The bytes of each id: not always whole characters.
  [[nodiscard]] std::vector<Span> spans(std::string_view text) const;

  /// The bytes that an id of this vocabulary stands for; empty for an unknown one.
  [[nodiscard]] std::string_view bytes_of(std::uint32_t id) const noexcept;

 private:
  struct Data;
  explicit Subwords(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  std::shared_ptr<const Data> data_;
};

}  // namespace copydesk
