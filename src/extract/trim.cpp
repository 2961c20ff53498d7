#include "extract/trim.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "extract/plain.h"
#include "extract/word_marks.h"

namespace copydesk::extract {
namespace {

using html::NodeId;
using html::Tag;

constexpr int kLongestClimb = 40;

/// True if the class of an element names an offer to subscribe. (An id may be made of a heading.)
bool is_offer(const html::Page& page, NodeId id) {
  constexpr std::size_t kLongestName = 200;
  static constexpr std::string_view kWords[] = {"paywall",   "pay-wall",  "regwall",
                                                "subscribe", "subscript", "newsletter",
                                                "signup",    "sign-up",   "upsell"};
  static const WordMarks words(kWords);
  const std::string_view name = page.value(id, html::Attribute::class_).substr(0, kLongestName);
  return !name.empty() && words.found_in(ascii_lower(name));
}

/// The headline, where it stands above the text or is a heading, and word-for-word copies of it.
bool is_headline(const BlockList& list, const Survey& survey, std::size_t i) {
  if (!survey.title) return false;
  const Grouping& repeats = survey.repeats;
  return repeats.group_of(i) == repeats.group_of(*survey.title) &&
         (list.blocks[i].level > 0 || i < survey.first_prose);
}

/// Drops kept blocks by rules that look at the page as a whole.
class Trimmer {
 public:
  Trimmer(const Judged& judged, double limit, std::vector<Verdict>& verdicts)
      : page_(judged.page),
        list_(judged.list),
        survey_(judged.survey),
        scores_(judged.scores),
        limit_(limit),
        verdicts_(verdicts) {
    verdicts_.assign(list_.blocks.size(), {});
    for (std::size_t i = 0; i < verdicts_.size(); ++i) {
      verdicts_[i].kept = judged.scores[i] >= limit;
      if (!verdicts_[i].kept) verdicts_[i].reason = reason::kScore;
    }
  }

  void run() {
    drop_strays();
    drop_title();
    drop_dialogs();
    drop_offers();
    drop_next_articles();
    drop_repeats();
    drop_closing_links();
    drop_empty_headings();
  }

 private:
  [[nodiscard]] std::size_t count() const { return verdicts_.size(); }
  [[nodiscard]] const PageBlock& block(std::size_t i) const { return list_.blocks[i]; }
  [[nodiscard]] bool kept(std::size_t i) const { return verdicts_[i].kept; }
  [[nodiscard]] std::uint32_t context(std::size_t i) const { return list_.contexts[block(i).node]; }

  void drop(std::size_t i, std::string_view why) {
    if (!verdicts_[i].kept) return;
    verdicts_[i] = {false, why};
  }

  [[nodiscard]] double kept_words(std::size_t from, std::size_t to) const {
    double words = 0;
    for (std::size_t i = from; i < to; ++i) {
      if (kept(i)) words += survey_.measures[i].words;
    }
    return words;
  }

  /// Text far before or behind all that is surely article, and itself hardly judged to be: teasers
  /// above a short story, the rules of comments below it. Where nothing is sure, all of it stays;
  /// between what is sure stand tables and lists.
  void drop_strays() {
    constexpr double kSure = 1.7;     // log-odds above the limit
    constexpr std::size_t kFar = 20;  // blocks
    const auto sure = [&](float score) { return score >= limit_ + kSure; };
    const auto first = std::find_if(scores_.begin(), scores_.end(), sure);
    if (first == scores_.end()) return;
    const auto behind = std::find_if(scores_.rbegin(), scores_.rend(), sure).base();
    const auto head = static_cast<std::size_t>(first - scores_.begin());
    const auto tail = static_cast<std::size_t>(behind - scores_.begin());
    drop_doubtful(0, head - std::min(head, kFar));
    drop_doubtful(tail + kFar, count());
  }

  void drop_doubtful(std::size_t from, std::size_t to) {
    constexpr double kDoubtful = 0.7;  // log-odds above the limit
    for (std::size_t i = from; i < to; ++i) {
      if (scores_[i] < limit_ + kDoubtful) drop(i, reason::kStray);
    }
  }

  void drop_title() {
    for (std::size_t i = 0; i < count(); ++i) {
      if (is_headline(list_, survey_, i)) drop(i, reason::kTitle);
    }
  }

  /// Boxes that ask the reader to subscribe or to sign in, and what they promise for it: small, so
  /// named, and with words that ask for it. (A large one may hold the rest of the article.)
  void drop_offers() {
    constexpr double kLargest = 120;  // words
    NodeId known = html::kNoNode;     // the last offer found
    for (std::size_t i = 0; i < count(); ++i) {
      if (!kept(i) ||
          ((survey_.measures[i].topics >> static_cast<int>(Topic::account)) & 1U) == 0) {
        continue;
      }
      NodeId offer = html::kNoNode;
      for (NodeId id = block(i).container; id != html::kNoNode; id = page_.node(id).parent) {
        if (survey_.within(list_.ranges[id]).words > kLargest) break;
        if (id != known && is_offer(page_, id)) offer = id;
      }
      if (offer == html::kNoNode) continue;
      known = offer;
      for (std::size_t k = list_.ranges[offer].first; k < list_.ranges[offer].last; ++k) {
        drop(k, reason::kOffer);
      }
    }
  }

  void drop_dialogs() {
    for (std::size_t i = 0; i < count(); ++i) {
      if ((context(i) & kInDialog) != 0) drop(i, reason::kDialog);
    }
  }

