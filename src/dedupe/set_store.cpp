#include "dedupe/set_store.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace copydesk::dedupe {
namespace {

struct Head {
  TextHash text_hash;
  std::uint64_t url_key;
  std::uint32_t id_size;
  std::uint32_t shingles;
};

Error system_error(ErrorCode code, const std::string& what) {
  return {code, what + ": " + std::strerror(errno)};
}

}  // namespace

SetStore::SetStore(std::size_t in_memory, std::string folder)
    : most_waiting_(std::min(kMostWaiting, in_memory / kChunk / 4)),
      chunks_in_memory_(std::max<std::size_t>(1, in_memory / kChunk - most_waiting_)),
      folder_(std::move(folder)) {}

SetStore::~SetStore() {
  if (file_ >= 0) ::close(file_);
}

Result<std::uint64_t> SetStore::append(const Sketch& sketch) {
  const std::uint64_t at = end_;
  const Head head{sketch.text_hash, sketch.url_key, static_cast<std::uint32_t>(sketch.id.size()),
                  static_cast<std::uint32_t>(sketch.shingles.size())};
  Status status = write(&head, sizeof head);
  if (status) status = write(sketch.id.data(), sketch.id.size());
  if (status) {
    status = write(sketch.shingles.data(), sketch.shingles.size() * sizeof(std::uint32_t));
  }
  if (!status) return status.error();
  return at;
}

/// One read brings the head, an id of usual length and, of most articles, the shingles.
class SetStore::Reading {
 public:
  Reading(const SetStore& store, std::uint64_t at) : store_(store), at_(at) {}

  /// Reads the first bytes; `most` is what is worth reading at once.
  [[nodiscard]] Status begin(std::size_t most) {
    size_ = static_cast<std::size_t>(
        std::min<std::uint64_t>(std::min(most, first_.size()), store_.end_ - at_));
    return store_.read(at_, first_.data(), size_);
  }

  /// The next `size` bytes.
  [[nodiscard]] Status take(void* data, std::size_t size) {
    const std::size_t here = std::min(size, size_ - std::min(size_, taken_));
    if (here > 0) std::memcpy(data, first_.data() + taken_, here);
    taken_ += size;
    if (here == size) return {};
    return store_.read(at_ + taken_ - size + here, static_cast<char*>(data) + here, size - here);
  }

  [[nodiscard]] Status take_head(StoredDocument& document) {
    Head head;
    if (Status status = take(&head, sizeof head); !status) return status;
    document.text_hash = head.text_hash;
    document.url_key = head.url_key;
    document.shingles.resize(head.shingles);
    document.id.resize(head.id_size);
    return take(document.id.data(), document.id.size());
  }

 private:
  const SetStore& store_;
  std::uint64_t at_;
  std::array<char, 4096> first_;
  std::size_t size_ = 0;  ///< bytes in first_
  std::size_t taken_ = 0;
};

Status SetStore::load_head(std::uint64_t at, StoredDocument& document) const {
  Reading reading(*this, at);
  Status status = reading.begin(sizeof(Head) + 64);
  return status ? reading.take_head(document) : status;
}

Status SetStore::load(std::uint64_t at, StoredDocument& document) const {
  Reading reading(*this, at);
  Status status = reading.begin(4096);
  if (status) status = reading.take_head(document);
  if (!status) return status;
  return reading.take(document.shingles.data(), document.shingles.size() * sizeof(std::uint32_t));
}

Status SetStore::write(const void* data, std::size_t size) {
  const char* from = static_cast<const char*>(data);
  while (size > 0) {
    const std::size_t used = end_ % kChunk;
    if (used == 0) {
      if (Status status = finish_chunk(); !status) return status;
    }
    const std::size_t part = std::min(size, kChunk - used);
    char* to = tail_ ? tail_.get() : kept_.back().get();
    std::memcpy(to + used, from, part);
    from += part;
    size -= part;
    end_ += part;
  }
  return {};
}

