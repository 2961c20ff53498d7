#include <utility>

#include "copydesk/dedupe.h"

#include "dedupe/cluster.h"
#include "dedupe/held_stories.h"
#include "dedupe/judge.h"
#include "dedupe/known_documents.h"

namespace copydesk {

using dedupe::DocumentNumber;
using dedupe::Link;
using dedupe::Member;

class Planner::Impl {
 public:
  Impl(const DedupeOptions& options, KeepOrder order)
      : options_(options), order_(std::move(order)), known_(options) {}

  Status add(const Sketch& sketch, std::string_view site);
  std::vector<Decision> decide();
  Decision decide_story(std::uint32_t number);
  [[nodiscard]] std::string_view id(std::uint32_t number) const { return members_[number].id; }
  [[nodiscard]] DedupeCounts counts() const;

 private:
  Result<bool> link_exact(const Sketch& sketch, std::uint32_t number);
  Status link_url(const Sketch& sketch, std::uint32_t number);
  Status link_near(const Sketch& sketch, std::uint32_t number);

  DedupeOptions options_;
  KeepOrder order_;
  dedupe::KnownDocuments known_;
  std::vector<Member> members_;
  std::vector<std::uint32_t> remembered_;  ///< the member that each known document is
  std::vector<Link> links_;
  dedupe::HeldStories held_;
  DedupeCounts counts_;
};

Status Planner::Impl::add(const Sketch& sketch, std::string_view site) {
  const auto number = static_cast<std::uint32_t>(members_.size());
  ++counts_.documents;
  members_.push_back({sketch.id, sketch.date.value_or(dedupe::kNoDate), sketch.tokens,
                      dedupe::site_rank(order_, site)});
  known_.begin(sketch);
  if (options_.by_exact) {
    auto linked = link_exact(sketch, number);
    if (!linked) return linked.error();
    // Its copy is known under the same keys: to remember both would find nothing more.
    if (*linked) return {};
  }
  if (Status status = link_url(sketch, number); !status) return status;
  if (Status status = link_near(sketch, number); !status) return status;
  auto document = known_.remember(sketch, std::nullopt);
  if (!document) return document.error();
  remembered_.push_back(number);
  return {};
}

Result<bool> Planner::Impl::link_exact(const Sketch& sketch, std::uint32_t number) {
  auto found = known_.find_exact(sketch);
  if (!found) return found.error();
  if (!*found) return false;
  const std::size_t size = sketch.shingles.size();
  links_.push_back({number,
                    remembered_[dedupe::KnownDocuments::number_in_part(**found)],
                    {size, size, size},
                    true});
  return true;
}

Status Planner::Impl::link_url(const Sketch& sketch, std::uint32_t number) {
  if (!options_.by_url) return {};
  auto found = known_.find_url(sketch);
  if (!found) return found.error();
  if (!*found) return {};
  auto compared = known_.compare(sketch, **found);
  if (!compared) return compared.error();
  // Who asks for URLs alone means URLs, whatever the text.
  const bool same = compared->exact || !options_.by_near;
  links_.push_back({number, remembered_[dedupe::KnownDocuments::number_in_part(**found)],
                    compared->overlap, same});
  return {};
}

Status Planner::Impl::link_near(const Sketch& sketch, std::uint32_t number) {
  if (!options_.by_near) return {};
  const double least = dedupe::link_containment(options_);
  for (const DocumentNumber document : known_.find_near(sketch, least)) {
    auto compared = known_.compare(sketch, document);
    if (!compared) return compared.error();
    if (!dedupe::is_similar(options_, compared->overlap) &&
        compared->overlap.containment() < least) {
      continue;
    }
    links_.push_back({number, remembered_[dedupe::KnownDocuments::number_in_part(document)],
                      compared->overlap, compared->exact});
  }
  return {};
}

std::vector<Decision> Planner::Impl::decide() {
  std::vector<Decision> decisions = dedupe::choose_survivors(options_, order_, members_, links_);
  for (const Decision& decision : decisions) {
    dedupe::count_verdict(decision.duplicate, decision.relation, counts_);
  }
  return decisions;
}

Decision Planner::Impl::decide_story(std::uint32_t number) {
  for (const Link& link : links_) held_.add(link);
  links_.clear();
  const Decision decision = held_.decide(number, options_, order_, members_);
  dedupe::count_verdict(decision.duplicate, decision.relation, counts_);
  return decision;
}

DedupeCounts Planner::Impl::counts() const {
  DedupeCounts counts = counts_;
  known_.add_counts(counts);
  return counts;
}

Planner::Planner(const DedupeOptions& options, KeepOrder order)
    : impl_(std::make_unique<Impl>(options, std::move(order))) {}
Planner::~Planner() = default;
Planner::Planner(Planner&&) noexcept = default;
Planner& Planner::operator=(Planner&&) noexcept = default;

Status Planner::add(const Sketch& sketch, std::string_view site) {
  return impl_->add(sketch, site);
}
std::vector<Decision> Planner::decide() {
  return impl_->decide();
}
Decision Planner::decide_story(std::uint32_t number) {
  return impl_->decide_story(number);
}
std::string_view Planner::id(std::uint32_t number) const {
  return impl_->id(number);
}
DedupeCounts Planner::counts() const {
  return impl_->counts();
}

}  // namespace copydesk
