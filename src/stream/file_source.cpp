#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stream/byte_source.h"

namespace copydesk::stream {
namespace {

class FileSource final : public ByteSource {
 public:
  FileSource(int descriptor, bool owned) : descriptor_(descriptor), owned_(owned) {}
  ~FileSource() override {
    if (owned_) ::close(descriptor_);
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    for (;;) {
      const ssize_t got = ::read(descriptor_, buffer, size);
      if (got >= 0) {
        raw_bytes_ += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
      }
      if (errno != EINTR) {
        return {errno == EISDIR ? ErrorCode::is_directory : ErrorCode::read_failed,
                errno == EISDIR ? std::string() : system_message(errno)};
      }
    }
  }

  bool ready() const override {
    pollfd poller{descriptor_, POLLIN, 0};
    return ::poll(&poller, 1, 0) != 0;
  }

  std::uint64_t raw_bytes() const override { return raw_bytes_; }

 private:
  int descriptor_;
  bool owned_;
  std::uint64_t raw_bytes_ = 0;
};

}  // namespace

std::string system_message(int number) {
  return std::generic_category().message(number);
}

Result<std::unique_ptr<ByteSource>> open_file(const std::string& path) {
  if (path == "-") return std::unique_ptr<ByteSource>(new FileSource(STDIN_FILENO, false));
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return {ErrorCode::cannot_open, system_message(errno)};
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    ::close(descriptor);
    return ErrorCode::is_directory;
  }
  (void)::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  return std::unique_ptr<ByteSource>(new FileSource(descriptor, true));
}

}  // namespace copydesk::stream
