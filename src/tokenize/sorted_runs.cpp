#include "tokenize/sorted_runs.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace copydesk::tokenize {
namespace {

Error system_error(ErrorCode code) {
  return {code, "temporary file: " + std::generic_category().message(errno)};
}

/// How an entry stands in the file: the length of the key and the count, then the key.
using Header = std::array<std::uint64_t, 2>;

}  // namespace

bool by_key(const CountedKey& a, const CountedKey& b) noexcept {
  return a.key < b.key;
}

bool by_count(const CountedKey& a, const CountedKey& b) noexcept {
  return a.count != b.count ? a.count > b.count : a.key < b.key;
}

Result<Run> Run::create(const std::string& directory) {
  std::error_code failed;
  const std::filesystem::path folder = directory.empty()
                                           ? std::filesystem::temp_directory_path(failed)
                                           : std::filesystem::path(directory);
  if (failed) return {ErrorCode::cannot_open, "temporary directory: " + failed.message()};
  std::string name = (folder / "copydesk-XXXXXX").string();
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) return system_error(ErrorCode::cannot_open);
  ::unlink(name.c_str());
  std::FILE* file = ::fdopen(descriptor, "w+b");
  if (file == nullptr) {
    ::close(descriptor);
    return system_error(ErrorCode::cannot_open);
  }
  std::setvbuf(file, nullptr, _IOFBF, std::size_t{256} << 10);
  return Run(file);
}

Status Run::append(std::string_view key, std::uint64_t count) {
  const Header header = {key.size(), count};
  const bool written = std::fwrite(header.data(), sizeof header, 1, file_.get()) == 1 &&
                       std::fwrite(key.data(), 1, key.size(), file_.get()) == key.size();
  if (!written) return system_error(ErrorCode::write_failed);
  return {};
}

Status Run::rewind() {
  if (std::fflush(file_.get()) != 0) return system_error(ErrorCode::write_failed);
  if (std::fseek(file_.get(), 0, SEEK_SET) != 0) return system_error(ErrorCode::read_failed);
  return {};
}

Result<bool> Run::read(CountedKey& into) {
  Header header{};
  if (std::fread(header.data(), sizeof header, 1, file_.get()) != 1) {
    if (std::ferror(file_.get()) != 0) return system_error(ErrorCode::read_failed);
    return false;
  }
  into.key.resize(header[0]);
  into.count = header[1];
  if (std::fread(into.key.data(), 1, into.key.size(), file_.get()) != into.key.size()) {
    return system_error(ErrorCode::read_failed);
  }
  return true;
}

Result<RunMerge> RunMerge::open(std::vector<Run> runs, RunOrder order) {
  RunMerge merge;
  merge.runs_ = std::move(runs);
  merge.order_ = order;
  for (std::size_t i = 0; i < merge.runs_.size(); ++i) {
    if (Status rewound = merge.runs_[i].rewind(); !rewound) return std::move(rewound).error();
    if (Status advanced = merge.advance(i); !advanced) return std::move(advanced).error();
  }
  return merge;
}

Status RunMerge::advance(std::size_t run) {
  Head head{{}, run};
  Result<bool> more = runs_[run].read(head.entry);
  if (!more) return std::move(more).error();
  if (*more) push(std::move(head));
  return {};
}

void RunMerge::push(Head head) {
  heap_.push_back(std::move(head));
  std::push_heap(heap_.begin(), heap_.end(),
                 [this](const Head& a, const Head& b) { return order_(b.entry, a.entry); });
}

RunMerge::Head RunMerge::pop() {
  std::pop_heap(heap_.begin(), heap_.end(),
                [this](const Head& a, const Head& b) { return order_(b.entry, a.entry); });
  Head head = std::move(heap_.back());
  heap_.pop_back();
  return head;
}

Result<bool> RunMerge::next(CountedKey& into) {
  if (heap_.empty()) return false;
  Head head = pop();
  into = std::move(head.entry);
  if (Status advanced = advance(head.run); !advanced) return std::move(advanced).error();
  return true;
}

}  // namespace copydesk::tokenize
