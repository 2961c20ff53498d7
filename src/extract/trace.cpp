#include "extract/trace.h"

#include <algorithm>

namespace copydesk::extract {
namespace {

constexpr double kLeastSiteWords = 2;      // "Home" stands on every site
constexpr std::size_t kSketchSize = 32;    // hashes that tell a site
constexpr std::size_t kMostBlocks = 4000;  // that are not article; a page of more tells enough

bool is_compared(BlockKind kind) noexcept {
  return kind != BlockKind::table_cell && kind != BlockKind::code && kind != BlockKind::embed;
}

/// Never 0, which says that a block is not compared.
std::uint64_t hash_of(const Survey& survey, std::size_t block) {
  return std::max<std::uint64_t>(survey.text_hashes[block], 1);
}

/// Leaves the least of the hashes, in order, each once.
void sketch(std::vector<std::uint64_t>& hashes) {
  constexpr std::size_t kSome = 2 * kSketchSize;  // a text may stand there more than once
  if (hashes.size() > kSome) {
    const auto middle = hashes.begin() + static_cast<std::ptrdiff_t>(kSome);
    std::nth_element(hashes.begin(), middle, hashes.end());
    hashes.resize(kSome);
  }
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  hashes.resize(std::min(hashes.size(), kSketchSize));
}

void add_kept(const BlockList& list, const Survey& survey,
              const std::vector<RenderedBlock>& rendered, PageTrace& trace) {
  for (const RenderedBlock& place : rendered) {
    const PageBlock& block = list.blocks[place.block];
    const auto words = static_cast<std::uint32_t>(survey.measures[place.block].words);
    const bool compared = words >= kLeastSharedWords && is_compared(block.kind);
    trace.kept.push_back({place.block, block.kind, compared ? hash_of(survey, place.block) : 0,
                          words, place.begin, place.end});
  }
}

}  // namespace

PageTrace trace_of(const BlockList& list, const Survey& survey,
                   const std::vector<Verdict>& verdicts,
                   const std::vector<RenderedBlock>& rendered) {
  PageTrace trace;
  trace.kept.reserve(rendered.size());
  add_kept(list, survey, rendered, trace);
  for (std::size_t i = 0; i < verdicts.size() && trace.site.size() < kMostBlocks; ++i) {
    const double words = survey.measures[i].words;
    if (verdicts[i].kept || words < kLeastSiteWords) continue;
    const std::uint64_t hash = hash_of(survey, i);
    trace.site.push_back(hash);
    if (words >= kLeastSharedWords) trace.dropped.push_back(hash);
  }
  sketch(trace.site);
  return trace;
}

}  // namespace copydesk::extract
