#include "dedupe/key_table.h"

#include <algorithm>

#include "dedupe/segment_format.h"

namespace copydesk::dedupe {
namespace {

constexpr std::size_t kFirstLines = 16;

std::uint64_t make_slot(std::uint32_t tag, std::uint32_t document) noexcept {
  return std::uint64_t{tag} << 32 | (document + 1U);
}

std::uint32_t tag_in(std::uint64_t slot) noexcept {
  return static_cast<std::uint32_t>(slot >> 32);
}

}  // namespace

KeyTable::KeyTable(std::size_t bucket_cap) : shards_(kShards), bucket_cap_(bucket_cap) {
  for (Shard& shard : shards_) shard.lines.assign(kFirstLines, Line{});
}

std::size_t KeyTable::home(const Shard& shard, std::uint32_t tag) noexcept {
  return static_cast<std::size_t>((std::uint64_t{tag} * shard.lines.size()) >> 32);
}

void KeyTable::prefetch(std::uint64_t key) const noexcept {
  const Shard& shard = shards_[shard_of(key)];
  __builtin_prefetch(&shard.lines[home(shard, tag_of(key))]);
}

void KeyTable::find(std::uint64_t key, std::vector<std::uint32_t>& found) const {
  const Shard& shard = shards_[shard_of(key)];
  const std::uint32_t tag = tag_of(key);
  const std::size_t begin = found.size();
  for (std::size_t line = home(shard, tag);; line = line + 1 < shard.lines.size() ? line + 1 : 0) {
    for (const std::uint64_t slot : shard.lines[line].slots) {
      if (slot == 0) {
        std::sort(found.begin() + static_cast<std::ptrdiff_t>(begin), found.end());
        return;
      }
      if (tag_in(slot) == tag) found.push_back(static_cast<std::uint32_t>(slot) - 1U);
    }
  }
}

void KeyTable::insert(std::uint64_t key, std::uint32_t document) {
  Shard& shard = shards_[shard_of(key)];
  const std::uint32_t tag = tag_of(key);
  // Nine slots of ten filled: most look-ups still end in their first line or the next.
  if (shard.used * 10 >= shard.lines.size() * kSlots * 9) grow(shard);
  std::size_t count = 0;
  std::uint64_t* oldest = nullptr;
  for (std::size_t line = home(shard, tag);; line = line + 1 < shard.lines.size() ? line + 1 : 0) {
    for (std::uint64_t& held : shard.lines[line].slots) {
      if (held == 0) {
        const bool full = oldest != nullptr && count >= bucket_cap_;
        *(full ? oldest : &held) = make_slot(tag, document);
        capped_ += full;
        size_ += !full;
        shard.used += !full;
        return;
      }
      if (tag_in(held) != tag) continue;
      ++count;
      if (oldest == nullptr || held < *oldest) oldest = &held;
    }
  }
}

void KeyTable::grow(Shard& shard) {
  std::vector<Line> old(shard.lines.size() + shard.lines.size() / 8 + 1);
  old.swap(shard.lines);
  // How far each line is filled: to look for the end of each anew would cost most of the time.
  std::vector<std::uint8_t> filled(shard.lines.size(), 0);
  for (const Line& line : old) {
    for (const std::uint64_t slot : line.slots) {
      if (slot == 0) break;
      std::size_t to = home(shard, tag_in(slot));
      while (filled[to] == kSlots) to = to + 1 < shard.lines.size() ? to + 1 : 0;
      shard.lines[to].slots[filled[to]++] = slot;
    }
  }
}

std::uint64_t KeyTable::memory() const noexcept {
  std::uint64_t bytes = 0;
  for (const Shard& shard : shards_) bytes += shard.lines.capacity() * sizeof(Line);
  return bytes;
}

}  // namespace copydesk::dedupe
