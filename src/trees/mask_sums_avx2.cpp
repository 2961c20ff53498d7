/// @file
/// Sixteen rows at a time, as two vectors, which share what is loaded of a tree.

#include "trees/mask_sums.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "trees/row_tile.h"

#define COPYDESK_VECTOR [[gnu::target("avx2")]]

namespace copydesk::trees {
namespace {

constexpr std::size_t kHalf = 8;
constexpr std::size_t kLanes = 2 * kHalf;

/// The number of the lowest bit that is set, by the exponent of a float. Not for zero.
COPYDESK_VECTOR inline __m256i lowest_bit(__m256i bits) {
  const __m256i lowest = _mm256_and_si256(bits, _mm256_sub_epi32(_mm256_setzero_si256(), bits));
  const __m256i number = _mm256_castps_si256(_mm256_cvtepi32_ps(lowest));
  const __m256i exponent = _mm256_and_si256(_mm256_srli_epi32(number, 23), _mm256_set1_epi32(255));
  return _mm256_sub_epi32(exponent, _mm256_set1_epi32(127));
}

/// The leaf values of the rows, by the leaves that are left of each.
COPYDESK_VECTOR inline __m256 first_leaves(__m256i low, __m256i high, const float* leaves) {
  const __m256i none_low = _mm256_cmpeq_epi32(low, _mm256_setzero_si256());
  const __m256i left = _mm256_blendv_epi8(low, high, none_low);
  const __m256i behind = _mm256_and_si256(none_low, _mm256_set1_epi32(32));
  return _mm256_i32gather_ps(leaves, _mm256_add_epi32(lowest_bit(left), behind), sizeof(float));
}

using Tile = RowTile<kLanes>;
using Split = MaskedTrees::Split;

/// Something of sixteen rows.
struct Pair {
  __m256i first, second;
};

/// All ones for the rows that go right at a split.
COPYDESK_VECTOR inline Pair over(const Tile& tile, const Split& split) {
  const float* const facts = tile.fact(split.fact);
  const __m256 limit = _mm256_set1_ps(split.limit);
  const __m256 first = _mm256_cmp_ps(_mm256_load_ps(facts), limit, _CMP_GT_OQ);
  const __m256 second = _mm256_cmp_ps(_mm256_load_ps(facts + kHalf), limit, _CMP_GT_OQ);
  return {_mm256_castps_si256(first), _mm256_castps_si256(second)};
}

/// Takes the leaves that a split rules out from `leaves` of the rows that go right.
COPYDESK_VECTOR inline void keep(Pair& leaves, const Pair& right, std::uint32_t kept) {
  const __m256i gone = _mm256_set1_epi32(static_cast<int>(~kept));
  leaves.first = _mm256_andnot_si256(_mm256_and_si256(right.first, gone), leaves.first);
  leaves.second = _mm256_andnot_si256(_mm256_and_si256(right.second, gone), leaves.second);
}

COPYDESK_VECTOR void add(const MaskedTrees& trees, std::size_t first, std::size_t last,
                         const float* const* rows, std::size_t width, float* sums) {
  const Tile tile(rows, width);
  const Split* const splits = trees.splits();
  __m256 first_sum = _mm256_loadu_ps(sums);
  __m256 second_sum = _mm256_loadu_ps(sums + kHalf);
  for (std::size_t number = first; number < last; ++number) {
    const MaskedTrees::Tree& tree = trees.tree(number);
    Pair low{_mm256_set1_epi32(-1), _mm256_set1_epi32(-1)};
    Pair high = low;
    std::uint32_t at = tree.low;
    for (; at < tree.both; ++at) keep(low, over(tile, splits[at]), splits[at].low);
    for (; at < tree.high; ++at) {
      const Pair right = over(tile, splits[at]);
      keep(low, right, splits[at].low);
      keep(high, right, splits[at].high);
    }
    for (; at < tree.end; ++at) keep(high, over(tile, splits[at]), splits[at].high);
    const float* const leaves = trees.leaves() + tree.leaves;
    first_sum = _mm256_add_ps(first_sum, first_leaves(low.first, high.first, leaves));
    second_sum = _mm256_add_ps(second_sum, first_leaves(low.second, high.second, leaves));
  }
  _mm256_storeu_ps(sums, first_sum);
  _mm256_storeu_ps(sums + kHalf, second_sum);
}

constexpr MaskSums kSums{kLanes, add};

}  // namespace

const MaskSums* avx2_sums() noexcept {
  return __builtin_cpu_supports("avx2") ? &kSums : nullptr;
}

}  // namespace copydesk::trees

#else

namespace copydesk::trees {
const MaskSums* avx2_sums() noexcept {
  return nullptr;
}
}  // namespace copydesk::trees

#endif
