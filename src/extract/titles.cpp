#include "extract/titles.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <vector>

#include "extract/plain.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::extract {
namespace {

constexpr std::size_t kShortestHeading = 10;  // characters; shorter ones are mostly site names
constexpr std::size_t kLongestHeading = 400;
constexpr std::size_t kLongestLikely = 180;  // of a heading that no title confirms

// What sites put between headline and name.
constexpr std::array<std::string_view, 12> kSeparators = {
    " | ",      " - ",      " \u2013 ", " \u2014 ", " \u00BB ", " :: ",
    " \u00B7 ", " \u2022 ", " / ",      " \u00AB ", " < ",      " > "};

struct Parts {
  std::string_view head;
  std::string_view tail;
};

/// `title` at its last separator.
std::optional<Parts> split_last(std::string_view title) {
  std::size_t best = std::string_view::npos;
  std::size_t length = 0;
  for (const std::string_view separator : kSeparators) {
    const std::size_t at = title.rfind(separator);
    if (at == std::string_view::npos || (best != std::string_view::npos && at < best)) continue;
    best = at;
    length = separator.size();
  }
  if (best == std::string_view::npos) return std::nullopt;
  return Parts{title.substr(0, best), title.substr(best + length)};
}

std::optional<Parts> split_first(std::string_view title) {
  std::size_t best = std::string_view::npos;
  std::size_t length = 0;
  for (const std::string_view separator : kSeparators) {
    const std::size_t at = title.find(separator);
    if (at >= best) continue;
    best = at;
    length = separator.size();
  }
  if (best == std::string_view::npos) return std::nullopt;
  return Parts{title.substr(0, best), title.substr(best + length)};
}

/// True if one of two folded names holds the other, and is not much shorter.
bool is_alike(const std::string& a, const std::string& b) {
  const std::string& longer = a.size() < b.size() ? b : a;
  const std::string& shorter = a.size() < b.size() ? a : b;
  return shorter.size() > 2 && 2 * shorter.size() >= longer.size() &&
         longer.find(shorter) != std::string::npos;
}

/// True if `part` of a title is the site's name, or much like it.
bool is_site(std::string_view part, std::string_view site, std::string_view host) {
  const std::string folded = fold_title(part);
  if (folded.empty()) return true;
  const std::string folded_site = fold_title(site);
  if (folded == folded_site || is_alike(folded, folded_site)) return true;
  // "DW" of "DW News"; "The Daily Example" on daily-example.com; "example.com".
  if (folded.size() > 1 && folded_site.rfind(folded, 0) == 0) return true;
  const std::string domain = fold_title(host.substr(0, host.rfind('.')));
  return is_alike(folded, domain) || folded == fold_title(host);
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text::next_code_point(text, at);
    const bool word = text::is_word(c);
    if (word && (!inside || text::is_unspaced(text::script_of(c)))) ++words;
    inside = word;
  }
  return words;
}

struct Titles {
  std::string element;  // <title>
  std::string graph;    // og:title
  std::string linked;   // JSON-LD headline
};

/// `heading` without the site's name at its end, where that is plain.
std::string without_named_site(const std::string& heading, std::string_view site,
                               std::string_view host) {
  const auto last = split_last(heading);
  if (!last || count_words(last->head) < 2 || !is_site(last->tail, site, host)) return heading;
  return std::string(text::trim(last->head));
}

/// Words of a title, folded, in order, each once.
std::vector<std::string> distinct_words(std::string_view title) {
  std::vector<std::string> words;
  std::string word;
  const std::string folded = text::fold_case(title);
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    const char32_t c = text::next_code_point(folded, at);
    const bool alone = text::is_unspaced(text::script_of(c));
    if (!text::is_word(c) || alone) {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
    }
    if (text::is_word(c)) word.append(folded, begin, at - begin);
  }
  if (!word.empty()) words.push_back(std::move(word));
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

/// How much of the shorter of two titles stands in the other, in words.
double likeness(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const std::size_t smaller = std::min(a.size(), b.size());
  if (smaller == 0) return 0;
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return static_cast<double>(both.size()) / static_cast<double>(smaller);
}

/// Looks for the article's heading among some elements.
class HeadingFinder {
 public:
  HeadingFinder(const html::Page& page, const Titles& titles, std::string_view site,
                std::string_view host)
      : page_(page), site_(site), host_(host) {
    for (const std::string* title : {&titles.graph, &titles.linked, &titles.element}) {
      if (title->empty()) continue;
      folded_.push_back(fold_title(*title));
      words_.push_back(distinct_words(*title));
    }
  }

  /// The first heading that one of the page's titles holds.
  [[nodiscard]] Headline confirmed(const std::vector<html::NodeId>& headings) const {
    for (const html::NodeId id : headings) {
      const std::string heading = line(id);
      const bool long_enough =
          text::count_code_points(heading) > kShortestHeading || count_words(heading) > 4;
      if (long_enough && is_confirmed(heading) && !is_site(heading, site_, host_)) {
        return {without_named_site(heading, site_, host_), id};
      }
    }
    return {};
  }

  /// The first heading that is more than a word and not the site's name.
  [[nodiscard]] Headline first(const std::vector<html::NodeId>& headings) const {
    for (const html::NodeId id : headings) {
      const std::string heading = line(id);
      if (count_words(heading) > 1 && !is_site(heading, site_, host_)) return {heading, id};
    }
    return {};
  }

