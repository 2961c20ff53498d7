#include "extract/facts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace copydesk::extract {
namespace {

using html::NodeId;
using html::Tag;

constexpr std::array<std::string_view, kFactCount> kNames = {
#define COPYDESK_FACT(name) #name,
#include "extract/fact_names.inc"
#undef COPYDESK_FACT
};

constexpr int kLongestClimb = 40;

float log_of(double x) {
  return static_cast<float>(std::log1p(std::max(0.0, x)));
}

float ratio(double part, double whole) {
  return static_cast<float>(part / std::max(whole, 1.0));
}

/// A row that is being filled.
class Row {
 public:
  explicit Row(std::span<float> values) : values_(values) {}
  void set(Fact fact, double value) {
    values_[static_cast<std::size_t>(fact)] = static_cast<float>(value);
  }
  void set(Fact first, int offset, double value) {
    values_[static_cast<std::size_t>(first) + static_cast<std::size_t>(offset)] =
        static_cast<float>(value);
  }

 private:
  std::span<float> values_;
};

/// The facts that the text of the block gives by itself.
void set_text_facts(const PageBlock& block, const TextMeasures& text, float link_share, bool prose,
                    Row row) {
  const double characters = text.characters;
  const double tokens = std::max(1U, text.tokens);
  const double bytes = std::max(1U, block.bytes);
  row.set(Fact::words, text.words);
  row.set(Fact::characters, characters);
  row.set(Fact::word_length, characters / tokens);
  row.set(Fact::link_share, link_share);
  row.set(Fact::links, block.links);
  row.set(Fact::plain_words, text.words * (1 - link_share));
  row.set(Fact::commas, text.commas);
  row.set(Fact::comma_rate, ratio(text.commas, text.words));
  row.set(Fact::sentences, text.sentences);
  row.set(Fact::words_per_sentence, ratio(text.words, text.sentences));
  row.set(Fact::ends_terminal, text.ends_terminal);
  row.set(Fact::ends_stop, text.ends_stop);
  row.set(Fact::ends_colon, text.ends_colon);
  row.set(Fact::ends_question, text.ends_question);
  row.set(Fact::quotes, text.quotes);
  row.set(Fact::starts_quote, text.starts_quote);
  row.set(Fact::starts_lower, text.starts_lower);
  row.set(Fact::upper_share, text.uppers / std::max(1.0, characters));
  row.set(Fact::capital_share, text.capital_words / tokens);
  row.set(Fact::digit_share, text.digits / std::max(1.0, characters));
  row.set(Fact::short_share, text.short_words / tokens);
  row.set(Fact::bars, text.bars);
  row.set(Fact::has_date, text.has_date);
  row.set(Fact::has_time, text.has_time);
  row.set(Fact::has_url, text.has_url);
  row.set(Fact::bold_share, block.bold_bytes / bytes);
  row.set(Fact::italic_share, block.italic_bytes / bytes);
  row.set(Fact::after_break, block.after_break);
  row.set(Fact::breaks, block.breaks);
  row.set(Fact::prose, prose);
  int topics = 0;
  for (int topic = 0; topic < static_cast<int>(kTopicCount); ++topic) {
    const int hit = (text.topics >> topic) & 1;
    topics += hit;
    row.set(Fact::topic_share, topic, hit);
  }
  row.set(Fact::topics, topics);
}

void set_tag_facts(Tag tag, Row row) {
  const Fact fact = [&] {
    switch (tag) {
      case Tag::p:
        return Fact::tag_p;
      case Tag::li:
        return Fact::tag_li;
      case Tag::div:
        return Fact::tag_div;
      case Tag::td:
      case Tag::th:
        return Fact::tag_cell;
      case Tag::section:
      case Tag::article:
        return Fact::tag_section;
      default:
        return Fact::tag_other;
    }
  }();
  row.set(fact, 1);
}

struct ContextFact {
  std::uint32_t bit;
  Fact fact;
};
constexpr ContextFact kContextFacts[] = {
    {kInArticle, Fact::in_article},
    {kInMain, Fact::in_main},
    {kInAside, Fact::in_aside},
    {kInFooter, Fact::in_footer},
    {kInHeader, Fact::in_header},
    {kInNav, Fact::in_nav},
    {kInSection, Fact::in_section},
    {kInForm, Fact::in_form},
    {kInFigure, Fact::in_figure},
    {kInCaption, Fact::in_caption},
    {kInQuote, Fact::in_quote},
    {kInItem, Fact::in_item},
    {kInUnorderedList, Fact::in_unordered},
    {kInOrderedList, Fact::in_ordered},
    {kInTable, Fact::in_table},
    {kInParagraph, Fact::in_paragraph},
    {kInLink, Fact::in_link},
    {kInDefinitions, Fact::in_definitions},
    {kInButton, Fact::in_button},
    {kInPre, Fact::in_pre},
    {kHidden, Fact::hidden},
    {kAriaHidden, Fact::aria_hidden},
    {kInDialog, Fact::in_dialog},
};

/// The way from a node up to the path that leads from the root to `target`, and on down to it.
struct Distance {
  int up = 0;
  int down = 0;
};

Distance distance_to(const html::Page& page, NodeId from, NodeId target) {
  Distance distance;
  NodeId id = from;
  while (!page.contains(id, target)) {
    if (++distance.up >= kLongestClimb) return {kLongestClimb, kLongestClimb};
    id = page.node(id).parent;
  }
  distance.down = static_cast<int>(page.node(target).depth - page.node(id).depth);
  return distance;
}

/// Fills the rows of one page.
class RowFiller {
 public:
  RowFiller(const html::Page& page, const BlockList& list, const Survey& survey,
            std::vector<SubtreeFacts>& subtrees, FactRows& rows)
      : page_(page),
        list_(list),
        survey_(survey),
        subtrees_(subtrees),
        rows_(rows),
        total_(survey.sums.back()) {
    if (survey.title) title_article_ = enclosing_article(list.blocks[*survey.title].container);
    for (const Group& group : survey.alike.groups()) alike_words_.push_back(log_of(group.words));
  }

