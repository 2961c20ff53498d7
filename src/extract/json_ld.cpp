#include "extract/json_ld.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "extract/lenient_json.h"
#include "extract/plain.h"
#include "html/entities.h"

namespace copydesk::extract {
namespace {

using Id = LenientJson::Id;
using Kind = LenientJson::Kind;
constexpr Id kNone = LenientJson::kNone;

constexpr std::size_t kMaxArticles = 200;  // of a page that lists its whole archive
constexpr std::size_t kMaxAuthors = 50;
constexpr std::size_t kMaxKeywords = 100;

/// "https://schema.org/NewsArticle" and "schema:NewsArticle" are NewsArticle.
std::string_view bare_type(std::string_view type) noexcept {
  const std::size_t at = type.find_last_of("/:#");
  return at == std::string_view::npos ? type : type.substr(at + 1);
}

int rank_of_type(std::string_view type) noexcept {
  static constexpr std::string_view kArticles[] = {"Article",
                                                   "LiveBlogPosting",
                                                   "TechArticle",
                                                   "ScholarlyArticle",
                                                   "AdvertiserContentArticle",
                                                   "SatiricalArticle",
                                                   "SocialMediaPosting",
                                                   "BlogPosting",
                                                   "Report",
                                                   "Review",
                                                   "Recipe",
                                                   "HowTo",
                                                   "DiscussionForumPosting",
                                                   "CriticReview",
                                                   "MedicalScholarlyArticle",
                                                   "APIReference"};
  static constexpr std::string_view kPages[] = {"WebPage",        "ItemPage",
                                                "AboutPage",      "FAQPage",
                                                "VideoObject",    "CreativeWork",
                                                "QAPage",         "MedicalWebPage",
                                                "PodcastEpisode", "Event",
                                                "Product",        "Book",
                                                "Movie",          "NewsMediaOrganizationPage",
                                                "AudioObject",    "Course",
                                                "WebContent"};
  type = bare_type(type);
  if (type.find("NewsArticle") != std::string_view::npos) return 3;  // and Opinion-, Analysis- ...
  if (std::find(std::begin(kArticles), std::end(kArticles), type) != std::end(kArticles)) return 2;
  return std::find(std::begin(kPages), std::end(kPages), type) != std::end(kPages) ? 1 : 0;
}

bool is_organisation_type(std::string_view type) noexcept {
  type = bare_type(type);
  return type.find("Organi") != std::string_view::npos || type == "Corporation" ||
         type == "Brand" || type == "WebSite" || type == "LocalBusiness";
}

/// Reads the articles of one script.
class Reader {
 public:
  Reader(const LenientJson& json, LinkedData& data) : json_(json), data_(data) { index_ids(); }
  void run();

 private:
  void index_ids();
  [[nodiscard]] Id resolve(Id id) const;
  template <typename Action>
  void for_each_type(Id object, Action action) const;
  template <typename Action>
  void for_each_item(Id value, Action action) const;
  [[nodiscard]] int rank(Id object) const;
  [[nodiscard]] bool is_nested(Id object) const;
  [[nodiscard]] std::string text_member(Id object, std::string_view key) const;
  [[nodiscard]] std::string url_member(Id object) const;
  [[nodiscard]] std::string image_member(Id object) const;
  [[nodiscard]] std::string body_member(Id object) const;
  void read_names(Id object);
  void read_authors(Id value, LinkedArticle& article) const;
  void read_keywords(Id value, std::vector<std::string>& keywords) const;
  [[nodiscard]] LinkedArticle read_article(Id object) const;

