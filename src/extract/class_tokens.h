#pragma once

/// @file
/// The words inside class, id and similar attributes ("article-body__text" -> article body text),
/// and what each is known to say about the text under it.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/hashing.h"
#include "html/page.h"

namespace copydesk::extract {

/// How far from the block an element stands.
enum class Scope : std::uint8_t {
  own,   ///< from the block's innermost element up to its block-level container
  near,  ///< the three elements above
  far,   ///< all above those
};
inline constexpr std::size_t kScopeCount = 3;

/// Largest, smallest, sum and number of the values of the known tokens of some elements.
struct TokenValues {
  float largest = -9;
  float smallest = 9;
  float sum = 0;
  float count = 0;

  void add(float value) noexcept {
    largest = std::max(largest, value);
    smallest = std::min(smallest, value);
    sum += value;
    count += 1;
  }
  void merge(const TokenValues& other) noexcept {
    largest = std::max(largest, other.largest);
    smallest = std::min(smallest, other.smallest);
    sum += other.sum;
    count += other.count;
  }
};

/// Token -> log-odds of standing over article text, for each scope. Built by training. Tokens are
/// told apart by their hashes.
class TokenTable {
 public:
  void add(Scope scope, std::string_view token, float value);
  /// nullptr if the token is not known in any scope; else kScopeCount values, kUnknown for none.
  [[nodiscard]] const float* find(std::uint64_t hash) const noexcept {
    const std::size_t bit = filter_bit(hash);
    if ((filter_[bit / 64] >> (bit % 64) & 1) == 0) return nullptr;
    const Entry& entry = entries_[slot_of(hash)];
    return entry.tag == 0 ? nullptr : entry.values;
  }
  static constexpr float kUnknown = 1e9F;

 private:
  /// One look at memory tells a token and gives its values.
  struct Entry {
    std::uint32_t tag = 0;  ///< 0: free
    float values[kScopeCount] = {kUnknown, kUnknown, kUnknown};
  };
  static constexpr std::size_t kFilterBits = 65536;
  static constexpr std::size_t kLeastEntries = 1024;
  static std::size_t filter_bit(std::uint64_t hash) noexcept { return hash >> 48; }
  static std::uint32_t tag_of(std::uint64_t hash) noexcept {
    return static_cast<std::uint32_t>(hash >> 24) | 1;
  }
  /// Where the entry of that hash is, or a free one for it.
  [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const noexcept {
    const std::uint32_t tag = tag_of(hash);
    std::size_t at = hash & (entries_.size() - 1);
    while (entries_[at].tag != tag && entries_[at].tag != 0) at = (at + 1) & (entries_.size() - 1);
    return at;
  }
  void grow();

  /// Tells nearly all unknown tokens: each page has its own, and looking for them among the entries
  /// would read memory that is in no near cache.
  std::vector<std::uint64_t> filter_ = std::vector<std::uint64_t>(kFilterBits / 64);
  std::vector<Entry> entries_ = std::vector<Entry>(kLeastEntries);
  std::vector<std::uint64_t> hashes_;  // of the entries that are not free
};

/// What the attributes of one element say.
struct ElementTokens {
  TokenValues values[kScopeCount];
  std::uint64_t signature = 0;  ///< of the first six tokens; equal for elements of one kind
};

/// The tokens of an attribute's value: cut at other characters than letters and digits and where an
/// upper-case letter follows a lower-case one; lower-cased, runs of digits as one 0; from 2 to 24
/// characters and not digits alone. Of a long value only the beginning is read.
class TokenCutter {
 public:
  /// Calls `use(token)` for each token of `value`.
  template <typename Use>
  void for_each(std::string_view value, Use&& use) {
    cut(value.substr(0, kLongestValue));
    for (std::size_t i = 0; i < count_; ++i) {
      use(std::string_view(bytes_.data() + tokens_[i].begin, tokens_[i].size));
    }
  }

 private:
  static constexpr std::size_t kLongestValue = 300;
  static constexpr std::size_t kWords = kLongestValue / 64 + 1;  // of 64 bits, one a byte and more
  struct Token {
    std::uint16_t begin;
    std::uint16_t size;
  };
  struct Masks {
    std::uint64_t upper = 0, lower = 0, digit = 0;
  };
  void cut(std::string_view value);
  void read(std::string_view value);
  void close(std::size_t begin, std::size_t end);
  [[nodiscard]] bool any(std::uint64_t Masks::*kind, std::size_t begin, std::size_t end) const;

  // NOLINTBEGIN(cppcoreguidelines-pro-type-member-init): filled as far as they are read
  std::array<char, kWords * 64> bytes_;  // the value in lower case
  std::array<Masks, kWords> masks_;
  std::array<Token, kLongestValue / 2> tokens_;
  // NOLINTEND(cppcoreguidelines-pro-type-member-init)
  std::size_t count_ = 0;
};

/// Looks up the elements of one page, those with the same tag and values once. Buffers are kept
/// from page to page.
class ElementReader {
 public:
  void reset(const html::Page& page, const TokenTable& table);
  /// Valid until the next call.
  [[nodiscard]] const ElementTokens& tokens(html::NodeId id);

 private:
  void read(html::NodeId id, ElementTokens& into) const;
  [[nodiscard]] std::uint64_t key_of(html::NodeId id) const;
  [[nodiscard]] std::uint32_t element_of(html::NodeId id);
  const html::Page* page_ = nullptr;
  const TokenTable* table_ = nullptr;
  std::vector<std::uint32_t> slots_;  // per node: index into elements_ + 1; 0 for not read yet
  std::vector<ElementTokens> elements_;
  HashIndex known_;  // key_of() -> index into elements_
};

/// Appends the element's tokens, each after a space.
void append_tokens(const html::Page& page, html::NodeId id, std::string& out);

}  // namespace copydesk::extract
