#pragma once

/// @file
/// Short blocks that the rule packs know as furniture: "Read more", "Subscribe to our newsletter".
///
/// The scorer hardly looks at words. Here the phrases of src/data/rules meet the blocks that it
/// kept, in the language of the page.

#include <string_view>
#include <vector>

#include "copydesk/error.h"

#include "extract/blocks.h"
#include "extract/survey.h"
#include "extract/trim.h"
#include "rules/rulebook.h"

namespace copydesk::extract {

/// Immutable; thread-safe.
class Phrases {
 public:
  [[nodiscard]] static Result<Phrases> create();

  /// Drops kept blocks that a rule takes for furniture; the reason is the rule's id, which lives as
  /// long as this object.
  void drop(const BlockList& list, const Survey& survey, std::string_view language,
            std::vector<Verdict>& verdicts) const;

 private:
  explicit Phrases(rules::Rulebook book) : book_(std::move(book)) {}
  rules::Rulebook book_;
};

}  // namespace copydesk::extract
