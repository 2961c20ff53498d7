#pragma once

/// @file
/// What several pages of one site share: teasers, notices and the like that one page alone makes
/// look like its article.
///
///     copydesk::SharedBlocks shared;
///     shared.add(article.trace);           // page after page, in the order of the input
///     auto spans = shared.find(0);         // what of page 0 the others have, too
///     text = copydesk::without(article.text, spans);
///
/// Pages are of one site if they share enough of what is *not* article: no address is needed. A
/// block of running text that stands in several stories of the site goes, under these guards:
/// pages whose articles are alike (the same story, scraped again) count once; a text at the head of
/// its article must be shared by half of the stories, because other pages tease it; and most of an
/// article never goes. The method is that of template detection over page sets (Bar-Yossef and
/// Rajagopalan, 2002), with the bottom-k sketch (Cohen and Kaplan, 2007) to tell sites apart.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/extract.h"

namespace copydesk {

/// Remembers the last pages of a run and tells what a page shares with those around it. Its memory
/// is bounded by kPagesBefore + kPagesAfter traces. Deterministic. One thread at a time.
class SharedBlocks {
 public:
  static constexpr std::size_t kPagesBefore = 256;  ///< pages before one that are compared with it
  static constexpr std::size_t kPagesAfter = 64;    ///< pages after it

  SharedBlocks();
  ~SharedBlocks();
  SharedBlocks(SharedBlocks&&) noexcept;
  SharedBlocks& operator=(SharedBlocks&&) noexcept;

  /// Adds the next page. Pages are numbered from 0.
  void add(PageTrace trace);

  /// Pages added so far.
  [[nodiscard]] std::size_t size() const noexcept;

  /// The blocks of page `number` that are shared with pages within reach that have been added, in
  /// the order of the text; most often none. `number` must be one of the last kPagesAfter + 1.
  [[nodiscard]] std::vector<TracedBlock> find(std::size_t number) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// `text` without `blocks`, which are in order and do not overlap. Of the gaps around each the
/// larger one stays.
[[nodiscard]] std::string without(std::string_view text, const std::vector<TracedBlock>& blocks);

}  // namespace copydesk
