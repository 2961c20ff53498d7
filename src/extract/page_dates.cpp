#include "extract/page_dates.h"

#include <algorithm>
#include <array>
#include <string>

#include "extract/plain.h"
#include "text/unicode.h"

namespace copydesk::extract {
namespace {

using html::Attribute;
using html::NodeId;
using html::Tag;
using Date = std::optional<DateTime>;

constexpr std::size_t kLongestDateLine = 400;  // bytes; a date's place holds little else
constexpr std::size_t kBeforeHeading = 30;     // runs of text
constexpr std::size_t kBehindHeading = 60;

Date meta_date(const Signals& signals, const DateContext& context,
               std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    const std::string_view value = signals.meta(key);
    if (value.empty()) continue;
    if (Date date = parse_machine_date(value, context)) return date;
  }
  return std::nullopt;
}

Date published_meta(const Signals& signals, const DateContext& context) {
  return meta_date(signals, context,
                   {"article:published_time",
                    "og:article:published_time",
                    "article:published",
                    "datepublished",
                    "og:published_time",
                    "published_time",
                    "parsely-pub-date",
                    "sailthru.date",
                    "cxenseparse:recs:publishtime",
                    "cxenseparse:publishtime",
                    "originalpublicationdate",
                    "rnews:datepublished",
                    "article_date_original",
                    "article.published",
                    "publishdate",
                    "publish-date",
                    "publish_date",
                    "publication_date",
                    "publication-date",
                    "pubdate",
                    "pub_date",
                    "date.published",
                    "bt:pubdate",
                    "displaydate",
                    "vr:published_time",
                    "mediator_published_time",
                    "og:pubdate",
                    "dc.date.issued",
                    "dcterms.issued",
                    "dcterms.created",
                    "dc.date.created",
                    "citation_publication_date",
                    "citation_online_date",
                    "citation_date",
                    "date",
                    "dc.date",
                    "dcterms.date",
                    "datecreated",
                    "article:post_date",
                    "created",
                    "creation_date",
                    "release_date",
                    "video:release_date",
                    "og:release_date",
                    "weibo:article:create_at",
                    "timestamp",
                    "time"});
}

Date modified_meta(const Signals& signals, const DateContext& context) {
  return meta_date(signals, context,
                   {"article:modified_time", "og:article:modified_time", "og:updated_time",
                    "datemodified", "article:modified", "article:updated_time", "dcterms.modified",
                    "dc.date.modified", "last-modified", "lastmod", "modified_time", "updated_time",
                    "revised", "sailthru.updated_date"});
}

/// The date of an element: in its attributes, else in its text.
Date element_date(const html::Page& page, NodeId id, const DateContext& context) {
  for (const Attribute name : {Attribute::datetime, Attribute::content, Attribute::title}) {
    const std::string_view value = page.value(id, name);
    if (value.empty()) continue;
    if (Date date = parse_machine_date(value, context)) return date;
  }
  const std::string line = line_of(page, id, kLongestDateLine + 50);
  if (line.size() > kLongestDateLine) return std::nullopt;
  return parse_written_date(line, context);
}

Date property_date(const html::Page& page, const Signals& signals, const DateContext& context,
                   std::initializer_list<std::string_view> names) {
  for (const NodeId id : signals.properties) {
    for (const Attribute attribute : {Attribute::itemprop, Attribute::property}) {
      const std::string value = ascii_lower(page.value(id, attribute).substr(0, 100));
      for (const std::string_view name : names) {
        if (value.find(name) == std::string::npos) continue;
        if (Date date = element_date(page, id, context)) return date;
      }
    }
  }
  return std::nullopt;
}

std::string names_around(const html::Page& page, NodeId id) {
  std::string names;
  for (int level = 0; level < 2 && id != html::kNoNode; ++level, id = page.node(id).parent) {
    names.append(page.value(id, Attribute::class_).substr(0, 200)).append(" ");
    names.append(page.value(id, Attribute::id).substr(0, 100)).append(" ");
    names.append(page.value(id, Attribute::itemprop).substr(0, 100)).append(" ");
  }
  return ascii_lower(names);
}

bool is_elsewhere(const html::Page& page, NodeId id) {
  static constexpr std::string_view kMarks[] = {"comment",   "related", "sidebar", "teaser",
                                                "recommend", "widget",  "footer",  "latest",
                                                "popular",   "more-"};
  for (int depth = 0; id != html::kNoNode && depth < 30; id = page.node(id).parent, ++depth) {
    const Tag tag = page.node(id).tag;
    if (tag == Tag::body) return false;
    if (tag == Tag::nav || tag == Tag::footer || tag == Tag::aside) return true;
    for (const Attribute name : {Attribute::class_, Attribute::id}) {
      const std::string value = ascii_lower(page.value(id, name).substr(0, 200));
      for (const std::string_view mark : kMarks) {
        if (value.find(mark) != std::string::npos) return true;
      }
    }
  }
  return false;
}

bool speaks_of_change(const std::string& names) {
  return names.find("update") != std::string::npos || names.find("modif") != std::string::npos ||
         names.find("edited") != std::string::npos;
}

void time_dates(const html::Page& page, const Signals& signals, const DateContext& context,
                PageDates& dates) {
  for (const NodeId id : signals.times) {
    if (dates.published && dates.modified) return;
    if (is_elsewhere(page, id)) continue;
    const bool change = speaks_of_change(names_around(page, id));
    Date& place = change ? dates.modified : dates.published;
    if (!place) place = element_date(page, id, context);
  }
}

Date place_date(const html::Page& page, const Signals& signals, const DateContext& context) {
  for (const NodeId id : signals.date_places) {
    if (page.node(id).text_end - page.node(id).text_begin > 4 * kLongestDateLine) continue;
    if (is_elsewhere(page, id) || speaks_of_change(names_around(page, id))) continue;
    if (Date date = element_date(page, id, context)) return date;
  }
  return std::nullopt;
}

/// The first date in the short texts around the main heading, then anywhere above the fold.
Date nearby_date(const html::Page& page, const Signals& signals, const DateContext& context) {
  const auto runs = page.runs();
  std::size_t heading = 0;
  if (!signals.headings.empty()) heading = page.node(signals.headings.front()).run_end;
  const std::size_t begin = heading - std::min(heading, kBeforeHeading);
  const std::size_t end = std::min(runs.size(), heading + kBehindHeading);
  const auto date_of = [&](std::size_t run) -> Date {
    const std::string_view text = page.text(runs[run]);
    if (text.size() < 6 || text.size() > kLongestDateLine) return std::nullopt;
    return parse_written_date(text, context);
  };
  for (std::size_t run = heading; run < end; ++run) {
    if (Date date = date_of(run)) return date;
  }
  for (std::size_t run = begin; run < std::min(heading, runs.size()); ++run) {
    if (Date date = date_of(run)) return date;
  }
  return std::nullopt;
}

}  // namespace

PageDates find_dates(const html::Page& page, const Signals& signals, const LinkedArticle* linked,
                     std::string_view url, const DateContext& context) {
  PageDates dates;
  if (linked != nullptr) {
    dates.published = parse_machine_date(linked->published, context);
    dates.modified = parse_machine_date(linked->modified, context);
  }
  if (!dates.published) dates.published = published_meta(signals, context);
  if (!dates.modified) dates.modified = modified_meta(signals, context);
  if (!dates.published) {
    dates.published = property_date(page, signals, context,
                                    {"datepublished", "datecreated", "dc:date", "dc:created"});
  }
  if (!dates.modified) {
    dates.modified = property_date(page, signals, context, {"datemodified"});
  }
  if (!dates.published) dates.published = date_in_url(url);
  if (!dates.published || !dates.modified) time_dates(page, signals, context, dates);
  if (!dates.published) dates.published = place_date(page, signals, context);
  if (!dates.published) dates.published = nearby_date(page, signals, context);
  if (!dates.published) dates.published = dates.modified;
  return dates;
}

}  // namespace copydesk::extract
