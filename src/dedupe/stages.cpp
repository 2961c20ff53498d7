#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <unordered_map>
#include <utility>

#include "copydesk/dedupe_stages.h"

#include "dedupe/cluster.h"
#include "dedupe/entries.h"
#include "dedupe/judge.h"
#include "dedupe/signature.h"
#include "dedupe/stage_lines.h"
#include "text/json.h"

namespace copydesk {

using dedupe::KeyLine;
using dedupe::PairLine;
using dedupe::StageDocument;

void append_key_lines(const Sketch& sketch, std::string_view site, const DedupeOptions& options,
                      KeyLineContent content, std::string& out) {
  std::string rest;
  if (content == KeyLineContent::full) {
    rest += '\t';
    dedupe::append_document(
        rest, {sketch.id, dedupe::hex(sketch.text_hash), sketch.date.value_or(dedupe::kNoDate),
               sketch.tokens, std::string(site)});
    rest += '\t';
    dedupe::append_shingles_base64(rest, sketch.shingles);
  }
  rest += '\n';
  const auto put = [&](char kind, std::uint64_t key) { out += kind + dedupe::hex(key) + rest; };
  if (options.by_url && sketch.url_key != 0) put('u', sketch.url_key);
  if (options.by_exact && sketch.tokens > 0) put('x', sketch.text_hash.low);
  if (!options.by_near) return;
  for (const std::uint64_t key : sketch.band_keys) put('k', key);
  for (const std::uint64_t key : sketch.block_keys) put('k', key);
}

class PairStage::Impl {
 public:
  explicit Impl(const DedupeOptions& options) : options_(options) {}

  Status add(std::string_view line, std::string& out) {
    std::optional<KeyLine> parsed = dedupe::parse_key_line(line);
    if (!parsed) return {ErrorCode::bad_data, "not a line of dedupe signatures"};
    if (!group_.empty() && parsed->key != group_.front().key) {
      if (parsed->key < group_.front().key) {
        return {ErrorCode::limit_reached, "lines are not sorted by key: use LC_ALL=C sort"};
      }
      finish(out);
    }
    group_.push_back(*std::move(parsed));
    return {};
  }

  void finish(std::string& out) {
    if (group_.size() > 1) judge(out);
    group_.clear();
  }

  [[nodiscard]] const DedupeCounts& counts() const { return counts_; }

 private:
  [[nodiscard]] bool in_window(const KeyLine& a, const KeyLine& b) const {
    return dedupe::within_window(options_, a.document.date, b.document.date);
  }

  void judge(std::string& out) {
    std::sort(group_.begin(), group_.end(),
              [](const KeyLine& a, const KeyLine& b) { return a.document < b.document; });
    const char kind = group_.front().key.front();
    if (kind == 'u') {
      link_versions(out);
    } else {
      link_texts(kind == 'x', out);
    }
  }

  /// Of a URL, each version is compared with the one before it.
  void link_versions(std::string& out) {
    for (std::size_t i = 1; i < group_.size(); ++i) compare(group_[i], group_[i - 1], true, out);
  }

  /// Of documents with the same text the first one is compared with the others; the copies are
  /// linked to it once, under the key of the text.
  void link_texts(bool by_text, std::string& out) {
    std::map<std::string_view, std::vector<const KeyLine*>> copies;
    std::vector<const KeyLine*> leaders;
    for (const KeyLine& line : group_) {
      auto& known = copies[line.document.hash];
      const auto leader = std::find_if(known.begin(), known.end(),
                                       [&](const KeyLine* one) { return in_window(*one, line); });
      if (leader == known.end()) {
        known.push_back(&line);
        leaders.push_back(&line);
      } else if (by_text) {
        put_copy(line, **leader, out);
      } else if (!options_.by_exact) {
        leaders.push_back(&line);
      }
    }
    if (!by_text) link_leaders(leaders, out);
  }

  void link_leaders(std::vector<const KeyLine*>& leaders, std::string& out) {
    if (leaders.size() > options_.bucket_cap) {
      // As in memory, the latest stay.
      counts_.capped += leaders.size() - options_.bucket_cap;
      leaders.erase(leaders.begin(), leaders.end() - options_.bucket_cap);
    }
    std::vector<dedupe::Digest> digests;
    if (leaders.size() < 2) return;
    digests.reserve(leaders.size());
    for (const KeyLine* line : leaders) {
      digests.push_back(dedupe::make_digest(dedupe::make_signature(line->shingles)));
    }
    const double least = dedupe::link_containment(options_);
    const double least_jaccard = dedupe::least_jaccard(options_);
    for (std::size_t i = 1; i < leaders.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (!in_window(*leaders[i], *leaders[j])) continue;
        ++counts_.candidates;
        if (!dedupe::may_be_similar(least_jaccard, least,
                                    dedupe::estimate_jaccard(digests[i], digests[j]),
                                    leaders[i]->shingles.size(), leaders[j]->shingles.size())) {
          ++counts_.estimated_away;
          continue;
        }
        compare(*leaders[i], *leaders[j], false, out);
      }
    }
  }

  void put_copy(const KeyLine& line, const KeyLine& leader, std::string& out) const {
    const std::size_t size = line.shingles.size();
    put({line.document, leader.document, {size, size, size}, true}, out);
  }

  void compare(const KeyLine& line, const KeyLine& other, bool same_url, std::string& out) {
    ++counts_.verified;
    verifier_.set_first(line.shingles);
    PairLine pair{line.document, other.document, verifier_.compare(other.shingles), false};
    pair.exact = line.document.hash == other.document.hash || (same_url && !options_.by_near);
    const bool linked = same_url || dedupe::is_similar(options_, pair.overlap) ||
                        pair.overlap.containment() >= dedupe::link_containment(options_);
    if (linked) put(std::move(pair), out);
  }

