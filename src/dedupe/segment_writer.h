#pragma once

/// @file
/// Writes a segment beside its place and puts it there in one step.

#include <functional>
#include <string>

#include "copydesk/error.h"

#include "dedupe/entries.h"
#include "dedupe/key_table.h"
#include "dedupe/segment_format.h"
#include "dedupe/set_store.h"

namespace copydesk::dedupe {

/// What a segment is made from: the survivors among the documents of a run.
struct SegmentSource {
  const KeyTable& table;
  const EntryArray& entries;
  const SetStore& store;
  std::uint64_t first_document;  ///< what Entry::root calls the first one
};

/// Documents that a segment made from `source` would hold.
[[nodiscard]] std::size_t count_survivors(const SegmentSource& source);

/// Writes the segment to `path`: under a name ending in ".tmp" first, made durable, then renamed,
/// and the folder made durable. Of `header` the caller fills parameters, created and run. Nothing
/// is left behind on failure. Error: write_failed.
[[nodiscard]] Status write_segment(const SegmentSource& source, SegmentHeader header,
                                   const std::string& path);

}  // namespace copydesk::dedupe
