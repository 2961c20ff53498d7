#include "copydesk/extract.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "copydesk/charset.h"

#include "extract/blocks.h"
#include "extract/class_tokens.h"
#include "extract/comments.h"
#include "extract/data.h"
#include "extract/declared.h"
#include "extract/facts.h"
#include "extract/metadata.h"
#include "extract/phrases.h"
#include "extract/render.h"
#include "extract/score_facts.h"
#include "extract/scorer.h"
#include "extract/state_text.h"
#include "extract/status.h"
#include "extract/survey.h"
#include "extract/text_measures.h"
#include "extract/trace.h"
#include "extract/trim.h"
#include "html/page.h"
#include "text/unicode.h"

namespace copydesk {
namespace extract {
namespace {

std::string_view data_file(std::string_view name) {
  for (const data::EmbeddedFile& file : data::extract_data::files()) {
    if (file.name == name) return file.text;
  }
  return {};
}

double kept_words(const Survey& survey, const std::vector<Verdict>& verdicts) {
  double words = 0;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    if (verdicts[i].kept) words += survey.measures[i].words;
  }
  return words;
}

/// "Wait", "Loading": where so little is kept there is no article.
void drop_if_next_to_nothing(const Survey& survey, std::vector<Verdict>& verdicts) {
  constexpr double kFewestWords = 3;
  if (kept_words(survey, verdicts) >= kFewestWords) return;
  for (Verdict& verdict : verdicts) {
    if (verdict.kept) verdict = {false, reason::kScore};
  }
}

/// The text of a page of which a browser's scripts make the rest: what its state says, if that is
/// far more than is `shown`, and the same story; else empty.
std::string text_of_state(const html::Page& page, std::string_view shown, double shown_words) {
  constexpr double kShortPage = 250;  // words; longer pages are not looked at
  constexpr double kLeastState = 150;
  constexpr double kFarMore = 2.5;
  constexpr double kNothing = 30;  // words; too few to tell a story by
  constexpr double kSameStory = 0.5;
  if (page.state_json().empty() || shown_words >= kShortPage) return {};
  std::string text = state_text(page.state_json(), std::max(kLeastState, kFarMore * shown_words));
  const bool same = shown_words < kNothing || share_in(shown, text) >= kSameStory;
  return same ? text : std::string{};
}

/// All that one thread needs while it works on a page; kept for the next one.
struct Workspace {
  DecodedPage decoded;
  html::Parser parser;
  BlockList blocks;
  ElementReader elements;
  Survey survey;
  FactBuilder builder;
  FactRows facts;
  ScoreFactBuilder score_facts;
  std::vector<float> scores;
  std::vector<Verdict> verdicts;
};

}  // namespace
}  // namespace extract

/// What all threads share, and the workspaces that no thread is using.
struct Extractor::State {
  State(ExtractOptions wanted, extract::Scorer judge, extract::KeywordTable words,
        extract::Phrases rules)
      : options(std::move(wanted)),
        scorer(std::move(judge)),
        keywords(std::move(words)),
        phrases(std::move(rules)) {}

  ExtractOptions options;
  extract::Scorer scorer;
  extract::KeywordTable keywords;
  extract::Phrases phrases;
  std::mutex mutex;
  std::vector<std::unique_ptr<extract::Workspace>> free;

  std::unique_ptr<extract::Workspace> take() {
    const std::lock_guard lock(mutex);
    if (free.empty()) return std::make_unique<extract::Workspace>();
    auto workspace = std::move(free.back());
    free.pop_back();
    return workspace;
  }
  void give_back(std::unique_ptr<extract::Workspace> workspace) {
    const std::lock_guard lock(mutex);
    free.push_back(std::move(workspace));
  }

  void judge(const html::Page& page, const extract::Declared& declared,
             extract::Workspace& work) const;
  void describe(const html::Page& page, const extract::Workspace& work, Article& article) const;
  [[nodiscard]] double limit() const;
};

/// The log-odds from which a block is article.
double Extractor::State::limit() const {
  constexpr double kShift = 1.2;
  double limit = extract::log_odds(scorer.threshold());
  if (options.favor == Favor::precision) limit += kShift;
  if (options.favor == Favor::recall) limit -= kShift;
  return limit;
}

/// Blocks, facts, scores and verdicts of a page.
void Extractor::State::judge(const html::Page& page, const extract::Declared& declared,
                             extract::Workspace& work) const {
  extract::build_blocks(page, work.blocks);
  work.elements.reset(page, scorer.tokens());
  extract::survey_page(page, work.blocks, keywords, declared, work.elements, work.survey);
  work.builder.build(page, work.blocks, work.survey, work.elements, work.facts);
  const std::size_t count = work.blocks.blocks.size();
  work.scores.resize(count);
  scorer.score(work.facts, work.scores);
  if (scorer.looks_twice()) {
    work.score_facts.build(work.blocks, work.survey, work.scores, work.facts);
    scorer.score_again(work.facts, work.scores);
  }
  const extract::Judged judged{page, work.blocks, work.survey, work.facts, work.scores};
  extract::trim(judged, limit(), work.verdicts);
}

