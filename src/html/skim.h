#pragma once

/// @file
/// The pass before the tree: cuts a page into tags, texts and attributes, and drops what nobody
/// reads.
///
/// About two thirds of a news page's bytes are scripts, styles and comments; this pass takes them
/// out of the tree's way. Its events go straight to a TreeBuilder. Where libxml2 is to build the
/// tree, they are written as a much shorter page in which `<div class=x id=y>` stands as `<div a0>`
/// and a text as `0;`, numbers that lead back to the tables below: libxml2 spends most of its time
/// on the characters of texts and attributes.
///
/// The rules are those of the HTML standard's tokenizer: nothing is lost that a browser would show.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "html/known_values.h"
#include "html/page.h"

namespace copydesk::html {

/// Elements are nested no deeper than this in what skim() writes (browsers use 512). What stands
/// deeper stays where it is in the text, without its tags.
inline constexpr std::size_t kMaxDepth = 400;

/// A page has no more elements than this and one for each kBytesPerElement bytes; of the tags
/// beyond that only the breaks between texts remain. Dense real pages have one for 60 bytes.
inline constexpr std::size_t kFreeElements = 50000;
inline constexpr std::size_t kBytesPerElement = 24;

/// An element's number n is written as attribute names: a{n % base}, and b{n / base} if that is not
/// 0. libxml2 keeps every name that it has seen, and so the names stay few.
inline constexpr std::uint32_t kElementNumberBase = 4096;

/// A text between two tags, as a range of the page's source.
struct TextPiece {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool raw = false;  ///< is taken as it stands: it has no character references (or is in xmp)
};

/// The attributes of one start tag, as a range of Skimmed::attributes.
struct AttributeRange {
  std::uint32_t begin = 0;
  std::uint8_t count = 0;
};

class TreeBuilder;

/// What skim() writes. Reused from page to page, so that its buffers are allocated once.
struct Skimmed {
  std::string markup;                    ///< for libxml2: the shortened page; ASCII only
  std::vector<TextPiece> texts;          ///< by their numbers in `markup`
  std::vector<AttributeRange> elements;  ///< likewise
  std::vector<AttributeValue> attributes;
  std::string values;  ///< attribute values, character references resolved
  KnownValues known_values;
  std::vector<Script> json_ld;
  std::vector<Script> state_json;
  std::size_t script_bytes = 0;
  AttributeRange html_attributes;  ///< of the first `<html>` tag, wherever it stands
  std::size_t start_tags = 0;      ///< that were written

  void clear();
};

/// Fills `out` from `html`: well-formed UTF-8, less than 2 GiB. Linear in its size. This one writes
/// `markup`, `texts` and `elements` for libxml2.
void skim(std::string_view html, Skimmed& out);

/// The same with the events going to `tree`. False where the page has elements whose rules a
/// TreeBuilder does not know; what was written then has no meaning.
[[nodiscard]] bool skim(std::string_view html, Skimmed& out, TreeBuilder& tree);

}  // namespace copydesk::html
