/// @file
/// Writing tokens out. Most are short: sixteen bytes are copied at once, whatever their length, and
/// what is too much is written over by the next.

#include <cstring>

#include "copydesk/tokenize.h"

namespace copydesk {
namespace {

constexpr std::size_t kStep = 16;

std::size_t joined_size(std::span<const Span> spans) {
  std::size_t size = spans.size();
  for (const Span& span : spans) size += span.end - span.begin;
  return size;
}

}  // namespace

void append_joined(std::string_view text, std::span<const Span> spans, char separator,
                   std::string& out) {
  const std::size_t before = out.size();
  const std::size_t size = joined_size(spans);
  out.resize(before + size + kStep);
  char* to = out.data() + before;
  for (const Span& span : spans) {
    const std::size_t length = span.end - span.begin;
    const char* from = text.data() + span.begin;
    if (span.begin + kStep <= text.size()) {
      std::memcpy(to, from, kStep);
      if (length > kStep) std::memcpy(to + kStep, from + kStep, length - kStep);
    } else {
      std::memcpy(to, from, length);
    }
    to[length] = separator;
    to += length + 1;
  }
  out.resize(before + size);
}

}  // namespace copydesk
