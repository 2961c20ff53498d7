#include "copydesk/dedupe.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "dedupe/entries.h"
#include "dedupe/judge.h"
#include "dedupe/key_table.h"
#include "dedupe/set_store.h"
#include "dedupe/shingle_set.h"
#include "dedupe/signature.h"

namespace copydesk {

using dedupe::Entry;
using dedupe::kNoDate;
using dedupe::Overlap;
using dedupe::StoredDocument;

class Deduplicator::Impl {
 public:
  explicit Impl(const DedupeOptions& options)
      : options_(options),
        table_(options.bucket_cap),
        store_(options.sets_in_memory, options.temporary_folder) {}

  Result<Verdict> decide(const Sketch& sketch);
  [[nodiscard]] DedupeCounts counts() const;

 private:
  /// A remembered document that the one in hand was compared with.
  struct Match {
    std::uint32_t document = 0;
    Overlap overlap;
    bool exact = false;  ///< the same normalised text
    bool same_url = false;
    bool accepted =
        false;  ///< similar by itself; else only looked at as the survivor of another one
  };

  void prefetch(const Sketch& sketch) const;
  Status find_exact(const Sketch& sketch);
  Status find_by_url(const Sketch& sketch);
  Status find_near(const Sketch& sketch);
  Status add_survivors(const Sketch& sketch);
  Status verify(const Sketch& sketch, std::uint32_t document, bool same_url);
  Match compare(const Sketch& sketch, std::uint32_t document);
  void collect_candidates(const Sketch& sketch);
  [[nodiscard]] bool is_survivor(const Match& match) const;
  [[nodiscard]] bool is_covered(const Match& match) const;
  [[nodiscard]] const Match* best() const;
  Result<Verdict> conclude(const Match* match);
  void count(const Verdict& verdict);
  Status remember(const Sketch& sketch, const Verdict& verdict, const Match* match);

