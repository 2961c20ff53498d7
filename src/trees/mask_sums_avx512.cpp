/// @file
/// Up to four vectors of sixteen rows at a time: what is loaded of a split serves all of them.

#include "trees/mask_sums.h"

#if defined(__x86_64__)

#include <algorithm>
#include <array>

#include <immintrin.h>

#define COPYDESK_VECTOR [[gnu::target("avx512f,avx512cd"), gnu::always_inline]]

namespace copydesk::trees {
namespace {

constexpr std::size_t kLanes = 16;
constexpr std::size_t kMostTiles = 4;

/// Rows turned into columns: one fact of sixteen rows side by side, and so for each tile.
struct Columns {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): filled as far as it is read
  alignas(64) std::array<float, kMostFacts * kMostTiles * kLanes> facts;
};

/// Four facts of the rows 0, 4, 8 and 12.
COPYDESK_VECTOR inline __m512 quarters(const float* const* rows, std::size_t fact) {
  __m512 four = _mm512_broadcast_f32x4(_mm_loadu_ps(rows[0] + fact));
  four = _mm512_mask_broadcast_f32x4(four, 0x00F0, _mm_loadu_ps(rows[4] + fact));
  four = _mm512_mask_broadcast_f32x4(four, 0x0F00, _mm_loadu_ps(rows[8] + fact));
  return _mm512_mask_broadcast_f32x4(four, 0xF000, _mm_loadu_ps(rows[12] + fact));
}

/// Turns sixteen rows; columns stand `stride` floats apart.
COPYDESK_VECTOR inline void turn(const float* const* rows, std::size_t width, float* columns,
                                 std::size_t stride) {
  std::size_t fact = 0;
  for (; fact + 4 <= width; fact += 4) {
    const __m512 a = quarters(rows, fact);
    const __m512 b = quarters(rows + 1, fact);
    const __m512 c = quarters(rows + 2, fact);
    const __m512 d = quarters(rows + 3, fact);
    const __m512d low_ab = _mm512_castps_pd(_mm512_unpacklo_ps(a, b));
    const __m512d low_cd = _mm512_castps_pd(_mm512_unpacklo_ps(c, d));
    const __m512d high_ab = _mm512_castps_pd(_mm512_unpackhi_ps(a, b));
    const __m512d high_cd = _mm512_castps_pd(_mm512_unpackhi_ps(c, d));
    float* const to = columns + fact * stride;
    _mm512_store_ps(to, _mm512_castpd_ps(_mm512_unpacklo_pd(low_ab, low_cd)));
    _mm512_store_ps(to + stride, _mm512_castpd_ps(_mm512_unpackhi_pd(low_ab, low_cd)));
    _mm512_store_ps(to + 2 * stride, _mm512_castpd_ps(_mm512_unpacklo_pd(high_ab, high_cd)));
    _mm512_store_ps(to + 3 * stride, _mm512_castpd_ps(_mm512_unpackhi_pd(high_ab, high_cd)));
  }
  for (; fact < width; ++fact) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      columns[fact * stride + lane] = rows[lane][fact];
    }
  }
}

/// The leaf values of the rows, by the leaves that are left of each.
COPYDESK_VECTOR inline __m512 first_leaves(__m512i low, __m512i high, const float* leaves) {
  const __mmask16 in_low = _mm512_test_epi32_mask(low, low);
  const __m512i left = _mm512_mask_blend_epi32(in_low, high, low);
  const __m512i lowest = _mm512_and_si512(left, _mm512_sub_epi32(_mm512_setzero_si512(), left));
  const __m512i leaf = _mm512_sub_epi32(_mm512_set1_epi32(31), _mm512_lzcnt_epi32(lowest));
  const __m512 of_low =
      _mm512_permutex2var_ps(_mm512_loadu_ps(leaves), leaf, _mm512_loadu_ps(leaves + 16));
  const __m512 of_high =
      _mm512_permutex2var_ps(_mm512_loadu_ps(leaves + 32), leaf, _mm512_loadu_ps(leaves + 48));
  return _mm512_mask_blend_ps(in_low, of_high, of_low);
}

using Split = MaskedTrees::Split;

/// The rows of a tile that go right at a split.
COPYDESK_VECTOR inline __mmask16 over(const float* column, const Split& split) {
  return _mm512_cmp_ps_mask(_mm512_load_ps(column), _mm512_set1_ps(split.limit), _CMP_GT_OQ);
}

