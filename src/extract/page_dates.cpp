#include "extract/page_dates.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "extract/date_words.h"
#include "extract/plain.h"
#include "text/unicode.h"

namespace copydesk::extract {
namespace {

using html::Attribute;
using html::NodeId;
using Date = std::optional<DateTime>;

constexpr std::size_t kLongestDateLine = 400;  // bytes; a date's place holds little else
constexpr std::size_t kDateAlone = 40;         // bytes; a line of this length may be a date only
constexpr std::size_t kBeforeHeading = 80;     // runs of text
constexpr std::size_t kBehindHeading = 120;

bool is_same_day(const DateTime& a, const DateTime& b) noexcept {
  return a.year == b.year && a.month == b.month && a.day == b.day;
}

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
                    "published",
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
                    "datecreated",
                    "article:post_date",
                    "creation_date",
                    "release_date",
                    "video:release_date",
                    "og:release_date",
                    "weibo:article:create_at"});
}

/// Tags that do not say what the date is of, or are misspelt: often the day of the last change.
Date vague_meta(const Signals& signals, const DateContext& context) {
  return meta_date(signals, context,
                   {"og:article:published_time", "date", "dc.date", "dcterms.date", "created",
                    "timestamp", "time"});
}

/// A tag of a site's own naming: "published-date", "w-published-date", "article_publish_time".
Date other_published_meta(const Signals& signals, const DateContext& context) {
  for (const MetaTag& tag : signals.metas) {
    const bool publishes = tag.key.find("publish") != std::string::npos;
    const bool dates =
        tag.key.find("date") != std::string::npos || tag.key.find("time") != std::string::npos;
    if (!publishes || !dates) continue;
    if (Date date = parse_machine_date(tag.value, context)) return date;
  }
  return std::nullopt;
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

// ---------------------------------------------------------------------------------------------
// Dates that readers see

/// A date somewhere on the page, and how surely it is the article's.
struct SeenDate {
  DateTime date;
  int score = 0;
};

class SeenDates {
 public:
  SeenDates(const html::Page& page, const Signals& signals, const Places& places,
            const DateContext& context)
      : page_(page), places_(places), context_(context) {
    for (const NodeId id : signals.times) add_element(id, 3);
    for (const NodeId id : signals.date_places) add_element(id, 2);
    const std::size_t end = places.last_run(kBehindHeading);
    for (std::size_t run = places.first_run(kBeforeHeading); run < end; ++run) add_run(run);
    for (std::size_t run = end; !published && run < page.runs().size(); ++run) add_far_run(run);
  }

  /// The date of a page that has but one: it stands by itself somewhere, or is said to be that of
  /// publication, or stands by itself in a place of other articles.
  [[nodiscard]] Date only_date() const;
  /// The first date behind the headline, even in a box whose name is that of a teaser.
  [[nodiscard]] Date first_behind_headline() const;
  /// True if readers see `date` as that of publication, near the headline.
  [[nodiscard]] bool shows(const DateTime& date) const;

  std::optional<SeenDate> published;
  std::optional<SeenDate> modified;

 private:
  void add_element(NodeId id, int score);
  void add_run(std::size_t run);
  void add_far_run(std::size_t run);
  void add(const DateTime& date, DateEvent event, std::size_t run, int score);
  [[nodiscard]] DateEvent event_by_name(NodeId id) const;
  [[nodiscard]] DateEvent event_before(std::size_t run) const;
  template <typename Accept>
  [[nodiscard]] Date only_date_of(std::size_t longest, Accept accept) const;

  std::vector<SeenDate> candidates_;  // all that are not said to be of a change
  const html::Page& page_;
  const Places& places_;
  const DateContext& context_;
};

void SeenDates::add(const DateTime& date, DateEvent event, std::size_t run, int score) {
  const std::size_t distance = places_.distance(run);
  score += distance <= 12 ? 4 : distance <= 30 ? 3 : distance <= 60 ? 1 : 0;
  if (event == DateEvent::published) score += 2;
  auto& place = event == DateEvent::changed ? modified : published;
  if (event != DateEvent::changed) candidates_.push_back({date, score});
  if (score > 0 && (!place || score > place->score)) place = SeenDate{date, score};
}

/// What the class or itemprop of an element or its parent says.
DateEvent SeenDates::event_by_name(NodeId id) const {
  for (int level = 0; level < 2 && id != html::kNoNode; ++level, id = page_.node(id).parent) {
    for (const Attribute name : {Attribute::itemprop, Attribute::class_, Attribute::id}) {
      const DateEvent event = event_in(ascii_lower(page_.value(id, name).substr(0, 200)));
      if (event != DateEvent::none) return event;
    }
  }
  return DateEvent::none;
}

/// What the text just before a run says: "Updated:" may stand in an element of its own.
DateEvent SeenDates::event_before(std::size_t run) const {
  std::size_t looked = 0;
  for (std::size_t back = 1; back <= 3 && back <= run && looked < 2; ++back) {
    const std::string_view text = text::trim(page_.text(page_.runs()[run - back]));
    if (text.empty()) continue;
    if (text.size() > 60) return DateEvent::none;
    ++looked;
    const DateEvent event = event_in(text::fold_case(text));
    if (event != DateEvent::none) return event;
  }
  return DateEvent::none;
}

std::size_t first_digit(std::string_view text) noexcept {
  const auto found =
      std::find_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return static_cast<std::size_t>(found - text.begin());
}

bool has_digit(std::string_view text) noexcept {
  return first_digit(text) < text.size();
}

/// The text before its first date: "1 May. Updated: 3 May" is no change on the first.
std::string_view before_digits(std::string_view text) noexcept {
  return text.substr(0, first_digit(text));
}

void SeenDates::add_element(NodeId id, int score) {
  const html::Node& node = page_.node(id);
  if (node.text_end - node.text_begin > 4 * kLongestDateLine) return;
  const Date date = element_date(page_, id, context_);
  if (!date) return;
  if (places_.is_elsewhere(id)) score -= 4;
  DateEvent event = event_in(text::fold_case(before_digits(line_of(page_, id, 200))));
  if (event == DateEvent::none) event = event_by_name(id);
  if (event == DateEvent::none) event = event_before(node.run_begin);
  add(*date, event, node.run_begin, score);
}

void SeenDates::add_run(std::size_t run) {
  const std::string_view text = page_.text(page_.runs()[run]);
  if (text.size() < 6 || text.size() > kLongestDateLine) return;
  const Date date = parse_written_date(text, context_);
  if (!date || places_.is_elsewhere(page_.runs()[run].node)) return;
  DateEvent event = event_in(text::fold_case(before_digits(text)));
  if (event == DateEvent::none) event = event_before(run);
  // A date alone is a dateline; one in a sentence may be any day.
  add(*date, event, run, text::trim(text).size() <= kDateAlone ? 2 : text.size() <= 120 ? 1 : -1);
}

/// Far from the headline a date counts only if words with it say what it is.
void SeenDates::add_far_run(std::size_t run) {
  const std::string_view text = text::trim(page_.text(page_.runs()[run]));
  if (text.size() < 8 || text.size() > 120 || !has_digit(text)) return;
  DateEvent event = event_in(text::fold_case(text));
  if (event == DateEvent::none && text.size() <= kDateAlone) event = event_before(run);
  if (event != DateEvent::none) add_run(run);
}

bool SeenDates::shows(const DateTime& date) const {
  constexpr int kLeastScore = 5;
  return std::any_of(candidates_.begin(), candidates_.end(), [&](const SeenDate& seen) {
    return seen.score >= kLeastScore && is_same_day(seen.date, date);
  });
}

/// The date of the runs that `accept` takes, of `longest` bytes at most; none where they differ.
template <typename Accept>
Date SeenDates::only_date_of(std::size_t longest, Accept accept) const {
  Date found;
  for (std::size_t run = 0; run < page_.runs().size(); ++run) {
    const std::string_view text = text::trim(page_.text(page_.runs()[run]));
    if (text.size() < 8 || text.size() > longest || !has_digit(text)) continue;
    const Date date = parse_written_date(text, context_);
    if (!date || !accept(run, text)) continue;
    if (found && !is_same_day(*found, *date)) return std::nullopt;
    if (!found) found = date;
  }
  return found;
}

Date SeenDates::only_date() const {
  constexpr std::size_t kLongestLabelled = 120;  // bytes
  Date found = only_date_of(kDateAlone, [&](std::size_t run, std::string_view) {
    return !places_.is_elsewhere(page_.runs()[run].node);
  });
  if (found) return found;
  found = only_date_of(kLongestLabelled, [&](std::size_t run, std::string_view text) {
    DateEvent event = event_in(text::fold_case(before_digits(text)));
    if (event == DateEvent::none) event = event_before(run);
    return event == DateEvent::published;
  });
  if (found) return found;
  return only_date_of(kDateAlone, [](std::size_t, std::string_view) { return true; });
}

Date SeenDates::first_behind_headline() const {
  constexpr std::size_t kRuns = 12;
  constexpr std::size_t kLongest = 120;  // bytes; a date in a longer text may be any day
  const std::size_t begin = places_.last_run(0);
  if (begin == 0) return std::nullopt;  // no headline
  const std::size_t end = places_.last_run(kRuns);
  for (std::size_t run = begin; run < end; ++run) {
    const std::string_view text = text::trim(page_.text(page_.runs()[run]));
    if (text.size() < 8 || text.size() > kLongest || !has_digit(text)) continue;
    if (Date date = parse_written_date(text, context_)) return date;
  }
  return std::nullopt;
}

// ---------------------------------------------------------------------------------------------
// Agreement

long long day_number(const DateTime& date) noexcept {
  // Days of a calendar whose months have 31 days: enough to tell neighbours within a month.
  return (date.year * 12LL + date.month) * 31 + date.day;
}

/// True if `shown` is the day before or after `date`.
bool is_neighbour(const DateTime& date, const DateTime& shown) noexcept {
  const long long apart = day_number(date) - day_number(shown);
  if (apart == 1 || apart == -1) return true;
  // The last of one month and the first of the next.
  const DateTime& later = apart > 0 ? date : shown;
  const DateTime& earlier = apart > 0 ? shown : date;
  const long long months =
      (later.year * 12LL + later.month) - (earlier.year * 12LL + earlier.month);
  return later.day == 1 && earlier.day >= 28 && months == 1;
}

/// True if two dates are the same minute, given in different zones.
bool is_same_instant(const DateTime& a, const DateTime& b) noexcept {
  if (!a.minute_of_day || !b.minute_of_day || !a.zone_minutes || !b.zone_minutes) return false;
  int days = 0;
  if (!is_same_day(a, b)) {
    if (!is_neighbour(a, b)) return false;
    days = day_number(a) > day_number(b) ? 1 : -1;
  }
  return days * 1440 + *a.minute_of_day - *a.zone_minutes == *b.minute_of_day - *b.zone_minutes;
}

/// True if somewhere on Earth it is the day `shown` at the instant `date`, which is given in UTC.
bool is_day_somewhere(const DateTime& date, const DateTime& shown) noexcept {
  constexpr int kFarthestWest = 12 * 60;  // minutes
  constexpr int kFarthestEast = 14 * 60;
  if (!date.minute_of_day || !is_neighbour(date, shown)) return false;
  return day_number(shown) < day_number(date) ? *date.minute_of_day < kFarthestWest
                                              : *date.minute_of_day >= 24 * 60 - kFarthestEast;
}

/// The day at home, where `date` is in UTC only.
void prefer_home(DateTime& date, const html::Page& page, const Signals& signals,
                 const SeenDates& seen, std::string_view url, const DateContext& context) {
  if (date.zone_minutes != 0 || !date.minute_of_day) return;
  for (const NodeId id : signals.times) {
    const Date other = parse_machine_date(page.value(id, Attribute::datetime), context);
    if (other && other->zone_minutes != 0 && is_same_instant(date, *other)) {
      date = *other;
      return;
    }
  }
  constexpr int kSure = 6;
  if (seen.published && seen.published->score >= kSure && seen.published->date.zone_minutes != 0 &&
      is_day_somewhere(date, seen.published->date)) {
    date = seen.published->date;
    return;
  }
  const Date in_url = date_in_url(url);
  if (in_url && is_day_somewhere(date, *in_url)) date = *in_url;
}

/// True if day and month of one may stand in the other's place: 2021-01-11 and 2021-11-01.
bool is_swapped(const DateTime& a, const DateTime& b) noexcept {
  return a.year == b.year && a.month == b.day && a.day == b.month;
}

/// Where the page shows its readers another day than it declares, theirs counts: declared dates are
/// often those of a draft, of an import or of the last change. Not where the day that is shown is
/// said to be that of a change, nor where the declared day is shown too. `vague`: where the page
/// does not say what the declared date is of.
void prefer_shown(PageDates& dates, const SeenDates& seen, bool vague) {
  constexpr int kSureOfChange = 5;  // a declared change on the same day bears it out
  const int sure = vague ? 3 : 6;
  if (!dates.published || !seen.published) return;
  const DateTime& shown = seen.published->date;
  if (is_same_day(*dates.published, shown) || is_swapped(*dates.published, shown)) return;
  if (seen.modified && is_same_day(seen.modified->date, shown)) return;
  if (seen.shows(*dates.published)) return;
  const bool changed = dates.modified && is_same_day(*dates.modified, shown);
  // A day behind the last change is one that the article is about.
  if (dates.modified && day_number(shown) > day_number(*dates.modified)) return;
  if (seen.published->score < (changed ? std::min(kSureOfChange, sure) : sure)) return;
  dates.published = changed ? *dates.modified : shown;
}

}  // namespace