  /// What is the same for all blocks of one container.
  void set_container_facts(NodeId container, Row row) {
    set_tag_facts(page_.node(container).tag, row);
    row.set(Fact::depth, page_.node(container).depth);
    set_subtree_facts(container, row);
    set_place_facts(container, row);
  }

  void set_block_facts(std::size_t i) {
    const PageBlock& block = list_.blocks[i];
    Row row(rows_.row(i));
    set_text_facts(block, survey_.measures[i], survey_.link_share[i], survey_.prose[i] != 0, row);
    const std::uint32_t context = list_.contexts[block.node];
    for (const ContextFact& entry : kContextFacts) {
      row.set(entry.fact, (context & entry.bit) != 0 ? 1 : 0);
    }
    row.set(Fact::heading_level, block.level);
    row.set(Fact::in_inline, block.node != block.container);
    row.set(Fact::inline_depth, page_.node(block.node).depth - page_.node(block.container).depth);
    set_group_facts(i, row);
    set_sequence_facts(i, row);
    set_neighbour_facts(i, row);
    set_likeness_facts(i, row);
    row.set(Fact::declared_rank, survey_.declared_rank);
    row.set(Fact::declared_words, declared_words_);
    row.set(Fact::declared_share, declared_share(survey_, i));
    set_parent_facts(i, row);
  }

  /// What depends on everything that came before; called for each block in order.
  void set_history_facts(std::size_t i) {
    Row row(rows_.row(i));
    row.set(Fact::main_headings_before, main_headings_);
    row.set(Fact::linked_headings_before, linked_headings_);
    row.set(Fact::dates_before, dates_);
    row.set(Fact::related_before, related_);
    row.set(Fact::comments_before, comments_);
    row.set(Fact::account_before, accounts_);
    row.set(Fact::last_prose_gap, static_cast<double>(i - last_prose_));
    set_heading_above(i, row);
    remember(i);
  }

 private:
  [[nodiscard]] NodeId enclosing_article(NodeId id) const {
    NodeId found = html::kNoNode;
    for (int step = 0; step < kLongestClimb && id != html::kNoNode; ++step) {
      if (page_.node(id).tag == Tag::article) found = id;
      id = page_.node(id).parent;
    }
    return found;
  }

