#include "html/tags.h"

#include <array>

namespace copydesk::html {
namespace {

constexpr std::array<std::string_view, kTagCount> kTagNames = {
    "#document", "#other",   "a",          "abbr",    "acronym",  "address",  "amp-img",
    "area",      "article",  "aside",      "audio",   "b",        "base",     "bdi",
    "bdo",       "big",      "blockquote", "body",    "br",       "button",   "canvas",
    "caption",   "center",   "cite",       "code",    "col",      "colgroup", "data",
    "datalist",  "dd",       "del",        "details", "dfn",      "dialog",   "dir",
    "div",       "dl",       "dt",         "em",      "embed",    "fieldset", "figcaption",
    "figure",    "font",     "footer",     "form",    "frame",    "frameset", "h1",
    "h2",        "h3",       "h4",         "h5",      "h6",       "head",     "header",
    "hgroup",    "hr",       "html",       "i",       "iframe",   "img",      "input",
    "ins",       "kbd",      "label",      "legend",  "li",       "link",     "main",
    "map",       "mark",     "menu",       "meta",    "meter",    "nav",      "nobr",
    "noframes",  "noscript", "object",     "ol",      "optgroup", "option",   "output",
    "p",         "param",    "picture",    "pre",     "progress", "q",        "rp",
    "rt",        "ruby",     "s",          "samp",    "section",  "select",   "slot",
    "small",     "source",   "span",       "strike",  "strong",   "sub",      "summary",
    "sup",       "table",    "tbody",      "td",      "textarea", "tfoot",    "th",
    "thead",     "time",     "title",      "tr",      "track",    "tt",       "u",
    "ul",        "var",      "video",      "wbr"};
static_assert(!kTagNames.back().empty(), "a name for each Tag");

constexpr std::array<std::string_view, kAttributeCount> kAttributeNames = {
    "alt",      "aria-hidden", "aria-label", "cite",
    "class",    "colspan",     "content",    "data-component",
    "data-src", "data-testid", "datetime",   "hidden",
    "href",     "hreflang",    "id",         "itemid",
    "itemprop", "itemscope",   "itemtype",   "lang",
    "name",     "property",    "rel",        "role",
    "rowspan",  "src",         "start",      "style",
    "title",    "type",        "value",      "xml:lang"};
static_assert(!kAttributeNames.back().empty(), "a name for each Attribute");

constexpr NameTable<kTagCount, 2048> kTags(kTagNames);
constexpr NameTable<kAttributeCount, 256> kAttributes(kAttributeNames);

}  // namespace

Tag tag_by_name(std::string_view lower_case_name) noexcept {
  const std::size_t index = kTags.find(lower_case_name);
  return index == kTags.kNone ? Tag::other : static_cast<Tag>(index);
}

Tag tag_by_name(PackedName lower_case_name) noexcept {
  const std::size_t index = kTags.find(lower_case_name);
  return index == kTags.kNone ? Tag::other : static_cast<Tag>(index);
}

std::string_view name_of(Tag tag) noexcept {
  return kTags.name(static_cast<std::size_t>(tag));
}

bool attribute_by_name(PackedName lower_case_name, Attribute& found) noexcept {
  const std::size_t index = kAttributes.find(lower_case_name);
  if (index == kAttributes.kNone) return false;
  found = static_cast<Attribute>(index);
  return true;
}

std::string_view name_of(Attribute attribute) noexcept {
  return kAttributes.name(static_cast<std::size_t>(attribute));
}

}  // namespace copydesk::html
