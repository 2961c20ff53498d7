#pragma once

/// @file
/// The folder that holds the index.

#include <deque>
#include <string>
#include <vector>

#include "copydesk/dedupe.h"

#include "dedupe/segment.h"
#include "dedupe/segment_writer.h"

namespace copydesk {

/// An opened index: its segments, its lock.
class DedupeIndex::Impl {
 public:
  explicit Impl(IndexOptions options) : options_(std::move(options)) {}
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  /// `wanted` absent: whatever the segments were made with.
  Status open(const std::optional<dedupe::IndexParameters>& wanted);

  /// Writes the survivors as the next segment.
  Status save(const dedupe::SegmentSource& source);

  [[nodiscard]] const std::deque<dedupe::Segment>& segments() const { return segments_; }
  [[nodiscard]] const std::vector<Error>& problems() const { return problems_; }

 private:
  Status lock();
  Status make_folder() const;
  Result<std::vector<std::string>> list() const;
  void clean_up(const std::vector<std::string>& names) const;
  Status load(const std::vector<std::string>& names,
              const std::optional<dedupe::IndexParameters>& wanted);
  [[nodiscard]] bool is_expired(const dedupe::SegmentHeader& header) const;

  IndexOptions options_;
  dedupe::IndexParameters parameters_;
  int lock_ = -1;
  std::uint64_t last_number_ = 0;
  std::deque<dedupe::Segment> segments_;  ///< in the order in which they were made
  std::string own_segment_;               ///< what an earlier run of the same name left
  std::vector<Error> problems_;
};

namespace dedupe {

[[nodiscard]] IndexParameters parameters_of(const SketchOptions& sketch,
                                            const DedupeOptions& options);
[[nodiscard]] std::string describe(const IndexParameters& parameters);

}  // namespace dedupe

}  // namespace copydesk
