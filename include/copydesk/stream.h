#pragma once

/// @file
/// Files, pipes and containers to documents, and documents to files and pipes.
///
/// gzip (all members) and zstd (all frames) input is recognised by its magic bytes. Reading holds
/// one document at a time; nothing here grows with the length of a stream. Objects are not
/// thread-safe; use one from one thread at a time.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/error.h"

namespace copydesk {

struct ReadOptions {
  std::vector<std::string> files;  ///< in this order; "-" is standard input; empty: standard input
  std::optional<Format> from;      ///< read every file as this, without looking at its content
  /// Forms that content is recognised as. The last resort for anything else is `fallback`.
  std::vector<Format> accepted = {Format::text, Format::jsonl};
  Format fallback = Format::text;
  std::uint64_t max_document_size = std::uint64_t{64} << 20;  ///< bytes, after decompression
};

/// A document that could not be read. Reading goes on behind it.
struct ReadProblem {
  Location location;
  Error error;
};

/// Yields the documents of files one after the other.
///
/// A document that is too large, a file that cannot be opened, damaged compression and the like
/// come out as a ReadProblem; next() can be called again and goes on with what can still be read.
class DocumentReader {
 public:
  explicit DocumentReader(ReadOptions options);
  ~DocumentReader();
  DocumentReader(DocumentReader&&) noexcept;
  DocumentReader& operator=(DocumentReader&&) noexcept;

  /// The next document or problem; nothing at the end of the last file.
  [[nodiscard]] std::optional<std::variant<Document, ReadProblem>> next();

  /// False if next() would have to wait for a pipe or terminal: a good time to flush what is done.
  [[nodiscard]] bool ready() const;

  /// Bytes read so far, as they stand in the files (compressed where they are).
  [[nodiscard]] std::uint64_t bytes_read() const noexcept;

  /// Container records passed over because they hold no HTML page.
  [[nodiscard]] std::uint64_t records_skipped() const noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

struct WriteOptions {
  /// Standard output, or a file that appears whole or not at all: it is written beside its place
  /// and renamed by finish(). A device or FIFO is written to directly. A name ending in .gz or .zst
  /// is compressed.
  std::string path = "-";
  std::size_t buffer_size = std::size_t{64} << 10;  ///< bytes
};

/// A checked writer: no failed write, flush, close or rename goes unnoticed.
/// Destroyed without finish(), it leaves a file that existed before as it was, and no new one.
class Output {
 public:
  /// Errors: cannot_open, is_directory.
  [[nodiscard]] static Result<Output> open(WriteOptions options);
  ~Output();
  Output(Output&&) noexcept;
  Output& operator=(Output&&) noexcept;

  /// Error of this and the next two: write_failed, with the system's message. A write is buffered:
  /// what fails may show in a later call only.
  [[nodiscard]] Status write(std::string_view bytes);
  /// Hands everything written so far to the operating system (for compressed output too).
  [[nodiscard]] Status flush();
  /// Flushes, closes, and puts the file in its place. Nothing may be written after.
  [[nodiscard]] Status finish();

  /// Bytes given to write() so far.
  [[nodiscard]] std::uint64_t bytes_written() const noexcept;

 private:
  class Impl;
  explicit Output(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk
