#include "clean/lines.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include <xxhash.h>

#include "copydesk/site_memory.h"

#include "clean/dates.h"
#include "rules/line_facts.h"
#include "text/unicode.h"

namespace copydesk::clean {
namespace {

using rules::Rule;
using rules::Verb;

constexpr int kMostRounds = 32;
constexpr int kMostScoreRounds = 6;
constexpr std::size_t kLongestMatched = 2000;    // bytes: no furniture is longer
constexpr std::size_t kProseWords = 20;          // a line of running text
constexpr std::size_t kProseSentenceWords = 12;  // the same if it ends as a sentence
constexpr std::size_t kEdgeProseLines = 2;       // of them stand outside head and tail
constexpr std::size_t kRepeatedWords = 20;       // a shorter line may well come twice
constexpr std::size_t kRepeatedShare = 5;        // %: a text that repeats more of itself means to

constexpr std::uint64_t kLearnedShare = 40;  // %: at most so many words go by memory
constexpr std::uint32_t kHeadlineWords = 5;
constexpr std::uint32_t kLearnedWords = 6;  // a shorter learnt line goes at the edges and in runs

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t words = 0;
  std::uint32_t first_hit = 0;  // in hits_
  std::uint32_t hit_count = 0;
  bool prose = false;
  bool stop = false;     // ends as a sentence
  bool learned = false;  // the site repeats it
  bool learned_beside = false;
  bool alive = true;
  Evidence evidence = Evidence::none;  // the rule's that took it
  std::string_view cause;              // rule id, once it is gone
  std::string_view reason;
};

/// Where a line stands among the lines that are left.
struct Place {
  std::uint64_t words_before = 0;
  std::uint64_t words_from = 0;  // of the line and all behind it
  std::uint64_t words_all = 0;
  std::uint64_t prose_words_behind = 0;  // words of running text behind the line
  std::uint32_t prose_before = 0;
  std::uint32_t prose_behind = 0;
};

class LineFilter {
 public:
  LineFilter(std::string_view text, const LineContext& context)
      : text_(text),
        context_(context),
        reader_(context.scorer && context.english ? &context.scorer->tokens() : nullptr) {}

  LineResult run() {
    read_lines();
    if (context_.learned) find_learned();
    settle_rules();
    if (context_.facts) note_facts();
    if (context_.scorer && !context_.facts) drop_by_score();
    write_edits();
    return std::move(result_);
  }

 private:
  void settle_rules() {
    for (int round = 0; round < kMostRounds && apply_rules(); ++round) {
    }
  }

  /// The lines that are left, measured.
  void measure_lines() {
    if (measures_.empty()) {
      measures_.resize(lines_.size());
      for (std::size_t i = 0; i < lines_.size(); ++i) measure(lines_[i], measures_[i]);
    }
    left_.clear();
    left_lines_.clear();
    GoneWords gone;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      if (!line.alive) {
        gone.all += line.evidence != Evidence::none ? line.words : 0;
        gone.sure += line.evidence == Evidence::sure ? line.words : 0;
        continue;
      }
      measures_[i].gone_before = std::exchange(gone, GoneWords());
      left_.push_back(&measures_[i]);
      left_lines_.push_back(static_cast<std::uint32_t>(i));
    }
    gone_at_end_ = gone;
  }

  void measure(const Line& line, LineMeasures& measures) {
    measures.words = line.words;
    measures.ends_sentence = line.stop;
    measures.prose = line.prose;
    for (std::uint32_t h = 0; h < line.hit_count; ++h) {
      const Verb verb = context_.rules->rule(hits_[line.first_hit + h]).verb;
      measures.rule_drop |= verb == Verb::drop_line;
      measures.rule_cut |= verb == Verb::cut_to_end;
    }
    reader_.measure(bytes_of(line), measures);
  }

  void note_facts() {
    measure_lines();
    facts_.build(left_, reader_.content(), gone_at_end_);
    for (std::size_t i = 0; i < left_.size(); ++i) {
      const auto row = facts_.row(i);
      result_.facts.push_back({std::string(left_[i]->bytes), {row.begin(), row.end()}});
    }
  }

  [[nodiscard]] ScoredText scored_text() const {
    ScoredText text;
    text.english = context_.english;
    std::uint64_t gone = 0;
    for (const Line& line : lines_) {
      text.evidence = std::max(text.evidence, line.evidence);
      gone += line.alive ? 0 : line.words;
    }
    const auto most =
        static_cast<std::uint64_t>(context_.max_removed * static_cast<double>(result_.words));
    text.most_words = most - std::min(most, gone);
    return text;
  }