COPYDESK_VECTOR inline __m512i keep(__m512i leaves, __mmask16 rows, std::uint32_t kept) {
  return _mm512_mask_and_epi32(leaves, rows, leaves, _mm512_set1_epi32(static_cast<int>(kept)));
}

/// The leaves of a tree that are left, for each row.
template <std::size_t Tiles>
struct Left {
  __m512i low[Tiles];
  __m512i high[Tiles];
};

/// Asks the splits [first, last), which rule out low leaves, high ones, or some of both.
template <std::size_t Tiles, bool Low, bool High>
COPYDESK_VECTOR inline void ask(const Split* first, const Split* last, const float* columns,
                                Left<Tiles>& left) {
  for (; first < last; ++first) {
    const float* const column = columns + first->fact * Tiles * kLanes;
    for (std::size_t tile = 0; tile < Tiles; ++tile) {
      const __mmask16 right = over(column + tile * kLanes, *first);
      if constexpr (Low) left.low[tile] = keep(left.low[tile], right, first->low);
      if constexpr (High) left.high[tile] = keep(left.high[tile], right, first->high);
    }
  }
}

/// Adds the trees to the sums of exactly `Tiles` times sixteen rows.
template <std::size_t Tiles>
[[gnu::target("avx512f,avx512cd"), gnu::noinline]] void add_tiles(const MaskedTrees& trees,
                                                                  std::size_t first,
                                                                  std::size_t last,
                                                                  const float* const* rows,
                                                                  std::size_t width, float* sums) {
  Columns columns;
  __m512 sum[Tiles];
  for (std::size_t tile = 0; tile < Tiles; ++tile) {
    turn(rows + tile * kLanes, width, columns.facts.data() + tile * kLanes, Tiles * kLanes);
    sum[tile] = _mm512_loadu_ps(sums + tile * kLanes);
  }
  const Split* const splits = trees.splits();
  for (std::size_t number = first; number < last; ++number) {
    const MaskedTrees::Tree& tree = trees.tree(number);
    Left<Tiles> left;
    for (std::size_t tile = 0; tile < Tiles; ++tile) {
      left.low[tile] = left.high[tile] = _mm512_set1_epi32(-1);
    }
    ask<Tiles, true, false>(splits + tree.low, splits + tree.both, columns.facts.data(), left);
    ask<Tiles, true, true>(splits + tree.both, splits + tree.high, columns.facts.data(), left);
    ask<Tiles, false, true>(splits + tree.high, splits + tree.end, columns.facts.data(), left);
    const float* const leaves = trees.leaves() + tree.leaves;
    for (std::size_t tile = 0; tile < Tiles; ++tile) {
      sum[tile] = _mm512_add_ps(sum[tile], first_leaves(left.low[tile], left.high[tile], leaves));
    }
  }
  for (std::size_t tile = 0; tile < Tiles; ++tile) {
    _mm512_storeu_ps(sums + tile * kLanes, sum[tile]);
  }
}

constexpr std::array kAddTiles = {add_tiles<1>, add_tiles<2>, add_tiles<3>, add_tiles<4>};

void add(const MaskedTrees& trees, std::size_t first, std::size_t last,
         std::span<const float* const> rows, std::size_t width, float* sums) {
  constexpr std::size_t kMost = kMostTiles * kLanes;
  for (; rows.size() >= kMost; rows = rows.subspan(kMost), sums += kMost) {
    add_tiles<kMostTiles>(trees, first, last, rows.data(), width, sums);
  }
  if (rows.empty()) return;
  // The lanes that are left over take the last row, too.
  std::array<const float*, kMost> some{};
  std::array<float, kMost> sums_of_some{};
  std::fill(std::copy(rows.begin(), rows.end(), some.begin()), some.end(), rows.back());
  std::copy_n(sums, rows.size(), sums_of_some.begin());
  kAddTiles[(rows.size() - 1) / kLanes](trees, first, last, some.data(), width,
                                        sums_of_some.data());
  std::copy_n(sums_of_some.begin(), rows.size(), sums);
}

constexpr MaskSums kSums{add};

}  // namespace

const MaskSums* avx512_sums() noexcept {
  const bool has = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd");
  return has ? &kSums : nullptr;
}

}  // namespace copydesk::trees

#else

namespace copydesk::trees {
const MaskSums* avx512_sums() noexcept {
  return nullptr;
}
}  // namespace copydesk::trees

#endif
