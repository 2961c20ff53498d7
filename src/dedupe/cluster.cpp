#include "dedupe/cluster.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <tuple>

#include "dedupe/entries.h"
#include "dedupe/judge.h"

namespace copydesk::dedupe {
namespace {

Overlap turned(const Overlap& overlap) noexcept {
  return {overlap.second, overlap.first, overlap.both, overlap.passages};
}

/// Disjoint sets of members with the same text.
class Groups {
 public:
  explicit Groups(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }
  std::uint32_t find(std::uint32_t member) {
    while (parent_[member] != member) {
      parent_[member] = parent_[parent_[member]];
      member = parent_[member];
    }
    return member;
  }
  /// The member that is preferred stands for the set.
  template <typename Preferred>
  void join(std::uint32_t a, std::uint32_t b, Preferred preferred) {
    a = find(a);
    b = find(b);
    if (a == b) return;
    if (preferred(b, a)) std::swap(a, b);
    parent_[b] = a;
  }

 private:
  std::vector<std::uint32_t> parent_;
};

class Chooser {
 public:
  Chooser(const DedupeOptions& options, const KeepOrder& order, const std::vector<Member>& members,
          const std::vector<std::uint32_t>& settled)
      : options_(options),
        order_(order),
        members_(members),
        settled_(settled),
        groups_(members.size()),
        decisions_(members.size()),
        survivor_(members.size(), kNobody) {}

  std::vector<Decision> run(const std::vector<Link>& links) {
    for (const Link& link : links) {
      if (!link.exact) continue;
      groups_.join(link.first, link.second,
                   [&](std::uint32_t a, std::uint32_t b) { return before(a, b); });
    }
    collect_neighbours(links);
    std::vector<std::uint32_t> faces;
    for (std::uint32_t i = 0; i < members_.size(); ++i) {
      if (groups_.find(i) != i) continue;
      if (is_settled(i)) {
        survivor_[i] = groups_.find(settled_[i]);
      } else {
        faces.push_back(i);
      }
    }
    if (order_.policy == KeepPolicy::first) {
      faces = longer_versions_first(faces);
    } else {
      std::sort(faces.begin(), faces.end(),
                [&](std::uint32_t a, std::uint32_t b) { return before(a, b); });
    }
    for (const std::uint32_t face : faces) settle(face);
    for (std::uint32_t i = 0; i < members_.size(); ++i) {
      if (groups_.find(i) != i && !is_settled(i)) settle_copy(i);
    }
    return std::move(decisions_);
  }

 private:
  /// A similar or partly similar group, seen from another one.
  struct Neighbour {
    std::uint32_t from;
    std::uint32_t to;
    Overlap overlap;
  };

  [[nodiscard]] bool is_settled(std::uint32_t member) const {
    return !settled_.empty() && settled_[member] != kNobody;
  }

  /// What was decided earlier comes first: survivors, then their duplicates.
  [[nodiscard]] int standing(std::uint32_t member) const {
    return !is_settled(member) ? 2 : settled_[member] == member ? 0 : 1;
  }

  [[nodiscard]] bool before(std::uint32_t a, std::uint32_t b) const {
    if (standing(a) != standing(b)) return standing(a) < standing(b);
    if (is_preferred(order_, members_[a], members_[b])) return true;
    if (is_preferred(order_, members_[b], members_[a])) return false;
    return a < b;
  }

  void collect_neighbours(const std::vector<Link>& links) {
    for (const Link& link : links) {
      if (link.exact) continue;
      const std::uint32_t a = groups_.find(link.first);
      const std::uint32_t b = groups_.find(link.second);
      if (a == b) continue;
      neighbours_.push_back({a, b, link.overlap});
      neighbours_.push_back({b, a, turned(link.overlap)});
    }
    std::sort(neighbours_.begin(), neighbours_.end(), [](const Neighbour& a, const Neighbour& b) {
      return std::tuple(a.from, a.to) < std::tuple(b.from, b.to);
    });
  }

  [[nodiscard]] std::pair<std::size_t, std::size_t> range(std::uint32_t face) const {
    const auto [begin, end] =
        std::equal_range(neighbours_.begin(), neighbours_.end(), Neighbour{face, 0, {}},
                         [](const Neighbour& a, const Neighbour& b) { return a.from < b.from; });
    return {static_cast<std::size_t>(begin - neighbours_.begin()),
            static_cast<std::size_t>(end - neighbours_.begin())};
  }

  [[nodiscard]] bool near_in_time(std::uint32_t a, std::uint32_t b) const {
    return within_window(options_, members_[a].date, members_[b].date);
  }

  /// True if the neighbour is a longer version: what `from` says stands there, but not the reverse.
  /// Its set is the larger one in each case, so that no circle can come about.
  [[nodiscard]] bool is_superseded(const Neighbour& by) const {
    return is_similar(options_, by.overlap) && is_covered(options_, by.overlap) &&
           !is_covered(options_, turned(by.overlap)) && near_in_time(by.from, by.to);
  }

