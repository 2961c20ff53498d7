#include "dedupe/known_documents.h"

#include <algorithm>

#include "dedupe/judge.h"
#include "dedupe/signature.h"

namespace copydesk::dedupe {
namespace {

std::int64_t date_of(const Sketch& sketch) {
  return sketch.date.value_or(kNoDate);
}

DocumentNumber in_part(std::size_t part, std::uint32_t number) {
  return static_cast<DocumentNumber>(part) << 32 | number;
}

}  // namespace

KnownDocuments::KnownDocuments(const DedupeOptions& options, std::optional<DedupeIndex> index)
    : options_(options),
      index_(std::move(index)),
      table_(options.bucket_cap),
      store_(options.sets_in_memory, options.temporary_folder) {
  if (!index_) return;
  for (const Segment& segment : index_->impl().segments()) segments_.push_back(&segment);
}

/// Calls use(key) for what is looked up and inserted of a document.
template <typename Use>
void KnownDocuments::for_each_key(const Sketch& sketch, Use use) const {
  use(sketch.text_hash.low);
  if (sketch.url_key != 0) use(sketch.url_key);
  if (!options_.by_near) return;
  for (const std::uint64_t key : sketch.band_keys) use(key);
  for (const std::uint64_t key : sketch.block_keys) use(key);
}

void KnownDocuments::begin(const Sketch& sketch, const Sketch* next) {
  verifier_loaded_ = false;
  // All memory that the look-ups and the insertions will touch, asked for at once: the lines where
  // the keys belong, if possible a document ahead, and those that full ones overflow into.
  const auto prefetch = [this](std::uint64_t key) { table_.prefetch(key); };
  if (prefetched_ != sketch.text_hash) for_each_key(sketch, prefetch);
  for_each_key(sketch, [this](std::uint64_t key) { table_.prefetch_overflow(key); });
  if (next == nullptr) return;
  for_each_key(*next, prefetch);
  prefetched_ = next->text_hash;
}

KnownDocuments::Facts KnownDocuments::facts(DocumentNumber document) const {
  const std::uint32_t number = number_in_part(document);
  if (part(document) == segments_.size()) {
    const Entry& entry = entries_[number];
    return {entry.date, static_cast<std::uint32_t>(entry.shingles), &entry.digest};
  }
  static constexpr Digest kNothing{};
  if (segments_[part(document)] == nullptr) return {kNoDate, 0, &kNothing};
  const SegmentEntry& entry = segments_[part(document)]->entry(number);
  return {entry.date, entry.shingles, &entry.digest};
}

DocumentNumber KnownDocuments::root(DocumentNumber document) const {
  if (part(document) != segments_.size()) return document;
  return entries_[number_in_part(document)].root;
}

bool KnownDocuments::in_window(const Sketch& sketch, DocumentNumber document) const {
  return within_window(options_, facts(document).date, date_of(sketch));
}

/// Fills loaded_. A damaged record makes its segment unused from here on, and reads as a document
/// without a text: the run goes on with the others.
Status KnownDocuments::load(DocumentNumber document, bool head_only) {
  const std::uint32_t number = number_in_part(document);
  const std::size_t at = part(document);
  if (loaded_number_ == document && (head_only || loaded_whole_)) return {};
  loaded_number_.reset();
  if (at == segments_.size()) {
    const std::uint64_t place = entries_[number].stored_at;
    Status status = head_only ? store_.load_head(place, loaded_) : store_.load(place, loaded_);
    if (status) loaded_number_ = document;
    loaded_whole_ = !head_only;
    return status;
  }
  loaded_ = {};
  if (segments_[at] == nullptr) return {};
  Status status = segments_[at]->load(number, loaded_);
  if (status) return {};
  problems_.push_back(status.error());
  segments_[at] = nullptr;
  loaded_ = {};
  return {};
}

/// False if nothing in the segment can be near the document in time.
bool KnownDocuments::may_hold(std::size_t segment, const Sketch& sketch) const {
  const SegmentHeader& header = segments_[segment]->header();
  if (!options_.window || !sketch.date || header.undated > 0) return true;
  return *sketch.date >= header.first_date - *options_.window &&
         *sketch.date <= header.last_date + *options_.window;
}

/// Appends to found_ what stands under the keys, part by part.
void KnownDocuments::find(std::span<const std::uint64_t> keys, const Sketch& sketch,
                          bool any_time) {
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    if (segments_[i] == nullptr || !(any_time || may_hold(i, sketch))) continue;
    numbers_.clear();
    segments_[i]->find(keys, numbers_);
    for (const std::uint32_t number : numbers_) found_.push_back(in_part(i, number));
  }
  numbers_.clear();
  for (const std::uint64_t key : keys) table_.find(key, numbers_);
  for (const std::uint32_t number : numbers_) found_.push_back(in_part(segments_.size(), number));
}

