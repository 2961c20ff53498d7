#pragma once

/// @file
/// The shortened page that libxml2 reads, as skim.h describes it.

#include <string>
#include <string_view>

#include "html/skim.h"

namespace copydesk::html {

/// Appends a name as libxml2 takes it for one.
void append_name(std::string& out, std::string_view name);

void write_start_tag(std::string_view name, const AttributeRange& attributes, bool empty,
                     Skimmed& out);
void write_end_tag(std::string_view name, Skimmed& out);
void write_text(const TextPiece& piece, Skimmed& out);

}  // namespace copydesk::html
