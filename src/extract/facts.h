#pragma once

/// @file
/// The facts about each block that the scorer reads, as one row of numbers a block.
///
/// fact_names.inc names them; scoring, --explain and training all use those names. Everything comes
/// from prefix sums over the blocks and from a bounded number of steps up the tree, so the cost is
/// linear in the page.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/blocks.h"
#include "extract/class_tokens.h"
#include "extract/survey.h"
#include "html/page.h"

namespace copydesk::extract {

enum class Fact : std::uint16_t {
#define COPYDESK_FACT(name) name,
#include "extract/fact_names.inc"
#undef COPYDESK_FACT
};

inline constexpr std::size_t kFactCount = 0
// NOLINTNEXTLINE(bugprone-macro-parentheses): the ones are added up
#define COPYDESK_FACT(name) +1
#include "extract/fact_names.inc"
#undef COPYDESK_FACT
    ;

/// The name of a fact. Lives as long as the program.
[[nodiscard]] std::string_view name_of(Fact fact) noexcept;
/// The fact of a name, if there is one.
[[nodiscard]] std::optional<Fact> fact_by_name(std::string_view name) noexcept;

/// kFactCount numbers for each block.
struct FactRows {
  std::vector<float> values;

  [[nodiscard]] std::span<float> row(std::size_t block) noexcept {
    return std::span(values).subspan(block * kFactCount, kFactCount);
  }
  [[nodiscard]] std::span<const float> row(std::size_t block) const noexcept {
    return std::span(values).subspan(block * kFactCount, kFactCount);
  }
  [[nodiscard]] float at(std::size_t block, Fact fact) const noexcept {
    return values[block * kFactCount + static_cast<std::size_t>(fact)];
  }
};

/// The facts of one subtree above a block, in the order of their names; the first is below 0 where
/// they are not known yet.
using SubtreeFacts = std::array<float, 6>;

/// Computes rows page after page, keeping its buffers. One object a thread.
class FactBuilder {
 public:
  /// Fills `rows` for the blocks of a page that was surveyed with `elements`.
  void build(const html::Page& page, const BlockList& list, const Survey& survey,
             ElementReader& elements, FactRows& rows);

 private:
  void set_tokens(const html::Page& page, ElementReader& elements, const PageBlock& block,
                  std::span<float> row);
  void read_tokens_above(const html::Page& page, ElementReader& elements, html::NodeId parent);
  const TokenValues& far_tokens(const html::Page& page, ElementReader& elements, html::NodeId id);

  std::vector<std::uint32_t> container_rows_;  // per node: first block of that container, plus 1
  std::vector<std::uint32_t> far_slots_;       // per node: index into far_, plus 1
  std::vector<TokenValues> far_;
  // Of what stands above the containers in parent_: most blocks are neighbours of the one before.
  html::NodeId parent_ = html::kNoNode;
  TokenValues near_values_;
  TokenValues far_values_;
  std::vector<html::NodeId> path_;
  std::vector<SubtreeFacts> subtrees_;  // per node
};

/// The class and id tokens of what a block stands in, for training.
struct ScopeTokens {
  std::string own, near, far;
};
[[nodiscard]] ScopeTokens scope_tokens(const html::Page& page, const PageBlock& block);

}  // namespace copydesk::extract