/// Fills Article::blocks.
void Extractor::State::describe(const html::Page& page, const extract::Workspace& work,
                                Article& article) const {
  for (std::size_t i = 0; i < work.blocks.blocks.size(); ++i) {
    const extract::PageBlock& from = work.blocks.blocks[i];
    Block& block = article.blocks.emplace_back();
    block.index = i;
    block.kind = from.kind;
    block.level = from.level;
    block.text = text::nfc(work.blocks.text_of(from));
    block.kept = work.verdicts[i].kept;
    block.reason = work.verdicts[i].reason;
    block.score = extract::probability(work.scores[i]);
    block.alike = work.survey.alike.group_of(i);
    if (!options.facts) continue;
    const auto row = work.facts.row(i);
    for (std::size_t fact = 0; fact < row.size(); ++fact) {
      if (row[fact] == 0) continue;
      block.facts.emplace_back(extract::name_of(static_cast<extract::Fact>(fact)), row[fact]);
    }
    extract::ScopeTokens tokens = extract::scope_tokens(page, from);
    block.own_tokens = std::move(tokens.own);
    block.near_tokens = std::move(tokens.near);
    block.far_tokens = std::move(tokens.far);
  }
}

std::string_view name_of(BlockKind kind) noexcept {
  static constexpr std::string_view kNames[] = {"paragraph", "heading",    "list_item", "quote",
                                                "caption",   "table_cell", "code",      "embed"};
  return kNames[static_cast<std::size_t>(kind)];
}

Extractor::Extractor(std::unique_ptr<State> state) : state_(std::move(state)) {}
Extractor::~Extractor() = default;
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;

Result<Extractor> Extractor::create(ExtractOptions options) {
  const std::string_view built_in = extract::data_file("scorer.txt");
  auto scorer =
      extract::Scorer::parse(options.scorer_table.empty() ? built_in : options.scorer_table);
  if (!scorer) return scorer.error();
  auto keywords = extract::KeywordTable::parse(extract::data_file("keywords.txt"));
  if (!keywords) return keywords.error();
  auto phrases = extract::Phrases::create();
  if (!phrases) return phrases.error();
  auto state = std::make_unique<State>(std::move(options), std::move(*scorer), std::move(*keywords),
                                       std::move(*phrases));
  return Extractor(std::move(state));
}

Article Extractor::extract(std::string_view bytes, const PageSource& source) const {
  auto work = state_->take();
  const html::Page& page = work->parser.parse(decode_page(bytes, source.charset, work->decoded));
  Article article;
  extract::PageFacts known = extract::read_facts(page, source.url);
  article.metadata = std::move(known.metadata);
  state_->judge(page, {known.linked.rank, known.linked.article_body}, *work);
  state_->phrases.drop(work->blocks, work->survey, article.metadata.lang, work->verdicts);
  extract::drop_if_next_to_nothing(work->survey, work->verdicts);
  const ExtractOptions& options = state_->options;
  extract::Rendered rendered = options.format == TextFormat::markdown
                                   ? extract::render_markdown(page, work->blocks, work->verdicts,
                                                              {options.links, options.images})
                                   : extract::render_plain(page, work->blocks, work->verdicts);
  article.text = std::move(rendered.text);
  // A page drawn by scripts may still declare its text; far less in the page is a teaser.
  constexpr double kTeaser = 0.25;
  const double shown = extract::kept_words(work->survey, work->verdicts);
  if (shown < kTeaser * work->survey.declared_words) {
    article.text = extract::declared_text(known.linked.article_body);
  } else if (std::string text = extract::text_of_state(page, article.text, shown); !text.empty()) {
    article.text = std::move(text);
  } else if (options.trace) {
    article.trace = extract::trace_of(work->blocks, work->survey, work->verdicts, rendered.blocks);
  }
  if (article.text.empty()) {
    article.status = extract::status_of(page, work->blocks, work->survey, bytes);
  }
  if (options.blocks || options.facts || options.comments) {
    const auto in_comments = extract::find_comments(page, work->blocks);
    if (options.comments) {
      article.comments =
          extract::render_comments(work->blocks, work->survey, work->verdicts, in_comments);
    }
    extract::name_reasons(work->blocks, work->survey, in_comments, work->verdicts);
    if (options.blocks || options.facts) state_->describe(page, *work, article);
  }
  state_->give_back(std::move(work));
  return article;
}

}  // namespace copydesk
