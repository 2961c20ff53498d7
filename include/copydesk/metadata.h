#pragma once

/// @file
/// What a page says about its article: who wrote it, when, under which title.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk {

/// Facts about one article. Every string is well-formed UTF-8 in NFC with white space collapsed,
/// and empty where the page does not say. Nothing is guessed from other pages.
struct Metadata {
  std::string title;  ///< headline, without the site's name

  /// Names of persons, in the page's order: without "By", roles, handles and addresses. A group
  /// that the page names as the author ("The Currency editors") stands where no person does.
  std::vector<std::string> authors;

  /// When the article was published, and last changed: ISO 8601 with as much as the page has:
  /// "2023-12-17", "2023-12-17T09:30", "2023-12-17T09:30:05+01:00". A zone is only there if the
  /// page gives one ("Z" for UTC); times are never converted. Where the page shows its readers
  /// another day than it tells machines, `date` is the day shown, with a time only if the page
  /// gives one for it.
  std::string date;
  std::string modified;

  std::string site;         ///< name of the site or publisher; its host where no name is given
  std::string lang;         ///< ISO 639-1 (639-3 where there is none), lower case
  std::string description;  ///< the page's own summary
  std::string image;        ///< URL of the main image
  std::string section;
  std::vector<std::string> tags;  ///< keywords, in the page's order, each once
  std::string url;                ///< canonical URL; the URL that was given where the page has none

  /// Whether the article is behind a paywall, where the page declares it.
  std::optional<bool> paywalled;
};

}  // namespace copydesk
