#pragma once

/// @file
/// Where bytes come from: a file descriptor, or a decompressor over another source.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "copydesk/error.h"

namespace copydesk::stream {

/// A pull source of bytes.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Reads 1 to `size` bytes into `buffer`; 0 at the end. After an error nothing more is read.
  [[nodiscard]] virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
  /// False if read() would wait.
  [[nodiscard]] virtual bool ready() const = 0;
  /// Bytes taken from the operating system so far.
  [[nodiscard]] virtual std::uint64_t raw_bytes() const = 0;
};

/// Opens a file, or standard input for "-". Errors: cannot_open, is_directory.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> open_file(const std::string& path);

/// `source` itself, or a decompressor over it where its first bytes are gzip's or zstd's.
/// Errors of the decompressor come out of its read(): bad_compression, truncated.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> decompressed(std::unique_ptr<ByteSource> source);

/// Undoes one whole gzip or zlib ("deflate", also raw) body, as HTTP content codings are.
/// At most `limit` bytes come out. Errors: bad_compression, truncated, too_large.
[[nodiscard]] Result<std::string> inflate_all(std::string_view body, std::uint64_t limit);

/// The same for zstd.
[[nodiscard]] Result<std::string> unzstd_all(std::string_view body, std::uint64_t limit);

/// "No such file or directory" and the like, for errno value `number`.
[[nodiscard]] std::string system_message(int number);

}  // namespace copydesk::stream
