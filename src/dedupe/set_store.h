#pragma once

/// @file
/// What is needed of a remembered document only when a candidate is verified: its id and its
/// shingles.

#include <cstddef>
#include <cstdint>
#include <memory>
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
/// file, so that memory is bounded; the file vanishes with the process, however that ends.
class SetStore {
 public:
  SetStore(std::size_t in_memory, std::string folder);
  ~SetStore();
  SetStore(const SetStore&) = delete;
  SetStore& operator=(const SetStore&) = delete;

  /// Stores a document; returns where it stands.
  [[nodiscard]] Result<std::uint64_t> append(const Sketch& sketch);

  /// Reads text hash, URL key and id only.
  [[nodiscard]] Status load_head(std::uint64_t at, StoredDocument& document) const;
  /// Reads all.
  [[nodiscard]] Status load(std::uint64_t at, StoredDocument& document) const;

  [[nodiscard]] std::uint64_t size() const noexcept { return end_; }
  [[nodiscard]] std::uint64_t memory() const noexcept;

 private:
  static constexpr std::size_t kChunk = std::size_t{1} << 20;
  using Chunk = std::unique_ptr<char[]>;

  [[nodiscard]] Status write(const void* data, std::size_t size);
  [[nodiscard]] Status read(std::uint64_t at, void* data, std::size_t size) const;
  [[nodiscard]] Status finish_chunk();
  [[nodiscard]] Status open_file();

  std::size_t chunks_in_memory_;
  std::string folder_;
  std::vector<Chunk> kept_;  ///< the first chunks
  Chunk tail_;               ///< the chunk that is being filled, once kept_ is full
  std::uint64_t end_ = 0;
  int file_ = -1;
};

}  // namespace copydesk::dedupe
