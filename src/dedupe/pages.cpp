#include "dedupe/pages.h"

#include <cstring>
#include <new>
#include <utility>

#include <sys/mman.h>

namespace copydesk::dedupe {

namespace {

/// Below this the kernel is not asked: its calls would cost more than they save. Of more, the heap
/// would keep what a growing table leaves behind.
constexpr std::size_t kSmall = std::size_t{128} << 10;
/// From here on huge pages can help.
constexpr std::size_t kLarge = std::size_t{1} << 20;
constexpr std::align_val_t kAlignment{64};

}  // namespace

Pages::Pages(std::size_t bytes) : bytes_(bytes) {
  if (bytes < kSmall) {
    data_ = ::operator new(bytes, kAlignment);
    std::memset(data_, 0, bytes);
    return;
  }
  data_ = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (data_ == MAP_FAILED) throw std::bad_alloc();
  // A wish: where the kernel does not grant it, the memory is good all the same.
  if (bytes >= kLarge) (void)::madvise(data_, bytes, MADV_HUGEPAGE);
}

Pages::~Pages() {
  if (data_ == nullptr) return;
  if (bytes_ < kSmall) {
    ::operator delete(data_, kAlignment);
  } else {
    ::munmap(data_, bytes_);
  }
}

Pages::Pages(Pages&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}

Pages& Pages::operator=(Pages&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

}  // namespace copydesk::dedupe
