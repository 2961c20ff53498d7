#include "extract/authors.h"

#include <algorithm>
#include <utility>

#include "extract/byline_words.h"
#include "extract/plain.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::extract {
namespace {

using html::Attribute;
using html::NodeId;
using Names = std::vector<std::string>;

constexpr std::size_t kMaxAuthors = 20;

bool is_site_name(const std::string& name, std::string_view site) {
  return !site.empty() && fold_title(name) == fold_title(site);
}

void add_names(Names& all, const Names& names) {
  for (const std::string& name : names) {
    if (all.size() >= kMaxAuthors) return;
    const std::string folded = fold_title(name);
    const bool known = std::any_of(all.begin(), all.end(), [&](const std::string& other) {
      return fold_title(other) == folded;
    });
    if (!known) all.push_back(name);
  }
}

/// Names of the linked article's persons, or of its organisations.
Names linked_names(const LinkedArticle* linked, bool organisations, std::string_view site) {
  Names all;
  if (linked == nullptr) return all;
  for (const LinkedAuthor& author : linked->authors) {
    for (const std::string& name : names_in_byline(author.name)) {
      const bool group = author.organisation || is_site_name(name, site);
      if (group == organisations) add_names(all, {name});
    }
  }
  return all;
}

bool is_address(std::string_view value) {
  return value.find("//") != std::string_view::npos || value.substr(0, 4) == "www." ||
         value.find('@') != std::string_view::npos || value.substr(0, 1) == "/";
}

Names meta_names(const Signals& signals, bool organisations, std::string_view site) {
  static constexpr std::string_view kKeys[] = {"author",
                                               "article:author",
                                               "parsely-author",
                                               "sailthru.author",
                                               "dc.creator",
                                               "dcterms.creator",
                                               "dc.contributor",
                                               "citation_author",
                                               "byl",
                                               "article:author_name",
                                               "og:article:author",
                                               "authors",
                                               "cxenseparse:author",
                                               "cxenseparse:recs:author",
                                               "article.author",
                                               "creator",
                                               "shareaholic:article_author_name",
                                               "rbauthors",
                                               "mediator_author",
                                               "og:author",
                                               "dcsext.author",
                                               "vr:author",
                                               "author-name",
                                               "byline"};
  for (const std::string_view key : kKeys) {
    Names all;
    for (const MetaTag& tag : signals.metas) {
      if (tag.key != key || is_address(tag.value)) continue;
      for (const std::string& name : names_in_byline(tag.value)) {
        if (is_site_name(name, site) == organisations) add_names(all, {name});
      }
    }
    if (!all.empty()) return all;
  }
  if (organisations) return {};
  // Twitter cards: label1 "Written by", data1 the name.
  const std::string label = ascii_lower(signals.meta("twitter:label1"));
  if (label.find("by") != std::string::npos || label.find("verfasst") != std::string::npos ||
      label.find("author") != std::string::npos || label.find("par") != std::string::npos) {
    return names_in_byline(signals.meta("twitter:data1"));
  }
  return {};
}

/// Names that look like names of people as a byline prints them: each word that counts is a
/// capital's, or of a script without case.
bool is_printed_name(const std::string& name) {
  std::size_t words = 0;
  bool begins = true;
  for (std::size_t at = 0; at < name.size();) {
    const char32_t c = text::next_code_point(name, at);
    if (begins && text::is_letter(c)) {
      ++words;
      if (words == 1 && text::is_lower(c)) return false;
    }
    begins = text::is_space(c);
  }
  return words > 0 && words <= 5;
}

/// `itemprop=name` inside an author's element, or the element's own line.
Names names_of(const html::Page& page, NodeId id) {
  Names all;
  const NodeId end = page.node(id).subtree_end;
  for (NodeId inner = id; inner < end; ++inner) {
    if (page.value(inner, Attribute::itemprop) != "name") continue;
    const std::string_view content = page.value(inner, Attribute::content);
    add_names(all, names_in_byline(content.empty() ? line_of(page, inner, 500) : content));
  }
  if (!all.empty()) return all;
  // Links inside a byline are the names; the rest is "By", roles and dates.
  for (NodeId inner = id; inner < end && all.size() < kMaxAuthors; ++inner) {
    if (page.node(inner).tag != html::Tag::a) continue;
    const std::string_view rel = page.value(inner, Attribute::rel);
    const std::string href = ascii_lower(page.value(inner, Attribute::href).substr(0, 300));
    if (rel.find("author") != std::string_view::npos || href.find("author") != std::string::npos ||
        href.find("autor") != std::string::npos || href.find("/profile") != std::string::npos ||
        href.find("/people/") != std::string::npos || href.find("/staff") != std::string::npos ||
        href.find("/by/") != std::string::npos || href.find("contributor") != std::string::npos) {
      add_names(all, names_in_byline(line_of(page, inner, 500)));
    }
  }
  if (!all.empty()) return all;
  return names_in_byline(line_of(page, id, 500));
}

/// Keeps what a byline may print as a name. A single word of small letters is a blogger's handle,
/// and only counts where the element is plainly for the author.
void keep_printed(Names& names, std::string_view site, bool handles) {
  std::erase_if(names, [&](const std::string& name) {
    const bool handle = handles && name.find(' ') == std::string::npos && name.size() >= 3;
    return (!is_printed_name(name) && !handle) || is_site_name(name, site);
  });
}

/// True for elements whose class is about one author's name, not about a box that holds it.
bool is_name_element(const html::Page& page, NodeId id) {
  return page.node(id).text_end - page.node(id).text_begin <= 80;
}

struct Byline {
  Names names;
  std::size_t distance = 0;
};

/// The names of the byline element that stands nearest to the headline.
Names byline_names(const html::Page& page, const Signals& signals, const Places& places,
                   std::string_view site) {
  Byline best;
  for (const NodeId id : signals.bylines) {
    if (page.node(id).tag == html::Tag::body || page.node(id).tag == html::Tag::html) continue;
    const std::size_t distance = places.distance(page.node(id).run_begin);
    if (!best.names.empty() && distance >= best.distance) continue;
    if (places.is_elsewhere(id)) continue;
    Names names = names_of(page, id);
    keep_printed(names, site, is_name_element(page, id));
    if (!names.empty()) best = {std::move(names), distance};
  }
  return std::move(best.names);
}

/// The block that directly holds a run.
NodeId block_of(const html::Page& page, NodeId id) {
  while (page.node(id).parent != html::kNoNode && !html::is_block(page.node(id).tag)) {
    id = page.node(id).parent;
  }
  return id;
}

/// True if `line` begins like a byline: "By Jane Doe".
bool begins_like_byline(std::string_view line) {
  return byline_prefix(text::fold_case(line.substr(0, 80))) > 0;
}

/// The last word of a text is one that a name follows ("posted on 1 May by").
bool ends_like_byline(std::string_view text) {
  const std::string folded = text::fold_case(text::trim(text));
  const std::size_t space = folded.rfind(' ');
  const std::string_view word = space == std::string::npos
                                    ? std::string_view(folded)
                                    : std::string_view(folded).substr(space + 1);
  return word == "by" || word == "von" || word == "par" || word == "por" || word == "door";
}

/// Lines near the headline that begin with "By", and names behind "posted on ... by".
Names line_names(const html::Page& page, const Places& places, std::string_view site) {
  constexpr std::size_t kBefore = 12;  // runs
  constexpr std::size_t kBehind = 40;
  constexpr std::size_t kLongestLine = 200;
  NodeId last = html::kNoNode;
  const std::size_t end = places.last_run(kBehind);
  for (std::size_t run = places.first_run(kBefore); run < end; ++run) {
    const std::string_view text = text::trim(page.text(page.runs()[run]));
    if (text.empty() || places.is_elsewhere(page.runs()[run].node)) continue;
    Names names;
    if (ends_like_byline(text) && text.size() <= kLongestLine && run + 1 < end) {
      names = names_in_byline(page.text(page.runs()[run + 1]));
    }
    const NodeId block = block_of(page, page.runs()[run].node);
    if (names.empty() && block != last) {
      last = block;
      const std::string line = line_of(page, block, kLongestLine + 50);
      if (line.size() <= kLongestLine && begins_like_byline(line)) names = names_in_byline(line);
    }
    keep_printed(names, site, false);
    // Without a class to confirm it, a name has a first and a last part, or is of another script.
    std::erase_if(names, [](const std::string& name) {
      return name.find(' ') == std::string::npos && static_cast<unsigned char>(name[0]) < 0x80;
    });
    if (!names.empty()) return names;
  }
  return {};
}

bool has_name(const Names& names, const std::string& wanted) {
  const std::string folded = fold_title(wanted);
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return fold_title(name) == folded; });
}

/// Data for machines often names the first author only; the byline that holds it names all.
void complete_from_byline(Names& names, const html::Page& page, const Signals& signals,
                          const Places& places, std::string_view site) {
  if (names.size() != 1) return;
  Names printed = byline_names(page, signals, places, site);
  keep_printed(printed, site, false);
  if (printed.size() > 1 && printed.size() <= 8 && has_name(printed, names.front())) {
    names = std::move(printed);
  }
}

}  // namespace

Names find_authors(const html::Page& page, const Signals& signals, const Places& places,
                   const LinkedArticle* linked, std::string_view site) {
  Names names = linked_names(linked, false, site);
  if (names.empty()) names = meta_names(signals, false, site);
  if (!names.empty()) {
    complete_from_byline(names, page, signals, places, site);
    return names;
  }
  names = byline_names(page, signals, places, site);
  if (names.empty()) names = line_names(page, places, site);
  if (names.empty()) names = linked_names(linked, true, site);
  if (names.empty()) names = meta_names(signals, true, site);
  return names;
}

}  // namespace copydesk::extract
