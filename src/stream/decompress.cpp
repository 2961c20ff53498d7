#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include <zlib.h>
#include <zstd.h>

#include "stream/byte_source.h"

namespace copydesk::stream {
namespace {

constexpr std::size_t kChunk = std::size_t{128} << 10;
constexpr std::string_view kGzipMagic = "\x1F\x8B";
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";
// The first frame of a .warc.zst may be a skippable one that holds the dictionary of the others
// (IIPC, "Using zstd with WARC files").
constexpr std::string_view kDictionaryMagic = "\x5D\x2A\x4D\x18";

/// Bytes of a source below, a chunk at a time, beginning with those that were looked at already.
class ChunkedInput {
 public:
  ChunkedInput(std::unique_ptr<ByteSource> below, std::string head)
      : below_(std::move(below)), buffer_(std::move(head)), end_(buffer_.size()) {}

  /// The bytes not consumed yet; reads more when there are none. Empty at the end.
  Result<std::string_view> view() {
    if (at_ == end_) {
      buffer_.resize(kChunk);
      auto got = below_->read(buffer_.data(), buffer_.size());
      if (!got) return std::move(got).error();
      at_ = 0;
      end_ = *got;
    }
    return std::string_view(buffer_).substr(at_, end_ - at_);
  }
  void consume(std::size_t count) { at_ += count; }
  /// Past the first bytes: straight from the source, without a copy.
  Result<std::size_t> read(char* buffer, std::size_t size) {
    if (at_ == end_) return below_->read(buffer, size);
    const std::size_t part = std::min(size, end_ - at_);
    std::memcpy(buffer, buffer_.data() + at_, part);
    at_ += part;
    return part;
  }
  bool ready() const { return at_ < end_ || below_->ready(); }
  std::uint64_t raw_bytes() const { return below_->raw_bytes(); }

 private:
  std::unique_ptr<ByteSource> below_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::size_t end_;
};

class GzipSource final : public ByteSource {
 public:
  explicit GzipSource(ChunkedInput input) : input_(std::move(input)) {
    // 15: the largest window; +16: gzip headers only.
    initialised_ = inflateInit2(&state_, 15 + 16) == Z_OK;
  }
  ~GzipSource() override {
    if (initialised_) inflateEnd(&state_);
  }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    if (!initialised_) return {ErrorCode::bad_compression, "zlib cannot start"};
    state_.next_out = reinterpret_cast<Bytef*>(buffer);
    state_.avail_out = static_cast<uInt>(std::min<std::size_t>(size, 1U << 30));
    const uInt asked = state_.avail_out;
    while (state_.avail_out == asked && !finished_) {
      if (Status step = inflate_some(); !step) return std::move(step).error();
    }
    return static_cast<std::size_t>(asked - state_.avail_out);
  }
  bool ready() const override { return input_.ready(); }
  std::uint64_t raw_bytes() const override { return input_.raw_bytes(); }

 private:
  Status inflate_some() {
    auto view = input_.view();
    if (!view) return std::move(view).error();
    if (view->empty()) {
      if (in_member_) return {ErrorCode::truncated, "gzip data"};
      finished_ = true;
      return {};
    }
    if (!in_member_ && !starts_member(*view)) {
      // gzip itself ignores zero padding behind the last member.
      if (view->find_first_not_of('\0') != std::string_view::npos) {
        return {ErrorCode::bad_compression, "gzip: trailing garbage"};
      }
      input_.consume(view->size());
      return {};
    }
    in_member_ = true;
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(view->data()));
    state_.avail_in = static_cast<uInt>(view->size());
    const int code = inflate(&state_, Z_NO_FLUSH);
    input_.consume(view->size() - state_.avail_in);
    if (code == Z_STREAM_END) {
      in_member_ = false;
      inflateReset(&state_);
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      return {ErrorCode::bad_compression,
              std::string("gzip: ") + (state_.msg ? state_.msg : "error")};
    }
    return {};
  }

  /// A member's magic can be cut by the end of a chunk: one matching byte is enough to go on with.
  static bool starts_member(std::string_view bytes) {
    return bytes[0] == kGzipMagic[0] && (bytes.size() < 2 || bytes[1] == kGzipMagic[1]);
  }

  ChunkedInput input_;
  z_stream state_{};
  bool initialised_ = false;
  bool in_member_ = false;
  bool finished_ = false;
};

struct ZstdFree {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};
using ZstdContext = std::unique_ptr<ZSTD_DCtx, ZstdFree>;

class ZstdSource final : public ByteSource {
 public:
  explicit ZstdSource(ChunkedInput input) : input_(std::move(input)), context_(ZSTD_createDCtx()) {}

