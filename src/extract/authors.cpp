#include "extract/authors.h"

#include <algorithm>

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

/// True for a place where other people's names stand: comments, teasers, navigation.
bool is_elsewhere(const html::Page& page, NodeId id) {
  static constexpr std::string_view kMarks[] = {"comment",   "related", "sidebar", "teaser",
                                                "recommend", "widget",  "footer"};
  for (int depth = 0; id != html::kNoNode && depth < 30; id = page.node(id).parent, ++depth) {
    const html::Tag tag = page.node(id).tag;
    if (tag == html::Tag::body) return false;
    if (tag == html::Tag::nav || tag == html::Tag::footer || tag == html::Tag::aside) return true;
    for (const Attribute name : {Attribute::class_, Attribute::id}) {
      const std::string value = ascii_lower(page.value(id, name).substr(0, 200));
      for (const std::string_view mark : kMarks) {
        if (value.find(mark) != std::string::npos) return true;
      }
    }
  }
  return false;
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

Names byline_names(const html::Page& page, const Signals& signals, std::string_view site) {
  for (const NodeId id : signals.bylines) {
    if (page.node(id).tag == html::Tag::body || page.node(id).tag == html::Tag::html) continue;
    if (is_elsewhere(page, id)) continue;
    Names all;
    for (const std::string& name : names_of(page, id)) {
      if (is_printed_name(name) && !is_site_name(name, site)) add_names(all, {name});
    }
    if (!all.empty()) return all;
  }
  return {};
}

}  // namespace

Names find_authors(const html::Page& page, const Signals& signals, const LinkedArticle* linked,
                   std::string_view site) {
  if (Names names = linked_names(linked, false, site); !names.empty()) return names;
  if (Names names = meta_names(signals, false, site); !names.empty()) return names;
  if (Names names = byline_names(page, signals, site); !names.empty()) return names;
  if (Names names = linked_names(linked, true, site); !names.empty()) return names;
  return meta_names(signals, true, site);
}

}  // namespace copydesk::extract
