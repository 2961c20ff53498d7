#pragma once

/// @file
/// Many literals looked for in one pass (Aho and Corasick 1975, as a table over byte classes).

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk::rules {

/// Immutable after construction; thread-safe.
class LiteralScanner {
 public:
  /// `literals`: not empty each; numbered as they stand.
  explicit LiteralScanner(const std::vector<std::string>& literals);

  /// Appends the numbers of the literals that stand in `text`, in order of where they end; a number
  /// comes once for each place. Linear in `text`.
  void find(std::string_view text, std::vector<std::uint32_t>& found) const;

 private:
  using State = std::uint32_t;

  void number_classes(const std::vector<std::string>& literals);
  void build_trie(const std::vector<std::string>& literals);
  State step(State state, char c);
  void link_failures();
  void move_ending_states_last();
  void finish_table();
  template <typename Row>
  void find_in(const std::vector<Row>& rows, std::string_view text,
               std::vector<std::uint32_t>& found) const;
  [[nodiscard]] State& next(State state, std::uint8_t byte_class) {
    return table_[state * classes_ + byte_class];
  }

  std::array<std::uint8_t, 256> class_of_{};          ///< 0: a byte that no literal has
  std::size_t classes_ = 1;                           ///< of bytes; even when built
  std::vector<State> table_;                          ///< states x classes; empty when built
  std::vector<std::vector<std::uint32_t>> literals_;  ///< that end in a state
  /// The table when built: where the row of the next state begins, halved. In short numbers where
  /// these suffice: a text goes from row to row faster the nearer the cache that holds them.
  std::vector<std::uint16_t> short_rows_;
  std::vector<std::uint32_t> long_rows_;
  std::size_t first_ending_ = 0;  ///< literals end in the states whose rows begin here or behind
};

}  // namespace copydesk::rules