  DedupeOptions options_;
  dedupe::KeyTable table_;
  dedupe::EntryArray entries_;
  dedupe::SetStore store_;
  dedupe::Verifier verifier_;
  bool verifier_loaded_ = false;
  StoredDocument loaded_;
  std::vector<std::uint32_t> found_;
  std::vector<Match> matches_;
  DedupeCounts counts_;
};

namespace {

std::int64_t date_of(const Sketch& sketch) {
  return sketch.date.value_or(kNoDate);
}

bool has_text(const Sketch& sketch) {
  return sketch.tokens > 0;
}

}  // namespace

Result<Verdict> Deduplicator::Impl::decide(const Sketch& sketch) {
  ++counts_.documents;
  matches_.clear();
  verifier_loaded_ = false;
  prefetch(sketch);
  Status status = find_exact(sketch);
  if (status && matches_.empty()) status = find_by_url(sketch);
  if (status && matches_.empty()) status = find_near(sketch);
  if (status) status = add_survivors(sketch);
  if (!status) return status.error();
  const Match* match = best();
  Result<Verdict> verdict = conclude(match);
  if (!verdict) return verdict;
  count(*verdict);
  status = remember(sketch, *verdict, match);
  if (!status) return status.error();
  return verdict;
}

/// All memory that the look-ups and the insertions will touch, asked for at once.
void Deduplicator::Impl::prefetch(const Sketch& sketch) const {
  table_.prefetch(sketch.text_hash.low);
  if (sketch.url_key != 0) table_.prefetch(sketch.url_key);
  if (!options_.by_near) return;
  for (const std::uint64_t key : sketch.band_keys) table_.prefetch(key);
  for (const std::uint64_t key : sketch.block_keys) table_.prefetch(key);
}

Status Deduplicator::Impl::find_exact(const Sketch& sketch) {
  if (!options_.by_exact || !has_text(sketch)) return {};
  found_.clear();
  table_.find(sketch.text_hash.low, found_);
  for (const std::uint32_t document : found_) {
    const Entry& entry = entries_[document];
    if (!dedupe::within_window(options_, entry.date, date_of(sketch))) continue;
    if (Status status = store_.load_head(entry.stored_at, loaded_); !status) return status;
    if (loaded_.text_hash != sketch.text_hash) continue;
    const std::size_t size = sketch.shingles.size();
    matches_.push_back({document, {size, size, size}, true, false, true});
    return {};
  }
  return {};
}

Status Deduplicator::Impl::find_by_url(const Sketch& sketch) {
  if (!options_.by_url || sketch.url_key == 0) return {};
  found_.clear();
  table_.find(sketch.url_key, found_);
  // The latest version of a page is the one to compare with.
  for (auto document = found_.rbegin(); document != found_.rend(); ++document) {
    if (Status status = store_.load_head(entries_[*document].stored_at, loaded_); !status) {
      return status;
    }
    if (loaded_.url_key == sketch.url_key) return verify(sketch, *document, true);
  }
  return {};
}

/// Fills found_ with the documents that share a key and lie within the window, each once.
void Deduplicator::Impl::collect_candidates(const Sketch& sketch) {
  found_.clear();
  for (const std::uint64_t key : sketch.band_keys) table_.find(key, found_);
  for (const std::uint64_t key : sketch.block_keys) table_.find(key, found_);
  std::sort(found_.begin(), found_.end());
  found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  std::erase_if(found_, [&](std::uint32_t document) {
    return !dedupe::within_window(options_, entries_[document].date, date_of(sketch));
  });
}

Status Deduplicator::Impl::find_near(const Sketch& sketch) {
  if (!options_.by_near || !has_text(sketch)) return {};
  collect_candidates(sketch);
  counts_.candidates += found_.size();
  for (const std::uint32_t document : found_) {
    const Entry& entry = entries_[document];
    const double estimate = dedupe::estimate_jaccard(sketch.digest, entry.digest);
    if (!dedupe::may_be_similar(options_, estimate, sketch.shingles.size(), entry.shingles)) {
      ++counts_.estimated_away;
      continue;
    }
    if (Status status = verify(sketch, document, false); !status) return status;
  }
  std::erase_if(matches_, [](const Match& match) { return !match.accepted; });
  return {};
}

Status Deduplicator::Impl::verify(const Sketch& sketch, std::uint32_t document, bool same_url) {
  if (Status status = store_.load(entries_[document].stored_at, loaded_); !status) return status;
  Match match = compare(sketch, document);
  match.same_url = same_url;
  match.accepted = same_url || match.exact || dedupe::is_similar(options_, match.overlap);
  matches_.push_back(match);
  return {};
}

/// Compares with the document in loaded_.
Deduplicator::Impl::Match Deduplicator::Impl::compare(const Sketch& sketch,
                                                      std::uint32_t document) {
  ++counts_.verified;
  if (!verifier_loaded_) verifier_.set_first(sketch.shingles);
  verifier_loaded_ = true;
  Match match;
  match.document = document;
  match.overlap = verifier_.compare(loaded_.shingles);
  match.exact = has_text(sketch) && loaded_.text_hash == sketch.text_hash;
  return match;
}

/// A match that is itself a duplicate leads to its survivor, which may stand for this document too.
Status Deduplicator::Impl::add_survivors(const Sketch& sketch) {
  const std::size_t direct = matches_.size();
  for (std::size_t i = 0; i < direct; ++i) {
    const std::uint32_t root = entries_[matches_[i].document].root;
    const bool known = std::any_of(matches_.begin(), matches_.end(),
                                   [&](const Match& match) { return match.document == root; });
    const bool near_in_time = matches_[i].same_url ||
                              dedupe::within_window(options_, entries_[root].date, date_of(sketch));
    if (known || !near_in_time) continue;
    if (Status status = store_.load(entries_[root].stored_at, loaded_); !status) return status;
    matches_.push_back(compare(sketch, root));
  }
  return {};
}

bool Deduplicator::Impl::is_survivor(const Match& match) const {
  return entries_[match.document].root == match.document;
}

/// Only what the survivor holds may be dropped; but who asks for URLs alone means URLs.
bool Deduplicator::Impl::is_covered(const Match& match) const {
  return match.exact || match.overlap.first_covered() >= options_.covered ||
         (match.same_url && !options_.by_near);
}

/// The survivor that holds most of the document; else one that the document supersedes.
const Deduplicator::Impl::Match* Deduplicator::Impl::best() const {
  const auto rank = [&](const Match& match) {
    return std::tuple(is_covered(match), match.exact, match.overlap.first_covered(),
                      match.overlap.jaccard());
  };
  const Match* best = nullptr;
  for (const Match& match : matches_) {
    if (!is_survivor(match) || (!match.accepted && !is_covered(match))) continue;
    if (best == nullptr || rank(match) > rank(*best)) best = &match;
  }
  return best;
}

Result<Verdict> Deduplicator::Impl::conclude(const Match* match) {
  Verdict verdict;
  if (match == nullptr) return verdict;
  const Entry& entry = entries_[match->document];
  if (Status status = store_.load_head(entry.stored_at, loaded_); !status) return status.error();
  verdict.other = loaded_.id;
  verdict.duplicate = is_covered(*match);
  verdict.relation = match->exact ? Relation::exact : dedupe::relate(options_, match->overlap);
  verdict.similarity = dedupe::similarity(verdict.relation, match->overlap);
  return verdict;
}

void Deduplicator::Impl::count(const Verdict& verdict) {
  counts_.duplicates += verdict.duplicate;
  counts_.superseding += !verdict.duplicate && verdict.relation != Relation::none;
  if (!verdict.duplicate) return;
  counts_.exact += verdict.relation == Relation::exact;
  counts_.near += verdict.relation == Relation::near;
  counts_.contained +=
      verdict.relation == Relation::contained || verdict.relation == Relation::contains;
  counts_.updated += verdict.relation == Relation::updated;
}

Status Deduplicator::Impl::remember(const Sketch& sketch, const Verdict& verdict,
                                    const Match* match) {
  // What is like a close duplicate is like its survivor: remembering both finds nothing more.
  const bool close = verdict.relation == Relation::exact || verdict.relation == Relation::near;
  if (verdict.duplicate && close) return {};
  Result<std::uint64_t> at = store_.append(sketch);
  if (!at) return at.error();
  const auto number = static_cast<std::uint32_t>(entries_.size());
  entries_.push({*at, date_of(sketch), verdict.duplicate ? match->document : number,
                 static_cast<std::uint32_t>(sketch.shingles.size()), sketch.digest});
  if (options_.by_url && sketch.url_key != 0) table_.insert(sketch.url_key, number);
  if (options_.by_exact && has_text(sketch)) table_.insert(sketch.text_hash.low, number);
  if (!options_.by_near) return {};
  for (const std::uint64_t key : sketch.band_keys) table_.insert(key, number);
  for (const std::uint64_t key : sketch.block_keys) table_.insert(key, number);
  return {};
}

DedupeCounts Deduplicator::Impl::counts() const {
  DedupeCounts counts = counts_;
  counts.keys = table_.size();
  counts.capped = table_.capped();
  counts.remembered = entries_.size();
  counts.memory = table_.memory() + entries_.memory() + store_.memory();
  return counts;
}

Deduplicator::Deduplicator(const DedupeOptions& options) : impl_(std::make_unique<Impl>(options)) {}
Deduplicator::~Deduplicator() = default;
Deduplicator::Deduplicator(Deduplicator&&) noexcept = default;
Deduplicator& Deduplicator::operator=(Deduplicator&&) noexcept = default;

Result<Verdict> Deduplicator::decide(const Sketch& sketch) {
  return impl_->decide(sketch);
}

DedupeCounts Deduplicator::counts() const {
  return impl_->counts();
}

}  // namespace copydesk
