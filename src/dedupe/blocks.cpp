#include <algorithm>
#include <unordered_map>
#include <utility>

#include <xxhash.h>

#include "copydesk/dedupe.h"

#include "dedupe/hash.h"
#include "dedupe/tokens.h"
#include "text/utf8.h"

namespace copydesk {
namespace {

/// The end of the line that begins at `at`, its line feed included.
std::size_t line_end(std::string_view text, std::size_t at) noexcept {
  const std::size_t feed = text.find('\n', at);
  return feed == std::string_view::npos ? text.size() : feed + 1;
}

bool is_blank(std::string_view line) noexcept {
  return std::all_of(line.begin(), line.end(),
                     [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
}

/// The block that begins at `begin`: a line, or lines up to an empty one; empty lines that follow
/// belong to it, so that taking it out leaves no hole.
TextBlock next_block(std::string_view text, std::size_t begin, BlockUnit unit) {
  TextBlock block{begin, line_end(text, begin), 0};
  const auto following = [&] {
    return text.substr(block.end, line_end(text, block.end) - block.end);
  };
  if (unit == BlockUnit::paragraph) {
    while (block.end < text.size() && !is_blank(following())) block.end += following().size();
  }
  while (block.end < text.size() && is_blank(following())) block.end += following().size();
  return block;
}

}  // namespace

std::vector<TextBlock> split_blocks(std::string_view text, BlockUnit unit, std::uint32_t shortest) {
  std::vector<TextBlock> blocks;
  dedupe::FoldedText folded;
  dedupe::Words words;
  for (std::size_t at = 0; at < text.size();) {
    TextBlock block = next_block(text, at, unit);
    at = block.end;
    std::string_view content = text.substr(block.begin, block.end - block.begin);
    while (!content.empty() && is_blank(content.substr(content.size() - 1))) {
      content.remove_suffix(1);
    }
    if (text::count_code_points(content) < shortest) continue;
    dedupe::fold(content, folded);
    dedupe::split_words(folded, words);
    if (words.hashes().empty()) continue;
    block.key = XXH3_64bits(words.hashes().data(), words.hashes().size_bytes());
    blocks.push_back(block);
  }
  return blocks;
}

class BlockMemory::Impl {
 public:
  std::vector<RepeatedBlock> see(const std::vector<TextBlock>& blocks, std::string_view site) {
    const std::uint64_t site_key = XXH3_64bits(site.data(), site.size());
    std::vector<RepeatedBlock> repeated;
    // All blocks are looked up before any is remembered, so that no block meets itself.
    distinct_.clear();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const std::uint64_t key = blocks[i].key;
      const bool first_here = distinct_.emplace(key, i).second;
      const auto seen = seen_.find(key);
      if (seen == seen_.end()) {
        if (!first_here) repeated.push_back({i, 0, 0, 0});
        continue;
      }
      const auto here = on_site_.find(dedupe::combine(site_key, key));
      repeated.push_back({i, seen->second.documents, seen->second.sites,
                          here == on_site_.end() ? 0 : here->second});
    }
    for (const auto& [key, index] : distinct_) {
      Seen& seen = seen_[key];
      std::uint32_t& here = on_site_[dedupe::combine(site_key, key)];
      ++seen.documents;
      seen.sites += here == 0;
      ++here;
    }
    return repeated;
  }

 private:
  struct Seen {
    std::uint32_t documents = 0;
    std::uint32_t sites = 0;
  };
  std::unordered_map<std::uint64_t, Seen> seen_;
  std::unordered_map<std::uint64_t, std::uint32_t> on_site_;
  std::unordered_map<std::uint64_t, std::size_t> distinct_;
};

BlockMemory::BlockMemory() : impl_(std::make_unique<Impl>()) {}
BlockMemory::~BlockMemory() = default;
BlockMemory::BlockMemory(BlockMemory&&) noexcept = default;
BlockMemory& BlockMemory::operator=(BlockMemory&&) noexcept = default;

std::vector<RepeatedBlock> BlockMemory::see(const std::vector<TextBlock>& blocks,
                                            std::string_view site) {
  return impl_->see(blocks, site);
}

}  // namespace copydesk
