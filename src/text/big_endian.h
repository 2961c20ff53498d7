#pragma once

/// @file
/// The end of a short text as one number, for hashes that go eight bytes at a time.

#include <cstddef>
#include <cstdint>

namespace copydesk::text {

/// The first byte highest, on every machine; compilers make one load of it.
[[nodiscard]] inline std::uint32_t four_bytes(const char* bytes) noexcept {
  const auto byte = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at]));
  };
  return byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
}

/// `size` bytes, less than eight, as a number whose lowest byte is the last one. Words have such
/// ends of any length, so there is no loop: parts that overlap say the same.
[[nodiscard]] inline std::uint64_t short_number(const char* bytes, std::size_t size) noexcept {
  if (size >= 4) {
    const std::uint64_t first = four_bytes(bytes);
    return first << (8 * (size - 4)) | four_bytes(bytes + size - 4);
  }
  if (size == 0) return 0;
  const auto byte = [&](std::size_t at) {
    return static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at]))
           << (8 * (size - 1 - at));
  };
  return byte(0) | byte(size / 2) | byte(size - 1);
}

}  // namespace copydesk::text
