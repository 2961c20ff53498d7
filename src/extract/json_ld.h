#pragma once

/// @file
/// schema.org facts from a page's JSON-LD: arrays, `@graph` and `@id` references resolved.
/// Members read: https://schema.org/Article and its parents.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "html/page.h"

namespace copydesk::extract {

struct LinkedAuthor {
  std::string name;
  bool organisation = false;  ///< its type is not a person's
};

/// One object that describes a piece of writing. Texts have character references resolved and white
/// space collapsed (`article_body` keeps its line ends); empty where the page does not say.
struct LinkedArticle {
  int rank =
      0;  ///< how surely this is an article: 3 a news article, 2 another, 1 a page or a video
  bool nested =
      false;        ///< stands in a list of others, or in an object that is no description of it
  std::string url;  ///< url, mainEntityOfPage or @id
  std::string headline;
  std::string name;
  std::string description;
  std::string published;
  std::string modified;
  std::string section;
  std::string image;
  std::string publisher;
  std::string language;
  std::string article_body;
  std::vector<LinkedAuthor> authors;
  std::vector<std::string> keywords;
  std::optional<bool> accessible_for_free;
};

struct LinkedData {
  std::vector<LinkedArticle> articles;  ///< in document order
  std::string site_name;                ///< of a WebSite object
  std::string organisation_name;        ///< of the first Organization object
};

/// Reads all JSON-LD of a page. Linear in its size; never fails.
[[nodiscard]] LinkedData read_json_ld(std::span<const html::Script> scripts);

/// The article that the page is about: by rank, place, and likeness of URL and title to the page's.
/// Null if there is none. `url` and `title` may be empty.
[[nodiscard]] const LinkedArticle* main_article(const LinkedData& data, std::string_view url,
                                                std::string_view title);

}  // namespace copydesk::extract
