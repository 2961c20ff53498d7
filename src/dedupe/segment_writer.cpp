#include "dedupe/segment_writer.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

#include "dedupe/segment.h"

namespace copydesk::dedupe {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 20;
constexpr std::uint32_t kDropped = ~std::uint32_t{0};

bool is_survivor(const SegmentSource& source, std::uint32_t number) {
  return source.entries[number].root == source.first_document + number;
}

/// A file being written: buffered, every step checked, with a running checksum of the section.
class SectionFile {
 public:
  explicit SectionFile(std::string path) : path_(std::move(path)), hash_(XXH3_createState()) {
    buffer_.reserve(kBuffer);
  }
  ~SectionFile() {
    if (file_ < 0) return;
    ::close(file_);
    ::unlink(path_.c_str());
  }
  SectionFile(const SectionFile&) = delete;
  SectionFile& operator=(const SectionFile&) = delete;

  Status open() {
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file_ < 0) return failure();
    begin_section();
    return {};
  }

  void begin_section() {
    section_.offset = offset_;
    section_.size = 0;
    XXH3_64bits_reset(hash_.get());
  }

  Status put(const void* data, std::size_t size) {
    if (size == 0) return {};
    XXH3_64bits_update(hash_.get(), data, size);
    section_.size += size;
    offset_ += size;
    if (buffer_.size() + size > kBuffer) {
      if (Status status = flush(); !status) return status;
    }
    if (size > kBuffer) return write_out(static_cast<const char*>(data), size);
    buffer_.append(static_cast<const char*>(data), size);
    return {};
  }

  SectionPlace end_section() {
    section_.checksum = XXH3_64bits_digest(hash_.get());
    return section_;
  }

  [[nodiscard]] std::uint64_t offset() const noexcept { return offset_; }

  /// Puts the header at the file's begin, makes the file durable and gives it its name.
  Status finish(const SegmentHeader& header, const std::string& name) {
    if (Status status = flush(); !status) return status;
    if (::pwrite(file_, &header, sizeof header, 0) != static_cast<ssize_t>(sizeof header)) {
      return failure();
    }
    if (::fsync(file_) != 0) return failure();
    const int file = std::exchange(file_, -1);
    if (::close(file) != 0 || ::rename(path_.c_str(), name.c_str()) != 0) {
      const Error error = failure();
      ::unlink(path_.c_str());
      return error;
    }
    return sync_folder(name);
  }

 private:
  struct Free {
    void operator()(XXH3_state_t* state) const noexcept { XXH3_freeState(state); }
  };

  [[nodiscard]] Error failure() const {
    return {ErrorCode::write_failed, path_ + ": " + std::strerror(errno)};
  }

  Status flush() {
    Status status = write_out(buffer_.data(), buffer_.size());
    buffer_.clear();
    return status;
  }

  Status write_out(const char* data, std::size_t size) {
    while (size > 0) {
      const ssize_t count = ::write(file_, data, size);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return failure();
      data += count;
      size -= static_cast<std::size_t>(count);
    }
    return {};
  }

  Status sync_folder(const std::string& name) const {
    const std::string folder = name.substr(0, name.rfind('/'));
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = directory >= 0 && ::fsync(directory) == 0;
    if (directory >= 0) ::close(directory);
    if (!synced) return failure();
    return {};
  }

  std::string path_;
  std::unique_ptr<XXH3_state_t, Free> hash_;
  std::string buffer_;
  int file_ = -1;
  std::uint64_t offset_ = 0;
  SectionPlace section_;
};

class Writer {
 public:
  Writer(const SegmentSource& source, SegmentHeader header, const std::string& path)
      : source_(source), header_(header), path_(path), file_(path + ".tmp") {}

  Status run() {
    number_survivors();
    Status status = file_.open();
    if (status) status = file_.put(&header_, sizeof header_);
    if (status) status = put_entries();
    if (status) status = put_keys();
    if (status) status = put_records();
    if (!status) return status;
    header_.file_size = file_.offset();
    header_.checksum = XXH3_64bits(&header_, offsetof(SegmentHeader, checksum));
    return file_.finish(header_, path_);
  }

 private:
  /// Only survivors go into the index: for the others, they stand there.
  void number_survivors() {
    numbers_.assign(source_.entries.size(), kDropped);
    for (std::uint32_t i = 0; i < numbers_.size(); ++i) {
      if (is_survivor(source_, i)) {
        numbers_[i] = static_cast<std::uint32_t>(survivors_.size());
        survivors_.push_back(i);
      }
    }
    header_.documents = survivors_.size();
  }

