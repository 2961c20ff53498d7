#pragma once

/// @file
/// What must be known of the whole page before its blocks can be judged: sums over subtrees, the
/// densest subtree, the parent of most prose, the headline, groups of blocks that look alike.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "extract/blocks.h"
#include "extract/class_tokens.h"
#include "extract/hashing.h"
#include "extract/text_measures.h"
#include "html/page.h"

namespace copydesk::extract {

/// Sums over the blocks before block i: a subtree's measure is a difference of two of them.
struct Sums {
  double words = 0;
  double prose_words = 0;
  double link_words = 0;
  double value = 0;  ///< words of prose less what the rest costs: the densest subtree has most
  double prose_blocks = 0;

  [[nodiscard]] Sums operator-(const Sums& other) const noexcept {
    return {words - other.words, prose_words - other.prose_words, link_words - other.link_words,
            value - other.value, prose_blocks - other.prose_blocks};
  }
};

/// Sums over the blocks that share a property.
struct Group {
  double words = 0;
  double prose_words = 0;
  double link_words = 0;
  std::uint32_t blocks = 0;
};

/// Blocks by group: which group each belongs to, and the groups' sums. Buffers are kept.
class Grouping {
 public:
  void clear();
  /// Puts the next block into the group of `key`; gives the group to add to.
  Group& assign(std::uint64_t key);
  [[nodiscard]] std::uint32_t group_of(std::size_t block) const { return of_block_[block]; }
  [[nodiscard]] const Group& of(std::size_t block) const { return groups_[of_block_[block]]; }
  [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }

 private:
  HashIndex index_;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> of_block_;
};

/// The texts that name a page.
enum class PageName : std::uint8_t { open_graph_title, title, description };
inline constexpr std::size_t kPageNameCount = 3;

/// Hashes of the distinct words of a page's names. One look tells which of them have a word.
class NameWords {
 public:
  /// Forgets the names before it.
  void set(const std::array<std::string_view, kPageNameCount>& names);
  /// How many different words a name has.
  [[nodiscard]] std::size_t size(PageName name) const noexcept {
    return sizes_[static_cast<std::size_t>(name)];
  }
  /// Of each name that has the word the lowest bit of its byte, the first name's lowest.
  [[nodiscard]] std::uint32_t names_of(std::uint64_t word) const noexcept {
    if ((filter_[filter_bit(word) / 64] >> (filter_bit(word) % 64) & 1) == 0) return 0;
    std::size_t at = word & (slots_.size() - 1);
    while (slots_[at].word != word && slots_[at].word != 0) at = (at + 1) & (slots_.size() - 1);
    return slots_[at].names;
  }

 private:
  struct Slot {
    std::uint64_t word = 0;  // 0: free
    std::uint32_t names = 0;
  };
  static constexpr std::size_t kFilterBits = 4096;
  static std::size_t filter_bit(std::uint64_t word) noexcept { return word >> 52; }

  std::array<std::uint64_t, kFilterBits / 64> filter_{};  // tells most words to be in no name
  std::vector<Slot> slots_ = std::vector<Slot>(1);        // open addressing, mostly free
  std::array<std::size_t, kPageNameCount> sizes_{};
};

/// What the page's JSON-LD says of its article.
struct Declared {
  int rank = 0;           ///< 3: a news article, 2: another, 1: something else, 0: nothing
  std::string_view body;  ///< the text, as far as the page gives it there
};

/// Counts the different ones of a few words.
class DistinctWords {
 public:
  /// Calls `use(word)` once for each different word; gives their number.
  template <typename Use>
  std::uint32_t count(std::span<const std::uint64_t> words, Use&& use) {
    static_assert(kHashedWords < 256, "a word's number and the round share 32 bits");
    if (++round_ == kRounds) begin_anew();
    std::uint32_t distinct = 0;
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      std::size_t at = words[i] % kSlots;
      while (slots_[at] >> 8 == round_ && words[slots_[at] & 0xFF] != words[i]) {
        at = (at + 1) % kSlots;
      }
      if (slots_[at] >> 8 == round_) continue;
      slots_[at] = round_ << 8 | i;
      ++distinct;
      use(words[i]);
    }
    return distinct;
  }

 private:
  static constexpr std::size_t kSlots = 1024;  // many more than words, so that few meet
  static constexpr std::uint32_t kRounds = 1U << 24;
  void begin_anew() noexcept {
    slots_.fill(0);
    round_ = 1;
  }

  // The round that wrote a slot and the word's number in it: what other rounds wrote is free.
  std::array<std::uint32_t, kSlots> slots_{};
  std::uint32_t round_ = 0;
};

struct Survey {
  std::vector<TextMeasures> measures;   ///< per block
  std::vector<std::uint64_t> words;     ///< see TextMeasures::hash_begin
  std::vector<std::uint32_t> distinct;  ///< per block: how many different words these are
  std::vector<std::uint32_t> named;     ///< per block: how many of these each name has, in bytes
  std::vector<float> link_share;        ///< per block
  std::vector<std::uint8_t> prose;      ///< per block: 1 for running text
  std::vector<Sums> sums;               ///< one more than blocks
  html::NodeId best = 0;                ///< the subtree with the largest value
  html::NodeId prose_parent = 0;        ///< the element with most prose directly under it
  std::optional<std::size_t> title;     ///< the block that is the headline
  std::size_t first_prose = 0;          ///< first and last block of prose inside `best`
  std::size_t last_prose = 0;
  Grouping alike;     ///< blocks with the same tags and class tokens in container and two above
  Grouping siblings;  ///< blocks whose containers have the same parent and tag
  Grouping repeats;   ///< blocks with the same text
  std::vector<std::uint64_t> text_hashes;  ///< per block
  std::uint32_t main_group = 0;            ///< of `alike`: the one with most prose
  NameWords names;
  DistinctWords distinct_words;
  int declared_rank = 0;             ///< see Declared
  std::uint32_t declared_words = 0;  ///< of the declared body; 0 if it is too short to tell
  std::vector<std::uint64_t> declared_triples;  ///< hashes of three words in a row of it, sorted
  std::vector<html::NodeId> articles;           ///< <article> elements, in order

  [[nodiscard]] Sums within(const BlockRange& range) const noexcept {
    return sums[range.last] - sums[range.first];
  }
};

/// Fills `survey`. Linear in the page.
void survey_page(const html::Page& page, const BlockList& list, const KeywordTable& keywords,
                 const Declared& declared, ElementReader& elements, Survey& survey);

/// Share of the block's first triples of words that stand in the declared body; -1 where there is
/// no such body, -0.5 where the block is too short.
[[nodiscard]] double declared_share(const Survey& survey, std::size_t block);

/// How many different ones of the first words of `block` there are, and how many are in a name.
struct Overlap {
  double distinct = 0;
  double common = 0;
};
[[nodiscard]] Overlap overlap_of(const Survey& survey, std::size_t block, PageName name) noexcept;

}  // namespace copydesk::extract
