#pragma once

/// @file
/// Start tags, end tags and text in order of the source -> Page.

#include <cstdint>
#include <string_view>
#include <vector>

#include "html/page.h"
#include "html/skim.h"

namespace copydesk::html {

/// Receives the events of one page and fills its arrays. The tables of the skimmed page are moved
/// into the page where it needs them.
class PageBuilder {
 public:
  PageBuilder(std::string_view html, Skimmed& skimmed, Page& page);

  /// `element` is an index into Skimmed::elements, kNoNode for an element without attributes.
  void open(Tag tag, std::uint32_t element);
  void close();
  /// A text by its number in Skimmed::texts. A number that is none is ignored.
  void text(std::uint32_t piece);
  /// White space between tags.
  void space(char c);
  /// Closes what is still open.
  void finish();

 private:
  void append_run(std::uint32_t begin);

  std::string_view html_;
  Skimmed& skimmed_;
  Page& page_;
  NodeId current_ = 0;
  bool after_text_ = false;  // the last event was a text of current_
};

}  // namespace copydesk::html
