#include "stream/compressor.h"

#include <array>

#include <zlib.h>
#include <zstd.h>

namespace copydesk::stream {
namespace {

class GzipCompressor final : public Compressor {
 public:
  GzipCompressor() {
    deflateInit2(&state_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  }
  ~GzipCompressor() override { deflateEnd(&state_); }
  GzipCompressor(const GzipCompressor&) = delete;
  GzipCompressor& operator=(const GzipCompressor&) = delete;

  Status compress(std::string_view bytes, Flush flush, std::string& out) override {
    const int mode = flush == Flush::finish ? Z_FINISH
                     : flush == Flush::sync ? Z_SYNC_FLUSH
                                            : Z_NO_FLUSH;
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    state_.avail_in = static_cast<uInt>(bytes.size());
    std::array<char, 16384> chunk;
    do {
      state_.next_out = reinterpret_cast<Bytef*>(chunk.data());
      state_.avail_out = static_cast<uInt>(chunk.size());
      if (deflate(&state_, mode) == Z_STREAM_ERROR) return {ErrorCode::write_failed, "gzip"};
      out.append(chunk.data(), chunk.size() - state_.avail_out);
    } while (state_.avail_out == 0);
    return {};
  }

 private:
  z_stream state_{};
};

class ZstdCompressor final : public Compressor {
 public:
  ZstdCompressor() : context_(ZSTD_createCCtx()) {}
  ~ZstdCompressor() override { ZSTD_freeCCtx(context_); }
  ZstdCompressor(const ZstdCompressor&) = delete;
  ZstdCompressor& operator=(const ZstdCompressor&) = delete;

  Status compress(std::string_view bytes, Flush flush, std::string& out) override {
    const ZSTD_EndDirective mode = flush == Flush::finish ? ZSTD_e_end
                                   : flush == Flush::sync ? ZSTD_e_flush
                                                          : ZSTD_e_continue;
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::array<char, 16384> chunk;
    std::size_t left = 0;
    do {
      ZSTD_outBuffer part{chunk.data(), chunk.size(), 0};
      left = ZSTD_compressStream2(context_, &part, &in, mode);
      if (ZSTD_isError(left) != 0) return {ErrorCode::write_failed, ZSTD_getErrorName(left)};
      out.append(chunk.data(), part.pos);
    } while (mode == ZSTD_e_continue ? in.pos < in.size : left != 0);
    return {};
  }

 private:
  ZSTD_CCtx* context_;
};

}  // namespace

std::unique_ptr<Compressor> compressor_for(std::string_view path) {
  if (path.ends_with(".gz")) return std::make_unique<GzipCompressor>();
  if (path.ends_with(".zst")) return std::make_unique<ZstdCompressor>();
  return nullptr;
}

}  // namespace copydesk::stream