  /// In one order whatever the key, so that sort -u finds the pair that several keys gave.
  static void put(PairLine pair, std::string& out) {
    if (dedupe::is_same(pair.first, pair.second)) return;
    if (pair.second < pair.first) {
      std::swap(pair.first, pair.second);
      std::swap(pair.overlap.first, pair.overlap.second);
    }
    dedupe::append_pair_line(out, pair);
  }

  DedupeOptions options_;
  std::vector<KeyLine> group_;
  dedupe::Verifier verifier_;
  DedupeCounts counts_;
};

PairStage::PairStage(const DedupeOptions& options) : impl_(std::make_unique<Impl>(options)) {}
PairStage::~PairStage() = default;
PairStage::PairStage(PairStage&&) noexcept = default;
PairStage& PairStage::operator=(PairStage&&) noexcept = default;
Status PairStage::add(std::string_view line, std::string& out) {
  return impl_->add(line, out);
}
void PairStage::finish(std::string& out) {
  impl_->finish(out);
}
DedupeCounts PairStage::counts() const {
  return impl_->counts();
}

class ClusterStage::Impl {
 public:
  Impl(const DedupeOptions& options, KeepOrder order)
      : options_(options), order_(std::move(order)) {}

  Status add(std::string_view line) {
    std::optional<PairLine> pair = dedupe::parse_pair_line(line);
    if (!pair) return {ErrorCode::bad_data, "not a line of dedupe pairs"};
    const std::uint32_t first = number(pair->first);
    const std::uint32_t second = number(pair->second);
    links_.push_back({first, second, pair->overlap, pair->exact});
    return {};
  }

  std::string finish() {
    const auto decisions = dedupe::choose_survivors(options_, order_, members_, links_);
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < decisions.size(); ++i) {
      if (decisions[i].relation != Relation::none) lines.push_back(line(i, decisions[i]));
    }
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const std::string& one : lines) out += one;
    return out;
  }

 private:
  std::uint32_t number(const StageDocument& document) {
    const auto [at, is_new] =
        numbers_.emplace(document.hash + document.id, static_cast<std::uint32_t>(members_.size()));
    if (is_new) {
      members_.push_back(
          {document.id, document.date, document.tokens, dedupe::site_rank(order_, document.site)});
      hashes_.push_back(document.hash);
    }
    return at->second;
  }

  [[nodiscard]] std::string line(std::size_t member, const Decision& decision) const {
    std::string out = text::to_json_string(members_[member].id) + '\t' + hashes_[member] + '\t' +
                      (decision.duplicate ? "drop" : "keep") + '\t' +
                      text::to_json_string(members_[decision.other].id) + '\t' +
                      std::string(name(decision.relation)) + '\t';
    std::array<char, 32> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), decision.similarity).ptr;
    return out.append(digits.data(), end) + '\n';
  }

  DedupeOptions options_;
  KeepOrder order_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<dedupe::Member> members_;
  std::vector<std::string> hashes_;
  std::vector<dedupe::Link> links_;
};

ClusterStage::ClusterStage(const DedupeOptions& options, KeepOrder order)
    : impl_(std::make_unique<Impl>(options, std::move(order))) {}
ClusterStage::~ClusterStage() = default;
ClusterStage::ClusterStage(ClusterStage&&) noexcept = default;
ClusterStage& ClusterStage::operator=(ClusterStage&&) noexcept = default;
Status ClusterStage::add(std::string_view line) {
  return impl_->add(line);
}
std::string ClusterStage::finish() {
  return impl_->finish();
}

class DedupePlan::Impl {
 public:
  Status add(std::string_view line) {
    const auto fields = dedupe::split_fields(line);
    const auto is_string = [](std::string_view field) {
      return text::is_json_string(field) && text::is_valid_json(field);
    };
    Verdict verdict;
    if (fields.size() != 6 || !is_string(fields[0]) || !is_string(fields[3]) ||
        (fields[2] != "drop" && fields[2] != "keep") || !read_relation(fields[4], verdict)) {
      return {ErrorCode::bad_data, "not a line of dedupe cluster"};
    }
    const auto end = fields[5].data() + fields[5].size();
    if (std::from_chars(fields[5].data(), end, verdict.similarity).ptr != end) {
      return {ErrorCode::bad_data, "not a line of dedupe cluster"};
    }
    verdict.duplicate = fields[2] == "drop";
    verdict.other = text::decode_json_string(fields[3]);
    verdicts_[std::string(fields[1]) + text::decode_json_string(fields[0])] = std::move(verdict);
    return {};
  }

  [[nodiscard]] Verdict find(const Sketch& sketch) const {
    const auto found = verdicts_.find(dedupe::hex(sketch.text_hash) + sketch.id);
    return found == verdicts_.end() ? Verdict() : found->second;
  }

 private:
  static bool read_relation(std::string_view word, Verdict& verdict) {
    for (const Relation relation : {Relation::exact, Relation::near, Relation::contains,
                                    Relation::contained, Relation::updated}) {
      if (name(relation) == word) verdict.relation = relation;
    }
    return verdict.relation != Relation::none;
  }

  std::unordered_map<std::string, Verdict> verdicts_;
};

DedupePlan::DedupePlan() : impl_(std::make_unique<Impl>()) {}
DedupePlan::~DedupePlan() = default;
DedupePlan::DedupePlan(DedupePlan&&) noexcept = default;
DedupePlan& DedupePlan::operator=(DedupePlan&&) noexcept = default;
Status DedupePlan::add(std::string_view line) {
  return impl_->add(line);
}
Verdict DedupePlan::find(const Sketch& sketch) const {
  return impl_->find(sketch);
}

}  // namespace copydesk
