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
  static constexpr State kEnds = State{1} << 31;

  void number_classes(const std::vector<std::string>& literals);
  void build_trie(const std::vector<std::string>& literals);
  State step(State state, char c);
  void link_failures();
  void finish_table();
  [[nodiscard]] State& next(State state, std::uint8_t byte_class) {
    return table_[state * classes_ + byte_class];
  }

  std::array<std::uint8_t, 256> class_of_{};  ///< 0: a byte that no literal has
  std::size_t classes_ = 1;
  /// States x classes. When built: where the row of the next state begins, and kEnds where literals
  /// end in it.
  std::vector<State> table_;
  std::vector<std::vector<std::uint32_t>> literals_;  ///< that end in a state
};

}  // namespace copydesk::rules
