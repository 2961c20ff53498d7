/// @file
/// Any bytes as a file: read as whatever it looks like and as every form that it can be forced to
/// be.

#include <optional>
#include <string>
#include <variant>

#include <sys/mman.h>
#include <unistd.h>

#include "copydesk/stream.h"

#include "check.h"

namespace {

using copydesk::Format;

/// Reads all of an unnamed file; every document keeps the bound that was set.
void read_all(int file, std::optional<Format> from) {
  constexpr std::size_t kLargest = 4096;
  copydesk::ReadOptions options;
  options.files = {"/proc/self/fd/" + std::to_string(file)};
  options.from = from;
  options.accepted = {Format::text, Format::jsonl, Format::html, Format::warc};
  options.max_document_size = kLargest;
  copydesk::DocumentReader reader(std::move(options));
  while (auto item = reader.next()) {
    if (const auto* document = std::get_if<copydesk::Document>(&*item)) {
      copydesk::fuzz::check(document->bytes.size() <= kLargest);
      copydesk::fuzz::check(document->format != Format::warc);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int file = ::memfd_create("input", 0);
  copydesk::fuzz::check(file >= 0 && ::write(file, data, size) == static_cast<ssize_t>(size));
  read_all(file, std::nullopt);
  for (const Format format : {Format::text, Format::jsonl, Format::html, Format::warc}) {
    read_all(file, format);
  }
  ::close(file);
  return 0;
}
