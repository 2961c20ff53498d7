#include "copydesk/shared_blocks.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "extract/hash_chains.h"
#include "extract/trace.h"

namespace copydesk {
namespace {

using extract::HashChains;

constexpr std::size_t kReach = SharedBlocks::kPagesBefore + SharedBlocks::kPagesAfter;

// Two pages are of one site if so much of the smaller sketch is the other's, too.
constexpr double kSiteShare = 0.20;
constexpr std::uint32_t kLeastSiteHashes = 4;

constexpr double kSameStory = 0.5;        // of the words of the shorter article
constexpr double kSharedByAll = 0.20;     // of the site's stories: less is what stories may repeat
constexpr double kSharedLead = 0.50;      // the same at the head of the article
constexpr std::size_t kHeadBlocks = 3;    // of the article that other pages may tease
constexpr std::size_t kLeastStories = 2;  // others that share a block amid the article
constexpr double kMostShared = 0.60;      // of the article's words

/// A page within reach.
struct Entry {
  PageTrace trace;
  std::uint32_t words = 0;        // of the blocks that are compared
  std::size_t story = 0;          // number of the first page that tells it
  std::vector<std::size_t> site;  // pages of the same site
};

std::uint32_t compared_words(const PageTrace& trace) {
  std::uint32_t words = 0;
  for (const TracedBlock& block : trace.kept) words += block.hash != 0 ? block.words : 0;
  return words;
}

/// Short enough to be passed over when the end of an article is looked for.
bool is_short(const TracedBlock& block) noexcept {
  return block.hash == 0 && block.words < extract::kLeastSharedWords;
}

/// Where the end of the article begins: from there on every block is shared, or short.
std::size_t tail_of(const std::vector<TracedBlock>& blocks,
                    const std::vector<std::size_t>& stories) {
  std::size_t tail = blocks.size();
  while (tail > 0 && (stories[tail - 1] > 0 || is_short(blocks[tail - 1]))) --tail;
  return tail;
}

/// 1 for each block that goes. At the end of an article one other story is enough; a heading goes
/// with all that it heads.
std::vector<std::uint8_t> marked(const std::vector<TracedBlock>& blocks,
                                 const std::vector<std::size_t>& stories) {
  const std::size_t tail = tail_of(blocks, stories);
  std::vector<std::uint8_t> shared(blocks.size(), 0);
  bool section_shared = false;  // the blocks below, up to the next heading or the end
  for (std::size_t i = blocks.size(); i-- > 0;) {
    const std::size_t least = i < tail ? kLeastStories : 1;
    shared[i] = stories[i] >= least ? 1 : 0;
    if (blocks[i].kind == BlockKind::heading) {
      if (section_shared) shared[i] = 1;
      section_shared = false;
      continue;
    }
    const bool last = i + 1 == blocks.size() || blocks[i + 1].kind == BlockKind::heading;
    section_shared = shared[i] != 0 && (last || section_shared);
  }
  return shared;
}

void sort_unique(std::vector<std::size_t>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

}  // namespace

struct SharedBlocks::State {
  std::deque<Entry> entries;
  std::size_t first = 0;  // number of the first entry
  std::size_t count = 0;
  HashChains kept, dropped, site;
  std::size_t indexed = 0;             // pages in the chains
  std::vector<std::uint32_t> matches;  // scratch: per entry

  [[nodiscard]] Entry& entry(std::size_t number) { return entries[number - first]; }
  [[nodiscard]] const Entry& entry(std::size_t number) const { return entries[number - first]; }