  void set_subtree_facts(NodeId container, Row row) {
    constexpr int kLevels = 5;
    constexpr int kFactsPerLevel = std::tuple_size_v<SubtreeFacts>;
    NodeId id = container;
    for (int level = 0; level < kLevels; ++level) {
      if (page_.node(id).parent != html::kNoNode) id = page_.node(id).parent;
      const SubtreeFacts& facts = subtree_facts(id);
      const int at = level * kFactsPerLevel;
      for (int i = 0; i < kFactsPerLevel; ++i) {
        row.set(Fact::up1_words, at + i, facts[static_cast<std::size_t>(i)]);
      }
    }
  }

  /// The facts of one subtree, computed once: it is above many containers.
  const SubtreeFacts& subtree_facts(NodeId id) {
    SubtreeFacts& facts = subtrees_[id];
    if (facts[0] >= 0) return facts;
    const BlockRange& range = list_.ranges[id];
    const Sums sums = survey_.within(range);
    facts = {log_of(sums.words),
             ratio(sums.prose_words, total_.prose_words),
             ratio(sums.prose_words, sums.words),
             ratio(sums.link_words, sums.words),
             static_cast<float>(range.last - range.first),
             static_cast<float>(sums.prose_blocks)};
    return facts;
  }

  void set_place_facts(NodeId container, Row row) const {
    const bool in_best = page_.contains(survey_.best, container);
    row.set(Fact::in_best, in_best);
    row.set(Fact::best_depth, in_best ? static_cast<double>(page_.node(container).depth) -
                                            page_.node(survey_.best).depth
                                      : -1.0);
    row.set(Fact::best_prose, ratio(best_.prose_words, total_.prose_words));
    row.set(Fact::best_share, ratio(best_.words, total_.words));
    row.set(Fact::best_words, best_words_);
    const Distance prose = distance_to(page_, container, survey_.prose_parent);
    row.set(Fact::prose_up, prose.up);
    row.set(Fact::prose_down, prose.down);
    row.set(Fact::prose_distance, prose.up + prose.down);
    if (!survey_.title) {
      row.set(Fact::title_up, -1);
      row.set(Fact::title_down, -1);
      row.set(Fact::in_title_article, -1);
      row.set(Fact::articles_since_title, -1);
      return;
    }
    const NodeId title = list_.blocks[*survey_.title].container;
    const Distance way = distance_to(page_, container, title);
    row.set(Fact::title_up, way.up);
    row.set(Fact::title_down, way.down);
    row.set(Fact::in_title_article,
            title_article_ == html::kNoNode
                ? -1
                : static_cast<int>(page_.contains(title_article_, container)));
    row.set(Fact::articles_since_title, articles_until(container) - articles_until(title));
  }

  [[nodiscard]] double articles_until(NodeId id) const {
    const auto& articles = survey_.articles;
    return static_cast<double>(std::upper_bound(articles.begin(), articles.end(), id) -
                               articles.begin());
  }

  void set_group_facts(std::size_t i, Row row) const {
    const Group& alike = survey_.alike.of(i);
    row.set(Fact::alike_prose, ratio(alike.prose_words, total_.prose_words));
    row.set(Fact::alike_words, alike_words_[survey_.alike.group_of(i)]);
    row.set(Fact::alike_blocks, alike.blocks);
    row.set(Fact::alike_links, ratio(alike.link_words, alike.words));
    row.set(Fact::alike_density, ratio(alike.prose_words, alike.words));
    row.set(Fact::alike_mean, alike.words / alike.blocks);
    row.set(Fact::alike_is_main, survey_.alike.group_of(i) == survey_.main_group);
    const Group& siblings = survey_.siblings.of(i);
    row.set(Fact::sibling_prose, ratio(siblings.prose_words, total_.prose_words));
    row.set(Fact::siblings, siblings.blocks);
    row.set(Fact::repeats, survey_.repeats.of(i).blocks);
  }

