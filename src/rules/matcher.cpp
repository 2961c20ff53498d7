#include "rules/matcher.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <deque>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

#include "rules/exact_texts.h"
#include "rules/literals.h"
#include "rules/pattern.h"
#include "rules/regex.h"
#include "text/big_endian.h"

namespace copydesk::rules {
namespace {

bool is_trim(const Rule& rule) noexcept {
  return rule.verb == Verb::trim_start || rule.verb == Verb::trim_end;
}

bool has_place_guard(const Rule& rule) noexcept {
  const Rule plain;
  return !rule.site.empty() || rule.zone != plain.zone || rule.after_words > plain.after_words ||
         rule.last_percent < plain.last_percent || rule.rest_words < plain.rest_words ||
         rule.rest_prose < plain.rest_prose;
}

/// The word guards of a rule, kept beside its patterns: lines that they keep out are most.
struct WordRange {
  std::uint32_t least = 0;
  std::uint32_t most = 0;

  explicit WordRange(const Rule& rule) : least(rule.min_words), most(rule.max_words) {}
  [[nodiscard]] bool has(std::size_t words) const noexcept {
    return words >= least && words <= most;
  }
};

/// A pattern that must be tried once one of its literals was seen.
struct Candidate {
  std::uint32_t rule = 0;
  bool trims = false;
  WordRange words;
  const Glob* glob = nullptr;  ///< one of the two is set
  const Regex* regex = nullptr;
};

/// A pattern that must be tried on lines that begin as it does.
struct HeadCandidate {
  /// The first bytes of its literal head as beginning() gives them, and which bits these are.
  std::uint64_t first = 0;
  std::uint64_t first_bits = 0;
  WordRange words;
  std::uint32_t rule = 0;
  const Glob* glob = nullptr;
};

/// Up to eight bytes, the first one highest.
std::uint64_t beginning(std::string_view text) noexcept {
  constexpr std::size_t kBytes = 8;
  if (text.size() >= kBytes) {
    return static_cast<std::uint64_t>(text::four_bytes(text.data())) << 32 |
           text::four_bytes(text.data() + 4);
  }
  if (text.empty()) return 0;
  return text::short_number(text.data(), text.size()) << (8 * (kBytes - text.size()));
}

/// The bits of beginning() for a text of so many bytes.
std::uint64_t beginning_bits(std::size_t bytes) noexcept {
  return bytes >= 8 ? ~std::uint64_t{0} : ~(~std::uint64_t{0} >> (8 * bytes));
}

/// Candidates by the first bytes of the lines that they match.
class Heads {
 public:
  static constexpr std::size_t kBytes = 3;

  /// The literal head of the candidate's glob has kBytes bytes at least.
  void add(const HeadCandidate& candidate) {
    const std::uint32_t hash = hash_of(*candidate.glob);
    filter_.set(hash % kFilterBits);
    slots_[hash % kSlots].push_back(candidate);
  }
  /// Those that may match `line`, of kBytes bytes at least.
  [[nodiscard]] std::span<const HeadCandidate> of(std::string_view line) const noexcept {
    const std::uint32_t hash = hash_of(line);
    if (!filter_[hash % kFilterBits]) return {};
    return slots_[hash % kSlots];
  }

 private:
  static constexpr std::size_t kSlots = 1024;
  static constexpr std::size_t kFilterBits = 8192;
  static std::uint32_t hash_of(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    return ((byte(0) | (byte(1) << 8) | (byte(2) << 16)) * 2654435761U) >> 19;
  }

