#include "copydesk/counts.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tokenize/sorted_runs.h"

namespace copydesk {
namespace {

using tokenize::CountedKey;
using tokenize::Run;
using tokenize::RunMerge;

/// What an entry of the table costs beside the bytes of its key: node, bucket, string, allocator.
constexpr std::size_t kEntryCost = 96;
/// More runs than this are merged into one before another is made: files stay few.
constexpr std::size_t kMostRuns = 64;

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view key) const noexcept {
    return std::hash<std::string_view>{}(key);
  }
};
using Table = std::unordered_map<std::string, std::uint64_t, Hash, std::equal_to<>>;

/// Gives the entries of a merge with equal keys added up.
class Summed {
 public:
  explicit Summed(RunMerge merge) : merge_(std::move(merge)) {}

  Result<bool> next(CountedKey& into) {
    if (!ahead_) {
      CountedKey first;
      Result<bool> more = merge_.next(first);
      if (!more || !*more) return more;
      ahead_ = std::move(first);
    }
    into = std::move(*ahead_);
    ahead_.reset();
    while (true) {
      CountedKey other;
      Result<bool> more = merge_.next(other);
      if (!more) return more;
      if (!*more) return true;
      if (other.key != into.key) {
        ahead_ = std::move(other);
        return true;
      }
      into.count += other.count;
    }
  }

 private:
  RunMerge merge_;
  std::optional<CountedKey> ahead_;
};

}  // namespace

class Counter::Impl {
 public:
  explicit Impl(CounterOptions options) : options_(std::move(options)) {}

  Status add(std::string_view key, std::uint64_t count) {
    if (const auto found = table_.find(key); found != table_.end()) {
      found->second += count;
      return {};
    }
    table_.emplace(std::string(key), count);
    held_ += key.size() + kEntryCost;
    if (held_ <= options_.memory) return {};
    return spill_table();
  }

  Result<Entry> next() {
    if (!ready_) {
      if (Status prepared = prepare(); !prepared) return std::move(prepared).error();
      ready_ = true;
    }
    if (by_count_) {
      Result<bool> more = by_count_->next(current_);
      if (!more) return std::move(more).error();
      return *more ? Entry{current_.key, current_.count} : Entry{};
    }
    if (position_ == sorted_.size()) return Entry{};
    const CountedKey& entry = sorted_[position_++];
    return Entry{entry.key, entry.count};
  }

  [[nodiscard]] std::size_t spills() const { return spills_; }

 private:
  Status prepare() {
    if (runs_.empty()) {
      for (auto& [key, count] : table_) keep({key, count});
      table_.clear();
      std::sort(sorted_.begin(), sorted_.end(), tokenize::by_count);
      return {};
    }
    if (Status spilled = spill_table(); !spilled) return spilled;
    return order_by_count();
  }

  void keep(CountedKey entry) {
    if (entry.count >= options_.min_count) sorted_.push_back(std::move(entry));
  }

  /// Writes the table as a run that is sorted by key, and empties it.
  Status spill_table() {
    if (table_.empty()) return {};
    if (runs_.size() >= kMostRuns) {
      if (Status merged = merge_runs(); !merged) return merged;
    }
    std::vector<CountedKey> entries;
    entries.reserve(table_.size());
    while (!table_.empty()) {
      auto node = table_.extract(table_.begin());
      entries.push_back({std::move(node.key()), node.mapped()});
    }
    held_ = 0;
    std::sort(entries.begin(), entries.end(), tokenize::by_key);
    return write_run(entries, runs_);
  }

  Status write_run(const std::vector<CountedKey>& entries, std::vector<Run>& runs) {
    Result<Run> run = Run::create(options_.directory);
    if (!run) return std::move(run).error();
    for (const CountedKey& entry : entries) {
      if (Status written = run->append(entry.key, entry.count); !written) return written;
    }
    runs.push_back(std::move(*run));
    ++spills_;
    return {};
  }

  Status merge_runs() {
    Result<Run> into = Run::create(options_.directory);
    if (!into) return std::move(into).error();
    const auto write = [&](const CountedKey& entry) {
      return into->append(entry.key, entry.count);
    };
    if (Status merged = for_each_summed(write); !merged) return merged;
    runs_.clear();
    runs_.push_back(std::move(*into));
    return {};
  }

  /// Reads all runs, which are used up, and calls `use` with each key and its whole count.
  template <typename Use>
  Status for_each_summed(Use use) {
    Result<RunMerge> merge = RunMerge::open(std::move(runs_), tokenize::by_key);
    runs_.clear();
    if (!merge) return std::move(merge).error();
    Summed summed(std::move(*merge));
    for (;;) {
      CountedKey entry;
      Result<bool> more = summed.next(entry);
      if (!more) return std::move(more).error();
      if (!*more) return {};
      if (Status used = use(std::move(entry)); !used) return used;
    }
  }

  /// From runs by key to runs by count, as much as memory holds at a time.
  Status order_by_count() {
    std::vector<Run> ordered;
    std::size_t held = 0;
    const auto flush = [&]() -> Status {
      std::sort(sorted_.begin(), sorted_.end(), tokenize::by_count);
      Status written = write_run(sorted_, ordered);
      sorted_.clear();
      held = 0;
      return written;
    };
    const auto take = [&](CountedKey entry) -> Status {
      held += entry.key.size() + kEntryCost;
      keep(std::move(entry));
      return held > options_.memory ? flush() : Status();
    };
    if (Status taken = for_each_summed(take); !taken) return taken;
    if (Status flushed = flush(); !flushed) return flushed;
    Result<RunMerge> merge = RunMerge::open(std::move(ordered), tokenize::by_count);
    if (!merge) return std::move(merge).error();
    by_count_ = std::move(*merge);
    return {};
  }

  CounterOptions options_;
  Table table_;
  std::size_t held_ = 0;
  std::vector<Run> runs_;  ///< sorted by key
  std::size_t spills_ = 0;
  bool ready_ = false;
  std::vector<CountedKey> sorted_;
  std::size_t position_ = 0;
  std::optional<RunMerge> by_count_;
  CountedKey current_;
};

Counter::Counter(const CounterOptions& options) : impl_(std::make_unique<Impl>(options)) {}
Counter::~Counter() = default;
Counter::Counter(Counter&&) noexcept = default;
Counter& Counter::operator=(Counter&&) noexcept = default;

Status Counter::add(std::string_view key, std::uint64_t count) {
  return impl_->add(key, count);
}

Result<Counter::Entry> Counter::next() {
  return impl_->next();
}

std::size_t Counter::spills() const noexcept {
  return impl_->spills();
}

}  // namespace copydesk
