#include "dedupe/fold.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::dedupe {
namespace {

constexpr std::uint16_t kSeparator = 0;
constexpr std::uint16_t kInvisible = 1;
constexpr std::uint16_t kCombining = 2;
constexpr std::size_t kBlock = 16;

bool is_invisible(char32_t c) noexcept {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

/// Marks that NFC may join with the letter before them.
bool is_combining(char32_t c) noexcept {
  return (c >= 0x300 && c <= 0x36F) || c == 0x3099 || c == 0x309A;
}

bool is_unspaced_letter(char32_t c) noexcept {
  if (c < 0x0E00) return false;
  return c < 0x0F00 || (c >= 0x1000 && c < 0x10A0) || (c >= 0x1780 && c < 0x1800) ||
         (c >= 0x2E80 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) || c >= 0x20000;
}

char32_t lower(char32_t c) noexcept {
  if (c == 0x3C2) return 0x3C3;  // a final sigma and a sigma are one letter
  if (c == 0x17F) return U's';
  return text::to_lower(c);
}

/// For each code point of the basic plane: its lower case, or one of the three constants above.
/// Asking ICU for each character of each document would cost more than all hashing.
using FoldTable = std::array<std::uint16_t, 0x10000>;

std::unique_ptr<const FoldTable> make_table() {
  auto table = std::make_unique<FoldTable>();
  for (char32_t c = 0; c < table->size(); ++c) {
    auto& entry = (*table)[c];
    if (is_invisible(c)) {
      entry = kInvisible;
    } else if (is_combining(c)) {
      entry = kCombining;
    } else {
      entry = text::is_word(c) ? static_cast<std::uint16_t>(lower(c)) : kSeparator;
    }
  }
  return table;
}

const FoldTable& table() {
  static const std::unique_ptr<const FoldTable> instance = make_table();
  return *instance;
}

constexpr std::array<char, 128> kAsciiFold = [] {
  std::array<char, 128> fold{};
  for (std::size_t i = 0; i < fold.size(); ++i) {
    const char c = static_cast<char>(i);
    const bool upper = c >= 'A' && c <= 'Z';
    const bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    fold[i] = upper ? static_cast<char>(c + 32) : word ? c : c == '\n' ? '\n' : ' ';
  }
  return fold;
}();

/// Bytes side by side: an extension that gcc and clang share, and make fit any processor.
using Bytes = signed char __attribute__((vector_size(kBlock)));

/// Folds kBlock bytes if all are ASCII: what kAsciiFold does, all at once. A comparison gives -1 or
/// 0 for each byte, so that masks choose between values.
bool fold_ascii_block(const char* in, char* out) noexcept {
  std::uint64_t halves[2];
  std::memcpy(halves, in, kBlock);
  if (((halves[0] | halves[1]) & 0x8080808080808080U) != 0) return false;
  Bytes bytes;
  std::memcpy(&bytes, in, kBlock);
  const Bytes low = bytes | 0x20;
  const Bytes letter = (low > 'a' - 1) & (low < 'z' + 1);
  const Bytes kept = ((bytes > '0' - 1) & (bytes < '9' + 1)) | (bytes == '_') | (bytes == '\n');
  const Bytes folded = (letter & low) | (~letter & ((kept & bytes) | (~kept & 0x20)));
  std::memcpy(out, &folded, kBlock);
  return true;
}

/// The state of one pass over a text.
class Folder {
 public:
  Folder(std::string_view text, FoldedText& folded) : text_(text), folded_(folded) {
    // Lower case is at most 3 bytes for 2 (U+0130 and its like fold to fewer).
    const std::size_t room = text.size() + text.size() / 2 + kFoldPadding + kBlock;
    if (folded.bytes.size() < room) folded.bytes.resize(room);
    out_ = folded.bytes.data();
    folded.ascii = true;
    folded.unspaced_letters = 0;
  }

  /// False where a combining mark was met that NFC has to deal with first.
  bool run(bool normalised) {
    normalised_ = normalised;
    std::size_t at = 0;
    while (at + kBlock <= text_.size()) {
      if (fold_ascii_block(text_.data() + at, out_)) {
        at += kBlock;
        out_ += kBlock;
      } else if (!fold_some(at, at + kBlock)) {
        return false;
      }
    }
    if (!fold_some(at, text_.size())) return false;
    folded_.size = static_cast<std::size_t>(out_ - folded_.bytes.data());
    std::memset(out_, ' ', kFoldPadding);
    return true;
  }

 private:
  /// Code point by code point, until `at` has reached `end`.
  bool fold_some(std::size_t& at, std::size_t end) {
    while (at < end) {
      const auto lead = static_cast<unsigned char>(text_[at]);
      if (lead < 0x80) {
        *out_++ = kAsciiFold[lead];
        ++at;
      } else if (!fold_one(text::next_code_point(text_, at))) {
        return false;
      }
    }
    return true;
  }

  bool fold_one(char32_t c) {
    folded_.ascii = false;
    if (c >= 0x10000) {
      put(text::is_word(c) ? text::to_lower(c) : kSeparator);
      return true;
    }
    // Made when the first text that needs it comes: it takes longer than many short runs.
    if (table_ == nullptr) table_ = &table();
    const std::uint16_t entry = (*table_)[c];
    if (entry == kCombining) {
      if (!normalised_) return false;
      put(c);
    } else if (entry != kInvisible) {
      put(entry);
    }
    return true;
  }

  void put(char32_t c) {
    if (c == kSeparator) {
      *out_++ = ' ';
    } else if (c < 0x80) {
      *out_++ = static_cast<char>(c);
    } else if (c < 0x800) {
      *out_++ = static_cast<char>(0xC0 | (c >> 6));
      *out_++ = static_cast<char>(0x80 | (c & 0x3F));
    } else {
      put_long(c);
    }
  }

  void put_long(char32_t c) {
    folded_.unspaced_letters += is_unspaced_letter(c);
    if (c < 0x10000) {
      *out_++ = static_cast<char>(0xE0 | (c >> 12));
    } else {
      *out_++ = static_cast<char>(0xF0 | (c >> 18));
      *out_++ = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    }
    *out_++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    *out_++ = static_cast<char>(0x80 | (c & 0x3F));
  }

  std::string_view text_;
  FoldedText& folded_;
  const FoldTable* table_ = nullptr;
  char* out_ = nullptr;
  bool normalised_ = false;
};

}  // namespace

void fold(std::string_view text, FoldedText& folded) {
  if (Folder(text, folded).run(false)) return;
  const std::string composed = text::nfc(text);
  Folder(composed, folded).run(true);
}

}  // namespace copydesk::dedupe
