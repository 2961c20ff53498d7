#include "copydesk/charset.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include <iconv.h>
#include <uchardet.h>

#include "stream/charset.h"
#include "stream/double_encoding.h"
#include "text/utf8.h"

namespace copydesk {
namespace stream {
namespace {

constexpr std::size_t kDetectorSample =
    65536;  // bytes; what the detector learns from more is little

/// How much of some bytes is UTF-8.
struct Utf8Evidence {
  std::size_t sequences = 0;  // well-formed multi-byte sequences
  std::size_t defects = 0;    // ill-formed subsequences
};

/// Length of the well-formed sequence that begins at `at` with a byte over 7F; 0 if it is none.
std::size_t sequence_length(std::string_view bytes, std::size_t at) noexcept {
  const auto lead = static_cast<unsigned char>(bytes[at]);
  const std::size_t length = lead < 0xC2   ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || at + length > bytes.size()) return 0;
  return text::is_valid_utf8(bytes.substr(at, length)) ? length : 0;
}

Utf8Evidence examine(std::string_view bytes) noexcept {
  Utf8Evidence evidence;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t length = sequence_length(bytes, at);
    if (length == 0) {
      ++evidence.defects;
    } else {
      ++evidence.sequences;
    }
    at += std::max<std::size_t>(length, 1);
  }
  return evidence;
}

class Converter {
 public:
  explicit Converter(std::string_view charset)
      : descriptor_(iconv_open("UTF-8", std::string(charset).c_str())) {}
  ~Converter() {
    if (valid()) iconv_close(descriptor_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  [[nodiscard]] bool valid() const noexcept {
    return descriptor_ != reinterpret_cast<iconv_t>(-1);  // NOLINT(performance-no-int-to-ptr)
  }

  /// Appends `bytes` as UTF-8; returns how many bytes meant nothing and became U+FFFD.
  std::size_t append(std::string& out, std::string_view bytes);

 private:
  iconv_t descriptor_;
};

std::size_t Converter::append(std::string& out, std::string_view bytes) {
  char* input = const_cast<char*>(bytes.data());  // iconv's signature; it does not write there
  std::size_t left = bytes.size();
  std::size_t defects = 0;
  std::array<char, 16384> buffer;
  bool flushed = false;
  while (!flushed) {
    char* output = buffer.data();
    std::size_t room = buffer.size();
    flushed = left == 0;  // a last call without input writes what the converter still holds
    const std::size_t result =
        iconv(descriptor_, flushed ? nullptr : &input, flushed ? nullptr : &left, &output, &room);
    const int error = result == static_cast<std::size_t>(-1) ? errno : 0;
    out.append(buffer.data(), buffer.size() - room);
    if (error == EILSEQ || error == EINVAL) {
      text::append_utf8(out, text::kReplacement);
      ++defects;
      if (error == EINVAL || left <= 1) break;
      ++input;
      --left;
    }
  }
  return defects;
}

struct DetectorDeleter {
  void operator()(uchardet* detector) const noexcept { uchardet_delete(detector); }
};

std::string detect(std::string_view bytes) {
  const std::unique_ptr<uchardet, DetectorDeleter> detector(uchardet_new());
  if (!detector) return {};
  // The part around the first byte that is not ASCII: a long head of scripts says nothing.
  const auto first = std::find_if(bytes.begin(), bytes.end(),
                                  [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const auto offset = static_cast<std::size_t>(first - bytes.begin());
  const std::string_view sample = bytes.substr(offset - std::min<std::size_t>(offset, 64));
  uchardet_handle_data(detector.get(), sample.data(), std::min(sample.size(), kDetectorSample));
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

/// UTF-16 without a mark shows by the zero halves of its ASCII characters.
std::string_view utf16_by_zeros(std::string_view bytes) noexcept {
  const std::size_t pairs = std::min<std::size_t>(bytes.size(), 512) / 2;
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < pairs; ++i) {
    even += bytes[2 * i] == '\0';
    odd += bytes[2 * i + 1] == '\0';
  }
  if (pairs < 4) return {};
  if (odd > pairs / 2 && even < pairs / 8) return "UTF-16LE";
  if (even > pairs / 2 && odd < pairs / 8) return "UTF-16BE";
  return {};
}

/// True for declared charsets whose text may be made of ASCII bytes alone.
bool is_seven_bit(std::string_view charset) noexcept {
  return charset.substr(0, 8) == "ISO-2022";
}

/// True if well-formed UTF-8 has so few multi-byte sequences, and such short ones, that they may be
/// the letters of an East Asian charset.
bool is_doubtful_utf8(std::string_view bytes) noexcept {
  constexpr std::size_t kPiece = 256;  // passed over at once where it is all ASCII
  std::size_t sequences = 0;
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kPiece);
    bytes.remove_prefix(piece.size());
    unsigned char all = 0;
    for (const char c : piece) all |= static_cast<unsigned char>(c);
    if (all < 0x80) continue;
    for (const char c : piece) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= 0xE0 || (byte >= 0xC0 && ++sequences >= 4)) return false;
    }
  }
  return sequences > 0;
}

/// What a page that is not well-formed UTF-8 is written in.
std::string_view choose(std::string_view bytes, std::string_view declared) {
  const Utf8Evidence evidence = examine(bytes);
  const bool mostly_utf8 = declared == "UTF-8" ? evidence.sequences >= evidence.defects
                                               : evidence.sequences >= 20 * evidence.defects;
  if (mostly_utf8) return "UTF-8";
  if (!declared.empty() && declared != "UTF-8") return declared;
  const std::string_view detected = charset_by_label(detect(bytes));
  return detected.empty() || detected == "UTF-8" ? std::string_view("CP1252") : detected;
}

std::string_view declared_by(std::string_view bytes, std::string_view http_charset) {
  const std::string_view by_header = charset_by_label(http_charset);
  if (!by_header.empty()) return by_header;
  const std::string_view by_page = charset_by_label(declared_charset(bytes));
  // Who could read that declaration as ASCII is not reading UTF-16.
  return by_page.substr(0, 6) == "UTF-16" ? std::string_view("UTF-8") : by_page;
}

/// What the first bytes say, or the whole.
struct FoundCharset {
  std::string_view name;
  std::size_t mark = 0;      ///< bytes of a byte order mark before the text
  bool well_formed = false;  ///< known to be UTF-8 without defects
};

FoundCharset find_charset(std::string_view bytes, std::string_view http_charset) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") {
    return {"UTF-8", 3, text::is_valid_utf8(bytes.substr(3))};
  }
  if (bytes.substr(0, 2) == "\xFF\xFE") return {"UTF-16LE", 2};
  if (bytes.substr(0, 2) == "\xFE\xFF") return {"UTF-16BE", 2};
  if (const std::string_view utf16 = utf16_by_zeros(bytes); !utf16.empty()) return {utf16};
  const std::string_view declared = declared_by(bytes, http_charset);
  if (!text::is_valid_utf8(bytes)) return {choose(bytes, declared)};
  if (is_seven_bit(declared) && bytes.find('\x1B') != std::string_view::npos) return {declared};
  const bool doubtful = !declared.empty() && is_doubtful_utf8(bytes);
  return {doubtful ? declared : "UTF-8", 0, true};
}