  const LenientJson& json_;
  LinkedData& data_;
  std::unordered_map<std::string_view, Id> ids_;
};

void Reader::index_ids() {
  for (Id id = 0; id < json_.size(); ++id) {
    if (json_[id].kind != Kind::object) continue;
    const std::string_view name = json_.member_text(id, "@id");
    // An object with nothing but @id is a reference, not what is referred to.
    if (name.empty() || json_.member(id, "@type") == kNone) continue;
    ids_.emplace(name, id);
  }
}

Id Reader::resolve(Id id) const {
  if (json_[id].kind != Kind::object || json_.member(id, "@type") != kNone) return id;
  const auto found = ids_.find(json_.member_text(id, "@id"));
  return found == ids_.end() ? id : found->second;
}

/// Calls `action` for a value, or for each element where it is an array (of arrays: the outer one).
template <typename Action>
void Reader::for_each_item(Id value, Action action) const {
  if (value == kNone) return;
  if (json_[value].kind != Kind::array) return action(value);
  for (Id id = json_.first_child(value); id != kNone; id = json_.next_sibling(id)) action(id);
}

template <typename Action>
void Reader::for_each_type(Id object, Action action) const {
  for_each_item(json_.member(object, "@type"), [&](Id id) { action(json_.text(id)); });
}

int Reader::rank(Id object) const {
  int best = 0;
  for_each_type(object, [&](std::string_view type) { best = std::max(best, rank_of_type(type)); });
  return best;
}

/// An article inside another object describes the page only under a few members.
bool Reader::is_nested(Id object) const {
  for (Id id = object; id != kNone; id = json_[id].parent) {
    const std::string_view key = json_.key(id);
    if (key.empty() || key == "@graph" || key == "mainEntity" || key == "mainEntityOfPage")
      continue;
    return true;
  }
  return false;
}

std::string Reader::text_member(Id object, std::string_view key) const {
  Id value = json_.member(object, key);
  if (value == kNone) return {};
  if (json_[value].kind == Kind::array) value = json_.first_child(value);
  if (value == kNone) return {};
  value = resolve(value);
  if (json_[value].kind == Kind::string || json_[value].kind == Kind::number) {
    return plain_text(json_.text(value));
  }
  if (json_[value].kind != Kind::object) return {};
  const std::string_view name = json_.member_text(value, "name");
  return plain_text(name.empty() ? json_.member_text(value, "@value") : name);
}

std::string Reader::url_member(Id object) const {
  for (const std::string_view key : {"url", "mainEntityOfPage", "@id"}) {
    const Id value = json_.member(object, key);
    if (value == kNone) continue;
    std::string_view url = json_.text(value);
    if (json_[value].kind == Kind::object) url = json_.member_text(value, "@id");
    if (url.find("//") != std::string_view::npos) return plain_text(url);
  }
  return {};
}

std::string Reader::image_member(Id object) const {
  std::string image;
  for_each_item(json_.member(object, "image"), [&](Id id) {
    if (!image.empty()) return;
    id = resolve(id);
    if (json_[id].kind == Kind::string) image = plain_text(json_.text(id));
    if (json_[id].kind != Kind::object) return;
    for (const std::string_view key : {"url", "contentUrl"}) {
      if (image.empty()) image = plain_text(json_.member_text(id, key));
    }
  });
  return image;
}

std::string Reader::body_member(Id object) const {
  std::string body;
  const std::string_view text = json_.member_text(object, "articleBody");
  html::append_decoded(body, text, html::ReferenceContext::text);
  return body;
}

void Reader::read_names(Id object) {
  for_each_type(object, [&](std::string_view type) {
    if (bare_type(type) == "WebSite" && data_.site_name.empty()) {
      data_.site_name = text_member(object, "name");
    } else if (is_organisation_type(type) && data_.organisation_name.empty()) {
      data_.organisation_name = text_member(object, "name");
    }
  });
}

void Reader::read_authors(Id value, LinkedArticle& article) const {
  for_each_item(value, [&](Id id) {
    if (article.authors.size() >= kMaxAuthors) return;
    id = resolve(id);
    LinkedAuthor author;
    if (json_[id].kind == Kind::string) {
      author.name = plain_text(json_.text(id));
      article.authors.push_back(std::move(author));
      return;
    }
    if (json_[id].kind != Kind::object) return;
    for_each_type(id, [&](std::string_view type) {
      if (is_organisation_type(type)) author.organisation = true;
    });
    for_each_item(json_.member(id, "name"), [&](Id name) {
      author.name = plain_text(json_.text(name));
      if (article.authors.size() < kMaxAuthors) article.authors.push_back(author);
    });
  });
}

void Reader::read_keywords(Id value, std::vector<std::string>& keywords) const {
  for_each_item(value, [&](Id id) {
    if (keywords.size() >= kMaxKeywords) return;
    std::string_view word = json_.text(id);
    if (json_[id].kind == Kind::object) word = json_.member_text(id, "name");
    if (!word.empty()) keywords.push_back(plain_text(word));
  });
}

LinkedArticle Reader::read_article(Id object) const {
  LinkedArticle article;
  article.rank = rank(object);
  article.nested = is_nested(object);
  article.url = url_member(object);
  article.headline = text_member(object, "headline");
  article.name = text_member(object, "name");
  article.description = text_member(object, "description");
  article.published = text_member(object, "datePublished");
  if (article.published.empty()) article.published = text_member(object, "uploadDate");
  article.modified = text_member(object, "dateModified");
  if (article.published.empty()) article.published = text_member(object, "dateCreated");
  article.section = text_member(object, "articleSection");
  article.image = image_member(object);
  article.publisher = text_member(object, "publisher");
  article.language = text_member(object, "inLanguage");
  article.article_body = body_member(object);
  for (const std::string_view key : {"author", "creator"}) {
    if (article.authors.empty()) read_authors(json_.member(object, key), article);
  }
  read_keywords(json_.member(object, "keywords"), article.keywords);
  const std::string free = ascii_lower(json_.member_text(object, "isAccessibleForFree"));
  if (free == "true" || free == "false") article.accessible_for_free = free == "true";
  return article;
}

void Reader::run() {
  for (Id id = 0; id < json_.size(); ++id) {
    if (json_[id].kind != Kind::object) continue;
    read_names(id);
    if (data_.articles.size() < kMaxArticles && rank(id) > 0) {
      data_.articles.push_back(read_article(id));
    }
  }
}

/// A URL without scheme, "www.", query, fragment and final slash.
std::string comparable_url(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  if (const std::size_t scheme = url.find("//"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 2);
  }
  if (url.substr(0, 4) == "www.") url.remove_prefix(4);
  while (!url.empty() && url.back() == '/') url.remove_suffix(1);
  return ascii_lower(url);
}

}  // namespace

LinkedData read_json_ld(std::span<const html::Script> scripts) {
  LinkedData data;
  for (const html::Script& script : scripts) {
    const LenientJson json(script.body);
    if (!json.empty()) Reader(json, data).run();
  }
  return data;
}

const LinkedArticle* main_article(const LinkedData& data, std::string_view url,
                                  std::string_view title) {
  const std::string wanted_url = comparable_url(url);
  const std::string wanted_title = fold_title(title);
  const LinkedArticle* best = nullptr;
  int best_score = 0;
  for (const LinkedArticle& article : data.articles) {
    int score = article.rank * 4 - (article.nested ? 9 : 0);
    if (!wanted_url.empty() && comparable_url(article.url) == wanted_url) score += 6;
    const std::string name = fold_title(article.headline.empty() ? article.name : article.headline);
    if (name.size() > 8 && !wanted_title.empty() &&
        (wanted_title.find(name) != std::string::npos ||
         name.find(wanted_title) != std::string::npos)) {
      score += 6;
    }
    if (score > best_score) {
      best = &article;
      best_score = score;
    }
  }
  return best;
}

}  // namespace copydesk::extract
