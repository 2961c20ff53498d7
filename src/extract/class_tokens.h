#pragma once

/// @file
/// The words inside class, id and similar attributes ("article-body__text" -> article body text),
/// and what each is known to say about the text under it.

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

  void add(float value) noexcept;
  void merge(const TokenValues& other) noexcept;
};

/// Token -> log-odds of standing over article text, for each scope. Built by training.
class TokenTable {
 public:
  void add(Scope scope, std::string_view token, float value);
  /// nullptr if the token is not known in any scope; else kScopeCount values, kUnknown for none.
  [[nodiscard]] const float* find(std::uint64_t hash) const noexcept;
  static constexpr float kUnknown = 1e9F;

 private:
  struct Entry {
    float values[kScopeCount] = {kUnknown, kUnknown, kUnknown};
  };
  HashIndex index_;
  std::vector<Entry> entries_;
};

/// What the attributes of one element say.
struct ElementTokens {
  TokenValues values[kScopeCount];
  std::uint64_t signature = 0;  ///< of the first six tokens; equal for elements of one kind
};

/// Calls `use(token)` for each token of an attribute's value: cut at other characters than letters
/// and digits and where an upper-case letter follows a lower-case one; lower-cased, runs of digits
/// as one 0; from 2 to 24 characters and not digits alone.
template <typename Use>
void for_each_token(std::string_view value, Use&& use);

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

template <typename Use>
void for_each_token(std::string_view value, Use&& use) {
  constexpr std::size_t kLongestValue = 300;
  constexpr std::size_t kLongestToken = 24;
  value = value.substr(0, kLongestValue);
  char token[kLongestToken];
  std::size_t length = 0;   // of the token as written, digits run together
  std::size_t written = 0;  // characters of the source in it
  bool letters = false;
  bool after_digit = false;
  bool after_lower = false;
  const auto flush = [&] {
    if (written >= 2 && written <= kLongestToken && letters) use(std::string_view(token, length));
    length = written = 0;
    letters = after_digit = after_lower = false;
  };
  for (const char c : value) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool lower = c >= 'a' && c <= 'z';
    const bool digit = c >= '0' && c <= '9';
    if (!upper && !lower && !digit) {
      flush();
      continue;
    }
    if (upper && after_lower) flush();
    if (written < kLongestToken) {
      if (!digit) {
        token[length++] = static_cast<char>(c | 0x20);
        letters = true;
      } else if (!after_digit) {
        token[length++] = '0';
      }
    }
    ++written;
    after_digit = digit;
    after_lower = lower;
  }
  flush();
}

}  // namespace copydesk::extract