/// False if the converter is not installed, or if the bytes plainly are something else.
bool convert(std::string_view bytes, std::string_view charset, std::string& out) {
  Converter converter(charset);
  if (!converter.valid()) return false;
  out.reserve(bytes.size() + bytes.size() / 2);
  const std::size_t defects = converter.append(out, bytes);
  return defects <= 16 || defects <= bytes.size() / 50;
}

}  // namespace
}  // namespace stream

std::string_view decode_page(std::string_view bytes, std::string_view http_charset,
                             DecodedPage& page) {
  const stream::FoundCharset found = stream::find_charset(bytes, http_charset);
  std::string_view charset = found.name;
  bytes.remove_prefix(found.mark);
  page.text.clear();
  if (charset != "UTF-8" && !stream::convert(bytes, charset, page.text)) {
    // A declaration that does not fit: the guess decides, and windows-1252 after it.
    charset = stream::choose(bytes, {});
    page.text.clear();
    if (charset != "UTF-8" && !stream::convert(bytes, charset, page.text)) {
      charset = "CP1252";
      page.text.clear();
      (void)stream::convert(bytes, charset, page.text);
    }
  }
  page.charset = charset;
  if (charset == "UTF-8") {
    if (!found.well_formed) {
      page.text = bytes;
    } else if (auto once = stream::undo_double_encoding(bytes)) {
      page.text = std::move(*once);
    } else {
      if (bytes.find('\0') == std::string_view::npos) return bytes;
      page.text = bytes;
    }
  }
  if (page.text.find('\0') != std::string::npos) std::erase(page.text, '\0');
  if (!text::is_valid_utf8(page.text)) page.text = text::repair_utf8(page.text);
  return page.text;
}

DecodedPage decode_page(std::string bytes, std::string_view http_charset) {
  DecodedPage page;
  const std::string_view text = decode_page(bytes, http_charset, page);
  if (text.data() == page.text.data()) return page;
  bytes.erase(0, static_cast<std::size_t>(text.data() - bytes.data()));
  page.text = std::move(bytes);
  return page;
}

}  // namespace copydesk
