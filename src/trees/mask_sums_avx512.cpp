/// @file
/// Sixteen rows at a time.

#include "trees/mask_sums.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "trees/row_tile.h"

#define COPYDESK_VECTOR [[gnu::target("avx512f,avx512cd")]]

namespace copydesk::trees {
namespace {

constexpr std::size_t kLanes = 16;

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

using Tile = RowTile<kLanes>;
using Split = MaskedTrees::Split;

/// The rows that go right at a split.
COPYDESK_VECTOR inline __mmask16 over(const Tile& tile, const Split& split) {
  return _mm512_cmp_ps_mask(_mm512_load_ps(tile.fact(split.fact)), _mm512_set1_ps(split.limit),
                            _CMP_GT_OQ);
}

COPYDESK_VECTOR inline __m512i keep(__m512i leaves, __mmask16 rows, std::uint32_t kept) {
  return _mm512_mask_and_epi32(leaves, rows, leaves, _mm512_set1_epi32(static_cast<int>(kept)));
}

COPYDESK_VECTOR void add(const MaskedTrees& trees, std::size_t first, std::size_t last,
                         const float* const* rows, std::size_t width, float* sums) {
  const Tile tile(rows, width);
  const Split* const splits = trees.splits();
  __m512 sum = _mm512_loadu_ps(sums);
  for (std::size_t number = first; number < last; ++number) {
    const MaskedTrees::Tree& tree = trees.tree(number);
    __m512i low = _mm512_set1_epi32(-1);
    __m512i high = low;
    std::uint32_t at = tree.low;
    for (; at < tree.both; ++at) low = keep(low, over(tile, splits[at]), splits[at].low);
    for (; at < tree.high; ++at) {
      const __mmask16 right = over(tile, splits[at]);
      low = keep(low, right, splits[at].low);
      high = keep(high, right, splits[at].high);
    }
    for (; at < tree.end; ++at) high = keep(high, over(tile, splits[at]), splits[at].high);
    sum = _mm512_add_ps(sum, first_leaves(low, high, trees.leaves() + tree.leaves));
  }
  _mm512_storeu_ps(sums, sum);
}

constexpr MaskSums kSums{kLanes, add};

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