  /// The order of reading, but a document comes after its longer versions: the least number first
  /// among those that wait for nobody (A. Kahn, "Topological sorting of large networks", 1962).
  [[nodiscard]] std::vector<std::uint32_t> longer_versions_first(
      const std::vector<std::uint32_t>& faces) const {
    std::vector<std::vector<std::uint32_t>> shorter(members_.size());
    std::vector<std::uint32_t> waits_for(members_.size(), 0);
    for (const Neighbour& neighbour : neighbours_) {
      if (is_settled(neighbour.from) || is_settled(neighbour.to)) continue;
      if (!is_superseded(neighbour)) continue;
      shorter[neighbour.to].push_back(neighbour.from);
      ++waits_for[neighbour.from];
    }
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
    for (const std::uint32_t face : faces) {
      if (waits_for[face] == 0) ready.push(face);
    }
    std::vector<std::uint32_t> ordered;
    ordered.reserve(faces.size());
    while (!ready.empty()) {
      ordered.push_back(ready.top());
      ready.pop();
      for (const std::uint32_t next : shorter[ordered.back()]) {
        if (--waits_for[next] == 0) ready.push(next);
      }
    }
    return ordered;
  }

  /// The survivors of the stories that a similar document has joined already.
  [[nodiscard]] std::vector<std::uint32_t> stories_near(std::uint32_t face) const {
    std::vector<std::uint32_t> stories;
    const auto [begin, end] = range(face);
    for (std::size_t i = begin; i < end; ++i) {
      const Neighbour& other = neighbours_[i];
      if (survivor_[other.to] == kNobody || !is_similar(options_, other.overlap)) continue;
      if (near_in_time(face, other.to)) stories.push_back(survivor_[other.to]);
    }
    std::sort(stories.begin(), stories.end());
    return stories;
  }

  /// Decides about a group when all that are preferred to it are settled.
  void settle(std::uint32_t face) {
    const std::vector<std::uint32_t> stories = stories_near(face);
    const auto [begin, end] = range(face);
    const Neighbour* best = nullptr;
    const auto rank = [&](const Neighbour& other) {
      return std::tuple(is_covered(options_, other.overlap), other.overlap.first_covered(),
                        other.overlap.jaccard());
    };
    for (std::size_t i = begin; i < end; ++i) {
      const Neighbour& other = neighbours_[i];
      if (survivor_[other.to] != other.to || !near_in_time(face, other.to)) continue;
      const bool may_join = is_covered(options_, other.overlap);
      if (!is_similar(options_, other.overlap) &&
          !(may_join && std::binary_search(stories.begin(), stories.end(), other.to))) {
        continue;
      }
      const bool better = best == nullptr || rank(other) > rank(*best) ||
                          (rank(other) == rank(*best) && before(other.to, best->to));
      if (better) best = &other;
    }
    survivor_[face] = face;
    if (best == nullptr) return;
    Decision& decision = decisions_[face];
    decision.other = best->to;
    decision.duplicate = is_covered(options_, best->overlap);
    decision.relation = relate(options_, best->overlap);
    decision.similarity = similarity(decision.relation, best->overlap);
    if (decision.duplicate) survivor_[face] = best->to;
  }

  /// A document with the same text as its group's face goes where that goes, time permitting.
  void settle_copy(std::uint32_t member) {
    const std::uint32_t face = groups_.find(member);
    const std::uint32_t survivor = survivor_[face];
    if (!near_in_time(member, survivor)) return;
    Decision& decision = decisions_[member];
    decision = decisions_[face];
    decision.duplicate = true;
    decision.other = survivor;
    if (survivor != face) return;
    decision.relation = Relation::exact;
    decision.similarity = 1.0;
  }

  const DedupeOptions& options_;
  const KeepOrder& order_;
  const std::vector<Member>& members_;
  const std::vector<std::uint32_t>& settled_;
  Groups groups_;
  std::vector<Neighbour> neighbours_;
  std::vector<Decision> decisions_;
  std::vector<std::uint32_t> survivor_;  ///< of each face, once settled
};

}  // namespace

std::uint32_t site_rank(const KeepOrder& order, std::string_view site) noexcept {
  const auto stands_for = [&](std::string_view listed) {
    return site == listed || (site.size() > listed.size() && site.ends_with(listed) &&
                              site[site.size() - listed.size() - 1] == '.');
  };
  const auto found = std::find_if(order.sites.begin(), order.sites.end(), stands_for);
  return static_cast<std::uint32_t>(found - order.sites.begin());
}

bool is_preferred(const KeepOrder& order, const Member& a, const Member& b) noexcept {
  if (order.policy == KeepPolicy::first) return false;
  if (order.policy == KeepPolicy::longest && a.tokens != b.tokens) return a.tokens > b.tokens;
  if (order.policy == KeepPolicy::sites && a.site != b.site) return a.site < b.site;
  const bool dated_a = a.date != kNoDate;
  const bool dated_b = b.date != kNoDate;
  if (dated_a != dated_b) return dated_a;
  if (a.date != b.date) return a.date < b.date;
  return a.id < b.id;
}

std::vector<Decision> choose_survivors(const DedupeOptions& options, const KeepOrder& order,
                                       const std::vector<Member>& members,
                                       const std::vector<Link>& links,
                                       const std::vector<std::uint32_t>& settled) {
  return Chooser(options, order, members, settled).run(links);
}

double link_containment(const DedupeOptions& options) noexcept {
  return std::min(options.containment, std::max(options.covered, 0.3));
}

}  // namespace copydesk::dedupe
