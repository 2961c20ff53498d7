#pragma once

/// @file
/// A segment of the index, mapped for reading.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "copydesk/error.h"

#include "dedupe/segment_format.h"
#include "dedupe/set_store.h"

namespace copydesk::dedupe {

/// Immutable; the mapping lives as long as the object, also when the file is deleted meanwhile.
class Segment {
 public:
  /// Maps the file and checks all of it but the records, which are checked one by one when they are
  /// read: they are most of the file. Error: cannot_open, bad_data with what is wrong.
  [[nodiscard]] static Result<Segment> open(const std::string& path);
  ~Segment();
  Segment(Segment&& other) noexcept;
  Segment& operator=(Segment&&) = delete;

  [[nodiscard]] const SegmentHeader& header() const noexcept { return header_; }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

  /// Appends the numbers of the documents under any of the keys (strangers possible).
  void find(std::span<const std::uint64_t> keys, std::vector<std::uint32_t>& found) const;

  [[nodiscard]] const SegmentEntry& entry(std::uint32_t number) const noexcept {
    return entries_[number];
  }
  /// Error: bad_data if the record is damaged.
  [[nodiscard]] Status load(std::uint32_t number, StoredDocument& document) const;

 private:
  Segment() = default;
  [[nodiscard]] Status check_header();
  [[nodiscard]] Status check_sections();
  [[nodiscard]] Error damaged(const std::string& what) const;
  [[nodiscard]] std::pair<std::size_t, std::size_t> bucket(std::uint64_t key) const noexcept;

  template <typename T>
  [[nodiscard]] std::span<const T> section(const SectionPlace& place) const noexcept {
    return {reinterpret_cast<const T*>(data_ + place.offset),
            static_cast<std::size_t>(place.size / sizeof(T))};
  }

  std::string path_;
  const char* data_ = nullptr;
  std::size_t size_ = 0;
  SegmentHeader header_;
  std::span<const SegmentEntry> entries_;
  std::span<const std::uint64_t> shards_;
  std::span<const std::uint32_t> directory_;
  std::span<const std::uint64_t> slots_;
  std::array<std::size_t, kShards> directory_begin_{};
};

/// Entries of the directory for a shard of `slots` slots.
[[nodiscard]] constexpr std::size_t directory_size(std::size_t slots) noexcept {
  return slots / kBucketSlots + 2;
}

}  // namespace copydesk::dedupe
