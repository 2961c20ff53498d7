#pragma once

/// @file
/// A BPE vocabulary: tokens by bytes and by id, and which pairs merge in which order.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/subwords.h"

namespace copydesk::tokenize {

inline constexpr std::uint32_t kNoToken = 0xFFFFFFFF;

/// What two neighbours become. The pair of the lowest rank in a piece is merged first.
struct Merge {
  std::uint32_t rank = kNoToken;
  std::uint32_t id = kNoToken;
};

class Vocabulary {
 public:
  /// As Subwords::read(). `pattern` overrides what the file says or implies.
  [[nodiscard]] static Result<Vocabulary> read_tiktoken(std::string_view file,
                                                        std::optional<SubwordPattern> pattern);
  [[nodiscard]] static Result<Vocabulary> read_json(std::string_view file,
                                                    std::optional<SubwordPattern> pattern);

  [[nodiscard]] SubwordPattern pattern() const noexcept { return pattern_; }
  /// Whether a piece that is a token is that token, without looking at pairs.
  [[nodiscard]] bool takes_whole_pieces() const noexcept { return whole_pieces_; }
  [[nodiscard]] std::uint32_t find(std::string_view bytes) const noexcept;
  [[nodiscard]] std::uint32_t byte_token(unsigned char byte) const noexcept { return bytes_[byte]; }
  [[nodiscard]] std::string_view token(std::uint32_t id) const noexcept;

  /// What the tokens `left` and `right`, which together are `bytes`, merge into.
  [[nodiscard]] Merge merge(std::uint32_t left, std::uint32_t right,
                            std::string_view bytes) const noexcept {
    if (merges_.empty()) {  // tiktoken: the id is the rank, and any pair that gives a token merges
      const std::uint32_t id = bytes.size() <= longest_ ? find(bytes) : kNoToken;
      return {id, id};
    }
    const auto found = merges_.find((std::uint64_t{left} << 32) | right);
    return found == merges_.end() ? Merge{} : found->second;
  }

 private:
  void add(std::string_view bytes, std::uint32_t id);
  [[nodiscard]] Status finish();

  SubwordPattern pattern_ = SubwordPattern::cl100k;
  bool whole_pieces_ = true;
  std::size_t longest_ = 0;
  std::string blob_;  ///< all tokens' bytes
  struct Place {
    std::uint32_t begin = 0;
    std::uint32_t length = 0;
  };
  std::vector<Place> places_;  ///< by id
  /// Most tokens are no longer than eight bytes: the slot itself says whether it is theirs.
  struct Slot {
    std::uint64_t first = 0;  ///< the first eight bytes
    std::uint32_t id = kNoToken;
    std::uint32_t length = 0;
  };
  std::vector<Slot> slots_;           ///< open addressing by the bytes' hash
  std::vector<std::uint32_t> bytes_;  ///< the tokens of one byte
  std::unordered_map<std::uint64_t, Merge> merges_;
};

}  // namespace copydesk::tokenize
