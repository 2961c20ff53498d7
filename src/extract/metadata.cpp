#include "extract/metadata.h"

#include <algorithm>
#include <string>
#include <utility>

#include "extract/authors.h"
#include "extract/page_dates.h"
#include "extract/plain.h"
#include "extract/signals.h"
#include "extract/titles.h"
#include "text/language.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::extract {
namespace {

constexpr std::size_t kMaxTags = 100;
constexpr std::size_t kLongestTag = 100;       // bytes; what is longer is a sentence
constexpr std::size_t kLanguageSample = 1200;  // bytes
constexpr std::size_t kFirstSample = 400;      // bytes

template <std::size_t Size>
std::string first_meta(const Signals& signals, const std::string_view (&keys)[Size]) {
  for (const std::string_view key : keys) {
    if (std::string value = plain_text(signals.meta(key)); !value.empty()) return value;
  }
  return {};
}

std::string find_url(const Signals& signals, const LinkedData& data, std::string_view url) {
  const std::string base(url.empty() ? signals.base : url);
  for (const std::string_view candidate : {signals.canonical, signals.meta("og:url")}) {
    std::string found = absolute_url(plain_text(candidate), base);
    if (!host_of(found).empty()) return found;
  }
  if (!url.empty()) return std::string(url);
  for (const LinkedArticle& article : data.articles) {
    if (!article.nested && !host_of(article.url).empty()) return article.url;
  }
  return {};
}

std::string find_site(const Signals& signals, const LinkedData& data, const LinkedArticle* linked,
                      const std::string& host) {
  static constexpr std::string_view kKeys[] = {
      "og:site_name", "application-name",           "dc.publisher",
      "publisher",    "apple-mobile-web-app-title", "cre"};
  std::string site = plain_text(signals.meta("og:site_name"));
  if (site.empty() && linked != nullptr) site = linked->publisher;
  if (site.empty()) site = data.site_name;
  if (site.empty()) site = first_meta(signals, kKeys);
  if (site.empty()) site = data.organisation_name;
  return site.empty() ? host : site;
}

/// Text for the language detector: that of the body's paragraphs, or of all that is there.
std::string language_sample(const html::Page& page) {
  std::string sample;
  for (html::NodeId id = 0; id < page.size() && sample.size() < kLanguageSample; ++id) {
    if (page.node(id).tag != html::Tag::p) continue;
    const std::string_view text = page.text(id);
    if (text.size() < 60) continue;
    sample.append(text.substr(0, 400)).append("\n");
  }
  if (sample.size() > 300) return text::repair_utf8(sample);
  const html::NodeId body = page.find_first(html::Tag::body);
  return line_of(page, body == html::kNoNode ? 0 : body, kLanguageSample);
}

/// The detector's word where it is sure; else what is declared. Where the first sentences bear out
/// what is declared, the rest is not asked.
std::string find_language(const html::Page& page, const Signals& signals,
                          const LinkedArticle* linked) {
  static constexpr std::string_view kKeys[] = {"og:locale", "content-language", "language",
                                               "dc.language", "dcterms.language"};
  std::string declared = text::primary_language(signals.language_tag);
  for (const std::string_view key : kKeys) {
    if (declared.empty()) declared = text::primary_language(plain_text(signals.meta(key)));
  }
  if (declared.empty() && linked != nullptr) declared = text::primary_language(linked->language);
  const std::string sample = language_sample(page);
  if (!declared.empty() && sample.size() > kFirstSample) {
    const text::Language first = text::detect_language(text::whole_prefix(sample, kFirstSample));
    if (first.reliable && first.code == declared) return declared;
  }
  const text::Language detected = text::detect_language(sample);
  if (detected.reliable && !detected.code.empty()) return detected.code;
  return declared.empty() ? detected.code : declared;
}

std::string find_description(const Signals& signals, const LinkedArticle* linked) {
  static constexpr std::string_view kKeys[] = {"og:description", "description",
                                               "twitter:description", "dc.description",
                                               "sailthru.description"};
  std::string found = first_meta(signals, kKeys);
  if (found.empty() && linked != nullptr) found = linked->description;
  return found;
}

std::string find_image(const Signals& signals, const LinkedArticle* linked,
                       const std::string& base) {
  static constexpr std::string_view kKeys[] = {"og:image:secure_url",
                                               "og:image",
                                               "og:image:url",
                                               "twitter:image",
                                               "twitter:image:src",
                                               "image",
                                               "parsely-image-url",
                                               "sailthru.image.full",
                                               "thumbnail"};
  std::string found = first_meta(signals, kKeys);
  if (found.empty() && linked != nullptr) found = linked->image;
  if (found.empty()) found = plain_text(signals.image_link);
  return absolute_url(found, base);
}

std::string find_section(const Signals& signals, const LinkedArticle* linked) {
  static constexpr std::string_view kKeys[] = {"article:section",
                                               "parsely-section",
                                               "section",
                                               "category",
                                               "og:article:section",
                                               "articlesection",
                                               "cxenseparse:category",
                                               "sailthru.section",
                                               "dc.subject.section"};
  std::string found = plain_text(signals.meta("article:section"));
  if (found.empty() && linked != nullptr) found = linked->section;
  return found.empty() ? first_meta(signals, kKeys) : found;
}

void add_tags(std::vector<std::string>& tags, std::string_view list) {
  while (!list.empty() && tags.size() < kMaxTags) {
    const std::size_t comma = std::min(list.find_first_of(",;"), list.size());
    std::string tag = text::collapse_space(list.substr(0, comma));
    list.remove_prefix(std::min(list.size(), comma + 1));
    if (tag.empty() || tag.size() > kLongestTag) continue;
    if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(std::move(tag));
  }
}

std::vector<std::string> find_tags(const Signals& signals, const LinkedArticle* linked) {
  std::vector<std::string> tags;
  for (const MetaTag& tag : signals.metas) {
    if (tag.key == "article:tag" || tag.key == "og:article:tag") {
      add_tags(tags, plain_text(tag.value));
    }
  }
  if (tags.empty() && linked != nullptr) {
    for (const std::string& word : linked->keywords) add_tags(tags, word);
  }
  static constexpr std::string_view kKeys[] = {"news_keywords", "keywords", "parsely-tags",
                                               "sailthru.tags", "dc.subject"};
  if (tags.empty()) add_tags(tags, first_meta(signals, kKeys));
  return tags;
}

std::optional<bool> find_paywall(const Signals& signals, const LinkedData& data,
                                 const LinkedArticle* linked) {
  if (linked != nullptr && linked->accessible_for_free) return !*linked->accessible_for_free;
  for (const LinkedArticle& article : data.articles) {
    if (!article.nested && article.accessible_for_free) return !*article.accessible_for_free;
  }
  const std::string tier = ascii_lower(signals.meta("article:content_tier"));
  if (tier == "free") return false;
  if (tier == "locked" || tier == "metered") return true;
  return std::nullopt;
}

}  // namespace

