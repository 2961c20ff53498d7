#include "dedupe/pages.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <new>

#include <sys/mman.h>

namespace copydesk::dedupe {

namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::size_t kFirst = std::size_t{4} << 20;

/// A range of addresses, aligned to a huge page.
char* reserve(std::size_t bytes) {
  const std::size_t more = bytes + kHugePage;
  void* found = ::mmap(nullptr, more, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (found == MAP_FAILED) throw std::bad_alloc();
  char* const begin = static_cast<char*>(found);
  const std::size_t before =
      (kHugePage - reinterpret_cast<std::uintptr_t>(begin) % kHugePage) % kHugePage;
  if (before > 0) ::munmap(begin, before);
  ::munmap(begin + before + bytes, kHugePage - before);
  return begin + before;
}

/// A wish: where the kernel does not grant it, the memory is good all the same.
void advise(void* data, std::size_t bytes, bool huge) {
  (void)::madvise(data, bytes, huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
}

/// The kernel moves one mapping at a time, and what it moved stays one: those of the reservations
/// before, each as long as all before it.
void move(char* from, std::size_t bytes, char* to) {
  for (std::size_t at = 0; at < bytes;) {
    const std::size_t size = std::max(at, kFirst);
    void* moved = ::mremap(from + at, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, to + at);
    if (moved == MAP_FAILED) throw std::bad_alloc();
    at += size;
  }
}

}  // namespace

Pages::~Pages() {
  if (data_ != nullptr) ::munmap(data_, reserved_);
}

void Pages::grow(std::size_t bytes, bool dense) {
  if (bytes <= reserved_) return;
  const std::size_t wanted = std::max(std::bit_ceil(bytes), kFirst);
  char* const larger = reserve(wanted);
  // A small table must not take a whole huge page.
  if (wanted > kFirst) advise(larger, wanted, dense);
  if (reserved_ > 0) {
    // What is moved together must have been advised together.
    advise(data_, reserved_, dense);
    move(static_cast<char*>(data_), reserved_, larger);
  }
  data_ = larger;
  reserved_ = wanted;
}

}  // namespace copydesk::dedupe
