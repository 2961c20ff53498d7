/// @file
/// Sixteen rows at a time, as two vectors, which share what is loaded of a tree.

#include "trees/mask_sums.h"

#if defined(__x86_64__)

#include <algorithm>
#include <array>

#include <immintrin.h>

#define COPYDESK_VECTOR [[gnu::target("avx2"), gnu::always_inline]]

namespace copydesk::trees {
namespace {

constexpr std::size_t kHalf = 8;
constexpr std::size_t kLanes = 2 * kHalf;

/// Sixteen rows turned into columns: one fact of all of them side by side.
struct Columns {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): filled as far as it is read
  alignas(64) std::array<float, kMostFacts * kLanes> facts;
};

/// Four facts of the rows 0 and 4.
COPYDESK_VECTOR inline __m256 halves(const float* const* rows, std::size_t fact) {
  return _mm256_set_m128(_mm_loadu_ps(rows[4] + fact), _mm_loadu_ps(rows[0] + fact));
}

/// Turns eight rows.
COPYDESK_VECTOR inline void turn(const float* const* rows, std::size_t width, float* columns) {
  std::size_t fact = 0;
  for (; fact + 4 <= width; fact += 4) {
    const __m256 a = halves(rows, fact);
    const __m256 b = halves(rows + 1, fact);
    const __m256 c = halves(rows + 2, fact);
    const __m256 d = halves(rows + 3, fact);
    const __m256d low_ab = _mm256_castps_pd(_mm256_unpacklo_ps(a, b));
    const __m256d low_cd = _mm256_castps_pd(_mm256_unpacklo_ps(c, d));
    const __m256d high_ab = _mm256_castps_pd(_mm256_unpackhi_ps(a, b));
    const __m256d high_cd = _mm256_castps_pd(_mm256_unpackhi_ps(c, d));
    float* const to = columns + fact * kLanes;
    _mm256_store_ps(to, _mm256_castpd_ps(_mm256_unpacklo_pd(low_ab, low_cd)));
    _mm256_store_ps(to + kLanes, _mm256_castpd_ps(_mm256_unpackhi_pd(low_ab, low_cd)));
    _mm256_store_ps(to + 2 * kLanes, _mm256_castpd_ps(_mm256_unpacklo_pd(high_ab, high_cd)));
    _mm256_store_ps(to + 3 * kLanes, _mm256_castpd_ps(_mm256_unpackhi_pd(high_ab, high_cd)));
  }
  for (; fact < width; ++fact) {
    for (std::size_t lane = 0; lane < kHalf; ++lane) {
      columns[fact * kLanes + lane] = rows[lane][fact];
    }
  }
}

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

using Split = MaskedTrees::Split;

/// Something of sixteen rows.
struct Pair {
  __m256i first, second;
};

/// All ones for the rows that go left at a split.
COPYDESK_VECTOR inline Pair not_over(const float* columns, const Split& split) {
  const float* const facts = columns + split.fact * kLanes;
  const __m256 limit = _mm256_set1_ps(split.limit);
  const __m256 first = _mm256_cmp_ps(_mm256_load_ps(facts), limit, _CMP_NGT_UQ);
  const __m256 second = _mm256_cmp_ps(_mm256_load_ps(facts + kHalf), limit, _CMP_NGT_UQ);
  return {_mm256_castps_si256(first), _mm256_castps_si256(second)};
}

/// Takes the leaves that a split rules out from `leaves` of the rows that go right.
COPYDESK_VECTOR inline void keep(Pair& leaves, const Pair& left, const std::uint32_t& kept) {
  const __m256i some = _mm256_set1_epi32(static_cast<int>(kept));
  leaves.first = _mm256_and_si256(leaves.first, _mm256_or_si256(left.first, some));
  leaves.second = _mm256_and_si256(leaves.second, _mm256_or_si256(left.second, some));
}

/// Adds the trees to the sums of exactly sixteen rows.
[[gnu::target("avx2")]] void add_tile(const MaskedTrees& trees, std::size_t first, std::size_t last,
                                      const float* const* rows, std::size_t width, float* sums) {
  Columns turned;
  const float* const columns = turned.facts.data();
  turn(rows, width, turned.facts.data());
  turn(rows + kHalf, width, turned.facts.data() + kHalf);
  const Split* const splits = trees.splits();
  __m256 first_sum = _mm256_loadu_ps(sums);
  __m256 second_sum = _mm256_loadu_ps(sums + kHalf);
  for (std::size_t number = first; number < last; ++number) {
    const MaskedTrees::Tree& tree = trees.tree(number);
    Pair low{_mm256_set1_epi32(-1), _mm256_set1_epi32(-1)};
    Pair high = low;
    std::uint32_t at = tree.low;
    for (; at < tree.both; ++at) keep(low, not_over(columns, splits[at]), splits[at].low);
    for (; at < tree.high; ++at) {
      const Pair left = not_over(columns, splits[at]);
      keep(low, left, splits[at].low);
      keep(high, left, splits[at].high);
    }
    for (; at < tree.end; ++at) keep(high, not_over(columns, splits[at]), splits[at].high);
    const float* const leaves = trees.leaves() + tree.leaves;
    first_sum = _mm256_add_ps(first_sum, first_leaves(low.first, high.first, leaves));
    second_sum = _mm256_add_ps(second_sum, first_leaves(low.second, high.second, leaves));
  }
  _mm256_storeu_ps(sums, first_sum);
  _mm256_storeu_ps(sums + kHalf, second_sum);
}

void add(const MaskedTrees& trees, std::size_t first, std::size_t last,
         std::span<const float* const> rows, std::size_t width, float* sums) {
  for (; rows.size() >= kLanes; rows = rows.subspan(kLanes), sums += kLanes) {
    add_tile(trees, first, last, rows.data(), width, sums);
  }
  if (rows.empty()) return;
  // The lanes that are left over take the last row, too.
  std::array<const float*, kLanes> some{};
  std::array<float, kLanes> sums_of_some{};
  std::fill(std::copy(rows.begin(), rows.end(), some.begin()), some.end(), rows.back());
  std::copy_n(sums, rows.size(), sums_of_some.begin());
  add_tile(trees, first, last, some.data(), width, sums_of_some.data());
  std::copy_n(sums_of_some.begin(), rows.size(), sums);
}

constexpr MaskSums kSums{add};

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
