#pragma once

/// @file
/// One bit a byte of a text. Boundaries, white space and places that need a second look are held
/// this way, so that finding them, correcting them and reading them off are separate steps, and the
/// same steps for the vector code and the scalar code.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace copydesk::tokenize {

class Bitmap {
 public:
  /// All bits clear; one spare word at the end, so that a bit just behind the text can be set.
  void reset(std::size_t size) {
    reserve(size);
    std::fill_n(words_.get(), size_, 0);
  }
  /// The same for a caller that writes every word but the spare one, which is clear.
  void reserve(std::size_t size) {
    size_ = (size + 63) / 64 + 1;
    if (size_ > capacity_) {
      words_.reset(new std::uint64_t[size_]);  // not make_unique, which would clear them
      capacity_ = size_;
    }
    words_[size_ - 1] = 0;
  }

  [[nodiscard]] bool test(std::size_t at) const noexcept {
    return ((words_[at / 64] >> (at % 64)) & 1U) != 0;
  }
  void set(std::size_t at) noexcept { words_[at / 64] |= std::uint64_t{1} << (at % 64); }
  void clear(std::size_t at) noexcept { words_[at / 64] &= ~(std::uint64_t{1} << (at % 64)); }

  /// Clears [begin, end).
  void clear(std::size_t begin, std::size_t end) noexcept {
    if (begin >= end) return;
    const std::uint64_t first = ~std::uint64_t{0} << (begin % 64);
    const std::uint64_t last = ~std::uint64_t{0} >> (63 - (end - 1) % 64);
    const std::size_t from = begin / 64;
    const std::size_t to = (end - 1) / 64;
    if (from == to) {
      words_[from] &= ~(first & last);
      return;
    }
    words_[from] &= ~first;
    for (std::size_t i = from + 1; i < to; ++i) words_[i] = 0;
    words_[to] &= ~last;
  }

  /// The first set bit at or after `at`, or `limit` if there is none before it.
  [[nodiscard]] std::size_t next(std::size_t at, std::size_t limit) const noexcept {
    if (at >= limit) return limit;
    std::size_t i = at / 64;
    std::uint64_t word = words_[i] & (~std::uint64_t{0} << (at % 64));
    while (word == 0) {
      if (++i * 64 >= limit) return limit;
      word = words_[i];
    }
    const std::size_t found = i * 64 + static_cast<std::size_t>(std::countr_zero(word));
    return found < limit ? found : limit;
  }

  [[nodiscard]] std::uint64_t* data() noexcept { return words_.get(); }
  [[nodiscard]] const std::uint64_t* data() const noexcept { return words_.get(); }
  /// Words of 64 bits, the spare one included.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  std::unique_ptr<std::uint64_t[]> words_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace copydesk::tokenize
