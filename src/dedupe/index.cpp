#include "dedupe/index.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

namespace copydesk {
namespace {

constexpr std::string_view kPrefix = "segment-";
constexpr std::string_view kSuffix = ".dedupe";
constexpr std::string_view kUnfinished = ".dedupe.tmp";

Error system_error(ErrorCode code, const std::string& what) {
  return {code, what + ": " + std::strerror(errno)};
}

/// The number in "segment-000012.dedupe"; 0: another file.
std::uint64_t number_in(std::string_view name) {
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return 0;
  name.remove_prefix(kPrefix.size());
  name.remove_suffix(kSuffix.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  return error == std::errc() && end == name.data() + name.size() ? number : 0;
}

std::string segment_name(std::uint64_t number) {
  std::array<char, 32> digits{};
  std::snprintf(digits.data(), digits.size(), "%06llu", static_cast<unsigned long long>(number));
  return std::string(kPrefix) + digits.data() + std::string(kSuffix);
}

std::uint64_t hash_of(const std::string& run) {
  return run.empty() ? 0 : XXH3_64bits(run.data(), run.size()) | 1U;
}

}  // namespace

namespace dedupe {

IndexParameters parameters_of(const SketchOptions& sketch, const DedupeOptions& options) {
  IndexParameters parameters;
  parameters.shingle_kind = static_cast<std::uint32_t>(sketch.shingle);
  parameters.shingle_size = sketch.shingle_size;
  parameters.bands = sketch.bands;
  parameters.rows = sketch.rows;
  parameters.shortest_paragraph = sketch.shortest_paragraph;
  parameters.by =
      (options.by_url ? 1U : 0U) | (options.by_exact ? 2U : 0U) | (options.by_near ? 4U : 0U);
  return parameters;
}

std::string describe(const IndexParameters& parameters) {
  static constexpr std::array<const char*, 3> kKinds = {"auto", "word", "char"};
  std::string by;
  for (const auto& [bit, name] : {std::pair(1U, "url"), {2U, "exact"}, {4U, "near"}}) {
    if ((parameters.by & bit) != 0) by += (by.empty() ? "" : ",") + std::string(name);
  }
  std::string shingle = kKinds[std::min<std::size_t>(parameters.shingle_kind, 2)];
  if (parameters.shingle_size > 0) shingle += ":" + std::to_string(parameters.shingle_size);
  return "--by " + by + " --shingle " + shingle + " --bands " + std::to_string(parameters.bands) +
         "x" + std::to_string(parameters.rows) + " --min-block " +
         std::to_string(parameters.shortest_paragraph);
}

}  // namespace dedupe

DedupeIndex::Impl::~Impl() {
  // Closing releases the lock; the file stays, for removing it would race with the next writer.
  if (lock_ >= 0) ::close(lock_);
}

Status DedupeIndex::Impl::open(const std::optional<dedupe::IndexParameters>& wanted) {
  if (wanted) parameters_ = *wanted;
  if (!options_.read_only) {
    Status status = make_folder();
    if (status) status = lock();
    if (!status) return status;
  }
  auto names = list();
  if (!names) return names.error();
  if (!options_.read_only) clean_up(*names);
  return load(*names, wanted);
}

Status DedupeIndex::Impl::make_folder() const {
  if (::mkdir(options_.folder.c_str(), 0777) == 0 || errno == EEXIST) return {};
  return system_error(ErrorCode::write_failed, options_.folder);
}

/// One writer at a time. The lock ends with the process, however that ends; the number in the file
/// is only for the message.
Status DedupeIndex::Impl::lock() {
  const std::string path = options_.folder + "/lock";
  lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_ < 0) return system_error(ErrorCode::cannot_open, path);
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    std::array<char, 32> holder{};
    const ssize_t size = ::pread(lock_, holder.data(), holder.size() - 1, 0);
    std::string detail = options_.folder;
    if (size > 0) detail += " is being written by process " + std::string(holder.data());
    return {ErrorCode::locked, detail};
  }
  const std::string self = std::to_string(::getpid());
  if (::ftruncate(lock_, 0) != 0 ||
      ::pwrite(lock_, self.data(), self.size(), 0) != static_cast<ssize_t>(self.size())) {
    return system_error(ErrorCode::write_failed, path);
  }
  return {};
}

