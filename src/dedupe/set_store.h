#pragma once

/// @file
/// What is needed of a remembered document only when a candidate is verified: its id and its
/// shingles.

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/dedupe.h"
#include "copydesk/error.h"

namespace copydesk::dedupe {

/// A document as it was stored.
struct StoredDocument {
  TextHash text_hash;
  std::uint64_t url_key = 0;
  std::string id;
  std::vector<std::uint32_t> shingles;
};

/// An append-only store. The first bytes stay in memory, the others go to an unnamed temporary
/// file, so that memory is bounded; the file vanishes with the process, however that ends. Not
/// thread-safe, but for write_behind().
class SetStore {
 public:
  SetStore(std::size_t in_memory, std::string folder);
  ~SetStore();
  SetStore(const SetStore&) = delete;
  SetStore& operator=(const SetStore&) = delete;

  /// Stores a document; returns where it stands.
  [[nodiscard]] Result<std::uint64_t> append(const Sketch& sketch);

  /// Writes the chunks that are full to the file; where another thread does so, returns at once.
  /// May be called while another thread is in append() or load(). Who never calls it has append()
  /// write when a few chunks wait. What fails is told by the next append(); nothing is lost by it.
  void write_behind();

  /// Reads text hash, URL key and id only.
  [[nodiscard]] Status load_head(std::uint64_t at, StoredDocument& document) const;
  /// Reads all.
  [[nodiscard]] Status load(std::uint64_t at, StoredDocument& document) const;

  [[nodiscard]] std::uint64_t size() const noexcept { return end_; }
  [[nodiscard]] std::uint64_t memory() const noexcept;

 private:
  static constexpr std::size_t kChunk = std::size_t{1} << 20;
  static constexpr std::size_t kMostWaiting = 4;
  using Chunk = std::unique_ptr<char[]>;
  class Reading;

  [[nodiscard]] Status write(const void* data, std::size_t size);
  [[nodiscard]] Status read(std::uint64_t at, void* data, std::size_t size) const;
  [[nodiscard]] Status finish_chunk();
  [[nodiscard]] Status put_aside_tail();
  [[nodiscard]] Status open_file();
  [[nodiscard]] Status write_chunk(std::uint64_t number, const char* data) const;
  [[nodiscard]] bool read_waiting(std::uint64_t at, char* to, std::size_t size) const;

  std::size_t most_waiting_;  ///< chunks; a part of what may be in memory
  std::size_t chunks_in_memory_;
  std::string folder_;
  std::vector<Chunk> kept_;  ///< the first chunks
  Chunk tail_;               ///< the chunk that is being filled, once kept_ is full
  std::uint64_t end_ = 0;
  int file_ = -1;

  mutable std::mutex mutex_;  ///< for what follows
  std::condition_variable written_;
  std::deque<Chunk> waiting_;        ///< full, not yet in the file
  std::uint64_t first_waiting_ = 0;  ///< number of the first of them
  std::vector<Chunk> spare_;         ///< to be filled again
  bool writing_ = false;             ///< somebody writes the first of them
  Status state_;
};

}  // namespace copydesk::dedupe
