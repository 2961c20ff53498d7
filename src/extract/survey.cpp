#include "extract/survey.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <unordered_map>

#include "extract/hashing.h"

namespace copydesk::extract {
namespace {

using html::Attribute;
using html::NodeId;
using html::Tag;

void make_set(std::vector<std::uint64_t>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

/// Reads title and description from the head, and lists the article elements.
void read_names(const html::Page& page, Survey& survey) {
  survey.articles.clear();
  std::array<std::string_view, kPageNameCount> names{};
  const auto name_of = [&](PageName name) -> std::string_view& {
    return names[static_cast<std::size_t>(name)];
  };
  std::vector<std::uint64_t> words_of_title;  // the first title that has any counts
  for (NodeId id = 0; id < page.size(); ++id) {
    const Tag tag = page.node(id).tag;
    if (tag == Tag::article) survey.articles.push_back(id);
    if (tag == Tag::title && words_of_title.empty()) {
      name_of(PageName::title) = page.text(id);
      hash_words(page.text(id), words_of_title);
    }
    if (tag != Tag::meta) continue;
    std::string_view name = page.value(id, Attribute::property);
    if (name.empty()) name = page.value(id, Attribute::name);
    const std::string_view content = page.value(id, Attribute::content);
    if (name == "og:title") name_of(PageName::open_graph_title) = content;
    const bool describes =
        name == "og:description" || name == "description" || name == "twitter:description";
    std::string_view& description = name_of(PageName::description);
    if (describes && content.size() > description.size()) description = content;
  }
  survey.names.set(names);
}

std::uint64_t triple_of(const std::uint64_t* words) {
  return mix(words[0] * 5 + words[1] * 3 + words[2]);
}

void read_declared(const Declared& declared, Survey& survey) {
  constexpr std::size_t kLeastBody = 60;  // words; less is a teaser
  survey.declared_rank = declared.rank;
  survey.declared_words = 0;
  survey.declared_triples.clear();
  std::vector<std::uint64_t> words;
  hash_words(declared.body, words);
  if (words.size() < kLeastBody) return;
  survey.declared_words = static_cast<std::uint32_t>(words.size());
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    survey.declared_triples.push_back(triple_of(&words[i]));
  }
  make_set(survey.declared_triples);
}

/// Running text: few links, and sentences or sheer length.
bool is_prose(const TextMeasures& text, float link_share) {
  if (link_share >= 0.35F) return false;
  if (text.words >= 20) return true;
  return text.words >= 8 && (text.ends_terminal || text.sentences > 0);
}

std::span<const std::uint64_t> words_of(const Survey& survey, const TextMeasures& text) {
  return std::span(survey.words).subspan(text.hash_begin, text.hash_end - text.hash_begin);
}

/// Counts the different ones of a block's few words, and those of them that stand in names.
void count_distinct(std::span<const std::uint64_t> words, Survey& survey) {
  std::uint32_t named = 0;
  survey.distinct.push_back(survey.distinct_words.count(
      words, [&](std::uint64_t word) { named += survey.names.names_of(word); }));
  survey.named.push_back(named);
}

void measure_blocks(const BlockList& list, const KeywordTable& keywords, Survey& survey) {
  survey.measures.clear();
  survey.words.clear();
  survey.distinct.clear();
  survey.named.clear();
  survey.link_share.clear();
  survey.prose.clear();
  survey.sums.assign(1, {});
  for (const PageBlock& block : list.blocks) {
    const TextMeasures text = measure_text(list.text_of(block), list.text.size() - block.text_begin,
                                           keywords, survey.words);
    const float bytes = static_cast<float>(std::max(block.bytes, 1U));
    const float links = static_cast<float>(block.link_bytes) / bytes;
    const bool prose = is_prose(text, links);
    Sums sums = survey.sums.back();
    sums.words += text.words;
    sums.link_words += text.words * links;
    if (prose) {
      sums.prose_words += text.words;
      sums.prose_blocks += 1;
    }
    sums.value += prose ? text.words : -(2 + std::min(10.0F, text.words * links));
    survey.measures.push_back(text);
    count_distinct(words_of(survey, text), survey);
    survey.link_share.push_back(links);
    survey.prose.push_back(prose ? 1 : 0);
    survey.sums.push_back(sums);
  }
}

/// Of equal values the innermost, latest element wins.
NodeId find_best(const html::Page& page, const BlockList& list, const Survey& survey) {
  NodeId best = 0;
  double best_value = -1e300;
  for (NodeId id = 0; id < page.size(); ++id) {
    const BlockRange& range = list.ranges[id];
    if (range.last <= range.first || (list.block_nodes[id] != id && id != 0)) continue;
    const double value = survey.within(range).value;
    if (value >= best_value) {
      best_value = value;
      best = id;
    }
  }
  return best;
}

bool is_text_element(Tag tag) {
  return tag == Tag::p || tag == Tag::li || tag == Tag::h2 || tag == Tag::h3 ||
         tag == Tag::blockquote;
}

NodeId find_prose_parent(const html::Page& page, const BlockList& list, const Survey& survey) {
  std::unordered_map<NodeId, double> prose;
  NodeId parent = survey.best;
  double most = 0;
  for (std::size_t i = 0; i < list.blocks.size(); ++i) {
    if (survey.prose[i] == 0) continue;
    NodeId id = list.blocks[i].container;
    if (is_text_element(page.node(id).tag)) id = page.node(id).parent;
    const double words = prose[id] += survey.measures[i].words;
    if (words > most) {
      most = words;
      parent = id;
    }
  }
  return parent;
}

/// Likeness of a block to the page's titles, with a bonus for heading elements.
double title_likeness(const html::Page& page, const BlockList& list, const Survey& survey,
                      std::size_t i) {
  const std::uint32_t tokens = survey.measures[i].tokens;
  if (tokens < 2 || tokens > 45) return 0;
  double likeness = 0;
  for (const PageName title : {PageName::open_graph_title, PageName::title}) {
    const std::size_t size = survey.names.size(title);
    if (size < 2) continue;
    const Overlap overlap = overlap_of(survey, i, title);
    likeness =
        std::max(likeness, 2 * overlap.common / (overlap.distinct + static_cast<double>(size)));
  }
  const Tag tag = page.node(list.blocks[i].container).tag;
  if (tag == Tag::h1) likeness += 0.35;
  if (tag == Tag::h2 || tag == Tag::h3) likeness += 0.05;
  if (survey.link_share[i] > 0.9F) likeness -= 0.1;
  return likeness;
}

std::optional<std::size_t> find_title(const html::Page& page, const BlockList& list,
                                      const Survey& survey) {
  constexpr double kLikeEnough = 0.55;
  std::optional<std::size_t> title;
  double best = kLikeEnough;
  for (std::size_t i = 0; i < list.blocks.size(); ++i) {
    const double likeness = title_likeness(page, list, survey, i);
    if (likeness > best + 1e-9) {
      best = likeness;
      title = i;
    }
  }
  return title;
}

void find_prose_span(const BlockList& list, Survey& survey) {
  const BlockRange range = list.ranges[survey.best];
  survey.first_prose = 0;
  survey.last_prose = list.blocks.empty() ? 0 : list.blocks.size() - 1;
  for (std::size_t i = range.first; i < range.last; ++i) {
    if (survey.prose[i] != 0) {
      survey.first_prose = i;
      break;
    }
  }
  for (std::size_t i = range.last; i > range.first; --i) {
    if (survey.prose[i - 1] != 0) {
      survey.last_prose = i - 1;
      break;
    }
  }
}

std::uint64_t path_signature(const html::Page& page, ElementReader& elements, NodeId id) {
  constexpr int kLevels = 3;
  std::uint64_t signature = 0;
  for (int level = 0; level < kLevels && id != html::kNoNode; ++level) {
    signature = mix(signature + elements.tokens(id).signature);
    id = page.node(id).parent;
  }
  return signature;
}

void group_blocks(const html::Page& page, const BlockList& list, ElementReader& elements,
                  Survey& survey) {
  survey.alike.clear();
  survey.siblings.clear();
  survey.repeats.clear();
  survey.text_hashes.resize(list.blocks.size());
  for (std::size_t i = 0; i < list.blocks.size(); ++i) {
    const NodeId container = list.blocks[i].container;
    const html::Node& node = page.node(container);
    const std::uint64_t sibling_key =
        mix((static_cast<std::uint64_t>(node.parent) << 8) | static_cast<std::uint64_t>(node.tag));
    const double words = survey.measures[i].words;
    const auto add = [&](Group& group) {
      group.words += words;
      if (survey.prose[i] != 0) group.prose_words += words;
      group.link_words += words * survey.link_share[i];
      ++group.blocks;
    };
    add(survey.alike.assign(path_signature(page, elements, container)));
    add(survey.siblings.assign(sibling_key));
    survey.text_hashes[i] = hash_text(list.text_of(list.blocks[i]));
    add(survey.repeats.assign(survey.text_hashes[i]));
  }
  survey.main_group = 0;
  const std::vector<Group>& groups = survey.alike.groups();
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    if (groups[g].prose_words > groups[survey.main_group].prose_words) survey.main_group = g;
  }
}

}  // namespace

