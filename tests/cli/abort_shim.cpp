/// @file
/// Loaded before a program (LD_PRELOAD), kills it at its Nth call that changes a file or folder, N
/// being in COPYDESK_ABORT_AFTER: what a crash or a power cut leaves is what the calls before left.
/// Of a write, half is done first, so that torn files are met too.
///
/// COPYDESK_CLOCK_SHIFT, in seconds, is added to the time of day that the program asks for.

#include <csignal>
#include <cstdlib>
#include <ctime>

#include <dlfcn.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

/// True if this is the call to die at.
bool is_last() {
  static const char* const limit = std::getenv("COPYDESK_ABORT_AFTER");
  static long calls = 0;
  return limit != nullptr && ++calls == std::atol(limit);
}

template <typename Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

void die() {
  ::kill(::getpid(), SIGKILL);
}

}  // namespace

extern "C" {

time_t time(time_t* place) noexcept {
  static const char* const shift = std::getenv("COPYDESK_CLOCK_SHIFT");
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  const time_t shown = now.tv_sec + (shift == nullptr ? 0 : std::atol(shift));
  if (place != nullptr) *place = shown;
  return shown;
}

ssize_t write(int file, const void* data, size_t size) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
  if (is_last()) {
    (void)real(file, data, size / 2);
    die();
  }
  return real(file, data, size);
}

ssize_t pwrite(int file, const void* data, size_t size, off_t at) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  if (is_last()) {
    (void)real(file, data, size / 2, at);
    die();
  }
  return real(file, data, size, at);
}

ssize_t pwrite64(int file, const void* data, size_t size, off_t at) {
  return pwrite(file, data, size, at);
}

int fsync(int file) {
  static const auto real = next<int (*)(int)>("fsync");
  if (is_last()) die();
  return real(file);
}

int rename(const char* from, const char* to) noexcept {
  static const auto real = next<int (*)(const char*, const char*)>("rename");
  if (is_last()) die();
  return real(from, to);
}

int unlink(const char* name) noexcept {
  static const auto real = next<int (*)(const char*)>("unlink");
  if (is_last()) die();
  return real(name);
}

int ftruncate(int file, off_t size) noexcept {
  static const auto real = next<int (*)(int, off_t)>("ftruncate");
  if (is_last()) die();
  return real(file, size);
}

}  // extern "C"