  /// The heading that is most like one of the page's titles, if it is like it at all.
  [[nodiscard]] Headline likely(const std::vector<html::NodeId>& headings) const {
    constexpr double kLeast = 0.5;
    Headline best;
    double best_score = kLeast;
    for (const html::NodeId id : headings) {
      const std::string heading = line(id);
      if (count_words(heading) < 3 || text::count_code_points(heading) > kLongestLikely ||
          is_site(heading, site_, host_))
        continue;
      const auto words = distinct_words(heading);
      double score = 0;
      for (const auto& title : words_) score = std::max(score, likeness(words, title));
      if (score >= best_score && (best.title.empty() || score > best_score)) {
        best = {heading, id};
        best_score = score;
      }
    }
    return best;
  }

 private:
  /// The heading's text; empty if it is too long for one.
  [[nodiscard]] std::string line(html::NodeId id) const {
    std::string heading = line_of(page_, id, kLongestHeading + 100);
    if (text::count_code_points(heading) > kLongestHeading) heading.clear();
    return heading;
  }

  /// True if one of the page's own titles holds `heading`.
  [[nodiscard]] bool is_confirmed(const std::string& heading) const {
    const std::string folded = fold_title(heading);
    return !folded.empty() && std::any_of(folded_.begin(), folded_.end(), [&](const auto& title) {
      return title.find(folded) != std::string::npos;
    });
  }

  const html::Page& page_;
  std::string_view site_;
  std::string_view host_;
  std::vector<std::string> folded_;              // the page's titles
  std::vector<std::vector<std::string>> words_;  // of each
};

/// True if an element's text is in more than one piece.
bool has_parts(const html::Page& page, html::NodeId id) {
  int parts = 0;
  for (std::uint32_t run = page.node(id).run_begin; run < page.node(id).run_end; ++run) {
    if (!text::trim(page.text(page.runs()[run])).empty()) ++parts;
  }
  return parts > 1;
}

/// A heading may hold a label or a date beside its words ("News", "Posted on ..."): then a title of
/// the page stands whole in it, and is taken.
std::string without_labels(const std::string& heading, const Titles& titles, std::string_view site,
                           std::string_view host) {
  const std::string folded = fold_title(heading);
  for (const std::string* title : {&titles.linked, &titles.graph, &titles.element}) {
    std::string bare = without_site(*title, site, host);
    const std::string inner = fold_title(bare);
    if (count_words(bare) >= 3 && 2 * inner.size() >= folded.size() &&
        folded.find(inner) != std::string::npos) {
      return bare;
    }
  }
  return heading;
}

}  // namespace

std::string without_site(std::string_view title, std::string_view site, std::string_view host) {
  // "Headline - Section - Site": cut while the tail is plainly not part of the headline.
  bool site_cut = false;
  for (int cuts = 0; cuts < 3; ++cuts) {
    const auto last = split_last(title);
    if (!last) break;
    const bool named = is_site(last->tail, site, host);
    const bool section = site_cut && count_words(last->tail) <= 2 && count_words(last->head) >= 4;
    const bool slight = cuts == 0 && count_words(last->tail) <= 4 &&
                        count_words(last->head) >= 2 * count_words(last->tail);
    if ((!named && !slight && !section) || count_words(last->head) == 0) break;
    title = text::trim(last->head);
    site_cut = named;
  }
  const auto first = split_first(title);
  if (first && is_site(first->head, site, host) && count_words(first->tail) > 2) {
    title = text::trim(first->tail);
  }
  return std::string(title);
}

Headline find_headline(const html::Page& page, const Signals& signals, const LinkedArticle* linked,
                       std::string_view site, std::string_view host) {
  Titles titles;
  if (signals.title != html::kNoNode) titles.element = line_of(page, signals.title);
  titles.graph = plain_text(signals.meta("og:title"));
  if (linked != nullptr) titles.linked = linked->headline;
  const HeadingFinder finder(page, titles, site, host);
  if (Headline found = finder.confirmed(signals.headings); !found.title.empty()) return found;
  if (Headline found = finder.likely(signals.headings); !found.title.empty()) {
    if (has_parts(page, found.heading)) {
      found.title = without_labels(found.title, titles, site, host);
    }
    return found;
  }
  Headline headline = finder.confirmed(signals.subheadings);
  if (headline.heading == html::kNoNode && !signals.headings.empty()) {
    headline.heading = signals.headings.front();
  }
  if (!titles.linked.empty()) {
    headline.title = without_site(titles.linked, site, host);
  } else if (!headline.title.empty()) {
    return headline;
  } else if (!titles.graph.empty()) {
    headline.title = without_site(titles.graph, site, host);
  } else if (!titles.element.empty()) {
    headline.title = without_site(titles.element, site, host);
  }
  // A page that calls itself by the site's name only: a heading says more.
  if (headline.title.empty() || is_site(headline.title, site, host)) {
    if (Headline found = finder.first(signals.headings); !found.title.empty()) return found;
    if (Headline found = finder.first(signals.subheadings); !found.title.empty()) return found;
  }
  return headline;
}

}  // namespace copydesk::extract