void Grouping::clear() {
  index_.clear();
  groups_.clear();
  of_block_.clear();
}

Group& Grouping::assign(std::uint64_t key) {
  const auto next = static_cast<std::uint32_t>(groups_.size());
  const std::uint32_t group = index_.find_or_add(key, next);
  if (group == next) groups_.emplace_back();
  of_block_.push_back(group);
  return groups_[group];
}

void NameWords::set(const std::array<std::string_view, kPageNameCount>& names) {
  std::array<std::vector<std::uint64_t>, kPageNameCount> words;
  std::size_t count = 0;
  for (std::size_t name = 0; name < kPageNameCount; ++name) {
    hash_words(names[name], words[name]);
    count += words[name].size();
  }
  slots_.assign(std::bit_ceil(8 * count + 1), {});
  filter_ = {};
  sizes_ = {};
  for (std::size_t name = 0; name < kPageNameCount; ++name) {
    for (const std::uint64_t word : words[name]) {
      if (word == 0) continue;
      std::size_t at = word & (slots_.size() - 1);
      while (slots_[at].word != word && slots_[at].word != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at].word = word;
      filter_[filter_bit(word) / 64] |= std::uint64_t{1} << (filter_bit(word) % 64);
      const std::uint32_t bit = 1U << (8 * name);
      if ((slots_[at].names & bit) == 0) ++sizes_[name];
      slots_[at].names |= bit;
    }
  }
}

