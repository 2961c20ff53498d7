#pragma once

/// @file
/// Memory for large tables.

#include <cstddef>

namespace copydesk::dedupe {

/// Zeroed memory, aligned to a cache line of 64 bytes. Where it is large, it comes straight from
/// the kernel and asks for huge pages: a table of hundreds of megabytes that is read at random
/// spends most of its time translating addresses otherwise.
class Pages {
 public:
  Pages() noexcept = default;
  /// Throws std::bad_alloc, as any container does, where there is no memory.
  explicit Pages(std::size_t bytes);
  ~Pages();
  Pages(Pages&& other) noexcept;
  Pages& operator=(Pages&& other) noexcept;

  [[nodiscard]] void* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  void* data_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace copydesk::dedupe
