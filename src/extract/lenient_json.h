#pragma once

/// @file
/// JSON as it stands in pages: often broken. Reads what a strict parser refuses (raw control
/// characters in strings, trailing and missing commas, comments, CDATA and `//<![CDATA[` wrappers,
/// a cut-off end), and keeps what came before an error that cannot be mended.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk::extract {

/// A parsed text: one flat array of values in document order; 0 is the root. Not recursive.
class LenientJson {
 public:
  using Id = std::uint32_t;
  static constexpr Id kNone = 0xFFFFFFFF;

  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

  struct Value {
    Kind kind = Kind::null;
    Id parent = kNone;
    Id subtree_end = 0;           ///< one behind the last value inside
    std::uint32_t depth = 0;      ///< 0 for the root
    std::uint32_t key_begin = 0;  ///< of a member of an object
    std::uint32_t key_end = 0;
    std::uint32_t text_begin = 0;  ///< of a string: decoded; of a number or boolean: as written
    std::uint32_t text_end = 0;
  };

  /// Reads `source`. Linear. Values nested deeper than 100 are left out.
  explicit LenientJson(std::string_view source);

  [[nodiscard]] bool empty() const noexcept { return values_.empty(); }
  [[nodiscard]] Id size() const noexcept { return static_cast<Id>(values_.size()); }
  [[nodiscard]] const Value& operator[](Id id) const noexcept { return values_[id]; }
  [[nodiscard]] std::string_view key(Id id) const noexcept {
    return slice(values_[id].key_begin, values_[id].key_end);
  }
  [[nodiscard]] std::string_view text(Id id) const noexcept {
    return slice(values_[id].text_begin, values_[id].text_end);
  }

  /// The first member of `object` with the key `wanted`; kNone if there is none. Linear in the
  /// members.
  [[nodiscard]] Id member(Id object, std::string_view wanted) const noexcept;
  /// The text of a member that is a string or a number; else empty.
  [[nodiscard]] std::string_view member_text(Id object, std::string_view wanted) const noexcept;
  /// The first child of an array or object, and the one after it; kNone at the end.
  [[nodiscard]] Id first_child(Id parent) const noexcept;
  [[nodiscard]] Id next_sibling(Id id) const noexcept;

 private:
  friend class LenientReader;
  [[nodiscard]] std::string_view slice(std::uint32_t begin, std::uint32_t end) const noexcept {
    return std::string_view(text_).substr(begin, end - begin);
  }
  std::vector<Value> values_;
  std::string text_;
};

}  // namespace copydesk::extract
