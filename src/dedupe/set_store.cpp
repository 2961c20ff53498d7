#include "dedupe/set_store.h"

#include <algorithm>
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
    : chunks_in_memory_(std::max<std::size_t>(1, in_memory / kChunk)), folder_(std::move(folder)) {}

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

Status SetStore::load_head(std::uint64_t at, StoredDocument& document) const {
  Head head;
  if (Status status = read(at, &head, sizeof head); !status) return status;
  document.text_hash = head.text_hash;
  document.url_key = head.url_key;
  document.shingles.resize(head.shingles);
  document.id.resize(head.id_size);
  return read(at + sizeof head, document.id.data(), document.id.size());
}

Status SetStore::load(std::uint64_t at, StoredDocument& document) const {
  if (Status status = load_head(at, document); !status) return status;
  return read(at + sizeof(Head) + document.id.size(), document.shingles.data(),
              document.shingles.size() * sizeof(std::uint32_t));
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

/// Makes room for the chunk that begins at end_: a new one in memory, or the tail written out.
Status SetStore::finish_chunk() {
  if (kept_.size() < chunks_in_memory_) {
    kept_.push_back(std::make_unique_for_overwrite<char[]>(kChunk));
    return {};
  }
  if (!tail_) {
    tail_ = std::make_unique_for_overwrite<char[]>(kChunk);
    return open_file();
  }
  auto at = static_cast<off_t>(end_ - kChunk - kept_.size() * kChunk);
  for (std::size_t done = 0; done < kChunk;) {
    const ssize_t count =
        ::pwrite(file_, tail_.get() + done, kChunk - done, at + static_cast<off_t>(done));
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
    } else {
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

std::uint64_t SetStore::memory() const noexcept {
  return (kept_.size() + (tail_ ? 1 : 0)) * kChunk;
}

}  // namespace copydesk::dedupe