  void set_sequence_facts(std::size_t i, Row row) const {
    const double count = static_cast<double>(list_.blocks.size());
    const double at = static_cast<double>(i);
    const double begin = list_.blocks[i].text_begin;
    const double size = static_cast<double>(std::max<std::size_t>(list_.text.size(), 1));
    row.set(Fact::position, at / count);
    row.set(Fact::index, at);
    row.set(Fact::byte_position, begin / size);
    row.set(Fact::page_blocks, count);
    row.set(Fact::page_prose, page_prose_);
    row.set(Fact::page_words, page_words_);
    row.set(Fact::prose_before, ratio(survey_.sums[i].prose_words, total_.prose_words));
    row.set(Fact::prose_after,
            ratio(total_.prose_words - survey_.sums[i + 1].prose_words, total_.prose_words));
    const double title = survey_.title ? static_cast<double>(*survey_.title) : -1;
    row.set(Fact::title_blocks, title < 0 ? -999 : at - title);
    row.set(Fact::title_bytes,
            title < 0 ? -99999 : begin - list_.blocks[*survey_.title].text_begin);
    row.set(Fact::side_of_title, title < 0 ? 0 : (at > title ? 1 : -1));
    row.set(Fact::is_title, at == title);
    row.set(Fact::first_prose_blocks, at - static_cast<double>(survey_.first_prose));
    row.set(Fact::last_prose_blocks, static_cast<double>(survey_.last_prose) - at);
    row.set(Fact::in_prose_span, survey_.first_prose <= i && i <= survey_.last_prose);
  }

  void set_neighbour_facts(std::size_t i, Row row) const {
    constexpr std::size_t kWindow = 8;
    const std::size_t count = list_.blocks.size();
    const Sums before = survey_.sums[i] - survey_.sums[i - std::min(i, kWindow)];
    const Sums after = survey_.sums[std::min(count, i + 1 + kWindow)] - survey_.sums[i + 1];
    row.set(Fact::near_prose_before, before.prose_words);
    row.set(Fact::near_prose_after, after.prose_words);
    row.set(Fact::near_links_before, before.link_words);
    row.set(Fact::near_links_after, after.link_words);
    const NodeId container = list_.blocks[i].container;
    row.set(Fact::node_gap, i > 0 ? container - list_.blocks[i - 1].container : 0);
    row.set(Fact::previous_words, i > 0 ? survey_.measures[i - 1].words : -1);
    row.set(Fact::previous_links, i > 0 ? survey_.link_share[i - 1] : -1);
    const bool has_next = i + 1 < count;
    row.set(Fact::next_words, has_next ? survey_.measures[i + 1].words : -1);
    row.set(Fact::next_links, has_next ? survey_.link_share[i + 1] : -1);
    row.set(Fact::next_prose, has_next ? survey_.prose[i + 1] : -1);
  }

  void set_parent_facts(std::size_t i, Row row) const {
    const auto index = static_cast<std::uint32_t>(i);
    const NodeId parent = page_.node(list_.blocks[i].container).parent;
    if (parent != html::kNoNode) {
      const BlockRange range = list_.ranges[parent];
      row.set(Fact::parent_prose_before, survey_.within({range.first, index}).prose_words);
      row.set(Fact::parent_prose_after, survey_.within({index + 1, range.last}).prose_words);
      row.set(Fact::parent_from_end, range.last - 1 - index);
    }
    const BlockRange main = list_.ranges[survey_.prose_parent];
    const std::uint32_t before = std::clamp(index, main.first, main.last);
    const std::uint32_t after = std::clamp(index + 1, main.first, main.last);
    const double whole = survey_.within(main).prose_words;
    row.set(Fact::main_prose_before,
            ratio(survey_.within({main.first, before}).prose_words, whole));
    row.set(Fact::main_prose_after, ratio(survey_.within({after, main.last}).prose_words, whole));
  }

  void set_likeness_facts(std::size_t i, Row row) const {
    double in_title = 0;
    double of_title = 0;
    for (const PageName title : {PageName::open_graph_title, PageName::title}) {
      const std::size_t size = survey_.names.size(title);
      if (size == 0) continue;
      const Overlap overlap = overlap_of(survey_, i, title);
      in_title = std::max(in_title, overlap.common / std::max(1.0, overlap.distinct));
      of_title = std::max(of_title, overlap.common / static_cast<double>(size));
    }
    row.set(Fact::title_in_block, of_title);
    row.set(Fact::block_in_title, in_title);
    const std::size_t words = survey_.names.size(PageName::description);
    if (words == 0) {
      row.set(Fact::description_in_block, -1);
      row.set(Fact::block_in_description, -1);
      return;
    }
    const Overlap overlap = overlap_of(survey_, i, PageName::description);
    row.set(Fact::description_in_block, overlap.common / static_cast<double>(words));
    row.set(Fact::block_in_description, overlap.common / std::max(1.0, overlap.distinct));
  }

