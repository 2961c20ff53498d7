#pragma once

/// @file
/// From scores to the article: which blocks stay, and the reason for each that goes.
///
/// The scorer judges each block; the rules here know what it cannot see: where a second article
/// begins, what stood in the text before, what a heading is left to head.

#include <cstdint>
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
// By the scorer's judgement; the name says what the page tells of the block's place.
inline constexpr std::string_view kScore = "score";            ///< nothing in particular
inline constexpr std::string_view kHidden = "hidden";          ///< not shown by a browser
inline constexpr std::string_view kNavigation = "navigation";  ///< in nav
inline constexpr std::string_view kFooter = "footer";
inline constexpr std::string_view kAside = "aside";
inline constexpr std::string_view kForm = "form";
inline constexpr std::string_view kCaption = "caption";
inline constexpr std::string_view kComment = "comment";  ///< of a reader
// By a rule, whatever the score.
inline constexpr std::string_view kStray = "stray";               ///< doubtful, far from the text
inline constexpr std::string_view kTitle = "title";               ///< a member of its own
inline constexpr std::string_view kDialog = "dialog";             ///< consent box or the like
inline constexpr std::string_view kOffer = "offer";               ///< box that asks to subscribe
inline constexpr std::string_view kRepeat = "repeat";             ///< stands above, word for word
inline constexpr std::string_view kNextArticle = "next-article";  ///< of another article below
inline constexpr std::string_view kLinks =
    "closing-links";  ///< links to elsewhere, behind the text
inline constexpr std::string_view kHeading = "empty-heading";  ///< heads nothing that is kept
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

/// Fills one verdict a block. `limit`: the log-odds from which a block is article. A rule that
/// would take most of the text away is not applied.
void trim(const Judged& judged, double limit, std::vector<Verdict>& verdicts);

/// Where the reason is reason::kScore, puts one that says more if the page does. `in_comments`:
/// see find_comments().
void name_reasons(const BlockList& list, const Survey& survey,
                  const std::vector<std::uint8_t>& in_comments, std::vector<Verdict>& verdicts);

}  // namespace copydesk::extract
