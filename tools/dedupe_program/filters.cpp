#include "dedupe_program/filters.h"

#include <algorithm>
#include <utility>

namespace copydesk::tools {
namespace {

long long whole(std::uint64_t value) {
  return static_cast<long long>(value);
}

}  // namespace

DedupeFilter::DedupeFilter(const DedupeSettings& settings, bool wants_removed)
    : settings_(settings), wants_removed_(wants_removed), sketcher_(settings.sketch) {}

Format DedupeFilter::output_format(Format input) const {
  // Text has no place for marks.
  return settings_.mark ? Format::jsonl : Filter::output_format(input);
}

void DedupeFilter::work(const Document& document, Format to, Outcome& outcome) const {
  auto item = read_item(document, sketcher_, settings_);
  if (!item) {
    outcome.fail(document, item.error());
    return;
  }
  // A record that stays one is not asked for its text again: give it back where it was taken.
  const bool done = document.format == Format::jsonl && to == Format::jsonl && !wants_removed_;
  if (done && settings_.blocks.empty()) (*item)->text = std::string();
  outcome.payload = *std::move(item);
}

void DedupeFilter::apply(const Document& document, const Item& item, const Verdict& verdict,
                         Format to, Outcome& outcome) {
  if (!settings_.clusters.empty()) clusters_.add(item.sketch.id, verdict);
  outcome.emit = settings_.mark || !verdict.duplicate;
  if (!outcome.emit) {
    if (wants_removed_) outcome.removed = removed_document(document, item, verdict);
    return;
  }
  text::RecordEdit edit;
  if (settings_.mark) {
    mark(edit, item, verdict);
  } else if (verdict.relation != Relation::none) {
    edit.set_string("supersedes", verdict.other);
  }
  if (!settings_.blocks.empty() && !verdict.duplicate) {
    apply_blocks(document, item, edit, to, outcome);
  } else if (to == Format::jsonl && item.record && edit.empty()) {
    outcome.unchanged = true;
  } else {
    outcome.output = render(document, item, to, edit);
  }
}

/// In the order of the text. A line inside a paragraph that goes is not named again.
std::vector<DedupeFilter::Repeat> DedupeFilter::find_repeats(const Item& item) {
  std::vector<Repeat> repeats;
  for (const UnitBlocks& unit : item.blocks) {
    BlockMemory& memory = memories_[static_cast<std::size_t>(unit.unit)];
    for (const RepeatedBlock& seen : memory.see(unit.blocks, item.site)) {
      repeats.push_back({unit.blocks[seen.block], seen, unit.unit});
    }
  }
  std::stable_sort(repeats.begin(), repeats.end(),
                   [](const Repeat& a, const Repeat& b) { return a.block.begin < b.block.begin; });
  std::size_t end = 0;
  std::erase_if(repeats, [&](const Repeat& repeat) {
    const bool inside = repeat.block.begin < end;
    end = std::max(end, repeat.block.end);
    return inside;
  });
  return repeats;
}

void DedupeFilter::apply_blocks(const Document& document, const Item& item, text::RecordEdit& edit,
                                Format to, Outcome& outcome) {
  const std::vector<Repeat> repeated = find_repeats(item);
  blocks_removed_ += repeated.size();
  std::string kept;
  std::string marks = "[";
  std::size_t at = 0;
  for (const auto& [block, seen, unit] : repeated) {
    kept.append(item.text, at, block.begin - at);
    at = block.end;
    if (settings_.mark) {
      text::JsonWriter writer;
      writer.integer("begin", whole(block.begin))
          .integer("end", whole(block.end))
          .integer("documents", seen.documents)
          .integer("sites", seen.sites)
          .integer("same_site", seen.same_site);
      marks += (marks.size() > 1 ? "," : "") + writer.finish();
    } else if (wants_removed_) {
      outcome.removed += removed_block(document, item, block, seen, unit);
    }
  }
  kept.append(item.text, at, std::string::npos);
  if (settings_.mark) {
    if (!repeated.empty()) edit.set_raw("repeated", marks + "]");
    outcome.output = render(document, item, to, edit);
    return;
  }
  if (to != Format::jsonl) {
    outcome.output = std::move(kept);
    return;
  }
  if (!repeated.empty()) edit.set_string("text", kept);
  outcome.output = render(document, item, to, edit);
}

void DedupeFilter::write_clusters(Outcome& outcome) const {
  if (settings_.clusters.empty()) return;
  Status status = clusters_.write(settings_.clusters);
  if (!status) {
    outcome.stop({std::make_shared<const std::string>(settings_.clusters), 0}, status.error());
  }
}

void DedupeFilter::add_counts(const DedupeCounts& counts, text::JsonWriter& writer) const {
  writer.integer("duplicates", whole(counts.duplicates))
      .integer("exact", whole(counts.exact))
      .integer("near", whole(counts.near))
      .integer("contained", whole(counts.contained))
      .integer("updated", whole(counts.updated))
      .integer("superseding", whole(counts.superseding))
      .integer("candidates", whole(counts.candidates))
      .integer("estimated_away", whole(counts.estimated_away))
      .integer("verified", whole(counts.verified))
      .number("verified_per_document",
              counts.documents == 0
                  ? 0.0
                  : static_cast<double>(counts.verified) / static_cast<double>(counts.documents))
      .integer("remembered", whole(counts.remembered))
      .integer("keys", whole(counts.keys))
      .integer("capped_keys", whole(counts.capped))
      .integer("index_bytes", whole(counts.memory))
      .integer("repeated_blocks", whole(blocks_removed_));
}

StreamingFilter::StreamingFilter(const DedupeSettings& settings, bool wants_removed,
                                 Deduplicator deduplicator)
    : DedupeFilter(settings, wants_removed), deduplicator_(std::move(deduplicator)) {}

void StreamingFilter::expect(const Outcome& outcome) {
  if (outcome.payload) next_ = &static_cast<const Item&>(*outcome.payload).sketch;
}

void StreamingFilter::settle(const Document& document, Format to, Outcome& outcome) {
  const Sketch* next = std::exchange(next_, nullptr);
  if (!outcome.payload) return;
  const auto& item = static_cast<const Item&>(*outcome.payload);
  auto verdict = deduplicator_.decide(item.sketch, next);
  if (!verdict) {
    outcome.stop(document.location, verdict.error());
    return;
  }
  apply(document, item, *verdict, to, outcome);
}

void StreamingFilter::finish(Format /*to*/, Outcome& outcome) {
  write_clusters(outcome);
}

void StreamingFilter::add_statistics(text::JsonWriter& writer) const {
  add_counts(deduplicator_.counts(), writer);
}

PlanningFilter::PlanningFilter(const DedupeSettings& settings, bool wants_removed)
    : DedupeFilter(settings, wants_removed),
      planner_(settings.dedupe, settings.keep),
      waiting_(settings.dedupe.temporary_folder) {}

void PlanningFilter::settle(const Document& document, Format /*to*/, Outcome& outcome) {
  outcome.emit = false;
  if (!outcome.payload) return;
  const auto& item = static_cast<const Item&>(*outcome.payload);
  has_id_.push_back(item.has_id);
  if (settings().hold && settings().hold->seconds) note_date(item.sketch.date);
  Status status = planner_.add(item.sketch, item.site);
  if (status) status = waiting_.add(document);
  if (!status) outcome.stop(document.location, status.error());
}

/// A document without a date is held as one of the newest date is, or of the first one to come.
void PlanningFilter::note_date(std::optional<std::int64_t> date) {
  if (!newest_ && date) std::fill(dates_.begin(), dates_.end(), *date);
  newest_ = std::max(newest_, date);
  dates_.push_back(date.value_or(newest_.value_or(0)));
}

bool PlanningFilter::has_ready() const {
  if (!settings().hold || next_ == has_id_.size()) return false;
  const Hold& hold = *settings().hold;
  if (hold.documents) return has_id_.size() - next_ > *hold.documents;
  return newest_ && *newest_ - dates_.front() >= *hold.seconds;
}

void PlanningFilter::release(Format to, Outcome& outcome) {
  outcome.emit = false;
  auto document = waiting_.take();
  if (!document || !*document) {
    outcome.stop({}, document ? Error{ErrorCode::read_failed, "temporary file ends too early"}
                              : document.error());
    return;
  }
  write_decided(*std::move(*document), next_decision(), to, outcome);
  if (!dates_.empty()) dates_.pop_front();
  ++next_;
}

void PlanningFilter::finish(Format to, Outcome& outcome) {
  if (has_more()) release(to, outcome);
  if (!has_more()) write_clusters(outcome);
}

Decision PlanningFilter::next_decision() {
  if (settings().hold) return planner_.decide_story(static_cast<std::uint32_t>(next_));
  if (!decisions_) decisions_ = planner_.decide();
  return (*decisions_)[next_];
}

/// Most records go out as they came: these need no second parsing.
bool PlanningFilter::is_unchanged(const Document& document, const Decision& decision,
                                  Format to) const {
  return decision.relation == Relation::none && settings().blocks.empty() &&
         document.format == Format::jsonl && to == Format::jsonl &&
         (!settings().mark || has_id_[next_]);
}

void PlanningFilter::write_decided(Document document, const Decision& decision, Format to,
                                   Outcome& outcome) {
  if (is_unchanged(document, decision, to)) {
    outcome.emit = true;
    outcome.output = std::move(document.bytes);
    return;
  }
  const std::string_view id = planner_.id(static_cast<std::uint32_t>(next_));
  auto item = read_item_again(document, id, settings());
  if (!item) {
    outcome.stop(document.location, item.error());
    return;
  }
  const bool related = decision.relation != Relation::none;
  const Verdict verdict{decision.duplicate, decision.relation,
                        related ? std::string(planner_.id(decision.other)) : std::string(),
                        decision.similarity};
  apply(document, **item, verdict, to, outcome);
}

void PlanningFilter::add_statistics(text::JsonWriter& writer) const {
  add_counts(planner_.counts(), writer);
}

}  // namespace copydesk::tools
