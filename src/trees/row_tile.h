#pragma once

/// @file
/// Rows turned into columns: one fact of several rows side by side, for vectors. x86-64 only.

#include <array>
#include <cstddef>

#include <xmmintrin.h>

#include "trees/mask_sums.h"

namespace copydesk::trees {

template <std::size_t Lanes>
class RowTile {
 public:
  RowTile(const float* const* rows, std::size_t width) noexcept {
    std::size_t fact = 0;
    for (; fact + kSide <= width; fact += kSide) {
      for (std::size_t lane = 0; lane < Lanes; lane += kSide) turn(rows + lane, fact, lane);
    }
    for (; fact < width; ++fact) {
      for (std::size_t lane = 0; lane < Lanes; ++lane) {
        facts_[fact * Lanes + lane] = rows[lane][fact];
      }
    }
  }

  /// That fact of all rows, aligned for a vector of them.
  [[nodiscard]] const float* fact(std::size_t number) const noexcept {
    return facts_.data() + number * Lanes;
  }

 private:
  static constexpr std::size_t kSide = 4;

  void turn(const float* const* rows, std::size_t fact, std::size_t lane) noexcept {
    __m128 a = _mm_loadu_ps(rows[0] + fact);
    __m128 b = _mm_loadu_ps(rows[1] + fact);
    __m128 c = _mm_loadu_ps(rows[2] + fact);
    __m128 d = _mm_loadu_ps(rows[3] + fact);
    _MM_TRANSPOSE4_PS(a, b, c, d);
    float* const to = facts_.data() + fact * Lanes + lane;
    _mm_store_ps(to, a);
    _mm_store_ps(to + Lanes, b);
    _mm_store_ps(to + 2 * Lanes, c);
    _mm_store_ps(to + 3 * Lanes, d);
  }

  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): filled as far as it is read
  alignas(64) std::array<float, kMostFacts * Lanes> facts_;
};

}  // namespace copydesk::trees
