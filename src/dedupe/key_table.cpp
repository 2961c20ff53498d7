#include "dedupe/key_table.h"

#include <algorithm>
#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "dedupe/segment_format.h"

namespace copydesk::dedupe {
namespace {

constexpr std::size_t kFirstLines = 16;
/// A shard of this many lines or fewer doubles: copying counts there, not memory.
constexpr std::size_t kSmallShard = 512;

}  // namespace

/// Bit i is set where slot i has the tag.
[[gnu::always_inline]] inline std::uint32_t KeyTable::slots_with(const Line& line,
                                                                 std::uint32_t tag) noexcept {
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi32(static_cast<int>(tag));
  const auto* tags = reinterpret_cast<const __m128i*>(line.tags);
  const auto same = [&](int i) { return _mm_cmpeq_epi32(_mm_load_si128(tags + i), wanted); };
  const __m128i bytes =
      _mm_packs_epi16(_mm_packs_epi32(same(0), same(1)), _mm_packs_epi32(same(2), same(3)));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(bytes));
#else
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < kSlots; ++i) {
    bits |= static_cast<std::uint32_t>(line.tags[i] == tag) << i;
  }
  return bits;
#endif
}

KeyTable::Shard::Shard(std::size_t wanted)
    : lines(wanted * sizeof(Line)),
      count(wanted),
      // So that most look-ups end in their first line or the next.
      limit(wanted * kSlots * 23 / 25) {}

KeyTable::KeyTable(std::size_t bucket_cap) : bucket_cap_(bucket_cap) {
  shards_.reserve(kShards);
  for (std::size_t i = 0; i < kShards; ++i) shards_.emplace_back(kFirstLines);
}

void KeyTable::prefetch(std::uint64_t key) const noexcept {
  const Shard& shard = shards_[shard_of(key)];
  const Line& line = shard.line(shard.home(tag_of(key)));
  __builtin_prefetch(line.tags);
  __builtin_prefetch(line.documents, 1);
}

void KeyTable::find(std::uint64_t key, std::vector<std::uint32_t>& found) const {
  const Shard& shard = shards_[shard_of(key)];
  const std::uint32_t tag = tag_of(key);
  const std::size_t begin = found.size();
  for (std::size_t at = shard.home(tag);; at = shard.after(at)) {
    const Line& line = shard.line(at);
    for (std::uint32_t slots = slots_with(line, tag); slots != 0; slots &= slots - 1) {
      found.push_back(line.documents[std::countr_zero(slots)]);
    }
    if (!line.full()) break;
  }
  if (found.size() > begin + 1) {
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(begin), found.end());
  }
}

void KeyTable::insert(std::uint64_t key, std::uint32_t document) {
  Shard& shard = shards_[shard_of(key)];
  const std::uint32_t tag = tag_of(key);
  if (shard.used >= shard.limit) grow(shard);
  std::size_t count = 0;
  std::uint32_t* oldest = nullptr;
  std::size_t at = shard.home(tag);
  for (;; at = shard.after(at)) {
    Line& line = shard.line(at);
    for (std::uint32_t slots = slots_with(line, tag); slots != 0; slots &= slots - 1) {
      std::uint32_t& held = line.documents[std::countr_zero(slots)];
      ++count;
      if (oldest == nullptr || held < *oldest) oldest = &held;
    }
    if (!line.full()) break;
  }
  if (oldest != nullptr && count >= bucket_cap_) {
    *oldest = document;
    ++capped_;
    return;
  }
  Line& line = shard.line(at);
  const auto slot = static_cast<std::size_t>(std::countr_zero(slots_with(line, 0)));
  line.tags[slot] = tag;
  line.documents[slot] = document;
  ++size_;
  ++shard.used;
}

void KeyTable::grow(Shard& shard) {
  const std::size_t more = shard.count <= kSmallShard ? shard.count : shard.count / 8;
  Shard grown(shard.count + more);
  grown.used = shard.used;
  // How far each line is filled: to look for the end of each anew would cost most of the time.
  std::vector<std::uint8_t> filled(grown.count, 0);
  for (std::size_t i = 0; i < shard.count; ++i) {
    const Line& line = shard.line(i);
    for (std::size_t slot = 0; slot < kSlots && line.tags[slot] != 0; ++slot) {
      std::size_t to = grown.home(line.tags[slot]);
      while (filled[to] == kSlots) to = grown.after(to);
      grown.line(to).tags[filled[to]] = line.tags[slot];
      grown.line(to).documents[filled[to]++] = line.documents[slot];
    }
  }
  shard = std::move(grown);
}

std::uint64_t KeyTable::memory() const noexcept {
  std::uint64_t bytes = 0;
  for (const Shard& shard : shards_) bytes += shard.lines.bytes();
  return bytes;
}

}  // namespace copydesk::dedupe
