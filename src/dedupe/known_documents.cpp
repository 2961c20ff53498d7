#include "dedupe/known_documents.h"

#include <algorithm>

#include "dedupe/judge.h"
#include "dedupe/signature.h"

namespace copydesk::dedupe {
namespace {

std::int64_t date_of(const Sketch& sketch) {
  return sketch.date.value_or(kNoDate);
}

}  // namespace

KnownDocuments::KnownDocuments(const DedupeOptions& options)
    : options_(options),
      table_(options.bucket_cap),
      store_(options.sets_in_memory, options.temporary_folder) {}

void KnownDocuments::begin(const Sketch& sketch) {
  verifier_loaded_ = false;
  // All memory that the look-ups and the insertions will touch, asked for at once.
  table_.prefetch(sketch.text_hash.low);
  if (sketch.url_key != 0) table_.prefetch(sketch.url_key);
  if (!options_.by_near) return;
  for (const std::uint64_t key : sketch.band_keys) table_.prefetch(key);
  for (const std::uint64_t key : sketch.block_keys) table_.prefetch(key);
}

bool KnownDocuments::in_window(const Sketch& sketch, DocumentNumber document) const {
  return within_window(options_, entries_[document].date, date_of(sketch));
}

Result<std::optional<DocumentNumber>> KnownDocuments::find_exact(const Sketch& sketch) {
  if (sketch.tokens == 0) return std::optional<DocumentNumber>();
  found_.clear();
  table_.find(sketch.text_hash.low, found_);
  for (const DocumentNumber document : found_) {
    if (!in_window(sketch, document)) continue;
    Status status = store_.load_head(entries_[document].stored_at, loaded_);
    if (!status) return status.error();
    if (loaded_.text_hash == sketch.text_hash) return std::optional(document);
  }
  return std::optional<DocumentNumber>();
}

Result<std::optional<DocumentNumber>> KnownDocuments::find_url(const Sketch& sketch) {
  if (sketch.url_key == 0) return std::optional<DocumentNumber>();
  found_.clear();
  table_.find(sketch.url_key, found_);
  for (auto document = found_.rbegin(); document != found_.rend(); ++document) {
    Status status = store_.load_head(entries_[*document].stored_at, loaded_);
    if (!status) return status.error();
    if (loaded_.url_key == sketch.url_key) return std::optional(*document);
  }
  return std::optional<DocumentNumber>();
}

std::span<const DocumentNumber> KnownDocuments::find_near(const Sketch& sketch,
                                                          double containment) {
  found_.clear();
  for (const std::uint64_t key : sketch.band_keys) table_.find(key, found_);
  for (const std::uint64_t key : sketch.block_keys) table_.find(key, found_);
  std::sort(found_.begin(), found_.end());
  found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  std::erase_if(found_, [&](DocumentNumber document) { return !in_window(sketch, document); });
  candidates_ += found_.size();
  const std::size_t before = found_.size();
  std::erase_if(found_, [&](DocumentNumber document) {
    const Entry& entry = entries_[document];
    return !may_be_similar(options_.jaccard, containment,
                           estimate_jaccard(sketch.digest, entry.digest), sketch.shingles.size(),
                           entry.shingles);
  });
  estimated_away_ += before - found_.size();
  return found_;
}

Result<Comparison> KnownDocuments::compare(const Sketch& sketch, DocumentNumber document) {
  Status status = store_.load(entries_[document].stored_at, loaded_);
  if (!status) return status.error();
  if (!verifier_loaded_) verifier_.set_first(sketch.shingles);
  verifier_loaded_ = true;
  ++verified_;
  Comparison comparison;
  comparison.document = document;
  comparison.overlap = verifier_.compare(loaded_.shingles);
  comparison.exact = sketch.tokens > 0 && loaded_.text_hash == sketch.text_hash;
  return comparison;
}

Result<std::string> KnownDocuments::id(DocumentNumber document) {
  Status status = store_.load_head(entries_[document].stored_at, loaded_);
  if (!status) return status.error();
  return loaded_.id;
}

Result<DocumentNumber> KnownDocuments::remember(const Sketch& sketch,
                                                std::optional<DocumentNumber> root) {
  Result<std::uint64_t> at = store_.append(sketch);
  if (!at) return at.error();
  const auto number = static_cast<DocumentNumber>(entries_.size());
  entries_.push({*at, date_of(sketch), root.value_or(number),
                 static_cast<std::uint32_t>(sketch.shingles.size()), sketch.digest});
  if (options_.by_url && sketch.url_key != 0) table_.insert(sketch.url_key, number);
  if (options_.by_exact && sketch.tokens > 0) table_.insert(sketch.text_hash.low, number);
  if (!options_.by_near) return number;
  for (const std::uint64_t key : sketch.band_keys) table_.insert(key, number);
  for (const std::uint64_t key : sketch.block_keys) table_.insert(key, number);
  return number;
}

void KnownDocuments::add_counts(DedupeCounts& counts) const {
  counts.candidates += candidates_;
  counts.estimated_away += estimated_away_;
  counts.verified += verified_;
  counts.keys += table_.size();
  counts.capped += table_.capped();
  counts.remembered += entries_.size();
  counts.memory += table_.memory() + entries_.memory() + store_.memory();
}

}  // namespace copydesk::dedupe
