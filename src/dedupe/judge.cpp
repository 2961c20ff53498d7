#include "dedupe/judge.h"

#include <algorithm>

#include "dedupe/entries.h"

namespace copydesk::dedupe {
namespace {

/// Three standard errors of estimate_jaccard.
constexpr double kSlack = 0.14;

}  // namespace

bool within_window(const DedupeOptions& options, std::int64_t a, std::int64_t b) noexcept {
  if (!options.window || a == kNoDate || b == kNoDate) return true;
  // Dates lie between the years 0 and 9999: no overflow.
  return (a < b ? b - a : a - b) <= *options.window;
}

bool may_be_similar(double jaccard, double containment, double estimate, std::size_t first,
                    std::size_t second) noexcept {
  const double highest = std::clamp(estimate + kSlack, 0.0, 1.0);
  if (highest >= jaccard) return true;
  const double most_shared = highest / (1 + highest) * static_cast<double>(first + second);
  return most_shared >= containment * static_cast<double>(std::min(first, second));
}

bool is_similar(const DedupeOptions& options, const Overlap& overlap) noexcept {
  return overlap.both > 0 &&
         (overlap.jaccard() >= options.jaccard || overlap.containment() >= options.containment ||
          static_cast<double>(overlap.passages) >= options.passages * 100);
}

double least_jaccard(const DedupeOptions& options) noexcept {
  // Each break between passages costs a few shingles: a tenth is allowed for these.
  const double shared = options.passages * 0.9;
  return std::min(options.jaccard, std::max(kLeastForPassages, shared / (2 - shared)));
}

Relation relate(const DedupeOptions& options, const Overlap& overlap) noexcept {
  if (overlap.jaccard() >= kNear) return Relation::near;
  if (overlap.containment() >= options.containment) {
    return overlap.first > overlap.second ? Relation::contains : Relation::contained;
  }
  return Relation::updated;
}

bool is_covered(const DedupeOptions& options, const Overlap& overlap) noexcept {
  return overlap.first_covered() >= options.covered &&
         relate(options, overlap) != Relation::contains;
}

double similarity(Relation relation, const Overlap& overlap) noexcept {
  const bool one_sided = relation == Relation::contains || relation == Relation::contained;
  return one_sided ? overlap.containment() : overlap.jaccard();
}

void count_verdict(bool duplicate, Relation relation, DedupeCounts& counts) noexcept {
  counts.duplicates += duplicate;
  counts.superseding += !duplicate && relation != Relation::none;
  if (!duplicate) return;
  counts.exact += relation == Relation::exact;
  counts.near += relation == Relation::near;
  counts.contained += relation == Relation::contained || relation == Relation::contains;
  counts.updated += relation == Relation::updated;
}

}  // namespace copydesk::dedupe

namespace copydesk {

std::string_view name(Relation relation) noexcept {
  switch (relation) {
    case Relation::exact:
      return "exact";
    case Relation::near:
      return "near";
    case Relation::contains:
      return "contains";
    case Relation::contained:
      return "contained";
    case Relation::updated:
      return "updated";
    case Relation::none:
      break;
  }
  return "none";
}

Status check(const DedupeOptions& options) {
  const auto is_part = [](double value) { return value > 0.0 && value <= 1.0; };
  if (!is_part(options.jaccard)) return {ErrorCode::bad_option, "jaccard is over 0 and at most 1"};
  if (!is_part(options.containment)) {
    return {ErrorCode::bad_option, "containment is over 0 and at most 1"};
  }
  if (!is_part(options.passages)) {
    return {ErrorCode::bad_option, "passages is over 0 and at most 1"};
  }
  if (!(options.covered >= 0.0 && options.covered <= 1.0)) {
    return {ErrorCode::bad_option, "covered is 0 to 1"};
  }
  if (options.window && *options.window < 0) {
    return {ErrorCode::bad_option, "the window is not negative"};
  }
  if (options.bucket_cap == 0) return {ErrorCode::bad_option, "the bucket cap is 1 or more"};
  return {};
}

}  // namespace copydesk
