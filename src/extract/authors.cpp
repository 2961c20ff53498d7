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

constexpr std::size_t kMaxAuthors = 50;

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

/// True for "example.com".
bool is_host_name(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  return dot != std::string::npos && dot >= 3 && name.find(' ') == std::string::npos &&
         name.size() - dot >= 3 && name.size() - dot <= 5 &&
         text::is_lower(static_cast<unsigned char>(name.back()));
}

/// What names of the two kinds are wanted: those of people, or of groups that stand for them.
enum class Kind { person, group };

Names names_of_kind(std::string_view written, Kind kind, bool organisation, std::string_view site) {
  const std::string whole = plain_text(written);
  if (organisation || is_site_name(whole, site) || is_host_name(whole)) {
    return kind == Kind::group && !whole.empty() && whole.size() <= 100 ? Names{whole} : Names{};
  }
  Names names = names_in_byline(whole);
  std::erase_if(names, [&](const std::string& name) {
    return (is_site_name(name, site) || is_host_name(name)) != (kind == Kind::group);
  });
  if (!names.empty() || kind == Kind::person) return names;
  // "Example Staff" is nobody, but all that the page says; "Staff" alone says nothing.
  const std::string folded = text::fold_case(whole);
  if (is_role(folded) && !is_nobody(folded) && whole.find(' ') != std::string::npos &&
      whole.size() <= 60) {
    names.push_back(whole);
  }
  return names;
}

Names linked_names(const LinkedArticle* linked, Kind kind, std::string_view site) {
  Names all;
  if (linked == nullptr) return all;
  for (const LinkedAuthor& author : linked->authors) {
    add_names(all, names_of_kind(author.name, kind, author.organisation, site));
  }
  return all;
}

bool is_address(std::string_view value) {
  return value.find("//") != std::string_view::npos || value.substr(0, 4) == "www." ||
         value.find('@') != std::string_view::npos || value.substr(0, 1) == "/";
}

/// Libraries write "Doe, Jane".
std::string in_reading_order(const std::string& name) {
  const std::size_t comma = name.find(", ");
  if (comma == std::string::npos || name.find(',', comma + 1) != std::string::npos) return name;
  return name.substr(comma + 2) + ' ' + name.substr(0, comma);
}

Names meta_names(const Signals& signals, Kind kind, std::string_view site) {
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
      add_names(all, key.substr(0, 8) == "citation" || key.substr(0, 2) == "dc"
                         ? Names{in_reading_order(plain_text(tag.value))}
                         : names_of_kind(tag.value, kind, false, site));
    }
    if (!all.empty()) return all;
  }
  if (kind == Kind::group) return {};
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

/// The name in a box that holds more: among its first texts, one that is nothing but names.
Names first_names_in(const html::Page& page, NodeId id) {
  int looked = 0;
  for (std::uint32_t run = page.node(id).run_begin; run < page.node(id).run_end; ++run) {
    const std::string_view text = text::trim(page.text(page.runs()[run]));
    if (text.empty()) continue;
    if (++looked > 4) break;
    Names names = names_in_byline(text);
    std::erase_if(names, [](const std::string& name) {
      return !is_printed_name(name) || name.find(' ') == std::string::npos;
    });
    if (!names.empty()) return names;
  }
  return {};
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
  all = names_in_byline(line_of(page, id, 500));
  return all.empty() ? first_names_in(page, id) : all;
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
  constexpr std::size_t kFar = 1000;  // runs: an author's box behind the article, not a byline
  Byline best;
  for (const NodeId id : signals.bylines) {
    if (page.node(id).tag == html::Tag::body || page.node(id).tag == html::Tag::html) continue;
    std::size_t distance = places.distance(page.node(id).run_begin);
    if (!best.names.empty() && distance >= best.distance) continue;
    if (places.is_listed(id)) continue;
    if (places.is_elsewhere(id)) distance += kFar;
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

/// How much of a line's beginning is what names follow: "By", "Written by".
std::size_t label_length(std::string_view line) {
  return byline_prefix(text::fold_case(line.substr(0, 80)));
}

/// A name follows this text: it is nothing but "Written by:", or ends with "by".
bool leads_to_name(std::string_view text) {
  const std::string folded = text::fold_case(text);
  if (byline_prefix(folded) == folded.size()) return true;
  const std::size_t space = folded.rfind(' ');
  const std::string_view word =
      std::string_view(folded).substr(space == std::string::npos ? 0 : space + 1);
  return word == "by" || word == "von" || word == "par" || word == "por" || word == "door";
}

/// Text without the signs before its first letter: "- By Jane Doe".
std::string_view from_first_letter(std::string_view text) {
  static constexpr std::string_view kSigns = " \t\n\r-|/*:.,";
  text.remove_prefix(std::min(text.find_first_not_of(kSigns), text.size()));
  while (text.substr(0, 2) == "\u00A0") text.remove_prefix(2);
  text.remove_prefix(std::min(text.find_first_not_of(kSigns), text.size()));
  return text;
}

/// Lines near the headline that begin with "By", and names behind "posted on ... by".
Names line_names(const html::Page& page, const Places& places, std::string_view site) {
  constexpr std::size_t kBefore = 12;  // runs
  constexpr std::size_t kBehind = 40;
  constexpr std::size_t kLongestLine = 200;
  NodeId last = html::kNoNode;
  const std::size_t end = places.last_run(kBehind);
  bool led = false;  // the text before leads to a name
  for (std::size_t run = places.first_run(kBefore); run < end; ++run) {
    const std::string_view text = text::trim(from_first_letter(page.text(page.runs()[run])));
    if (text.empty() || places.is_elsewhere(page.runs()[run].node)) continue;
    Names names;
    bool sure = led;
    if (led) names = names_in_byline(text);
    led = text.size() <= kLongestLine && leads_to_name(text);
    const NodeId block = block_of(page, page.runs()[run].node);
    if (names.empty() && block != last) {
      last = block;
      const std::string whole = line_of(page, block, kLongestLine + 50);
      const std::string_view line = from_first_letter(whole);
      const std::size_t label = whole.size() <= kLongestLine ? label_length(line) : 0;
      if (label > 0) names = names_in_byline(line);
      sure = label > 5;  // more than "By" or "Von"
    }
    keep_printed(names, site, false);
    // After a mere "By" a name has a first and a last part, or is of another script.
    if (!sure) {
      std::erase_if(names, [](const std::string& name) {
        return name.find(' ') == std::string::npos && static_cast<unsigned char>(name[0]) < 0x80;
      });
    }
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
  Names names = linked_names(linked, Kind::person, site);
  if (names.empty()) names = meta_names(signals, Kind::person, site);
  if (!names.empty()) {
    complete_from_byline(names, page, signals, places, site);
    return names;
  }
  names = byline_names(page, signals, places, site);
  if (names.empty()) names = line_names(page, places, site);
  if (names.empty()) names = linked_names(linked, Kind::group, site);
  if (names.empty()) names = meta_names(signals, Kind::group, site);
  return names;
}

}  // namespace copydesk::extract
