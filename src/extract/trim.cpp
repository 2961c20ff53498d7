#include "extract/trim.h"

namespace copydesk::extract {
namespace {

std::string_view rule_for(const Judged& judged, std::size_t i) {
  const std::uint32_t context = judged.list.contexts[judged.list.blocks[i].node];
  if ((context & kHidden) != 0 && judged.survey.prose[i] == 0) return reason::kHidden;
  if (judged.survey.title == i) return reason::kTitle;
  return {};
}

}  // namespace

void trim(const Judged& judged, double limit, Favor, std::vector<Verdict>& verdicts) {
  verdicts.assign(judged.list.blocks.size(), {});
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    Verdict& verdict = verdicts[i];
    verdict.reason = rule_for(judged, i);
    if (verdict.reason.empty() && judged.scores[i] < limit) verdict.reason = reason::kScore;
    verdict.kept = verdict.reason.empty();
  }
}

}  // namespace copydesk::extract