  std::bitset<kFilterBits> filter_;  // most lines begin like no rule, and need not read slots_
  std::array<std::vector<HeadCandidate>, kSlots> slots_;
};

void sort_unique(std::vector<std::uint32_t>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

/// The three ways in which a line finds its rules.
class RuleSet::Index {
 public:
  explicit Index(std::vector<const Rule*> all) : rules_(std::move(all)) {
    std::vector<std::string> literals;
    for (std::uint32_t i = 0; i < rules_.size(); ++i) add_rule(i, literals);
    scanner_ = std::make_unique<LiteralScanner>(literals);
  }

  Status compile() const {
    for (const auto& [rule, regex] : regexes_) {
      if (Status status = regex->compile(); !status) {
        return {ErrorCode::bad_rule, rules_[rule]->id + ": " + status.error().detail};
      }
    }
    return {};
  }

  void find(const FoldedLine& folded, std::string_view line, std::size_t words,
            LineHits& hits) const {
    const std::string_view key = folded.key();
    exact_.find(key, hits.rules);
    if (key.size() >= Heads::kBytes) {
      const std::uint64_t first = beginning(key);
      for (const HeadCandidate& candidate : heads_.of(key)) {
        if ((first & candidate.first_bits) != candidate.first) continue;
        if (!candidate.words.has(words) || !glob_matches(*candidate.glob, key)) continue;
        hits.rules.push_back(candidate.rule);
      }
    }
    scan(folded.text, words, hits);
    for (const std::uint32_t number : hits.candidates) {
      const Candidate& candidate = candidates_[number];
      const bool known = !hits.rules.empty() && hits.rules.back() == candidate.rule;
      if (!candidate.trims && !known) try_candidate(candidate, folded, line, hits);
    }
  }

  void find_trims(const FoldedLine& folded, std::size_t words, LineHits& hits) const {
    scan(folded.text, words, hits);
    for (const std::uint32_t number : hits.candidates) {
      if (candidates_[number].trims) hits.rules.push_back(candidates_[number].rule);
    }
  }

  [[nodiscard]] bool has_trims() const noexcept { return has_trims_; }

  /// The regexes of a rule, in the order of the file.
  [[nodiscard]] std::vector<const Regex*> regexes_of(std::uint32_t rule) const {
    std::vector<const Regex*> out;
    const auto [begin, end] = std::equal_range(
        regexes_.begin(), regexes_.end(), std::pair<std::uint32_t, const Regex*>{rule, nullptr},
        [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto each = begin; each != end; ++each) out.push_back(each->second);
    return out;
  }

 private:
  void add_rule(std::uint32_t number, std::vector<std::string>& literals) {
    const Rule& rule = *rules_[number];
    if (is_trim(rule)) has_trims_ = true;
    for (const std::string& match : rule.matches) {
      // A pack is parsed before it comes here, so its patterns are known to expand.
      Result<std::vector<Glob>> globs = expand_match(match, is_trim(rule));
      if (!globs) continue;
      for (Glob& glob : *globs) add_glob(number, std::move(glob), literals);
    }
    for (const std::string& pattern : rule.regexes) {
      const std::uint32_t candidate = add_candidate(number, nullptr, add_regex(number, pattern));
      for (const std::string& literal : rule.has) add_literal(literal, candidate, literals);
    }
  }

  void add_glob(std::uint32_t number, Glob glob, std::vector<std::string>& literals) {
    const Rule& rule = *rules_[number];
    if (is_trim(rule)) {
      const std::string literal(longest_literal(glob));
      const Regex* const regex = add_regex(number, glob_to_regex(glob));
      return add_literal(literal, add_candidate(number, nullptr, regex), literals);
    }
    if (!has_wildcard(glob)) return exact_.add(glob, number);
    const Glob& kept = globs_.emplace_back(std::move(glob));
    const std::string_view head = literal_head(kept);
    if (head.size() >= Heads::kBytes) {
      return heads_.add(
          {beginning(head), beginning_bits(head.size()), WordRange(rule), number, &kept});
    }
    const std::uint32_t candidate = add_candidate(number, &kept, nullptr);
    add_literal(std::string(longest_literal(kept)), candidate, literals);
  }

  std::uint32_t add_candidate(std::uint32_t number, const Glob* glob, const Regex* regex) {
    const Rule& rule = *rules_[number];
    candidates_.push_back({number, is_trim(rule), WordRange(rule), glob, regex});
    return static_cast<std::uint32_t>(candidates_.size() - 1);
  }

  const Regex* add_regex(std::uint32_t number, const std::string& pattern) {
    const Verb verb = rules_[number]->verb;
    const Regex::Anchor anchor = verb == Verb::trim_start ? Regex::Anchor::start
                                 : verb == Verb::trim_end ? Regex::Anchor::end
                                                          : Regex::Anchor::whole;
    const Regex& made = owned_regexes_.emplace_back(pattern, anchor);
    regexes_.emplace_back(number, &made);
    return &made;
  }

  void add_literal(const std::string& literal, std::uint32_t candidate,
                   std::vector<std::string>& literals) {
    if (literal.empty()) return;
    const auto [place, added] =
        literal_numbers_.emplace(literal, static_cast<std::uint32_t>(literals.size()));
    if (added) {
      literals.push_back(literal);
      by_literal_.emplace_back();
    }
    by_literal_[place->second].push_back(candidate);
  }

  /// The candidates whose literals stand in `text`, in order, each once, however many of its
  /// literals do.
  void scan(std::string_view text, std::size_t words, LineHits& hits) const {
    hits.literals.clear();
    hits.candidates.clear();
    scanner_->find(text, hits.literals);
    for (const std::uint32_t literal : hits.literals) {
      for (const std::uint32_t number : by_literal_[literal]) {
        if (candidates_[number].words.has(words)) hits.candidates.push_back(number);
      }
    }
    if (hits.candidates.size() > 1) sort_unique(hits.candidates);
  }

  void try_candidate(const Candidate& candidate, const FoldedLine& folded, std::string_view line,
                     LineHits& hits) const {
    if (candidate.glob) {
      if (glob_matches(*candidate.glob, folded.key())) hits.rules.push_back(candidate.rule);
      return;
    }
    const bool own_case = rules_[candidate.rule]->own_case;
    switch (candidate.regex->match(own_case ? line : folded.key())) {
      case MatchOutcome::yes:
        hits.rules.push_back(candidate.rule);
        break;
      case MatchOutcome::limited:
        hits.limited.push_back(candidate.rule);
        break;
      case MatchOutcome::no:
        break;
    }
  }

  std::vector<const Rule*> rules_;
  bool has_trims_ = false;
  ExactTexts exact_;
  Heads heads_;
  std::unordered_map<std::string, std::uint32_t> literal_numbers_;
  std::vector<Candidate> candidates_;                   // ascending by rule
  std::vector<std::vector<std::uint32_t>> by_literal_;  // numbers of candidates
  std::unique_ptr<LiteralScanner> scanner_;
  std::deque<Glob> globs_;  // a deque: candidates point into it
  std::deque<Regex> owned_regexes_;
  std::vector<std::pair<std::uint32_t, const Regex*>> regexes_;  // ascending by rule
};

RuleSet::RuleSet(std::vector<const Rule*> rules) : rules_(std::move(rules)) {
  for (const Rule* rule : rules_) {
    if (is_trim(*rule)) continue;
    most_words_ = std::max<std::size_t>(most_words_, rule->max_words);
    if (has_place_guard(*rule)) continue;
    most_words_anywhere_ = std::max<std::size_t>(most_words_anywhere_, rule->max_words);
  }
  for (const Rule* rule : rules_) {
    if (!is_trim(*rule) && rule->max_words > most_words_anywhere_) long_.push_back(rule);
  }
  index_ = std::make_unique<Index>(rules_);
}

RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;

Status RuleSet::compile() const {
  return index_->compile();
}

bool RuleSet::has_trims() const noexcept {
  return index_->has_trims();
}

void RuleSet::find(const FoldedLine& folded, std::string_view line, std::size_t words,
                   LineHits& hits) const {
  hits.rules.clear();
  hits.limited.clear();
  if (words > most_words_ || folded.begin == folded.end) return;
  index_->find(folded, line, words, hits);
  if (hits.rules.size() > 1) sort_unique(hits.rules);
  std::erase_if(hits.rules, [&](std::uint32_t number) {
    return words < rules_[number]->min_words || words > rules_[number]->max_words;
  });
}

void RuleSet::find_trims(const FoldedLine& folded, std::size_t words, LineHits& hits) const {
  hits.rules.clear();
  hits.limited.clear();
  if (!has_trims()) return;
  index_->find_trims(folded, words, hits);
  if (hits.rules.size() > 1) sort_unique(hits.rules);
}

std::optional<Range> RuleSet::trim_range(std::uint32_t number, const FoldedLine& folded,
                                         LineHits& hits) const {
  for (const Regex* regex : index_->regexes_of(number)) {
    Range range;
    const MatchOutcome outcome = regex->match(folded.text, &range);
    if (outcome == MatchOutcome::limited) hits.limited.push_back(number);
    if (outcome == MatchOutcome::yes && range.begin < range.end) return range;
  }
  return std::nullopt;
}

std::optional<Range> RuleSet::capture(std::uint32_t number, const FoldedLine& folded,
                                      std::string_view line, const char* group) const {
  const bool own_case = rules_[number]->own_case;
  for (const Regex* regex : index_->regexes_of(number)) {
    std::optional<Range> found = regex->capture(own_case ? line : folded.key(), group);
    if (!found) continue;
    if (!own_case) {
      found->begin += folded.begin;
      found->end += folded.begin;
    }
    return found;
  }
  return std::nullopt;
}

}  // namespace copydesk::rules