  void set_heading_above(std::size_t i, Row row) const {
    if (!heading_) {
      row.set(Fact::heading_gap, -1);
      row.set(Fact::heading_topics, -1);
      row.set(Fact::heading_above_level, 0);
      row.set(Fact::heading_above_links, -1);
      row.set(Fact::heading_above_over, -1);
      return;
    }
    const PageBlock& heading = list_.blocks[*heading_];
    row.set(Fact::heading_gap, static_cast<double>(i - *heading_));
    row.set(Fact::heading_topics, survey_.measures[*heading_].topics == 0 ? 0 : 1);
    row.set(Fact::heading_above_level, heading.level);
    row.set(Fact::heading_above_links, survey_.link_share[*heading_]);
    const NodeId parent = page_.node(heading.container).parent;
    row.set(Fact::heading_above_over,
            parent == html::kNoNode || page_.contains(parent, list_.blocks[i].container));
  }

  void remember(std::size_t i) {
    constexpr std::uint32_t kLabelWords = 12;
    const PageBlock& block = list_.blocks[i];
    if (survey_.prose[i] != 0) last_prose_ = i;
    if (block.kind == BlockKind::heading) heading_ = i;
    const bool story = i > survey_.first_prose || (survey_.title && i > *survey_.title);
    if (!story) return;
    const TextMeasures& text = survey_.measures[i];
    if (block.level == 1) ++main_headings_;
    if (block.level > 0 && survey_.link_share[i] > 0.8F) ++linked_headings_;
    if (i <= survey_.first_prose || text.tokens > kLabelWords) return;
    const auto about = [&](Topic topic) { return (text.topics >> static_cast<int>(topic)) & 1U; };
    if (text.has_date || text.has_time) ++dates_;
    related_ += about(Topic::related);
    comments_ += about(Topic::comments);
    accounts_ += about(Topic::account);
  }

  const html::Page& page_;
  const BlockList& list_;
  const Survey& survey_;
  std::vector<SubtreeFacts>& subtrees_;
  FactRows& rows_;
  const Sums total_;
  const Sums best_ = survey_.within(list_.ranges[survey_.best]);
  // Logarithms that are the same for every block.
  const float page_prose_ = log_of(total_.prose_words);
  const float page_words_ = log_of(total_.words);
  const float best_words_ = log_of(best_.words);
  const float declared_words_ = log_of(survey_.declared_words);
  std::vector<float> alike_words_;  // by group
  NodeId title_article_ = html::kNoNode;
  std::size_t last_prose_ = 0;
  std::optional<std::size_t> heading_;
  unsigned main_headings_ = 0;
  unsigned linked_headings_ = 0;
  unsigned dates_ = 0;
  unsigned related_ = 0;
  unsigned comments_ = 0;
  unsigned accounts_ = 0;
};

constexpr int kNearLevels = 3;

void set_token_facts(const TokenValues& values, Scope scope, Row row) {
  constexpr int kFactsPerScope = 4;
  const int at = static_cast<int>(scope) * kFactsPerScope;
  row.set(Fact::own_largest, at, values.largest);
  row.set(Fact::own_largest, at + 1, values.smallest);
  row.set(Fact::own_largest, at + 2, values.count > 0 ? values.sum / values.count : 0);
  row.set(Fact::own_largest, at + 3, values.count);
}

}  // namespace

std::string_view name_of(Fact fact) noexcept {
  return kNames[static_cast<std::size_t>(fact)];
}

std::optional<Fact> fact_by_name(std::string_view name) noexcept {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Fact>(found - kNames.begin());
}

