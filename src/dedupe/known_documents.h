#pragma once

/// @file
/// The documents that later ones are compared with: found by their keys, compared by their sets.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "copydesk/dedupe.h"

#include "dedupe/entries.h"
#include "dedupe/index.h"
#include "dedupe/key_table.h"
#include "dedupe/set_store.h"
#include "dedupe/shingle_set.h"

namespace copydesk::dedupe {

/// Names a known document: the part of the index over the number in it. The parts are the segments
/// in their order, and behind them this run.
using DocumentNumber = std::uint64_t;

/// What came of comparing the document in hand with a known one.
struct Comparison {
  DocumentNumber document = 0;
  Overlap overlap;     ///< first: the document in hand
  bool exact = false;  ///< the same normalised text
};

/// Not thread-safe. A document in hand is looked up first and remembered after: nothing finds
/// itself.
class KnownDocuments {
 public:
  explicit KnownDocuments(const DedupeOptions& options, std::optional<DedupeIndex> index = {});

  /// Must be called before the other look-ups for a sketch. `next`: the one that comes after, if
  /// it is known.
  void begin(const Sketch& sketch, const Sketch* next = nullptr);

  /// A document with the same normalised text, within the window.
  [[nodiscard]] Result<std::optional<DocumentNumber>> find_exact(const Sketch& sketch);
  /// The latest document of the same canonical URL.
  [[nodiscard]] Result<std::optional<DocumentNumber>> find_url(const Sketch& sketch);
  /// The documents that share a band or block, lie within the window, and by estimate may reach the
  /// Jaccard index or the given containment. Rising; valid until the next call.
  [[nodiscard]] std::span<const DocumentNumber> find_near(const Sketch& sketch, double containment);

  /// Compares exactly.
  [[nodiscard]] Result<Comparison> compare(const Sketch& sketch, DocumentNumber document);

  /// The survivor that stands for it, or itself.
  [[nodiscard]] DocumentNumber root(DocumentNumber document) const;
  [[nodiscard]] bool in_window(const Sketch& sketch, DocumentNumber document) const;
  [[nodiscard]] Result<std::string> id(DocumentNumber document);

  /// Remembers the document under all its keys; `root` stands for it, or it for itself.
  [[nodiscard]] Result<DocumentNumber> remember(const Sketch& sketch,
                                                std::optional<DocumentNumber> root);

  /// As SetStore::write_behind.
  void write_behind() { store_.write_behind(); }

  /// Writes the survivors of this run to the index, if there is one.
  [[nodiscard]] Status save();
  [[nodiscard]] const std::vector<Error>& problems() const noexcept { return problems_; }

  /// Adds what is known here to the counters.
  void add_counts(DedupeCounts& counts) const;

  /// The number in its part: for a caller that has no index, the count of those remembered before.
  [[nodiscard]] static std::uint32_t number_in_part(DocumentNumber document) noexcept {
    return static_cast<std::uint32_t>(document);
  }

 private:
  /// What both parts of the index say of a document.
  struct Facts {
    std::int64_t date;
    std::uint32_t shingles;
    const Digest* digest;
  };

  [[nodiscard]] std::size_t part(DocumentNumber document) const noexcept {
    return static_cast<std::size_t>(document >> 32);
  }
  template <typename Use>
  void for_each_key(const Sketch& sketch, Use use) const;
  [[nodiscard]] Facts facts(DocumentNumber document) const;
  [[nodiscard]] Status load(DocumentNumber document, bool head_only);
  void find(std::span<const std::uint64_t> keys, const Sketch& sketch, bool any_time);
  [[nodiscard]] bool may_hold(std::size_t segment, const Sketch& sketch) const;

  DedupeOptions options_;
  std::optional<DedupeIndex> index_;
  std::vector<const Segment*> segments_;  ///< null: found damaged, not used any more
  KeyTable table_;
  EntryArray entries_;
  SetStore store_;
  Verifier verifier_;
  bool verifier_loaded_ = false;
  StoredDocument loaded_;
  TextHash prefetched_;                          ///< of the document whose keys were asked for last
  std::optional<DocumentNumber> loaded_number_;  ///< what loaded_ holds, if it is of this run
  bool loaded_whole_ = false;
  std::vector<DocumentNumber> found_;
  std::vector<std::uint32_t> numbers_;
  std::vector<Error> problems_;
  std::uint64_t candidates_ = 0;
  std::uint64_t estimated_away_ = 0;
  std::uint64_t verified_ = 0;
};

}  // namespace copydesk::dedupe
