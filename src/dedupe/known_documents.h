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
#include "dedupe/key_table.h"
#include "dedupe/set_store.h"
#include "dedupe/shingle_set.h"

namespace copydesk::dedupe {

/// Names a known document.
using DocumentNumber = std::uint32_t;

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
  explicit KnownDocuments(const DedupeOptions& options);

  /// Must be called before the other look-ups for a sketch.
  void begin(const Sketch& sketch);

  /// A document with the same normalised text, within the window.
  [[nodiscard]] Result<std::optional<DocumentNumber>> find_exact(const Sketch& sketch);
  /// The latest document of the same canonical URL.
  [[nodiscard]] Result<std::optional<DocumentNumber>> find_url(const Sketch& sketch);
  /// The documents that share a band or block, lie within the window, and by estimate may reach the
  /// Jaccard index or the given containment. Rising; valid until the next call.
  [[nodiscard]] std::span<const DocumentNumber> find_near(const Sketch& sketch, double containment);

  /// Compares exactly.
  [[nodiscard]] Result<Comparison> compare(const Sketch& sketch, DocumentNumber document);

  [[nodiscard]] DocumentNumber root(DocumentNumber document) const {
    return entries_[document].root;
  }
  [[nodiscard]] bool in_window(const Sketch& sketch, DocumentNumber document) const;
  [[nodiscard]] Result<std::string> id(DocumentNumber document);

  /// Remembers the document under all its keys; `root` stands for it, or it for itself.
  [[nodiscard]] Result<DocumentNumber> remember(const Sketch& sketch,
                                                std::optional<DocumentNumber> root);

  /// Adds what is known here to the counters.
  void add_counts(DedupeCounts& counts) const;

 private:
  DedupeOptions options_;
  KeyTable table_;
  EntryArray entries_;
  SetStore store_;
  Verifier verifier_;
  bool verifier_loaded_ = false;
  StoredDocument loaded_;
  std::vector<DocumentNumber> found_;
  std::uint64_t candidates_ = 0;
  std::uint64_t estimated_away_ = 0;
  std::uint64_t verified_ = 0;
};

}  // namespace copydesk::dedupe
