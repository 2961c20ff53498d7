#pragma once

/// @file
/// One document as dedupe handles it: what was read of it, and what is written of it.

#include <optional>
#include <string>
#include <vector>

#include "copydesk/dedupe.h"

#include "common/filter.h"
#include "dedupe_program/settings.h"

namespace copydesk::tools {

/// The blocks of one kind in a document's text.
struct UnitBlocks {
  BlockUnit unit;
  std::vector<TextBlock> blocks;
};

/// What work() makes of a document for settle().
struct Item : Payload {
  std::optional<text::JsonObject> record;  ///< views into the document's bytes; none for text
  std::string text;  ///< may be empty after work(), where it is not needed any more
  std::string site;  ///< the member `site`, else the URL's host
  std::string date;
  std::string url;
  bool has_id = false;
  Sketch sketch;
  std::vector<UnitBlocks> blocks;  ///< as DedupeSettings::blocks
};

/// Reads a document: a record, or text. Error: bad_record, missing_text.
[[nodiscard]] Result<std::unique_ptr<Item>> read_item(const Document& document,
                                                      const Sketcher& sketcher,
                                                      const DedupeSettings& settings);

/// Reads a document again that was read and sketched before: the sketch has nothing but the id,
/// which is given. Error: as read_item.
[[nodiscard]] Result<std::unique_ptr<Item>> read_item_again(const Document& document,
                                                            std::string_view id,
                                                            const DedupeSettings& settings);

/// The document in the form `to`: as it came, or text made a record, with `edit` applied.
[[nodiscard]] std::string render(const Document& document, const Item& item, Format to,
                                 const text::RecordEdit& edit);

/// The members that --mark adds.
void mark(text::RecordEdit& edit, const Item& item, const Verdict& verdict);

/// The line of --removed for a document that was dropped.
[[nodiscard]] std::string removed_document(const Document& document, const Item& item,
                                           const Verdict& verdict);

/// The line of --removed for a block that was taken out.
[[nodiscard]] std::string removed_block(const Document& document, const Item& item,
                                        const TextBlock& block, const RepeatedBlock& repeated,
                                        BlockUnit unit);

}  // namespace copydesk::tools
