#pragma once

/// @file
/// dedupe as filters: deciding while reading, and deciding at the end.

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "copydesk/dedupe.h"

#include "common/filter.h"
#include "dedupe_program/clusters.h"
#include "dedupe_program/item.h"
#include "dedupe_program/settings.h"
#include "dedupe_program/spool.h"

namespace copydesk::tools {

/// What both filters do: read items, write outcomes, take repeated blocks out.
class DedupeFilter : public Filter {
 public:
  DedupeFilter(const DedupeSettings& settings, bool wants_removed);

  [[nodiscard]] Format output_format(Format input) const override;
  void work(const Document& document, Format to, Outcome& outcome) const override;

 protected:
  /// Fills the outcome of a document whose verdict is known.
  void apply(const Document& document, const Item& item, const Verdict& verdict, Format to,
             Outcome& outcome);
  /// The last step of a run: the file of --clusters.
  void write_clusters(Outcome& outcome) const;
  void add_counts(const DedupeCounts& counts, text::JsonWriter& writer) const;

  const DedupeSettings& settings() const { return settings_; }

 private:
  /// A block that goes, what was seen of it before, and its kind.
  struct Repeat {
    TextBlock block;
    RepeatedBlock seen;
    BlockUnit unit;
  };

  [[nodiscard]] std::vector<Repeat> find_repeats(const Item& item);
  void apply_blocks(const Document& document, const Item& item, text::RecordEdit& edit, Format to,
                    Outcome& outcome);

  const DedupeSettings& settings_;
  bool wants_removed_;
  Sketcher sketcher_;
  std::array<BlockMemory, 2> memories_;  ///< by BlockUnit
  ClusterLog clusters_;
  std::uint64_t blocks_removed_ = 0;
};

/// A record is out as soon as it is read.
class StreamingFilter final : public DedupeFilter {
 public:
  StreamingFilter(const DedupeSettings& settings, bool wants_removed, Deduplicator deduplicator);

  /// Makes the index remember this run.
  [[nodiscard]] Status save() { return deduplicator_.save(); }
  [[nodiscard]] std::vector<Error> problems() const { return deduplicator_.problems(); }

  void expect(const Outcome& outcome) override;
  void settle(const Document& document, Format to, Outcome& outcome) override;
  void clean_up() override { deduplicator_.write_behind(); }
  void finish(Format to, Outcome& outcome) override;
  void add_statistics(text::JsonWriter& writer) const override;

 private:
  Deduplicator deduplicator_;
  const Sketch* next_ = nullptr;  ///< of the document that is settled next but one
};

/// Documents wait in a temporary file until all are read, or, with --hold, until their stories are
/// decided.
class PlanningFilter final : public DedupeFilter {
 public:
  PlanningFilter(const DedupeSettings& settings, bool wants_removed);

  void settle(const Document& document, Format to, Outcome& outcome) override;
  [[nodiscard]] bool has_ready() const override;
  void release(Format to, Outcome& outcome) override;
  void finish(Format to, Outcome& outcome) override;
  [[nodiscard]] bool has_more() const override { return next_ < has_id_.size(); }
  void add_statistics(text::JsonWriter& writer) const override;

 private:
  void note_date(std::optional<std::int64_t> date);
  [[nodiscard]] Decision next_decision();
  [[nodiscard]] bool is_unchanged(const Document& document, const Decision& decision,
                                  Format to) const;
  void write_decided(Document document, const Decision& decision, Format to, Outcome& outcome);

  Planner planner_;
  DocumentQueue waiting_;
  std::vector<bool> has_id_;            ///< of each document
  std::deque<std::int64_t> dates_;      ///< of those that wait; kept for --hold TIME only
  std::optional<std::int64_t> newest_;  ///< date so far
  std::optional<std::vector<Decision>> decisions_;
  std::size_t next_ = 0;
};

}  // namespace copydesk::tools
