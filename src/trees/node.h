#pragma once

/// @file
/// A node of a boosted tree as a walk meets it.

#include <cstdint>

namespace copydesk::trees {

/// Of a split's two children the left one stands at `child`, the right one behind it. A leaf is its
/// own child whatever the fact, so that every walk of a tree may take as many steps as its longest
/// one: no step depends on a branch, and several walks go on at once.
struct Node {
  float limit = 0;
  std::uint16_t fact = 0;   ///< its place in a row
  std::uint16_t child = 0;  ///< counted from the tree's first node
};

}  // namespace copydesk::trees
