#pragma once

/// @file
/// Many literals looked for in one pass (Aho and Corasick 1975, as a table over byte classes).

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk::rules {

class LiteralTrie;

/// Immutable after construction; thread-safe.
class LiteralScanner {
 public:
  /// `literals`: UTF-8, not empty each, all different; numbered as they stand.
  explicit LiteralScanner(const std::vector<std::string>& literals);

  /// Appends the numbers of the literals that stand in `text`, in no order; a number comes once for
  /// each place. Linear in `text`.
  void find(std::string_view text, std::vector<std::uint32_t>& found) const;

 private:
  void number_classes(const std::vector<std::string>& literals);
  void list_endings(const LiteralTrie& trie, const std::vector<std::uint32_t>& order);
  template <typename Row>
  void fill(std::vector<Row>& rows, const LiteralTrie& trie,
            const std::vector<std::uint32_t>& numbers) const;
  template <typename Row>
  void find_in(const Row* rows, std::string_view text, std::vector<std::uint32_t>& found) const;
  template <typename Row>
  void find_over_seam(const Row* rows, std::string_view behind, std::size_t row,
                      std::vector<std::uint32_t>& found) const;
  void append_ending(std::size_t row, std::vector<std::uint32_t>& found) const;
  [[nodiscard]] std::span<const std::uint32_t> ending_in(std::size_t row) const;

  std::array<std::uint8_t, 256> class_of_{};  ///< 0: a byte that no literal has
  std::size_t classes_ = 1;                   ///< of bytes; even when built
  /// States x classes: where the row of the next state begins, halved. In short numbers where these
  /// suffice: a text goes from row to row faster the nearer the cache that holds them.
  std::vector<std::uint16_t> short_rows_;
  std::vector<std::uint32_t> long_rows_;
  std::size_t first_ending_ = 0;  ///< literals end in the states whose rows begin here or behind
  std::vector<std::uint32_t> endings_;      ///< the literals of each of these, state after state
  std::vector<std::uint32_t> ending_from_;  ///< where those of a state begin; one more for the end
  std::vector<std::uint32_t> depths_;       ///< of the states: bytes of a literal that they have
  std::vector<std::uint32_t> sizes_;        ///< of the literals, bytes
};

}  // namespace copydesk::rules