PageFacts read_facts(const html::Page& page, std::string_view url) {
  PageFacts facts;
  Metadata& metadata = facts.metadata;
  const Signals signals = collect_signals(page);
  const LinkedData data = read_json_ld(page.json_ld());
  metadata.url = find_url(signals, data, url);
  const std::string host = host_of(metadata.url);
  std::string page_title = plain_text(signals.meta("og:title"));
  if (page_title.empty() && signals.title != html::kNoNode) {
    page_title = line_of(page, signals.title);
  }
  const LinkedArticle* linked = main_article(data, metadata.url, page_title);
  metadata.site = find_site(signals, data, linked, host);
  Headline headline = find_headline(page, signals, linked, metadata.site, host);
  const Places places(page, headline.heading);
  metadata.title = std::move(headline.title);
  metadata.authors = find_authors(page, signals, places, linked, metadata.site);
  metadata.lang = find_language(page, signals, linked);
  const DateContext context{
      metadata.lang,
      date_order(signals.language_tag.empty() ? metadata.lang : signals.language_tag, host)};
  const PageDates dates = find_dates(page, signals, places, linked, metadata.url, context);
  if (dates.published) metadata.date = to_iso8601(*dates.published);
  if (dates.modified) metadata.modified = to_iso8601(*dates.modified);
  metadata.description = find_description(signals, linked);
  metadata.image = find_image(signals, linked, metadata.url);
  metadata.section = find_section(signals, linked);
  metadata.tags = find_tags(signals, linked);
  metadata.paywalled = find_paywall(signals, data, linked);
  if (linked != nullptr) facts.linked = *linked;
  return facts;
}

}  // namespace copydesk::extract