  /// Pages that hold their text for several widths of screen, or for print, hold it more than once.
  /// A paragraph or two may well come back: only where much of the text does, its copies go.
  void drop_repeats() {
    constexpr double kLeastShare = 0.4;  // of what stays
    find_repeats();
    double words = 0;
    for (const std::size_t i : repeats_) words += survey_.measures[i].words;
    if (words < kLeastShare * (kept_words(0, count()) - words)) return;
    for (const std::size_t i : repeats_) drop(i, reason::kRepeat);
  }

  /// Kept paragraphs that stand above, word for word.
  void find_repeats() {
    constexpr float kLeastWords = 12;
    repeats_.clear();
    seen_.assign(survey_.repeats.groups().size(), 0);
    for (std::size_t i = 0; i < count(); ++i) {
      if (!kept(i) || survey_.measures[i].words < kLeastWords) continue;
      if (block(i).kind == BlockKind::table_cell || block(i).kind == BlockKind::code) continue;
      std::uint8_t& seen = seen_[survey_.repeats.group_of(i)];
      if (seen != 0) repeats_.push_back(i);
      seen = 1;
    }
  }

  [[nodiscard]] NodeId innermost_article(NodeId id) const {
    for (int step = 0; step < kLongestClimb && id != html::kNoNode; ++step) {
      if (page_.node(id).tag == Tag::article) return id;
      id = page_.node(id).parent;
    }
    return html::kNoNode;
  }

  /// Sites that scroll on put the next stories below the first, each built the same way. What
  /// stands before the second headline must be an article by itself.
  void drop_next_articles() {
    constexpr double kLeastStory = 60;  // words
    const std::optional<std::size_t> second = second_headline();
    if (!second || kept_words(0, *second) < kLeastStory) return;
    for (std::size_t i = *second; i < count(); ++i) drop(i, reason::kNextArticle);
  }

  /// The first heading after the headline that looks like it: the same tags and classes in itself
  /// and above, in another place of the tree. Where the headline stands in an <article>, another
  /// <article> must hold the second one.
  [[nodiscard]] std::optional<std::size_t> second_headline() const {
    if (!survey_.title || block(*survey_.title).level == 0) return std::nullopt;
    const std::size_t title = *survey_.title;
    const NodeId article = innermost_article(block(title).container);
    if (block(title).level > 1 && article == html::kNoNode) return std::nullopt;
    for (std::size_t i = title + 1; i < count(); ++i) {
      if (block(i).level != block(title).level) continue;
      if (survey_.alike.group_of(i) != survey_.alike.group_of(title)) continue;
      if (page_.node(block(i).container).parent == page_.node(block(title).container).parent) {
        continue;
      }
      if (article != html::kNoNode && page_.contains(article, block(i).container)) continue;
      return i;
    }
    return std::nullopt;
  }

  /// The last lines, if they are nothing but links: to the next story, to a form. A longer list of
  /// links may be the article's sources.
  void drop_closing_links() {
    constexpr float kLinked = 0.9F;
    constexpr std::size_t kMostLines = 3;
    constexpr double kMostWords = 40;
    std::size_t first = count();
    std::size_t lines = 0;
    for (std::size_t i = count(); i-- > 0;) {
      if (!kept(i)) continue;
      if (survey_.link_share[i] < kLinked || survey_.prose[i] != 0) break;
      first = i;
      if (++lines > kMostLines) return;
    }
    if (first == 0 || kept_words(first, count()) > kMostWords) return;
    for (std::size_t i = first; i < count(); ++i) drop(i, reason::kLinks);
  }

  /// Headings at the end have lost what they headed. A page of headings alone is left as it is.
  void drop_empty_headings() {
    constexpr float kLongestHeading = 12;  // words; more is text in a heading's element
    constexpr int kMostHeadings = 3;
    int dropped = 0;
    for (std::size_t i = count(); i-- > 0 && dropped < kMostHeadings;) {
      if (!kept(i)) continue;
      if (block(i).level == 0 || survey_.measures[i].words > kLongestHeading) return;
      drop(i, reason::kHeading);
      ++dropped;
    }
  }

  const html::Page& page_;
  const BlockList& list_;
  const Survey& survey_;
  const std::vector<float>& scores_;
  const double limit_;
  std::vector<Verdict>& verdicts_;
  std::vector<std::uint8_t> seen_;  // per group of Survey::repeats
  std::vector<std::size_t> repeats_;
};

}  // namespace

void trim(const Judged& judged, double limit, std::vector<Verdict>& verdicts) {
  Trimmer(judged, limit, verdicts).run();
}

void name_reasons(const BlockList& list, const Survey& survey,
                  const std::vector<std::uint8_t>& in_comments, std::vector<Verdict>& verdicts) {
  struct Place {
    std::uint32_t bits;
    std::string_view why;
  };
  static constexpr Place kPlaces[] = {
      {kHidden, reason::kHidden},     {kInDialog, reason::kDialog},
      {kInNav, reason::kNavigation},  {kInFooter, reason::kFooter},
      {kInAside, reason::kAside},     {kInForm | kInButton, reason::kForm},
      {kInCaption, reason::kCaption}, {kAriaHidden, reason::kHidden},
  };
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    if (verdicts[i].reason != reason::kScore) continue;
    const std::uint32_t context = list.contexts[list.blocks[i].node];
    const auto place = std::find_if(std::begin(kPlaces), std::end(kPlaces),
                                    [&](const Place& p) { return (context & p.bits) != 0; });
    if (place != std::end(kPlaces)) verdicts[i].reason = place->why;
    if (is_headline(list, survey, i)) verdicts[i].reason = reason::kTitle;
    if (in_comments[i] != 0) verdicts[i].reason = reason::kComment;
  }
}

}  // namespace copydesk::extract
