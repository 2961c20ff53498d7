#pragma once

/// @file
/// Start tags, end tags and text in order of the source -> Page.

#include <cstdint>
#include <string_view>
#include <vector>

#include "html/page.h"
#include "html/skim.h"

namespace copydesk::html {

/// Receives the events of one page and fills its arrays.
class PageBuilder {
 public:
  PageBuilder(std::string_view html, Page& page);

  void open(Tag tag, const AttributeRange& attributes);
  void close();
  void text(const TextPiece& piece);
  /// White space between tags.
  void space(char c);
  /// Closes what is still open, and moves the tables of the skimmed page that the page needs.
  void finish(Skimmed& skimmed);

 private:
  void append_run(std::uint32_t begin);

  std::string_view html_;
  Page& page_;
  NodeId current_ = 0;
  bool after_text_ = false;  // the last event was a text of current_
};

}  // namespace copydesk::html
