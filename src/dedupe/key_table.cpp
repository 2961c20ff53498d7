#include "dedupe/key_table.h"

#include <algorithm>
#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace copydesk::dedupe {
namespace {

constexpr std::size_t kFirstLines = 32;
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

KeyTable::KeyTable(std::size_t bucket_cap) : bucket_cap_(bucket_cap) {
  for (std::size_t shard = 0; shard < kShards; ++shard) resize(shard, kFirstLines);
}

void KeyTable::resize(std::size_t shard, std::size_t count) {
  // Keys that are made to fall into one shard leave the pages of the others empty.
  const bool even = shards_[shard].used <= 2 * (size_ / kShards);
  const std::size_t pages = (count + kPageLines - 1) / kPageLines;
  lines_.grow(pages * kShards * kPageLines * sizeof(Line), even);
  shards_[shard].count = count;
  // So that most look-ups end in their first line or the next.
  shards_[shard].limit = count * kSlots * 23 / 25;
}

void KeyTable::prefetch(const Line& line) noexcept {
  __builtin_prefetch(line.tags);
  __builtin_prefetch(line.documents, 1);
}

void KeyTable::prefetch(std::uint64_t key) const noexcept {
  const std::size_t shard = shard_of(key);
  prefetch(line(shard, shards_[shard].home(tag_of(key))));
}

void KeyTable::prefetch_overflow(std::uint64_t key) const noexcept {
  const std::size_t number = shard_of(key);
  const Shard& shard = shards_[number];
  const std::size_t home = shard.home(tag_of(key));
  if (line(number, home).full()) prefetch(line(number, shard.after(home)));
}

void KeyTable::find(std::uint64_t key, std::vector<std::uint32_t>& found) const {
  const std::size_t number = shard_of(key);
  const Shard& shard = shards_[number];
  const std::uint32_t tag = tag_of(key);
  const std::size_t begin = found.size();
  for (std::size_t at = shard.home(tag);; at = shard.after(at)) {
    const Line& one = line(number, at);
    for (std::uint32_t slots = slots_with(one, tag); slots != 0; slots &= slots - 1) {
      found.push_back(one.documents[std::countr_zero(slots)]);
    }
    if (!one.full()) break;
  }
  if (found.size() > begin + 1) {
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(begin), found.end());
  }
}

void KeyTable::insert(std::uint64_t key, std::uint32_t document) {
  const std::size_t number = shard_of(key);
  Shard& shard = shards_[number];
  const std::uint32_t tag = tag_of(key);
  if (shard.used >= shard.limit) grow(number);
  std::size_t count = 0;
  std::uint32_t* oldest = nullptr;
  std::size_t at = shard.home(tag);
  for (;; at = shard.after(at)) {
    Line& one = line(number, at);
    for (std::uint32_t slots = slots_with(one, tag); slots != 0; slots &= slots - 1) {
      std::uint32_t& held = one.documents[std::countr_zero(slots)];
      ++count;
      if (oldest == nullptr || held < *oldest) oldest = &held;
    }
    if (!one.full()) break;
  }
  if (oldest != nullptr && count >= bucket_cap_) {
    *oldest = document;
    ++capped_;
    return;
  }
  Line& last = line(number, at);
  const auto slot = static_cast<std::size_t>(std::countr_zero(slots_with(last, 0)));
  last.tags[slot] = tag;
  last.documents[slot] = document;
  ++size_;
  ++shard.used;
}

/// Moves what a shard holds to the lines that it belongs in after the shard has become longer:
/// from the last line to the first, for a line's place only rises.
class KeyTable::Growth {
 public:
  Growth(KeyTable& table, std::size_t shard)
      : table_(table), shard_(shard), filled_(table.shards_[shard].count, 0) {}

  void run(std::size_t lines_before) {
    for (std::size_t i = lines_before; i-- > 0;) empty(i);
    for (const Slot& slot : waiting_) put(slot, 0, true);
  }

 private:
  struct Slot {
    std::uint32_t tag, document;
  };

  void empty(std::size_t i) {
    Line& line = table_.line(shard_, i);
    const Line old = line;
    line = {};
    for (std::size_t slot = 0; slot < kSlots && old.tags[slot] != 0; ++slot) {
      put({old.tags[slot], old.documents[slot]}, i, false);
    }
  }

  /// Lines before `least` hold what is still to be moved: what belongs there, having overflowed
  /// out of one of them, or overflows from the last line to the first one, waits to the end.
  void put(const Slot& slot, std::size_t least, bool around) {
    const Shard& shard = table_.shards_[shard_];
    std::size_t to = shard.home(slot.tag);
    bool waits = to < least;
    while (!waits && filled_[to] == kSlots) {
      to = shard.after(to);
      waits = to == 0 && !around;
    }
    if (waits) {
      waiting_.push_back(slot);
      return;
    }
    Line& line = table_.line(shard_, to);
    line.tags[filled_[to]] = slot.tag;
    line.documents[filled_[to]++] = slot.document;
  }

  KeyTable& table_;
  std::size_t shard_;
  /// How far each line is filled: to look for the end of each anew would cost most of the time.
  std::vector<std::uint8_t> filled_;
  std::vector<Slot> waiting_;
};

void KeyTable::grow(std::size_t shard) {
  const std::size_t before = shards_[shard].count;
  resize(shard, before + (before <= kSmallShard ? before : before / 8));
  Growth(*this, shard).run(before);
}

std::uint64_t KeyTable::memory() const noexcept {
  std::uint64_t bytes = 0;
  for (const Shard& shard : shards_) bytes += shard.count * sizeof(Line);
  return bytes;
}

}  // namespace copydesk::dedupe
