#include "dedupe_program/clusters.h"

#include "copydesk/stream.h"

#include "text/json.h"

namespace copydesk::tools {

void ClusterLog::add(std::string_view id, const Verdict& verdict) {
  if (verdict.relation == Relation::none) return;
  const auto [at, is_new] = by_survivor_.emplace(verdict.other, stories_.size());
  if (is_new) stories_.push_back({verdict.other, {}});
  stories_[at->second].members.push_back(
      {std::string(id), verdict.relation, verdict.similarity, verdict.duplicate});
  // A version that supersedes belongs to the story, and what is said of it later does too.
  if (!verdict.duplicate) by_survivor_.emplace(id, at->second);
}

Status ClusterLog::write(const std::string& path) const {
  auto output = Output::open({.path = path});
  if (!output) return output.error();
  for (const Story& story : stories_) {
    std::string members = "[";
    for (const Entry& entry : story.members) {
      text::JsonWriter member;
      member.string("id", entry.id)
          .string("relation", name(entry.relation))
          .number("similarity", entry.similarity)
          .boolean("kept", !entry.duplicate);
      if (members.size() > 1) members += ',';
      members += member.finish();
    }
    text::JsonWriter line;
    line.string("survivor", story.survivor)
        .integer("size", static_cast<long long>(story.members.size()) + 1)
        .raw("members", members + "]");
    if (Status status = output->write(line.finish() + "\n"); !status) return status;
  }
  return output->finish();
}

}  // namespace copydesk::tools