PageDates find_dates(const html::Page& page, const Signals& signals, const Places& places,
                     const LinkedArticle* linked, std::string_view url,
                     const DateContext& context) {
  PageDates dates;
  if (linked != nullptr) {
    dates.published = parse_machine_date(linked->published, context);
    dates.modified = parse_machine_date(linked->modified, context);
  }
  if (!dates.published) dates.published = published_meta(signals, context);
  bool vague = false;
  if (!dates.published) {
    dates.published = vague_meta(signals, context);
    vague = dates.published.has_value();
  }
  if (!dates.published) dates.published = other_published_meta(signals, context);
  if (!dates.modified) dates.modified = modified_meta(signals, context);
  if (!dates.published) {
    dates.published = property_date(page, signals, context,
                                    {"datepublished", "datecreated", "dc:date", "dc:created"});
  }
  if (!dates.modified) dates.modified = property_date(page, signals, context, {"datemodified"});
  const SeenDates seen(page, signals, places, context);
  if (!dates.published) {
    dates.published = date_in_url(url);
    // The day in a URL is that of the first draft; the time is only on the page.
    if (seen.published &&
        (!dates.published || is_same_day(*dates.published, seen.published->date) ||
         is_neighbour(*dates.published, seen.published->date))) {
      dates.published = seen.published->date;
    }
  }
  if (dates.published) prefer_home(*dates.published, page, signals, seen, url, context);
  prefer_shown(dates, seen, vague);
  if (!dates.modified && seen.modified) dates.modified = seen.modified->date;
  if (!dates.published) dates.published = dates.modified;
  if (!dates.published) dates.published = seen.only_date();
  if (!dates.published) dates.published = seen.first_behind_headline();
  return dates;
}

}  // namespace copydesk::extract
