#include "dedupe_program/spool.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace copydesk::tools {
namespace {

struct Head {
  std::uint64_t bytes;
  std::uint64_t line;
  std::uint64_t number_in_file;
  std::uint64_t name;  ///< size of the file name that follows; kSameName: as before
  Format format;
};

constexpr std::size_t kBuffer = std::size_t{256} << 10;
constexpr std::uint64_t kSameName = ~std::uint64_t{0};

}  // namespace

DocumentSpool::DocumentSpool(std::string folder) : folder_(std::move(folder)) {}

Error DocumentSpool::failure(ErrorCode code) const {
  return {code, "temporary file in " + folder_ + ": " + std::strerror(errno)};
}

Status DocumentSpool::open() {
  std::string name = folder_ + "/dedupe-XXXXXX";
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) return failure(ErrorCode::write_failed);
  ::unlink(name.c_str());
  file_.reset(::fdopen(descriptor, "w+b"));
  if (!file_) return failure(ErrorCode::write_failed);
  // Fewer calls of the system than with the usual 4 KiB; a refusal does no harm.
  buffer_ = std::make_unique_for_overwrite<char[]>(kBuffer);
  (void)std::setvbuf(file_.get(), buffer_.get(), _IOFBF, kBuffer);
  return {};
}

bool DocumentSpool::put(const void* data, std::size_t size) {
  return std::fwrite(data, 1, size, file_.get()) == size;
}

bool DocumentSpool::get(void* data, std::size_t size) {
  return std::fread(data, 1, size, file_.get()) == size;
}

Status DocumentSpool::add(const Document& document) {
  if (!file_) {
    if (Status status = open(); !status) return status;
  }
  const std::string_view name = document.location.file_name();
  const bool same = last_name_ && *last_name_ == name;
  if (!same) last_name_ = std::make_shared<const std::string>(name);
  const Head head{document.bytes.size(), document.location.line, document.number_in_file,
                  same ? kSameName : name.size(), document.format};
  if (put(&head, sizeof head) && (same || put(name.data(), name.size())) &&
      put(document.bytes.data(), document.bytes.size())) {
    return {};
  }
  return failure(ErrorCode::write_failed);
}

Result<std::optional<Document>> DocumentSpool::take() {
  if (!file_) return std::optional<Document>();
  if (!reading_) {
    reading_ = true;
    if (std::fflush(file_.get()) != 0) return failure(ErrorCode::write_failed);
    if (std::fseek(file_.get(), 0, SEEK_SET) != 0) return failure(ErrorCode::read_failed);
    last_name_.reset();
  }
  Head head;
  if (!get(&head, sizeof head)) {
    if (std::ferror(file_.get()) != 0) return failure(ErrorCode::read_failed);
    return std::optional<Document>();
  }
  if (head.name != kSameName) {
    std::string name(head.name, '\0');
    if (!get(name.data(), name.size())) return failure(ErrorCode::read_failed);
    last_name_ = std::make_shared<const std::string>(std::move(name));
  }
  Document document;
  document.format = head.format;
  document.location = {last_name_, head.line};
  document.number_in_file = head.number_in_file;
  document.bytes.resize(head.bytes);
  if (!get(document.bytes.data(), head.bytes)) return failure(ErrorCode::read_failed);
  return std::optional(std::move(document));
}

Status DocumentSpool::clear() {
  last_name_.reset();
  reading_ = false;
  if (!file_) return {};
  // What was buffered for reading must be dropped before the place can be written to.
  if (std::fseek(file_.get(), 0, SEEK_SET) != 0 || ::ftruncate(::fileno(file_.get()), 0) != 0) {
    return failure(ErrorCode::write_failed);
  }
  return {};
}

Result<std::optional<Document>> DocumentQueue::take() {
  auto document = out_.take();
  if (!document || *document) return document;
  if (Status status = out_.clear(); !status) return status.error();
  std::swap(in_, out_);
  return out_.take();
}

}  // namespace copydesk::tools