  /// The entries come before the records, so that these are read once to be measured and summed,
  /// and once to be copied.
  Status put_entries() {
    header_.first_date = std::numeric_limits<std::int64_t>::max();
    header_.last_date = std::numeric_limits<std::int64_t>::min();
    file_.begin_section();
    std::uint64_t at = 0;
    for (const std::uint32_t survivor : survivors_) {
      const Entry& from = source_.entries[survivor];
      if (Status status = read_record(from.stored_at); !status) return status;
      SegmentEntry entry;
      entry.record = at;
      entry.date = from.date;
      entry.checksum = static_cast<std::uint32_t>(XXH3_64bits(record_.data(), record_.size()));
      entry.shingles = static_cast<std::uint32_t>(from.shingles);
      entry.digest = from.digest;
      at += record_.size();
      note_date(from.date);
      if (Status status = file_.put(&entry, sizeof entry); !status) return status;
    }
    header_.entries = file_.end_section();
    return {};
  }

  void note_date(std::int64_t date) {
    if (date == kNoDate) {
      ++header_.undated;
      return;
    }
    header_.first_date = std::min(header_.first_date, date);
    header_.last_date = std::max(header_.last_date, date);
  }

  Status read_record(std::uint64_t at) {
    if (Status status = source_.store.load(at, document_); !status) return status;
    const RecordHead head{document_.text_hash, document_.url_key,
                          static_cast<std::uint32_t>(document_.id.size()),
                          static_cast<std::uint32_t>(document_.shingles.size())};
    record_.assign(reinterpret_cast<const char*>(&head), sizeof head);
    record_.append(document_.id);
    record_.append(reinterpret_cast<const char*>(document_.shingles.data()),
                   document_.shingles.size() * sizeof(std::uint32_t));
    return {};
  }

  /// The slots of one shard with the new numbers, sorted.
  void load_shard(std::size_t shard) {
    slots_.clear();
    source_.table.visit_shard(shard, [&](std::uint32_t tag, std::uint32_t document) {
      if (numbers_[document] == kDropped) return;
      slots_.push_back(std::uint64_t{tag} << 32 | numbers_[document]);
    });
    std::sort(slots_.begin(), slots_.end());
  }

  /// Three passes over the shards: each needs one shard at a time in memory, no more.
  Status put_keys() {
    std::vector<std::uint64_t> begins = {0};
    for (std::size_t shard = 0; shard < kShards; ++shard) {
      load_shard(shard);
      begins.push_back(begins.back() + slots_.size());
    }
    header_.keys = begins.back();
    file_.begin_section();
    Status status = file_.put(begins.data(), begins.size() * sizeof begins[0]);
    header_.shards = file_.end_section();
    if (status) status = put_directory();
    // What follows is read as numbers of 8 bytes.
    const std::uint64_t padding = 0;
    if (status) status = file_.put(&padding, (8 - file_.offset() % 8) % 8);
    file_.begin_section();
    for (std::size_t shard = 0; status && shard < kShards; ++shard) {
      load_shard(shard);
      status = file_.put(slots_.data(), slots_.size() * sizeof slots_[0]);
    }
    header_.slots = file_.end_section();
    return status;
  }

  Status put_directory() {
    file_.begin_section();
    for (std::size_t shard = 0; shard < kShards; ++shard) {
      load_shard(shard);
      const std::size_t buckets = directory_size(slots_.size()) - 1;
      std::vector<std::uint32_t> begins(buckets + 1, 0);
      for (const std::uint64_t slot : slots_) ++begins[(((slot >> 32) * buckets) >> 32) + 1];
      for (std::size_t i = 1; i <= buckets; ++i) begins[i] += begins[i - 1];
      Status status = file_.put(begins.data(), begins.size() * sizeof begins[0]);
      if (!status) return status;
    }
    header_.directory = file_.end_section();
    return {};
  }

  Status put_records() {
    file_.begin_section();
    for (const std::uint32_t survivor : survivors_) {
      Status status = read_record(source_.entries[survivor].stored_at);
      if (status) status = file_.put(record_.data(), record_.size());
      if (!status) return status;
    }
    header_.records = file_.end_section();
    return {};
  }

  const SegmentSource& source_;
  SegmentHeader header_;
  std::string path_;
  SectionFile file_;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::uint32_t> survivors_;
  std::vector<std::uint64_t> slots_;
  StoredDocument document_;
  std::string record_;
};

}  // namespace

std::size_t count_survivors(const SegmentSource& source) {
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < source.entries.size(); ++i) count += is_survivor(source, i);
  return count;
}

Status write_segment(const SegmentSource& source, SegmentHeader header, const std::string& path) {
  return Writer(source, header, path).run();
}

}  // namespace copydesk::dedupe
