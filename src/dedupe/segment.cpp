#include "dedupe/segment.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

namespace copydesk::dedupe {

Result<Segment> Segment::open(const std::string& path) {
  Segment segment;
  segment.path_ = path;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {ErrorCode::cannot_open, path + ": " + std::strerror(errno)};
  struct stat facts {};
  void* data = MAP_FAILED;
  if (::fstat(file, &facts) == 0 && facts.st_size >= static_cast<off_t>(sizeof(SegmentHeader))) {
    segment.size_ = static_cast<std::size_t>(facts.st_size);
    data = ::mmap(nullptr, segment.size_, PROT_READ, MAP_SHARED, file, 0);
  }
  ::close(file);
  if (data == MAP_FAILED) return segment.damaged("it is too short");
  segment.data_ = static_cast<const char*>(data);
  if (Status status = segment.check_header(); !status) return status.error();
  if (Status status = segment.check_sections(); !status) return status.error();
  // Look-ups jump about: reading ahead would only push other pages out.
  ::madvise(data, segment.size_, MADV_RANDOM);
  return segment;
}

Segment::~Segment() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

Segment::Segment(Segment&& other) noexcept
    : path_(std::move(other.path_)),
      data_(std::exchange(other.data_, nullptr)),
      size_(other.size_),
      header_(other.header_),
      entries_(other.entries_),
      shards_(other.shards_),
      directory_(other.directory_),
      slots_(other.slots_),
      directory_begin_(other.directory_begin_) {}

Error Segment::damaged(const std::string& what) const {
  return {ErrorCode::bad_data, path_ + ": " + what};
}

Status Segment::check_header() {
  std::memcpy(&header_, data_, sizeof header_);
  if (header_.magic != kSegmentMagic) return damaged("it is no segment of an index");
  if (header_.byte_order != kByteOrder) return damaged("it was made on another kind of machine");
  if (header_.version != kSegmentVersion) {
    return damaged("it has format version " + std::to_string(header_.version) +
                   ", this program reads " + std::to_string(kSegmentVersion));
  }
  if (XXH3_64bits(data_, offsetof(SegmentHeader, checksum)) != header_.checksum) {
    return damaged("its header is damaged");
  }
  if (header_.file_size != size_) return damaged("it is cut off");
  return {};
}

/// The header is what was written: its places can be trusted. Their contents are checked here.
Status Segment::check_sections() {
  const std::pair<const char*, const SectionPlace*> checked[] = {{"entries", &header_.entries},
                                                                 {"shards", &header_.shards},
                                                                 {"directory", &header_.directory},
                                                                 {"keys", &header_.slots}};
  for (const auto& [what, place] : checked) {
    if (XXH3_64bits(data_ + place->offset, place->size) != place->checksum) {
      return damaged(std::string("its ") + what + " are damaged");
    }
  }
  entries_ = section<SegmentEntry>(header_.entries);
  shards_ = section<std::uint64_t>(header_.shards);
  directory_ = section<std::uint32_t>(header_.directory);
  slots_ = section<std::uint64_t>(header_.slots);
  std::size_t begin = 0;
  for (std::size_t shard = 0; shard < kShards; ++shard) {
    directory_begin_[shard] = begin;
    begin += directory_size(static_cast<std::size_t>(shards_[shard + 1] - shards_[shard]));
  }
  return {};
}

/// Where the key's place in the directory is: the entry, and the one behind it, bound its slots.
std::pair<std::size_t, std::size_t> Segment::bucket(std::uint64_t key) const noexcept {
  const std::size_t shard = shard_of(key);
  const auto count = static_cast<std::size_t>(shards_[shard + 1] - shards_[shard]);
  const std::uint64_t buckets = directory_size(count) - 1;
  const auto at = static_cast<std::size_t>((std::uint64_t{tag_of(key)} * buckets) >> 32);
  return {directory_begin_[shard] + at, static_cast<std::size_t>(shards_[shard])};
}

void Segment::find(std::span<const std::uint64_t> keys, std::vector<std::uint32_t>& found) const {
  // Three passes, so that the waits for memory of all keys overlap.
  for (const std::uint64_t key : keys) __builtin_prefetch(&directory_[bucket(key).first]);
  for (const std::uint64_t key : keys) {
    const auto [at, base] = bucket(key);
    __builtin_prefetch(slots_.data() + base + directory_[at]);
  }
  for (const std::uint64_t key : keys) {
    const auto [at, base] = bucket(key);
    for (std::size_t i = base + directory_[at]; i < base + directory_[at + 1]; ++i) {
      if (static_cast<std::uint32_t>(slots_[i] >> 32) == tag_of(key)) {
        found.push_back(static_cast<std::uint32_t>(slots_[i]));
      }
    }
  }
}

Status Segment::load(std::uint32_t number, StoredDocument& document) const {
  const SegmentEntry& entry = entries_[number];
  const std::uint64_t room = header_.records.size;
  RecordHead head;
  if (entry.record > room || room - entry.record < sizeof head)
    return damaged("a record is out of place");
  const char* data = data_ + header_.records.offset + entry.record;
  std::memcpy(&head, data, sizeof head);
  const std::uint64_t size =
      sizeof head + head.id_size + std::uint64_t{head.shingles} * sizeof(std::uint32_t);
  if (size > room - entry.record ||
      static_cast<std::uint32_t>(XXH3_64bits(data, size)) != entry.checksum) {
    return damaged("a record is damaged");
  }
  document.text_hash = head.text_hash;
  document.url_key = head.url_key;
  document.id.assign(data + sizeof head, head.id_size);
  document.shingles.resize(head.shingles);
  if (head.shingles > 0) {
    std::memcpy(document.shingles.data(), data + sizeof head + head.id_size,
                head.shingles * sizeof(std::uint32_t));
  }
  return {};
}

}  // namespace copydesk::dedupe
