#pragma once

/// @file
/// One pass over a page that notes where its metadata may be.

#include <string>
#include <string_view>
#include <vector>

#include "html/page.h"

namespace copydesk::extract {

/// `<meta name|property|itemprop=key content=value>`.
struct MetaTag {
  std::string key;         ///< lower case
  std::string_view value;  ///< as the page has it; lives as long as the page
};

/// What a page's elements are candidates for. Node lists are in document order and bounded.
struct Signals {
  std::vector<MetaTag> metas;
  std::vector<html::NodeId> headings;     ///< h1
  std::vector<html::NodeId> subheadings;  ///< h2 and h3
  std::vector<html::NodeId> times;        ///< `<time>`
  std::vector<html::NodeId> bylines;      ///< rel, itemprop, class or id speak of an author
  std::vector<html::NodeId> date_places;  ///< itemprop, class or id speak of a date
  std::vector<html::NodeId> properties;   ///< itemprop or property on anything but meta
  std::string_view canonical;
  std::string_view base;
  std::string_view image_link;  ///< `<link rel=image_src>`
  std::string language_tag;     ///< lang of html or body
  html::NodeId title = html::kNoNode;

  /// The value of the first meta tag with that key that is not empty; else empty.
  [[nodiscard]] std::string_view meta(std::string_view key) const noexcept;
};

[[nodiscard]] Signals collect_signals(const html::Page& page);

}  // namespace copydesk::extract
