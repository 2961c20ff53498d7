#include "extract/titles.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "extract/plain.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::extract {
namespace {

constexpr std::size_t kShortestHeading = 10;  // characters; shorter ones are mostly site names
constexpr std::size_t kLongestHeading = 400;

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

/// True if `part` of a title is the site's name, or much like it.
bool is_site(std::string_view part, std::string_view site, std::string_view host) {
  const std::string folded = fold_title(part);
  const std::string folded_site = fold_title(site);
  if (folded.empty()) return true;
  if (!folded_site.empty() &&
      (folded == folded_site ||
       (folded.size() > 3 && folded_site.find(folded) != std::string::npos) ||
       (folded_site.size() > 3 && folded.find(folded_site) != std::string::npos))) {
    return true;
  }
  // "The Daily Example" on daily-example.com; "example.com".
  std::string name = fold_title(host.substr(0, host.rfind('.')));
  if (name.size() < 3) return false;
  return folded.find(name) != std::string::npos ||
         (folded.size() > 3 && name.find(folded) != std::string::npos);
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

/// True if one of the page's own titles holds `heading`.
bool is_confirmed(const std::string& heading, const Titles& titles) {
  const std::string folded = fold_title(heading);
  if (folded.empty()) return false;
  for (const std::string* title : {&titles.element, &titles.graph, &titles.linked}) {
    if (fold_title(*title).find(folded) != std::string::npos) return true;
  }
  return false;
}

std::string confirmed_heading(const html::Page& page, const std::vector<html::NodeId>& headings,
                              const Titles& titles, std::string_view site, std::string_view host) {
  for (const html::NodeId id : headings) {
    const std::string heading = line_of(page, id, kLongestHeading + 100);
    const std::size_t length = text::count_code_points(heading);
    if (length > kLongestHeading || heading.empty()) continue;
    const bool long_enough = length > kShortestHeading || count_words(heading) > 4;
    if (long_enough && is_confirmed(heading, titles) && !is_site(heading, site, host)) {
      return heading;
    }
  }
  return {};
}

}  // namespace

std::string without_site(std::string_view title, std::string_view site, std::string_view host) {
  // "Headline - Section - Site": cut while the tail is plainly not part of the headline.
  for (int cuts = 0; cuts < 3; ++cuts) {
    const auto last = split_last(title);
    if (!last) break;
    const bool named = is_site(last->tail, site, host);
    const bool slight = cuts == 0 && count_words(last->tail) <= 4 &&
                        count_words(last->head) >= 2 * count_words(last->tail);
    if ((!named && !slight) || count_words(last->head) == 0) break;
    title = text::trim(last->head);
  }
  const auto first = split_first(title);
  if (first && is_site(first->head, site, host) && count_words(first->tail) > 2) {
    title = text::trim(first->tail);
  }
  return std::string(title);
}

std::string find_title(const html::Page& page, const Signals& signals, const LinkedArticle* linked,
                       std::string_view site, std::string_view host) {
  Titles titles;
  if (signals.title != html::kNoNode) titles.element = line_of(page, signals.title);
  titles.graph = plain_text(signals.meta("og:title"));
  if (linked != nullptr) titles.linked = linked->headline;
  if (std::string heading = confirmed_heading(page, signals.headings, titles, site, host);
      !heading.empty()) {
    return heading;
  }
  if (!titles.linked.empty()) return titles.linked;
  if (!titles.graph.empty()) return without_site(titles.graph, site, host);
  if (!titles.element.empty()) return without_site(titles.element, site, host);
  for (const html::NodeId id : signals.headings) {
    if (std::string heading = line_of(page, id, kLongestHeading); !heading.empty()) return heading;
  }
  return {};
}

}  // namespace copydesk::extract
