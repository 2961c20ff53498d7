#include "stream/buffered_input.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace copydesk::stream {
namespace {
constexpr std::size_t kReadSize = std::size_t{256} << 10;
constexpr std::size_t kLeastRead = std::size_t{32} << 10;  // with less room the buffer grows
constexpr std::size_t kKeepCapacity = std::size_t{4} << 20;
}  // namespace

void ByteBuffer::grow(std::size_t wanted, std::size_t used) {
  if (size >= wanted) return;
  // Not make_unique: it would write every byte of what is about to be read into.
  std::unique_ptr<char[]> larger(new char[wanted]);
  if (used > 0) std::memcpy(larger.get(), bytes.get(), used);
  bytes = std::move(larger);
  size = wanted;
}

BufferedInput::BufferedInput(std::unique_ptr<ByteSource> source, ByteBuffer buffer)
    : source_(std::move(source)), buffer_(std::move(buffer)) {}

Status BufferedInput::read_more() {
  if (begin_ == end_) {
    begin_ = end_ = 0;
    // One huge document must not hold its buffer for the rest of the run.
    if (buffer_.size > kKeepCapacity) buffer_ = {};
  } else if (begin_ > 0 && begin_ >= end_ - begin_) {
    // Moving at most as many bytes as were consumed keeps the whole linear.
    std::memmove(buffer_.bytes.get(), buffer_.bytes.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size - end_ < kLeastRead) {
    buffer_.grow(std::max(buffer_.size * 2, end_ + kReadSize), end_);
  }
  auto got = source_->read(buffer_.bytes.get() + end_, buffer_.size - end_);
  if (!got) {
    ended_ = true;
    return std::move(got).error();
  }
  ended_ = *got == 0;
  end_ += *got;
  return {};
}

Result<std::size_t> BufferedInput::ensure(std::size_t count) {
  while (end_ - begin_ < count && !ended_) {
    if (Status more = read_more(); !more) return std::move(more).error();
  }
  return end_ - begin_;
}

Result<BufferedInput::Position> BufferedInput::find(char delimiter, std::uint64_t limit) {
  std::size_t searched = 0;
  for (;;) {
    const std::string_view bytes = view();
    const std::size_t at = bytes.find(delimiter, searched);
    if (at != std::string_view::npos) {
      return Position{at > limit ? Found::limit : Found::yes, at};
    }
    searched = bytes.size();
    if (searched > limit) return Position{Found::limit, searched};
    if (ended_) return Position{Found::end_of_input, searched};
    if (Status more = read_more(); !more) return std::move(more).error();
  }
}

Result<std::uint64_t> BufferedInput::skip_past(char delimiter) {
  std::uint64_t lines = 0;
  for (;;) {
    const std::string_view bytes = view();
    const std::size_t at = bytes.find(delimiter);
    const std::size_t end = at == std::string_view::npos ? bytes.size() : at + 1;
    lines += static_cast<std::uint64_t>(
        std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    consume(end);
    if (at != std::string_view::npos || ended_) return lines;
    if (Status more = read_more(); !more) return std::move(more).error();
  }
}

Result<bool> BufferedInput::skip(std::uint64_t count) {
  while (count > 0) {
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(count, end_ - begin_));
    consume(part);
    count -= part;
    if (count == 0) break;
    if (ended_) return false;
    if (Status more = read_more(); !more) return std::move(more).error();
  }
  return true;
}

Result<bool> BufferedInput::at_end() {
  auto have = ensure(1);
  if (!have) return std::move(have).error();
  return *have == 0;
}

}  // namespace copydesk::stream