  /// At level news a text is scored once, and only on the evidence of rules: none is left in what
  /// comes out, so that it stays as it is when it is cleaned again. At level full_page every text
  /// is scored, again and again.
  void drop_by_score() {
    if (context_.level == CleanLevel::full_page) return settle_scores();
    score_once();
  }

  /// True if a line went.
  bool score_once() {
    const ScoredText text = scored_text();
    if (!context_.scorer->judges(text)) return false;
    measure_lines();
    facts_.build(left_, reader_.content(), gone_at_end_);
    context_.scorer->choose(facts_, left_, text, gone_);
    for (const std::uint32_t i : gone_)
      drop(lines_[left_lines_[i]], kScoreRule, "reads like the rest of a page");
    if (!gone_.empty()) settle_rules();
    return !gone_.empty();
  }

  /// Scores and rules in turn until neither takes a line. Where that does not end, nothing goes by
  /// score: so what came out, cleaned again, stays as it is.
  void settle_scores() {
    const std::vector<Line> before = lines_;
    for (int round = 0; round < kMostScoreRounds; ++round) {
      if (!score_once()) return;
    }
    lines_ = before;
  }

  void read_lines() {
    const std::size_t gate = context_.rules->most_words();
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      const std::string_view bytes = text_.substr(at, end - at);
      if (bytes.find_first_not_of(" \t\f") != std::string_view::npos) {
        Line line;
        line.begin = at;
        line.end = end;
        line.words = static_cast<std::uint32_t>(rules::count_words(bytes));
        line.stop = rules::ends_sentence(bytes);
        line.prose = line.words >= (line.stop ? kProseSentenceWords : kProseWords);
        if (line.words <= gate && bytes.size() <= kLongestMatched) find_rules(bytes, line);
        result_.words += line.words;
        lines_.push_back(line);
      }
      at = end + 1;
    }
  }

  /// Finds what the site repeats. If that is most of the text, something is wrong with the
  /// memory or the page, and nothing goes by it.
  void find_learned() {
    const std::vector<std::uint64_t>& hashes = context_.learned->hashes;
    if (hashes.empty()) return;
    learned_hashes_.resize(lines_.size());
    std::uint64_t words = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      if (line.end - line.begin > kLongestMatched) continue;
      const std::uint64_t hash = site_line_hash(bytes_of(line));
      if (hash == 0 || !std::binary_search(hashes.begin(), hashes.end(), hash)) continue;
      learned_hashes_[i] = hash;
      words += line.words;
    }
    const std::uint64_t limit = context_.level == CleanLevel::full_page ? 100 : kLearnedShare;
    if (words * 100 <= result_.words * limit) return;
    result_.learned_refused = true;
    learned_hashes_.clear();
  }

  /// Anywhere if it is long enough to be no chance, or stands beside another; else only at the
  /// edges of the article: "Pros" between paragraphs is a heading.
  [[nodiscard]] static bool goes_by_memory(const Line& line, const Place& place) {
    return line.learned &&
           (line.words >= kLearnedWords || line.learned_beside ||
            place.prose_before < kEdgeProseLines || place.prose_behind < kEdgeProseLines);
  }

  /// Of the lines that are left, marks the learnt ones and those that stand next to another. A
  /// headline stands above its article and, here and elsewhere, in the lists of the site: a longer
  /// line that stands twice is not marked.
  void mark_learned() {
    std::unordered_map<std::uint64_t, int> counts;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].alive && learned_hashes_[i] != 0) ++counts[learned_hashes_[i]];
    }
    Line* before = nullptr;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      Line& line = lines_[i];
      if (!line.alive) continue;
      line.learned = learned_hashes_[i] != 0 &&
                     (line.words < kHeadlineWords || counts[learned_hashes_[i]] == 1);
      line.learned_beside = before && before->learned;
      if (before && line.learned) before->learned_beside = true;
      before = &line;
    }
  }

  void find_rules(std::string_view bytes, Line& line) {
    rules::fold_line(bytes, folded_);
    context_.rules->find(folded_, bytes, line.words, found_);
    line.first_hit = static_cast<std::uint32_t>(hits_.size());
    for (const std::uint32_t number : found_.rules) {
      const Rule& rule = context_.rules->rule(number);
      if (rule.no_stop && line.stop) continue;
      if (!rules::is_for_host(rule, context_.host)) continue;
      hits_.push_back(number);
    }
    line.hit_count = static_cast<std::uint32_t>(hits_.size()) - line.first_hit;
    result_.limited.insert(result_.limited.end(), found_.limited.begin(), found_.limited.end());
  }

  [[nodiscard]] std::string_view bytes_of(const Line& line) const {
    return text_.substr(line.begin, line.end - line.begin);
  }

  /// One round over the lines that are left. True if any went.
  bool apply_rules() {
    if (!learned_hashes_.empty()) mark_learned();
    std::uint64_t all = 0;
    std::uint32_t prose = 0;
    std::uint64_t prose_words = 0;
    for (const Line& line : lines_) {
      if (!line.alive) continue;
      all += line.words;
      prose += line.prose ? 1 : 0;
      prose_words += line.prose ? line.words : 0;
    }
    bool changed = false;
    Place place;
    place.words_from = all;
    place.words_all = all;
    place.prose_behind = prose;
    place.prose_words_behind = prose_words;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      Line& line = lines_[i];
      if (!line.alive) continue;
      if (line.prose) {
        --place.prose_behind;
        place.prose_words_behind -= line.words;
      }
      if (const Rule* rule = rule_for(line, place)) {
        apply(*rule, i);
        changed = true;
        if (rule->verb == Verb::cut_to_end) break;
      }
      if (line.alive && goes_by_memory(line, place)) {
        drop(line, "memory/line", "the site repeats it");
        changed = true;
      }
      if (line.prose) ++place.prose_before;
      place.words_before += line.words;
      place.words_from -= line.words;
    }
    if (context_.level != CleanLevel::safe && drop_repeated()) changed = true;
    return changed;
  }

  /// The rule that takes the line away, if any: `keep line` wins, then the first in the packs.
  [[nodiscard]] const Rule* rule_for(const Line& line, const Place& place) const {
    const Rule* chosen = nullptr;
    for (std::uint32_t h = 0; h < line.hit_count; ++h) {
      const Rule& rule = context_.rules->rule(hits_[line.first_hit + h]);
      if (!holds(rule, place)) continue;
      if (rule.verb == Verb::keep_line) return nullptr;
      if (rule.verb != Verb::label && !chosen) chosen = &rule;
    }
    return chosen;
  }

  [[nodiscard]] static bool holds(const Rule& rule, const Place& place) {
    if (rule.zone == rules::Zone::head && place.prose_before >= kEdgeProseLines) return false;
    if (rule.zone == rules::Zone::tail && place.prose_behind >= kEdgeProseLines) return false;
    if (place.words_before < rule.after_words) return false;
    if (place.words_from > rule.rest_words) return false;
    if (place.prose_words_behind * 100 > place.words_from * rule.rest_prose) return false;
    return place.words_from * 100 <= place.words_all * rule.last_percent;
  }

  void apply(const Rule& rule, std::size_t at) {
    std::size_t first = at;
    std::size_t last = at;
    if (rule.verb == Verb::cut_to_end) last = lines_.size() - 1;
    if (rule.verb == Verb::cut_to_start) first = 0;
    for (std::size_t i = first; i <= last; ++i) {
      if (!lines_[i].alive) continue;
      lines_[i].evidence = evidence_of(rule);
      drop(lines_[i], rule.id, name(rule.verb));
    }
    if (rule.verb == Verb::drop_line && rule.zone == rules::Zone::head)
      read_byline(rule, lines_[at]);
  }

  /// Bylines and dates at the head are the article's own; captions and "Read also" may be.
  static Evidence evidence_of(const Rule& rule) {
    if (rule.level == rules::RuleLevel::safe || rule.verb == Verb::cut_to_end)
      return Evidence::sure;
    return rule.zone == rules::Zone::head ? Evidence::none : Evidence::some;
  }

  void drop(Line& line, std::string_view cause, std::string_view reason) {
    if (!line.alive) return;
    line.alive = false;
    line.cause = cause;
    line.reason = reason;
  }

  /// Takes author and date out of a byline whose rule names them.
  void read_byline(const Rule& rule, const Line& line) {
    if (rule.regexes.empty()) return;
    const std::string_view bytes = bytes_of(line);
    std::vector<std::uint32_t> offsets;
    rules::fold_line(bytes, folded_, &offsets);
    for (std::uint32_t h = 0; h < line.hit_count; ++h) {
      const std::uint32_t number = hits_[line.first_hit + h];
      if (&context_.rules->rule(number) != &rule) continue;
      const auto group = [&](const char* name) {
        const auto range = context_.rules->capture(number, folded_, bytes, name);
        if (!range) return std::string_view();
        if (rule.own_case) return bytes.substr(range->begin, range->end - range->begin);
        return bytes.substr(offsets[range->begin], offsets[range->end] - offsets[range->begin]);
      };
      const std::string_view author = text::trim(group("author"));
      if (!author.empty()) result_.authors.emplace_back(author);
      if (result_.date.empty()) result_.date = read_date(group("date"));
    }
  }

  /// A long line that stood at the head, word for word, says nothing new when it comes again: a
  /// standfirst, a summary. An item of a list, or what stands three times, is repeated on purpose.
  bool drop_repeated() {
    std::unordered_map<std::uint64_t, std::vector<Line*>> places;
    std::uint64_t all = 0;
    for (Line& line : lines_) {
      if (!line.alive) continue;
      all += line.words;
      if (line.words < kRepeatedWords) continue;
      const std::string_view bytes = bytes_of(line);
      if (!begins_as_text(bytes)) continue;
      places[XXH3_64bits(bytes.data(), bytes.size())].push_back(&line);
    }
    std::vector<Line*> repeated;
    std::uint64_t words = 0;
    for (const auto& [hash, lines] : places) {
      const std::size_t first = static_cast<std::size_t>(lines.front() - lines_.data());
      if (lines.size() != 2 || prose_before(first) >= kEdgeProseLines) continue;
      repeated.push_back(lines.back());
      words += lines.back()->words;
    }
    const bool whole_page = context_.level == CleanLevel::full_page;
    if (repeated.empty() || (!whole_page && words * 100 > all * kRepeatedShare)) return false;
    for (Line* line : repeated) drop(*line, "repeat/line", "stood before");
    return true;
  }

  /// Lines of running text before the line, counted as far as they matter.
  [[nodiscard]] std::size_t prose_before(std::size_t line) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < line && count < kEdgeProseLines; ++i) {
      count += lines_[i].alive && lines_[i].prose ? 1 : 0;
    }
    return count;
  }

  /// Not a bullet, an indented line or a sign.
  static bool begins_as_text(std::string_view line) noexcept {
    constexpr std::string_view kQuotes = "\"'(";
    const auto first = static_cast<unsigned char>(line.front());
    return first >= 0x80 || (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z') ||
           kQuotes.find(line.front()) != std::string_view::npos;
  }

  /// Each run of lines that go becomes one edit a rule: with its line breaks, so that the larger of
  /// the gaps before and behind it stays between the lines that are left.
  void write_edits() {
    for (std::size_t i = 0; i < lines_.size();) {
      if (lines_[i].alive) {
        note_labels(lines_[i]);
        ++i;
        continue;
      }
      std::size_t last = i;
      while (last + 1 < lines_.size() && !lines_[last + 1].alive) ++last;
      write_run(i, last);
      i = last + 1;
    }
  }

  void note_labels(const Line& line) {
    for (std::uint32_t h = 0; h < line.hit_count; ++h) {
      const std::uint32_t number = hits_[line.first_hit + h];
      if (context_.rules->rule(number).verb != Verb::label) continue;
      result_.labels.push_back({line.begin, line.end - line.begin, number});
    }
  }

  void write_run(std::size_t first, std::size_t last) {
    const std::size_t before = first > 0 ? lines_[first - 1].end : 0;
    const bool at_end = last + 1 == lines_.size();
    const std::size_t behind = at_end ? text_.size() : lines_[last + 1].begin;
    const auto breaks = [&](std::size_t from, std::size_t to) {
      return std::count(text_.begin() + static_cast<std::ptrdiff_t>(from),
                        text_.begin() + static_cast<std::ptrdiff_t>(to), '\n');
    };
    // The last gap is kept where it is the text's end (its final line break, if it has one).
    const bool keep_behind = first > 0 && (at_end || breaks(lines_[last].end, behind) >
                                                         breaks(before, lines_[first].begin));
    std::size_t begin = keep_behind ? before : lines_[first].begin;
    for (std::size_t i = first; i <= last; ++i) {
      result_.words_removed += lines_[i].words;
      if (i < last && lines_[i + 1].cause == lines_[i].cause) continue;
      const std::size_t end = i < last      ? (keep_behind ? lines_[i].end : lines_[i + 1].begin)
                              : keep_behind ? lines_[last].end
                                            : behind;
      result_.edits.push_back({begin, std::string(text_.substr(begin, end - begin)), "",
                               std::string(lines_[i].cause), std::string(lines_[i].reason)});
      begin = end;
    }
  }

  std::string_view text_;
  const LineContext& context_;
  std::vector<Line> lines_;
  std::vector<std::uint64_t> learned_hashes_;  // of lines the site repeats, else 0; or empty
  std::vector<std::uint32_t> hits_;
  rules::FoldedLine folded_;
  rules::LineHits found_;
  LineReader reader_;
  std::vector<LineMeasures> measures_;
  std::vector<const LineMeasures*> left_;
  std::vector<std::uint32_t> left_lines_;  // left_[i] is of lines_[left_lines_[i]]
  std::vector<std::uint32_t> gone_;
  GoneWords gone_at_end_;
  FactBuilder facts_;
  LineResult result_;
};

}  // namespace

LineResult filter_lines(std::string_view text, const LineContext& context) {
  return LineFilter(text, context).run();
}

}  // namespace copydesk::clean
