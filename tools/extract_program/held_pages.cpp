#include "extract_program/held_pages.h"

#include <utility>
#include <vector>

#include "text/json.h"

namespace copydesk::tools {
namespace {

// However large the documents are, no more than this waits.
constexpr std::size_t kMostBytes = std::size_t{16} << 20;

constexpr std::string_view kReason = "shared";

std::size_t bytes_of(const HeldPage& page) noexcept {
  return page.outcome.output.size() + page.outcome.removed.size();
}

}  // namespace

HeldPages::HeldPages(std::size_t pages_after, bool wants_removed)
    : pages_after_(pages_after), wants_removed_(wants_removed) {}

void HeldPages::add(std::unique_ptr<HeldPage> page) {
  shared_.add(std::move(page->trace));
  bytes_ += bytes_of(*page);
  pages_.push_back(std::move(page));
}

bool HeldPages::has_ready() const noexcept {
  if (pages_.empty()) return false;
  return ended_ || pages_.size() > pages_after_ || bytes_ > kMostBytes;
}

Outcome HeldPages::take(Format to) {
  const std::size_t number = shared_.size() - pages_.size();
  const std::unique_ptr<HeldPage> page = std::move(pages_.front());
  pages_.pop_front();
  bytes_ -= bytes_of(*page);
  Outcome outcome = std::move(page->outcome);
  const std::vector<TracedBlock> blocks = shared_.find(number);
  if (blocks.empty()) return outcome;
  removed_ += blocks.size();
  if (to != Format::jsonl) {
    if (wants_removed_) outcome.removed += removed_lines(*page, outcome.output, blocks);
    outcome.output = without(outcome.output, blocks);
    return outcome;
  }
  const auto record = text::JsonObject::parse(outcome.output);
  if (!record) return outcome;
  // As the article had it: with a line feed at its end.
  const std::string text = record->find_string("text").value_or("") + "\n";
  if (wants_removed_) outcome.removed += removed_lines(*page, text, blocks);
  std::string left = without(text, blocks);
  if (left.ends_with('\n')) left.pop_back();
  text::RecordEdit edit;
  edit.set_string("text", left);
  outcome.output = edit.apply(*record);
  return outcome;
}

std::string HeldPages::removed_lines(const HeldPage& page, std::string_view text,
                                     const std::vector<TracedBlock>& blocks) const {
  std::string lines;
  for (const TracedBlock& block : blocks) {
    text::JsonWriter line;
    line.string("id", page.id)
        .integer("block", static_cast<long long>(block.index))
        .string("kind", name_of(block.kind))
        .string("text", text.substr(block.begin, block.end - block.begin))
        .string("reason", kReason);
    lines += line.finish() + "\n";
  }
  return lines;
}

}  // namespace copydesk::tools
