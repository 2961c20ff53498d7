#pragma once

/// @file
/// A byte source with look-ahead: what the splitters of text, records and WARC read from.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "copydesk/error.h"

#include "stream/byte_source.h"

namespace copydesk::stream {

/// Bytes that grow without being set to zero first.
struct ByteBuffer {
  std::unique_ptr<char[]> bytes;
  std::size_t size = 0;

  /// At least `wanted` bytes, of which the first `used` stay as they are.
  void grow(std::size_t wanted, std::size_t used);
};

/// Buffered reading with unlimited look-ahead (the caller sets the limits). Not thread-safe.
class BufferedInput {
 public:
  /// `buffer` is what another input gave back: many small files need but one.
  explicit BufferedInput(std::unique_ptr<ByteSource> source, ByteBuffer buffer = {});

  /// The buffer, for another input. Nothing else may be called afterwards.
  [[nodiscard]] ByteBuffer take_buffer() noexcept { return std::move(buffer_); }

  /// Reads until `count` bytes are buffered or the input ends; the number buffered then.
  [[nodiscard]] Result<std::size_t> ensure(std::size_t count);

  /// Bytes that are buffered. Valid until the next ensure(), find() or consume().
  [[nodiscard]] std::string_view view() const noexcept {
    return {buffer_.bytes.get() + begin_, end_ - begin_};
  }
  void consume(std::size_t count) noexcept { begin_ += count; }

  enum class Found : std::uint8_t { yes, end_of_input, limit };
  struct Position {
    Found found;
    std::size_t
        offset;  ///< from the start of view(); at the end of input or limit, bytes before it
  };
  /// Where `delimiter` first stands at or after `from`, reading on as needed. Stops with `limit`
  /// once more than `limit` bytes are buffered without it.
  [[nodiscard]] Result<Position> find(char delimiter, std::uint64_t limit);

  /// Consumes bytes until `delimiter` was consumed or the input ended, holding no more than a
  /// buffer. Returns the number of line feeds among them.
  [[nodiscard]] Result<std::uint64_t> skip_past(char delimiter);

  /// Consumes `count` bytes or all that is left; true if there were that many.
  [[nodiscard]] Result<bool> skip(std::uint64_t count);

  /// True if the input has ended and every byte was consumed. May read.
  [[nodiscard]] Result<bool> at_end();

  /// False if the next read would wait and nothing is buffered.
  [[nodiscard]] bool ready() const { return begin_ < end_ || ended_ || source_->ready(); }
  /// The same, but a delimiter must be in the buffer already.
  [[nodiscard]] bool ready(char delimiter) const {
    return view().find(delimiter) != std::string_view::npos || ended_ || source_->ready();
  }
  [[nodiscard]] std::uint64_t raw_bytes() const { return source_->raw_bytes(); }

 private:
  [[nodiscard]] Status read_more();

  std::unique_ptr<ByteSource> source_;
  ByteBuffer buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool ended_ = false;
};

}  // namespace copydesk::stream
