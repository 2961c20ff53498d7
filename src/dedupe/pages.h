#pragma once

/// @file
/// Memory for large tables.

#include <cstddef>

namespace copydesk::dedupe {

/// A growing array of zeroed bytes, straight from the kernel and aligned to a huge page of 2 MiB.
///
/// Twice the addresses that are needed are reserved: those cost nothing until they are touched, and
/// when they are used up, the kernel moves the pages to a larger range without copying them. So a
/// table grows without a second copy of it.
class Pages {
 public:
  Pages() noexcept = default;
  ~Pages();
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  /// Makes the array at least `bytes` long; pointers into it end. `dense` says that all of it will
  /// be touched: it may then have huge pages, without which a table of hundreds of megabytes that
  /// is read at random spends most of its time translating addresses. Throws std::bad_alloc, as any
  /// container does, where there is no memory.
  void grow(std::size_t bytes, bool dense);

  [[nodiscard]] void* data() const noexcept { return data_; }

 private:
  void* data_ = nullptr;
  std::size_t reserved_ = 0;
};

}  // namespace copydesk::dedupe