  /// Reads the dictionary frame that opens some .warc.zst files.
  Status load_dictionary() {
    std::string frame;
    auto header = take(8, frame);
    if (!header) return header;
    std::uint32_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      size |= std::uint32_t{static_cast<unsigned char>(frame[4 + i])} << (8 * i);
    }
    if (size > (std::uint32_t{64} << 20))
      return {ErrorCode::bad_compression, "zstd: dictionary too large"};
    frame.clear();
    if (Status body = take(size, frame); !body) return body;
    if (frame.starts_with(kZstdMagic)) {
      auto plain = unzstd_all(frame, std::uint64_t{64} << 20);
      if (!plain) return std::move(plain).error();
      frame = std::move(plain).value();
    }
    if (ZSTD_isError(ZSTD_DCtx_loadDictionary(context_.get(), frame.data(), frame.size())) != 0) {
      return {ErrorCode::bad_compression, "zstd: bad dictionary"};
    }
    return {};
  }

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    ZSTD_outBuffer out{buffer, size, 0};
    while (out.pos == 0) {
      // A full output buffer last time: zstd may hold more that needs no further input.
      Result<std::string_view> view = pending_output_ ? std::string_view() : input_.view();
      if (!view) return std::move(view).error();
      if (view->empty() && !pending_output_) {
        if (in_frame_) return {ErrorCode::truncated, "zstd data"};
        break;
      }
      ZSTD_inBuffer in{view->data(), view->size(), 0};
      const std::size_t code = ZSTD_decompressStream(context_.get(), &out, &in);
      if (ZSTD_isError(code) != 0) {
        return {ErrorCode::bad_compression, std::string("zstd: ") + ZSTD_getErrorName(code)};
      }
      in_frame_ = code != 0;
      pending_output_ = out.pos == out.size;
      input_.consume(in.pos);
    }
    return out.pos;
  }
  bool ready() const override { return input_.ready(); }
  std::uint64_t raw_bytes() const override { return input_.raw_bytes(); }

 private:
  Status take(std::size_t count, std::string& into) {
    while (count > 0) {
      auto view = input_.view();
      if (!view) return std::move(view).error();
      if (view->empty()) return {ErrorCode::truncated, "zstd data"};
      const std::size_t part = std::min(count, view->size());
      into.append(view->substr(0, part));
      input_.consume(part);
      count -= part;
    }
    return {};
  }

  ChunkedInput input_;
  ZstdContext context_;
  bool in_frame_ = false;
  bool pending_output_ = false;
};

class PlainSource final : public ByteSource {
 public:
  explicit PlainSource(ChunkedInput input) : input_(std::move(input)) {}
  Result<std::size_t> read(char* buffer, std::size_t size) override {
    return input_.read(buffer, size);
  }
  bool ready() const override { return input_.ready(); }
  std::uint64_t raw_bytes() const override { return input_.raw_bytes(); }

 private:
  ChunkedInput input_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> decompressed(std::unique_ptr<ByteSource> source) {
  std::string head(4, '\0');
  std::size_t have = 0;
  while (have < head.size()) {
    auto got = source->read(head.data() + have, head.size() - have);
    if (!got) return std::move(got).error();
    if (*got == 0) break;
    have += *got;
    // A pipe that is slow to give four bytes is not kept waiting for once the magic is ruled out.
    if (head[0] != kGzipMagic[0] && head[0] != kZstdMagic[0] && head[0] != kDictionaryMagic[0])
      break;
  }
  head.resize(have);
  const bool gzip = head.starts_with(kGzipMagic);
  const bool zstd = head.starts_with(kZstdMagic);
  const bool dictionary = head.starts_with(kDictionaryMagic);
  ChunkedInput input(std::move(source), std::move(head));
  if (gzip) return std::unique_ptr<ByteSource>(new GzipSource(std::move(input)));
  if (!zstd && !dictionary) return std::unique_ptr<ByteSource>(new PlainSource(std::move(input)));
  auto decompressor = std::make_unique<ZstdSource>(std::move(input));
  if (dictionary) {
    if (Status loaded = decompressor->load_dictionary(); !loaded) return std::move(loaded).error();
  }
  return std::unique_ptr<ByteSource>(std::move(decompressor));
}

namespace {

/// One attempt with the given window bits; `code` is zlib's answer.
std::string inflate_with(std::string_view body, int window_bits, std::uint64_t limit, int& code) {
  z_stream state{};
  std::string out;
  code = inflateInit2(&state, window_bits);
  if (code != Z_OK) return out;
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  state.avail_in = static_cast<uInt>(body.size());
  std::string chunk(kChunk, '\0');
  do {
    state.next_out = reinterpret_cast<Bytef*>(chunk.data());
    state.avail_out = static_cast<uInt>(chunk.size());
    code = inflate(&state, Z_NO_FLUSH);
    out.append(chunk, 0, chunk.size() - state.avail_out);
  } while (code == Z_OK && out.size() <= limit && (state.avail_in > 0 || state.avail_out == 0));
  inflateEnd(&state);
  return out;
}

}  // namespace

Result<std::string> inflate_all(std::string_view body, std::uint64_t limit) {
  int code = Z_OK;
  std::string out = inflate_with(body, 15 + 32, limit, code);
  // Some servers send "deflate" without the zlib header that RFC 9110 asks for.
  if (code == Z_DATA_ERROR && out.empty()) out = inflate_with(body, -15, limit, code);
  if (out.size() > limit) return ErrorCode::too_large;
  if (code == Z_STREAM_END) return out;
  if (code == Z_OK || code == Z_BUF_ERROR) return {ErrorCode::truncated, "content coding"};
  return {ErrorCode::bad_compression, "content coding"};
}

Result<std::string> unzstd_all(std::string_view body, std::uint64_t limit) {
  const ZstdContext context(ZSTD_createDCtx());
  std::string out;
  std::string chunk(kChunk, '\0');
  ZSTD_inBuffer in{body.data(), body.size(), 0};
  std::size_t code = 1;
  while (in.pos < in.size || code != 0) {
    ZSTD_outBuffer part{chunk.data(), chunk.size(), 0};
    const std::size_t before = in.pos;
    code = ZSTD_decompressStream(context.get(), &part, &in);
    if (ZSTD_isError(code) != 0) return {ErrorCode::bad_compression, ZSTD_getErrorName(code)};
    out.append(chunk, 0, part.pos);
    if (out.size() > limit) return ErrorCode::too_large;
    if (in.pos == before && part.pos == 0) return {ErrorCode::truncated, "zstd data"};
  }
  return out;
}

}  // namespace copydesk::stream