/// Makes room for the chunk that begins at end_: a new one in memory, or the tail put aside.
Status SetStore::finish_chunk() {
  if (kept_.size() < chunks_in_memory_) {
    kept_.push_back(std::make_unique_for_overwrite<char[]>(kChunk));
    return {};
  }
  if (tail_) return put_aside_tail();
  tail_ = std::make_unique_for_overwrite<char[]>(kChunk);
  first_waiting_ = kept_.size();
  return open_file();
}

Status SetStore::put_aside_tail() {
  std::unique_lock lock(mutex_);
  waiting_.push_back(std::move(tail_));
  if (waiting_.size() > most_waiting_) {
    lock.unlock();
    write_behind();
    lock.lock();
    // If another thread writes, it takes them all.
    written_.wait(lock, [&] { return waiting_.size() <= most_waiting_ || !state_; });
  }
  if (spare_.empty()) spare_.push_back(std::make_unique_for_overwrite<char[]>(kChunk));
  tail_ = std::move(spare_.back());
  spare_.pop_back();
  return state_;
}

void SetStore::write_behind() {
  std::unique_lock lock(mutex_);
  if (writing_) return;
  writing_ = true;
  while (!waiting_.empty() && state_) {
    const char* data = waiting_.front().get();
    const std::uint64_t number = first_waiting_;
    lock.unlock();
    Status status = write_chunk(number, data);
    lock.lock();
    if (status) {
      spare_.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
      ++first_waiting_;
    } else {
      state_ = std::move(status);
    }
    written_.notify_all();
  }
  writing_ = false;
}

Status SetStore::write_chunk(std::uint64_t number, const char* data) const {
  const auto at = static_cast<off_t>((number - kept_.size()) * kChunk);
  for (std::size_t done = 0; done < kChunk;) {
    const ssize_t count =
        ::pwrite(file_, data + done, kChunk - done, at + static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return system_error(ErrorCode::write_failed, "temporary file in " + folder_);
    done += static_cast<std::size_t>(count);
  }
  return {};
}

Status SetStore::open_file() {
  std::string name = folder_ + "/dedupe-XXXXXX";
  file_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (file_ < 0) return system_error(ErrorCode::write_failed, "temporary file in " + folder_);
  ::unlink(name.c_str());
  return {};
}

Status SetStore::read(std::uint64_t at, void* data, std::size_t size) const {
  char* to = static_cast<char*>(data);
  const std::uint64_t tail_begin = end_ == 0 ? 0 : (end_ - 1) / kChunk * kChunk;
  while (size > 0) {
    const std::size_t chunk = at / kChunk;
    const std::size_t offset = at % kChunk;
    std::size_t part = std::min(size, kChunk - offset);
    if (chunk < kept_.size()) {
      std::memcpy(to, kept_[chunk].get() + offset, part);
    } else if (at >= tail_begin) {
      std::memcpy(to, tail_.get() + offset, part);
    } else if (!read_waiting(at, to, part)) {
      const ssize_t count =
          ::pread(file_, to, part, static_cast<off_t>(at - kept_.size() * kChunk));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return system_error(ErrorCode::read_failed, "temporary file in " + folder_);
      part = static_cast<std::size_t>(count);
    }
    to += part;
    at += part;
    size -= part;
  }
  return {};
}

/// Reads bytes of one chunk if that waits to be written.
bool SetStore::read_waiting(std::uint64_t at, char* to, std::size_t size) const {
  const std::lock_guard lock(mutex_);
  const std::uint64_t chunk = at / kChunk;
  if (chunk < first_waiting_) return false;
  std::memcpy(to, waiting_[chunk - first_waiting_].get() + at % kChunk, size);
  return true;
}

std::uint64_t SetStore::memory() const noexcept {
  const std::lock_guard lock(mutex_);
  return (kept_.size() + (tail_ ? 1 : 0) + waiting_.size() + spare_.size()) * kChunk;
}

}  // namespace copydesk::dedupe