  void relate(std::size_t number);
  void find_story(Entry& added);
  void index(const Entry& entry, std::size_t number);
  void forget();
  [[nodiscard]] std::size_t stories_of(const Entry& page) const;
  [[nodiscard]] std::size_t stories_with(const TracedBlock& block, const Entry& page,
                                         bool early) const;
  [[nodiscard]] std::vector<std::size_t> stories_per_block(const Entry& page) const;
};

/// Finds the pages of the same site, on both sides.
void SharedBlocks::State::relate(std::size_t number) {
  Entry& added = entry(number);
  const std::size_t oldest = number > kPagesBefore ? number - kPagesBefore : 0;
  matches.assign(entries.size(), 0);
  for (const std::uint64_t hash : added.trace.site) {
    site.each(hash, std::max(oldest, first), [&](std::size_t page) { ++matches[page - first]; });
  }
  for (std::size_t page = std::max(oldest, first); page < number; ++page) {
    Entry& other = entry(page);
    const std::size_t smaller = std::min(other.trace.site.size(), added.trace.site.size());
    const std::uint32_t same = matches[page - first];
    if (same < kLeastSiteHashes || same < kSiteShare * static_cast<double>(smaller)) continue;
    added.site.push_back(page);
    if (number - page <= kPagesAfter) other.site.push_back(number);
  }
}

/// Gives a page the story of an earlier one of its site, if they tell the same.
void SharedBlocks::State::find_story(Entry& added) {
  if (added.site.empty()) return;
  matches.assign(entries.size(), 0);
  for (const TracedBlock& block : added.trace.kept) {
    if (block.hash == 0) continue;
    kept.each(block.hash, added.site.front(),
              [&](std::size_t page) { matches[page - first] += block.words; });
  }
  for (const std::size_t page : added.site) {
    const Entry& other = entry(page);
    const std::uint32_t shorter = std::min(other.words, added.words);
    if (matches[page - first] < kSameStory * shorter || shorter == 0) continue;
    added.story = other.story;
    return;
  }
}

void SharedBlocks::State::index(const Entry& entry, std::size_t number) {
  for (const TracedBlock& block : entry.trace.kept) {
    if (block.hash != 0) kept.add(block.hash, number);
  }
  for (const std::uint64_t hash : entry.trace.dropped) dropped.add(hash, number);
  for (const std::uint64_t hash : entry.trace.site) site.add(hash, number);
  ++indexed;
}

/// Lets go of what no page can reach any more.
void SharedBlocks::State::forget() {
  while (entries.size() > kReach + 1) {
    entries.pop_front();
    ++first;
  }
  // The chains are made anew now and then, which costs as much as filling them once more.
  if (indexed <= 2 * kReach) return;
  for (HashChains* chains : {&kept, &dropped, &site}) chains->clear();
  indexed = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) index(entries[i], first + i);
}

/// Other stories of the page's site.
std::size_t SharedBlocks::State::stories_of(const Entry& page) const {
  std::vector<std::size_t> stories;
  for (const std::size_t other : page.site) {
    if (entry(other).story != page.story) stories.push_back(entry(other).story);
  }
  sort_unique(stories);
  return stories.size();
}

/// Those of them that hold the block. At the head of an article (`early`) what another page dropped
/// does not count: it may have been its teaser of this very article.
std::size_t SharedBlocks::State::stories_with(const TracedBlock& block, const Entry& page,
                                              bool early) const {
  std::vector<std::size_t> stories;
  const auto see = [&](std::size_t other) {
    const bool related = std::binary_search(page.site.begin(), page.site.end(), other);
    if (related && entry(other).story != page.story) stories.push_back(entry(other).story);
  };
  kept.each(block.hash, page.site.front(), see);
  if (!early) dropped.each(block.hash, page.site.front(), see);
  sort_unique(stories);
  return stories.size();
}

/// Per kept block the other stories that hold it; 0 where they are too few to tell.
std::vector<std::size_t> SharedBlocks::State::stories_per_block(const Entry& page) const {
  const std::vector<TracedBlock>& blocks = page.trace.kept;
  std::vector<std::size_t> stories(blocks.size(), 0);
  std::size_t all = 0;
  std::size_t own = 0;  // blocks so far that are the article's own
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].hash == 0) continue;
    std::size_t held_by = stories_with(blocks[i], page, own < kHeadBlocks);
    if (held_by > 0 && all == 0) all = stories_of(page);
    const double least = (own == 0 ? kSharedLead : kSharedByAll) * static_cast<double>(all);
    if (static_cast<double>(held_by) < least) held_by = 0;
    stories[i] = held_by;
    if (held_by < kLeastStories) ++own;
  }
  return stories;
}

SharedBlocks::SharedBlocks() : state_(std::make_unique<State>()) {}
SharedBlocks::~SharedBlocks() = default;
SharedBlocks::SharedBlocks(SharedBlocks&&) noexcept = default;
SharedBlocks& SharedBlocks::operator=(SharedBlocks&&) noexcept = default;

void SharedBlocks::add(PageTrace trace) {
  State& state = *state_;
  const std::size_t number = state.count++;
  Entry& added = state.entries.emplace_back();
  added.trace = std::move(trace);
  added.words = compared_words(added.trace);
  added.story = number;
  state.relate(number);
  state.find_story(added);
  state.index(added, number);
  state.forget();
}

std::size_t SharedBlocks::size() const noexcept {
  return state_->count;
}

std::vector<TracedBlock> SharedBlocks::find(std::size_t number) const {
  const Entry& page = state_->entry(number);
  if (page.site.empty()) return {};
  const std::vector<TracedBlock>& kept = page.trace.kept;
  const std::vector<std::uint8_t> shared = marked(kept, state_->stories_per_block(page));
  std::vector<TracedBlock> found;
  std::uint32_t words = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (shared[i] == 0) continue;
    found.push_back(kept[i]);
    words += kept[i].hash != 0 ? kept[i].words : 0;
  }
  if (words > kMostShared * page.words) return {};
  return found;
}

std::string without(std::string_view text, const std::vector<TracedBlock>& blocks) {
  std::string out;
  std::size_t at = 0;
  for (const TracedBlock& block : blocks) {
    out.append(text, at, block.begin - at);
    at = block.end;
    // The gap before the block, in what is left, and the one behind it.
    const std::size_t left = out.find_last_not_of('\n') + 1;  // npos + 1 is 0
    const std::size_t before = out.size() - left;
    const std::size_t next = std::min(text.find_first_not_of('\n', at), text.size());
    const bool keep_behind = left > 0 && (next == text.size() || next - at > before);
    if (keep_behind) {
      out.resize(left);
    } else {
      at = next;
    }
  }
  out.append(text, at);
  return out;
}

}  // namespace copydesk
