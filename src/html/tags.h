#pragma once

/// @file
/// The names of elements and attributes that the rooms above look at, as small numbers.
/// All functions are constant-time, allocate nothing and are thread-safe.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "html/name_table.h"

namespace copydesk::html {

/// Elements in the order of their names (tags.cpp holds the names in the same order).
enum class Tag : std::uint8_t {
  document,  ///< the root that holds everything; no element of the page
  other,     ///< any element without a number of its own: custom elements, `fb:like`, misspellings
  a,
  abbr,
  acronym,
  address,
  amp_img,
  area,
  article,
  aside,
  audio,
  b,
  base,
  bdi,
  bdo,
  big,
  blockquote,
  body,
  br,
  button,
  canvas,
  caption,
  center,
  cite,
  code,
  col,
  colgroup,
  data,
  datalist,
  dd,
  del,
  details,
  dfn,
  dialog,
  dir,
  div,
  dl,
  dt,
  em,
  embed,
  fieldset,
  figcaption,
  figure,
  font,
  footer,
  form,
  frame,
  frameset,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  head,
  header,
  hgroup,
  hr,
  html,
  i,
  iframe,
  img,
  input,
  ins,
  kbd,
  label,
  legend,
  li,
  link,
  main,
  map,
  mark,
  menu,
  meta,
  meter,
  nav,
  nobr,
  noframes,
  noscript,
  object,
  ol,
  optgroup,
  option,
  output,
  p,
  param,
  picture,
  pre,
  progress,
  q,
  rp,
  rt,
  ruby,
  s,
  samp,
  section,
  select,
  slot,
  small,
  source,
  span,
  strike,
  strong,
  sub,
  summary,
  sup,
  table,
  tbody,
  td,
  textarea,
  tfoot,
  th,
  thead,
  time,
  title,
  tr,
  track,
  tt,
  u,
  ul,
  var,
  video,
  wbr,
};
inline constexpr std::size_t kTagCount = static_cast<std::size_t>(Tag::wbr) + 1;

/// Attributes that are kept, in the order of their names. All others are dropped before the parse.
enum class Attribute : std::uint8_t {
  alt,
  aria_hidden,
  aria_label,
  cite,
  class_,
  colspan,
  content,
  data_component,
  data_src,
  data_testid,
  datetime,
  hidden,
  href,
  hreflang,
  id,
  itemid,
  itemprop,
  itemscope,
  itemtype,
  lang,
  name,
  property,
  rel,
  role,
  rowspan,
  src,
  start,
  style,
  title,
  type,
  value,
  xml_lang,
};
inline constexpr std::size_t kAttributeCount = static_cast<std::size_t>(Attribute::xml_lang) + 1;

/// The number of an element by its name in lower case; Tag::other if it has none.
[[nodiscard]] Tag tag_by_name(std::string_view lower_case_name) noexcept;
[[nodiscard]] Tag tag_by_name(PackedName lower_case_name) noexcept;
/// The element's name in lower case: "h1". "#document" and "#other" for those that have none.
[[nodiscard]] std::string_view name_of(Tag tag) noexcept;

/// The number of an attribute by its name in lower case; false if it is not one that is kept.
[[nodiscard]] bool attribute_by_name(PackedName lower_case_name, Attribute& found) noexcept;
[[nodiscard]] std::string_view name_of(Attribute attribute) noexcept;

/// True for h1 to h6.
[[nodiscard]] constexpr bool is_heading(Tag tag) noexcept {
  return tag >= Tag::h1 && tag <= Tag::h6;
}

/// A set of tags as bits.
class TagSet {
 public:
  constexpr TagSet() = default;
  constexpr TagSet(std::initializer_list<Tag> tags) {
    for (const Tag tag : tags) bits_[word(tag)] |= bit(tag);
  }
  [[nodiscard]] constexpr bool has(Tag tag) const noexcept {
    return (bits_[word(tag)] & bit(tag)) != 0;
  }

 private:
  static constexpr std::size_t word(Tag tag) { return static_cast<std::size_t>(tag) / 64; }
  static constexpr std::uint64_t bit(Tag tag) {
    return std::uint64_t{1} << (static_cast<std::size_t>(tag) % 64);
  }
  std::uint64_t bits_[(kTagCount + 63) / 64] = {};
};

inline constexpr TagSet kBlockTags = {
    Tag::address, Tag::article,  Tag::aside,    Tag::blockquote, Tag::body,       Tag::caption,
    Tag::center,  Tag::dd,       Tag::details,  Tag::dialog,     Tag::dir,        Tag::div,
    Tag::dl,      Tag::document, Tag::dt,       Tag::fieldset,   Tag::figcaption, Tag::figure,
    Tag::footer,  Tag::form,     Tag::frameset, Tag::h1,         Tag::h2,         Tag::h3,
    Tag::h4,      Tag::h5,       Tag::h6,       Tag::head,       Tag::header,     Tag::hgroup,
    Tag::hr,      Tag::html,     Tag::legend,   Tag::li,         Tag::main,       Tag::menu,
    Tag::nav,     Tag::noframes, Tag::ol,       Tag::optgroup,   Tag::option,     Tag::p,
    Tag::pre,     Tag::section,  Tag::select,   Tag::summary,    Tag::table,      Tag::tbody,
    Tag::td,      Tag::textarea, Tag::tfoot,    Tag::th,         Tag::thead,      Tag::title,
    Tag::tr,      Tag::ul};
inline constexpr TagSet kVoidTags = {Tag::area,  Tag::base,  Tag::br,     Tag::col,   Tag::embed,
                                     Tag::frame, Tag::hr,    Tag::img,    Tag::input, Tag::link,
                                     Tag::meta,  Tag::param, Tag::source, Tag::track, Tag::wbr};

/// True for elements that begin and end a block of text when a browser lays the page out by its
/// default style sheet (div, p, li, td, table ...). `br` is not one.
[[nodiscard]] constexpr bool is_block(Tag tag) noexcept {
  return kBlockTags.has(tag);
}

/// True for elements that never have content (br, img, hr, meta ...).
[[nodiscard]] constexpr bool is_void(Tag tag) noexcept {
  return kVoidTags.has(tag);
}

}  // namespace copydesk::html
