#pragma once

/// @file
/// From scores to the article: which blocks stay, and the reason for each that goes.

#include <string_view>
#include <vector>

#include "copydesk/extract.h"

#include "extract/blocks.h"
#include "extract/facts.h"
#include "extract/survey.h"
#include "html/page.h"

namespace copydesk::extract {

/// Why a block is not in the text. Static names: part of what --explain and --removed promise.
namespace reason {
inline constexpr std::string_view kScore = "score";        ///< the scorer's judgement
inline constexpr std::string_view kTitle = "title";        ///< the headline is a member of its own
inline constexpr std::string_view kHidden = "hidden";      ///< not shown by a browser
inline constexpr std::string_view kComment = "comment";    ///< of a reader
inline constexpr std::string_view kRelated = "related";    ///< heads or lists other stories
inline constexpr std::string_view kRepeated = "repeated";  ///< stood in the text before
inline constexpr std::string_view kDialog = "dialog";      ///< consent box or other dialog
inline constexpr std::string_view kHeading = "empty-heading";  ///< a heading with nothing under it
}  // namespace reason

struct Verdict {
  bool kept = false;
  std::string_view reason;  ///< empty where kept
};

/// What trimming looks at.
struct Judged {
  const html::Page& page;
  const BlockList& list;
  const Survey& survey;
  const FactRows& facts;
  const std::vector<float>& scores;  ///< log-odds per block
};

/// Fills one verdict a block. `limit`: the log-odds from which a block is article.
void trim(const Judged& judged, double limit, Favor favor, std::vector<Verdict>& verdicts);

}  // namespace copydesk::extract