Result<std::vector<std::string>> DedupeIndex::Impl::list() const {
  struct Close {
    void operator()(DIR* directory) const noexcept { ::closedir(directory); }
  };
  const std::unique_ptr<DIR, Close> directory(::opendir(options_.folder.c_str()));
  if (!directory) return system_error(ErrorCode::cannot_open, options_.folder);
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(directory.get())) names.emplace_back(entry->d_name);
  std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return std::pair(number_in(a), a) < std::pair(number_in(b), b);
  });
  return names;
}

/// What a writer that was killed left behind.
void DedupeIndex::Impl::clean_up(const std::vector<std::string>& names) const {
  for (const std::string& name : names) {
    if (name.starts_with(kPrefix) && name.ends_with(kUnfinished)) {
      ::unlink((options_.folder + "/" + name).c_str());
    }
  }
}

bool DedupeIndex::Impl::is_expired(const dedupe::SegmentHeader& header) const {
  return options_.expire && !options_.read_only &&
         header.created < static_cast<std::int64_t>(std::time(nullptr)) - *options_.expire;
}

Status DedupeIndex::Impl::load(const std::vector<std::string>& names,
                               const std::optional<dedupe::IndexParameters>& wanted) {
  const std::uint64_t run = hash_of(options_.run);
  for (const std::string& name : names) {
    const std::uint64_t number = number_in(name);
    if (number == 0) continue;
    last_number_ = std::max(last_number_, number);
    const std::string path = options_.folder + "/" + name;
    auto segment = dedupe::Segment::open(path);
    if (!segment) {
      problems_.push_back(segment.error());
      continue;
    }
    const dedupe::SegmentHeader& header = segment->header();
    if (is_expired(header)) {
      if (::unlink(path.c_str()) != 0) return system_error(ErrorCode::write_failed, path);
      continue;
    }
    if (wanted && header.parameters != *wanted) {
      return {ErrorCode::bad_option, path + " was made with " +
                                         dedupe::describe(header.parameters) + ", this run has " +
                                         dedupe::describe(*wanted)};
    }
    if (run != 0 && header.run == run) {
      own_segment_ = name;
      continue;
    }
    parameters_ = header.parameters;
    segments_.push_back(*std::move(segment));
  }
  return {};
}

Status DedupeIndex::Impl::save(const dedupe::SegmentSource& source) {
  if (options_.read_only) return {};
  dedupe::SegmentHeader header;
  header.parameters = parameters_;
  header.created = static_cast<std::int64_t>(std::time(nullptr));
  header.run = hash_of(options_.run);
  // A run that is repeated takes the place of its own segment: one rename, and it is replaced.
  const std::string name = own_segment_.empty() ? segment_name(last_number_ + 1) : own_segment_;
  const std::string path = options_.folder + "/" + name;
  // Nothing new, nothing changes.
  if (dedupe::count_survivors(source) == 0) return {};
  return dedupe::write_segment(source, header, path);
}

DedupeIndex::DedupeIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DedupeIndex::~DedupeIndex() = default;
DedupeIndex::DedupeIndex(DedupeIndex&&) noexcept = default;
DedupeIndex& DedupeIndex::operator=(DedupeIndex&&) noexcept = default;

Result<DedupeIndex> DedupeIndex::open(const IndexOptions& options, const SketchOptions& sketch,
                                      const DedupeOptions& dedupe) {
  auto impl = std::make_unique<Impl>(options);
  if (Status status = impl->open(dedupe::parameters_of(sketch, dedupe)); !status) {
    return status.error();
  }
  return DedupeIndex(std::move(impl));
}

Result<DedupeIndex> DedupeIndex::inspect(const std::string& folder) {
  IndexOptions options;
  options.folder = folder;
  options.read_only = true;
  auto impl = std::make_unique<Impl>(options);
  if (Status status = impl->open(std::nullopt); !status) return status.error();
  return DedupeIndex(std::move(impl));
}

const std::vector<Error>& DedupeIndex::problems() const {
  return impl_->problems();
}

std::vector<SegmentFacts> DedupeIndex::segments() const {
  std::vector<SegmentFacts> all;
  for (const dedupe::Segment& segment : impl_->segments()) {
    const dedupe::SegmentHeader& header = segment.header();
    SegmentFacts facts{segment.path(),   header.created, header.documents, header.keys,
                       header.file_size, std::nullopt,   std::nullopt};
    if (header.undated < header.documents) {
      facts.first_date = header.first_date;
      facts.last_date = header.last_date;
    }
    all.push_back(std::move(facts));
  }
  return all;
}

std::string DedupeIndex::parameters() const {
  if (impl_->segments().empty()) return {};
  return dedupe::describe(impl_->segments().back().header().parameters);
}

}  // namespace copydesk