Overlap overlap_of(const Survey& survey, std::size_t block, PageName name) noexcept {
  const unsigned common = survey.named[block] >> (8 * static_cast<unsigned>(name)) & 0xFF;
  return {static_cast<double>(survey.distinct[block]), static_cast<double>(common)};
}

double declared_share(const Survey& survey, std::size_t block) {
  if (survey.declared_words == 0) return -1;
  const TextMeasures& text = survey.measures[block];
  const std::size_t words = text.hash_end - text.hash_begin;
  if (words < 3) return -0.5;
  double found = 0;
  const auto& set = survey.declared_triples;
  for (std::size_t i = 0; i + 2 < words; ++i) {
    const std::uint64_t triple = triple_of(&survey.words[text.hash_begin + i]);
    if (std::binary_search(set.begin(), set.end(), triple)) ++found;
  }
  return found / static_cast<double>(words - 2);
}

void survey_page(const html::Page& page, const BlockList& list, const KeywordTable& keywords,
                 const Declared& declared, ElementReader& elements, Survey& survey) {
  read_names(page, survey);
  read_declared(declared, survey);
  measure_blocks(list, keywords, survey);
  survey.best = find_best(page, list, survey);
  survey.prose_parent = find_prose_parent(page, list, survey);
  group_blocks(page, list, elements, survey);
  survey.title = find_title(page, list, survey);
  find_prose_span(list, survey);
}

}  // namespace copydesk::extract
