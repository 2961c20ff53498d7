#include "copydesk/dedupe.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "dedupe/judge.h"
#include "dedupe/known_documents.h"

namespace copydesk {

using dedupe::Comparison;
using dedupe::DocumentNumber;

class Deduplicator::Impl {
 public:
  Impl(const DedupeOptions& options, std::optional<DedupeIndex> index)
      : options_(options), known_(options, std::move(index)) {}

  Result<Verdict> decide(const Sketch& sketch, const Sketch* next);
  void write_behind() { known_.write_behind(); }
  Status save() { return known_.save(); }
  [[nodiscard]] const std::vector<Error>& problems() const { return known_.problems(); }
  [[nodiscard]] DedupeCounts counts() const;

 private:
  /// A known document that the one in hand was compared with.
  struct Match : Comparison {
    bool same_url = false;
    bool accepted = false;  ///< similar by itself; else only looked at as another one's survivor
  };

  Status find_exact(const Sketch& sketch);
  Status find_by_url(const Sketch& sketch);
  Status find_near(const Sketch& sketch);
  Status add_survivors(const Sketch& sketch);
  Status compare(const Sketch& sketch, DocumentNumber document, bool same_url);
  [[nodiscard]] bool is_covered(const Match& match) const;
  [[nodiscard]] const Match* best() const;
  Result<Verdict> conclude(const Match* match);
  void count(const Verdict& verdict);
  Status remember(const Sketch& sketch, const Verdict& verdict, const Match* match);

  DedupeOptions options_;
  dedupe::KnownDocuments known_;
  std::vector<Match> matches_;
  DedupeCounts counts_;
};

Result<Verdict> Deduplicator::Impl::decide(const Sketch& sketch, const Sketch* next) {
  ++counts_.documents;
  matches_.clear();
  known_.begin(sketch, next);
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

Status Deduplicator::Impl::find_exact(const Sketch& sketch) {
  if (!options_.by_exact) return {};
  auto found = known_.find_exact(sketch);
  if (!found) return found.error();
  if (!*found) return {};
  Match match;
  match.document = **found;
  // Its sets are the same: nothing needs to be read.
  match.overlap = {sketch.shingles.size(), sketch.shingles.size(), sketch.shingles.size()};
  match.exact = match.accepted = true;
  matches_.push_back(match);
  return {};
}

Status Deduplicator::Impl::find_by_url(const Sketch& sketch) {
  if (!options_.by_url) return {};
  auto found = known_.find_url(sketch);
  if (!found) return found.error();
  return *found ? compare(sketch, **found, true) : Status();
}

Status Deduplicator::Impl::find_near(const Sketch& sketch) {
  if (!options_.by_near) return {};
  for (const DocumentNumber document : known_.find_near(sketch, options_.containment)) {
    if (Status status = compare(sketch, document, false); !status) return status;
  }
  std::erase_if(matches_, [](const Match& match) { return !match.accepted; });
  return {};
}

Status Deduplicator::Impl::compare(const Sketch& sketch, DocumentNumber document, bool same_url) {
  Result<Comparison> comparison = known_.compare(sketch, document);
  if (!comparison) return comparison.error();
  Match match{*comparison, same_url, false};
  match.accepted = same_url || match.exact || dedupe::is_similar(options_, match.overlap);
  matches_.push_back(match);
  return {};
}

/// A match that is itself a duplicate leads to its survivor, which may stand for this document too.
Status Deduplicator::Impl::add_survivors(const Sketch& sketch) {
  const std::size_t direct = matches_.size();
  for (std::size_t i = 0; i < direct; ++i) {
    const DocumentNumber root = known_.root(matches_[i].document);
    const bool known = std::any_of(matches_.begin(), matches_.end(),
                                   [&](const Match& match) { return match.document == root; });
    if (known || !(matches_[i].same_url || known_.in_window(sketch, root))) continue;
    Result<Comparison> comparison = known_.compare(sketch, root);
    if (!comparison) return comparison.error();
    matches_.push_back({*comparison, false, false});
  }
  return {};
}

/// Only what the survivor holds may be dropped; but who asks for URLs alone means URLs.
bool Deduplicator::Impl::is_covered(const Match& match) const {
  return match.exact || (match.same_url && !options_.by_near) ||
         dedupe::is_covered(options_, match.overlap);
}

/// The survivor that holds most of the document; else one that the document supersedes.
const Deduplicator::Impl::Match* Deduplicator::Impl::best() const {
  const auto rank = [&](const Match& match) {
    return std::tuple(is_covered(match), match.exact, match.overlap.first_covered(),
                      match.overlap.jaccard());
  };
  const Match* best = nullptr;
  for (const Match& match : matches_) {
    if (known_.root(match.document) != match.document) continue;
    if (!match.accepted && !is_covered(match)) continue;
    if (best == nullptr || rank(match) > rank(*best)) best = &match;
  }
  return best;
}

Result<Verdict> Deduplicator::Impl::conclude(const Match* match) {
  Verdict verdict;
  if (match == nullptr) return verdict;
  Result<std::string> id = known_.id(match->document);
  if (!id) return id.error();
  verdict.other = std::move(*id);
  verdict.duplicate = is_covered(*match);
  verdict.relation = match->exact ? Relation::exact : dedupe::relate(options_, match->overlap);
  verdict.similarity = dedupe::similarity(verdict.relation, match->overlap);
  return verdict;
}

void Deduplicator::Impl::count(const Verdict& verdict) {
  dedupe::count_verdict(verdict.duplicate, verdict.relation, counts_);
}

Status Deduplicator::Impl::remember(const Sketch& sketch, const Verdict& verdict,
                                    const Match* match) {
  // What is like a close duplicate is like its survivor: remembering both finds nothing more.
  const bool close = verdict.relation == Relation::exact || verdict.relation == Relation::near;
  if (verdict.duplicate && close) return {};
  std::optional<DocumentNumber> root;
  if (verdict.duplicate) root = match->document;
  auto remembered = known_.remember(sketch, root);
  return remembered ? Status() : Status(remembered.error());
}

DedupeCounts Deduplicator::Impl::counts() const {
  DedupeCounts counts = counts_;
  known_.add_counts(counts);
  return counts;
}

Deduplicator::Deduplicator(const DedupeOptions& options)
    : impl_(std::make_unique<Impl>(options, std::nullopt)) {}
Deduplicator::Deduplicator(const DedupeOptions& options, DedupeIndex index)
    : impl_(std::make_unique<Impl>(options, std::move(index))) {}
Deduplicator::~Deduplicator() = default;
Deduplicator::Deduplicator(Deduplicator&&) noexcept = default;
Deduplicator& Deduplicator::operator=(Deduplicator&&) noexcept = default;

Result<Verdict> Deduplicator::decide(const Sketch& sketch, const Sketch* next) {
  return impl_->decide(sketch, next);
}

void Deduplicator::write_behind() {
  impl_->write_behind();
}

Status Deduplicator::save() {
  return impl_->save();
}

std::vector<Error> Deduplicator::problems() const {
  return impl_->problems();
}

DedupeCounts Deduplicator::counts() const {
  return impl_->counts();
}

}  // namespace copydesk
