#pragma once

/// @file
/// Deduplication in stages that an outside engine runs: lines in, lines out, and between them a
/// sort or shuffle that is not ours. No stage knows where in a stream a document stood: documents
/// are named by their id and the hash of their text.
///
///     records --signatures--> key lines, sorted by key --pairs--> pair lines --cluster--> plan
///     lines records and plan --apply--> records
///
/// Fields are parted by TAB; ids and sites are JSON strings, so that no TAB or line feed stands in
/// them. Lines are given and taken without their line feed.
///
///     key line   KEY ID HASH DATE TOKENS SITE SHINGLES
///     pair line  (ID HASH DATE TOKENS SITE) twice, FIRST SECOND BOTH PASSAGES EXACT
///     plan line  ID HASH drop|keep OTHER RELATION SIMILARITY
///
/// A KEY is a letter for its kind (k: band or block, u: URL, x: text) and 16 hexadecimal digits.
/// SHINGLES are the shingle hashes in base64. FIRST, SECOND and BOTH count distinct shingles,
/// PASSAGES is a percentage (see DedupeOptions::passages). The survivors are those of Planner with
/// the same options, but for keys that more documents share than DedupeOptions::bucket_cap: which
/// of these are compared depends on the order of reading there, and does not here.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/dedupe.h"
#include "copydesk/error.h"

namespace copydesk {

/// What a key line holds beside the key.
enum class KeyLineContent : std::uint8_t {
  full,
  keys,  ///< nothing: to find out which keys are shared, before all is sent for these alone
};

/// Appends the key lines of a document to `out`, each with its line feed. `site` counts for
/// KeepPolicy::sites. Thread-safe.
void append_key_lines(const Sketch& sketch, std::string_view site, const DedupeOptions& options,
                      KeyLineContent content, std::string& out);

/// Finds and verifies the pairs among documents that share a key. Not thread-safe.
class PairStage {
 public:
  /// Requires check(options).ok().
  explicit PairStage(const DedupeOptions& options);
  ~PairStage();
  PairStage(PairStage&&) noexcept;
  PairStage& operator=(PairStage&&) noexcept;

  /// Takes the next key line; lines come sorted by key (bytes). When a key is complete, its pair
  /// lines are appended to `out`, each with its line feed; a pair comes once for each key it
  /// shares. Error: bad_data for a line that is none; limit_reached for one that is out of order,
  /// after which the run cannot go on.
  [[nodiscard]] Status add(std::string_view line, std::string& out);

  /// The pairs of the last key.
  void finish(std::string& out);

  /// candidates, estimated_away, verified; capped: documents left out of keys with too many.
  [[nodiscard]] DedupeCounts counts() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// Chooses survivors from pairs. Memory grows with the number of documents in pairs. Not
/// thread-safe.
class ClusterStage {
 public:
  ClusterStage(const DedupeOptions& options, KeepOrder order);
  ~ClusterStage();
  ClusterStage(ClusterStage&&) noexcept;
  ClusterStage& operator=(ClusterStage&&) noexcept;

  /// Takes a pair line; in any order, repeated ones do no harm. Error: bad_data.
  [[nodiscard]] Status add(std::string_view line);

  /// The plan lines, each with its line feed, sorted. Call once.
  [[nodiscard]] std::string finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// A plan by document. Reading it is not thread-safe, looking up is.
class DedupePlan {
 public:
  DedupePlan();
  ~DedupePlan();
  DedupePlan(DedupePlan&&) noexcept;
  DedupePlan& operator=(DedupePlan&&) noexcept;

  /// Takes a plan line. Error: bad_data.
  [[nodiscard]] Status add(std::string_view line);

  /// What was decided about the document; Relation::none where the plan does not name it.
  [[nodiscard]] Verdict find(const Sketch& sketch) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk
