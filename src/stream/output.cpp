#include <cerrno>
#include <cstdio>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "copydesk/stream.h"

#include "stream/byte_source.h"
#include "stream/compressor.h"

namespace copydesk {
namespace {

Error write_error() {
  return {ErrorCode::write_failed, stream::system_message(errno)};
}

/// The directory part of a path, "." where there is none.
std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// The permissions a new file at `path` gets: those of the file it replaces, else what the umask
/// leaves. (umask can only be read by setting it.)
mode_t wanted_mode(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return status.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

class Output::Impl {
 public:
  explicit Impl(WriteOptions options)
      : options_(std::move(options)), compressor_(stream::compressor_for(options_.path)) {
    buffer_.reserve(options_.buffer_size);
  }
  ~Impl() {
    if (descriptor_ >= 0 && owned_) ::close(descriptor_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Status open() {
    if (options_.path == "-") {
      descriptor_ = STDOUT_FILENO;
      return {};
    }
    owned_ = true;
    struct stat status {};
    const bool exists = ::stat(options_.path.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) return ErrorCode::is_directory;
    if (exists && !S_ISREG(status.st_mode)) {
      descriptor_ = ::open(options_.path.c_str(), O_WRONLY | O_CLOEXEC);
      return opened();
    }
    if (exists && ::access(options_.path.c_str(), W_OK) != 0) return opened();
    // An unnamed file leaves nothing behind, even after SIGKILL; not every file system has them.
    descriptor_ =
        ::open(directory_of(options_.path).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    unnamed_ = descriptor_ >= 0;
    if (descriptor_ < 0) {
      temporary_ = options_.path + ".XXXXXX";
      descriptor_ = ::mkostemp(temporary_.data(), O_CLOEXEC);
      if (descriptor_ < 0) temporary_.clear();
    }
    atomic_ = descriptor_ >= 0;
    return opened();
  }

  Status write(std::string_view bytes) {
    bytes_written_ += bytes.size();
    if (compressor_) {
      if (Status done = compressor_->compress(bytes, stream::Flush::none, buffer_); !done)
        return done;
      return buffer_.size() >= options_.buffer_size ? drain() : Status();
    }
    if (buffer_.size() + bytes.size() <= options_.buffer_size) {
      buffer_.append(bytes);
      return {};
    }
    if (Status drained = drain(); !drained) return drained;
    if (bytes.size() >= options_.buffer_size) return write_all(bytes);
    buffer_.append(bytes);
    return {};
  }

  Status flush() {
    if (compressor_) {
      if (Status done = compressor_->compress({}, stream::Flush::sync, buffer_); !done) return done;
    }
    return drain();
  }

  Status finish() {
    if (compressor_) {
      if (Status done = compressor_->compress({}, stream::Flush::finish, buffer_); !done)
        return done;
    }
    if (Status drained = drain(); !drained) return drained;
    if (atomic_) return put_in_place();
    // Closing tells of errors that a network file system kept back. Standard output too.
    const int descriptor = std::exchange(descriptor_, -1);
    if (::close(descriptor) != 0 && errno != EINTR) return write_error();
    return {};
  }

  std::uint64_t bytes_written() const { return bytes_written_; }

 private:
  Status opened() const {
    if (descriptor_ >= 0) return {};
    return {ErrorCode::cannot_open, stream::system_message(errno)};
  }

  Status drain() {
    Status written = write_all(buffer_);
    buffer_.clear();
    return written;
  }

  Status write_all(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t put = ::write(descriptor_, bytes.data(), bytes.size());
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return write_error();
      bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return {};
  }

  Status put_in_place() {
    if (::fchmod(descriptor_, wanted_mode(options_.path)) != 0) return write_error();
    if (::fsync(descriptor_) != 0 && errno != EINVAL) return write_error();
    if (unnamed_) {
      if (Status named = give_name(); !named) return named;
    }
    const int descriptor = std::exchange(descriptor_, -1);
    if (::close(descriptor) != 0 && errno != EINTR) return write_error();
    if (std::rename(temporary_.c_str(), options_.path.c_str()) != 0) return write_error();
    temporary_.clear();
    return {};
  }

  /// Links the unnamed file under a temporary name: linkat cannot replace a file, rename can.
  Status give_name() {
    const std::string self = "/proc/self/fd/" + std::to_string(descriptor_);
    for (int attempt = 0; attempt < 1000; ++attempt) {
      std::string name =
          options_.path + "." + std::to_string(::getpid()) + "." + std::to_string(attempt);
      if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
        temporary_ = std::move(name);
        return {};
      }
      if (errno != EEXIST) break;
    }
    return write_error();
  }

  WriteOptions options_;
  std::unique_ptr<stream::Compressor> compressor_;
  std::string buffer_;
  std::string temporary_;  ///< exists and is to be removed while not empty
  int descriptor_ = -1;
  bool owned_ = false;
  bool atomic_ = false;
  bool unnamed_ = false;
  std::uint64_t bytes_written_ = 0;
};

Output::Output(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Output::~Output() = default;
Output::Output(Output&&) noexcept = default;
Output& Output::operator=(Output&&) noexcept = default;

Result<Output> Output::open(WriteOptions options) {
  auto impl = std::make_unique<Impl>(std::move(options));
  if (Status opened = impl->open(); !opened) return std::move(opened).error();
  return Output(std::move(impl));
}

Status Output::write(std::string_view bytes) {
  return impl_->write(bytes);
}
Status Output::flush() {
  return impl_->flush();
}
Status Output::finish() {
  return impl_->finish();
}
std::uint64_t Output::bytes_written() const noexcept {
  return impl_->bytes_written();
}

}  // namespace copydesk
