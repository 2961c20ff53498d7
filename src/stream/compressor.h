#pragma once

/// @file
/// Compression of what is written, a buffer at a time.

#include <memory>
#include <string>
#include <string_view>

#include "copydesk/error.h"

namespace copydesk::stream {

enum class Flush : unsigned char { none, sync, finish };

/// Turns bytes into compressed bytes; keeps no output of its own.
class Compressor {
 public:
  virtual ~Compressor() = default;
  /// Compresses `bytes` and appends what comes out to `out`. With `sync` all input so far can be
  /// read back; `finish` ends the stream.
  [[nodiscard]] virtual Status compress(std::string_view bytes, Flush flush, std::string& out) = 0;
};

/// A compressor for the suffix of `path` (.gz, .zst), or none.
[[nodiscard]] std::unique_ptr<Compressor> compressor_for(std::string_view path);

}  // namespace copydesk::stream