const TokenValues& FactBuilder::far_tokens(const html::Page& page, ElementReader& elements,
                                           NodeId id) {
  // Upwards to the first node that is known, then down again: each node is read once.
  path_.clear();
  while (id != html::kNoNode && far_slots_[id] == 0) {
    path_.push_back(id);
    id = page.node(id).parent;
  }
  std::uint32_t above = id == html::kNoNode ? 0 : far_slots_[id];
  while (!path_.empty()) {
    TokenValues values = far_[above];
    values.merge(elements.tokens(path_.back()).values[static_cast<std::size_t>(Scope::far)]);
    above = static_cast<std::uint32_t>(far_.size());
    far_.push_back(values);
    far_slots_[path_.back()] = above;
    path_.pop_back();
  }
  return far_[above];
}

void FactBuilder::set_tokens(const html::Page& page, ElementReader& elements,
                             const PageBlock& block, std::span<float> row) {
  TokenValues own;
  NodeId id = block.node;
  for (int step = 0; step < kLongestClimb && id != block.container; ++step) {
    own.merge(elements.tokens(id).values[static_cast<std::size_t>(Scope::own)]);
    id = page.node(id).parent;
  }
  own.merge(elements.tokens(block.container).values[static_cast<std::size_t>(Scope::own)]);
  set_token_facts(own, Scope::own, Row(row));
  const NodeId parent = page.node(block.container).parent;
  if (parent == html::kNoNode || parent != parent_) read_tokens_above(page, elements, parent);
  set_token_facts(near_values_, Scope::near, Row(row));
  set_token_facts(far_values_, Scope::far, Row(row));
}

/// Sets near_values_ and far_values_ for containers under `parent`.
void FactBuilder::read_tokens_above(const html::Page& page, ElementReader& elements,
                                    NodeId parent) {
  parent_ = parent;
  near_values_ = {};
  NodeId id = parent;
  for (int level = 0; level < kNearLevels && id != html::kNoNode; ++level) {
    near_values_.merge(elements.tokens(id).values[static_cast<std::size_t>(Scope::near)]);
    id = page.node(id).parent;
  }
  far_values_ = id == html::kNoNode ? TokenValues{} : far_tokens(page, elements, id);
}

void FactBuilder::build(const html::Page& page, const BlockList& list, const Survey& survey,
                        ElementReader& elements, FactRows& rows) {
  rows.values.assign(list.blocks.size() * kFactCount, 0.0F);
  container_rows_.assign(page.size(), 0);
  far_slots_.assign(page.size(), 0);
  far_.assign(1, {});
  parent_ = html::kNoNode;
  subtrees_.assign(page.size(), {-1});
  RowFiller filler(page, list, survey, subtrees_, rows);
  for (std::size_t i = 0; i < list.blocks.size(); ++i) {
    const NodeId container = list.blocks[i].container;
    if (container_rows_[container] != 0) {
      const auto known = rows.row(container_rows_[container] - 1);
      std::copy(known.begin(), known.end(), rows.row(i).begin());
    } else {
      container_rows_[container] = static_cast<std::uint32_t>(i) + 1;
      filler.set_container_facts(container, Row(rows.row(i)));
    }
    filler.set_block_facts(i);
    filler.set_history_facts(i);
    set_tokens(page, elements, list.blocks[i], rows.row(i));
  }
  std::size_t next_prose = list.blocks.size();
  for (std::size_t i = list.blocks.size(); i-- > 0;) {
    Row(rows.row(i)).set(Fact::next_prose_gap, static_cast<double>(next_prose - i));
    if (survey.prose[i] != 0) next_prose = i;
  }
}

ScopeTokens scope_tokens(const html::Page& page, const PageBlock& block) {
  ScopeTokens tokens;
  NodeId id = block.node;
  for (int step = 0; step < kLongestClimb && id != block.container; ++step) {
    append_tokens(page, id, tokens.own);
    id = page.node(id).parent;
  }
  append_tokens(page, block.container, tokens.own);
  id = page.node(block.container).parent;
  for (int level = 0; level < kNearLevels && id != html::kNoNode; ++level) {
    append_tokens(page, id, tokens.near);
    id = page.node(id).parent;
  }
  for (; id != html::kNoNode; id = page.node(id).parent) append_tokens(page, id, tokens.far);
  return tokens;
}

}  // namespace copydesk::extract
