#include "dedupe/held_stories.h"

#include <algorithm>
#include <unordered_set>

namespace copydesk::dedupe {
namespace {

std::uint32_t place_of(const std::vector<std::uint32_t>& numbers, std::uint32_t number) {
  const auto at = std::lower_bound(numbers.begin(), numbers.end(), number);
  return static_cast<std::uint32_t>(at - numbers.begin());
}

}  // namespace

void HeldStories::add(const Link& link) {
  for (const std::uint32_t end : {link.first, link.second}) {
    if (!is_decided(end)) links_[end].push_back(link);
  }
}

/// Walks from document to document, undecided ones only. Each is met in one story, so that all
/// stories together take time in proportion to the links.
HeldStories::Story HeldStories::collect(std::uint32_t number) const {
  Story story;
  std::unordered_set<std::uint32_t> met = {number};
  story.numbers.push_back(number);
  const auto meet = [&](std::uint32_t other) {
    if (met.insert(other).second) story.numbers.push_back(other);
  };
  for (std::size_t i = 0; i < story.numbers.size(); ++i) {
    const std::uint32_t one = story.numbers[i];
    if (is_decided(one)) {
      meet(survivors_[one]);
      continue;
    }
    const auto held = links_.find(one);
    if (held == links_.end()) continue;
    for (const Link& link : held->second) {
      const std::uint32_t other = link.first == one ? link.second : link.first;
      meet(other);
      // A link between two undecided documents is held by both.
      if (is_decided(other) || one < other) story.links.push_back(link);
    }
  }
  std::sort(story.numbers.begin(), story.numbers.end());
  for (Link& link : story.links) {
    link.first = place_of(story.numbers, link.first);
    link.second = place_of(story.numbers, link.second);
  }
  return story;
}

void HeldStories::settle(std::uint32_t number, const Decision& decision) {
  if (survivors_.size() <= number) survivors_.resize(number + 1, kNobody);
  survivors_[number] = decision.duplicate ? decision.other : number;
  links_.erase(number);
}

Decision HeldStories::decide(std::uint32_t number, const DedupeOptions& options,
                             const KeepOrder& order, const std::vector<Member>& members) {
  if (!is_decided(number)) {
    const Story story = collect(number);
    std::vector<Member> involved;
    std::vector<std::uint32_t> settled;
    for (const std::uint32_t one : story.numbers) {
      involved.push_back(members[one]);
      settled.push_back(is_decided(one) ? place_of(story.numbers, survivors_[one]) : kNobody);
    }
    std::vector<Decision> all = choose_survivors(options, order, involved, story.links, settled);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (settled[i] != kNobody) continue;
      all[i].other = story.numbers[all[i].other];
      settle(story.numbers[i], all[i]);
      decisions_.emplace(story.numbers[i], all[i]);
    }
  }
  const auto at = decisions_.find(number);
  if (at == decisions_.end()) return {};
  const Decision decision = at->second;
  decisions_.erase(at);
  return decision;
}

}  // namespace copydesk::dedupe