Result<std::optional<DocumentNumber>> KnownDocuments::find_exact(const Sketch& sketch) {
  if (sketch.tokens == 0) return std::optional<DocumentNumber>();
  found_.clear();
  find({&sketch.text_hash.low, 1}, sketch, false);
  for (const DocumentNumber document : found_) {
    if (segments_.size() != part(document) && segments_[part(document)] == nullptr) continue;
    if (!in_window(sketch, document)) continue;
    if (Status status = load(document, true); !status) return status.error();
    if (loaded_.text_hash == sketch.text_hash) return std::optional(document);
  }
  return std::optional<DocumentNumber>();
}

Result<std::optional<DocumentNumber>> KnownDocuments::find_url(const Sketch& sketch) {
  if (sketch.url_key == 0) return std::optional<DocumentNumber>();
  found_.clear();
  find({&sketch.url_key, 1}, sketch, true);
  // The latest one: of a page that changes, the version to compare with.
  for (auto document = found_.rbegin(); document != found_.rend(); ++document) {
    if (Status status = load(*document, true); !status) return status.error();
    if (loaded_.url_key == sketch.url_key) return std::optional(*document);
  }
  return std::optional<DocumentNumber>();
}

std::span<const DocumentNumber> KnownDocuments::find_near(const Sketch& sketch,
                                                          double containment) {
  found_.clear();
  find(sketch.band_keys, sketch, false);
  find(sketch.block_keys, sketch, false);
  std::sort(found_.begin(), found_.end());
  found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  std::erase_if(found_, [&](DocumentNumber document) { return !in_window(sketch, document); });
  candidates_ += found_.size();
  const std::size_t before = found_.size();
  const double jaccard = least_jaccard(options_);
  std::erase_if(found_, [&](DocumentNumber document) {
    const Facts known = facts(document);
    return !may_be_similar(jaccard, containment, estimate_jaccard(sketch.digest, *known.digest),
                           sketch.shingles.size(), known.shingles);
  });
  estimated_away_ += before - found_.size();
  return found_;
}

Result<Comparison> KnownDocuments::compare(const Sketch& sketch, DocumentNumber document) {
  if (Status status = load(document, false); !status) return status.error();
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
  if (Status status = load(document, true); !status) return status.error();
  return loaded_.id;
}

Result<DocumentNumber> KnownDocuments::remember(const Sketch& sketch,
                                                std::optional<DocumentNumber> root) {
  Result<std::uint64_t> at = store_.append(sketch);
  if (!at) return at.error();
  const auto number = static_cast<std::uint32_t>(entries_.size());
  const DocumentNumber document = in_part(segments_.size(), number);
  const auto shingles = std::min<std::uint64_t>(sketch.shingles.size(), kMostShingles);
  // The masks change nothing: so large a store would not fit on a disk.
  entries_.push({*at & kMostStored, shingles & kMostShingles, date_of(sketch),
                 root.value_or(document), sketch.digest});
  if (options_.by_url && sketch.url_key != 0) table_.insert(sketch.url_key, number);
  if (options_.by_exact && sketch.tokens > 0) table_.insert(sketch.text_hash.low, number);
  if (!options_.by_near) return document;
  for (const std::uint64_t key : sketch.band_keys) table_.insert(key, number);
  for (const std::uint64_t key : sketch.block_keys) table_.insert(key, number);
  return document;
}

Status KnownDocuments::save() {
  if (!index_) return {};
  return index_->impl().save({table_, entries_, store_, in_part(segments_.size(), 0)});
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
