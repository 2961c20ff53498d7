#include "html/skim.h"

#include <algorithm>
#include <array>

#include "html/ascii.h"
#include "html/byte_masks.h"
#include "html/data_scripts.h"
#include "html/entities.h"
#include "html/markup.h"
#include "html/name_table.h"
#include "html/open_elements.h"
#include "html/scan.h"
#include "html/token_ends.h"
#include "html/tree_builder.h"
#include "text/utf8.h"

namespace copydesk::html {
namespace {

constexpr std::size_t kMaxNameLength = 64;
constexpr std::size_t kMaxValueLength = 16384;  // an inline image is longer, a description never
constexpr std::size_t kMaxDataUrlLength = 64;   // enough to tell its type
constexpr std::size_t kMaxStyleLength = 256;    // longer ones say nothing that is asked for

/// Elements with a tokenizer rule of their own that never reach the tree under their name.
enum class Special : std::uint8_t {
  listing,
  math,
  noembed,
  plaintext,
  script,
  style,
  svg,
  template_,
  xmp
};
constexpr std::size_t kSpecialCount = 9;
constexpr NameTable<kSpecialCount, 32> kSpecials(std::array<std::string_view, kSpecialCount>{
    "listing", "math", "noembed", "plaintext", "script", "style", "svg", "template", "xmp"});

/// A start tag's name and what was read of its attributes.
struct StartTag {
  std::string_view name;  // lower case
  AttributeRange attributes;
  std::string_view source;  // from '<' to '>'
};

class Skimmer {
 public:
  Skimmer(std::string_view html, Skimmed& out, TreeBuilder* tree)
      : html_(html),
        out_(out),
        tree_(tree),
        open_(kMaxDepth),
        most_tags_(kFreeElements + html.size() / kBytesPerElement),
        last_double_quote_(html.rfind('"')),
        last_single_quote_(html.rfind('\'')) {}

  void run();
  [[nodiscard]] bool declined() const noexcept { return declined_; }

 private:
  // Tokens. Each begins at at_ ('<') and moves at_ behind itself.
  bool begins_markup(std::size_t at) const noexcept;
  void markup();
  void declaration();
  void instruction();
  void end_tag();
  void start_tag();

  // Start tags.
  bool read_attributes(AttributeRange& range);
  void read_attribute(AttributeRange& range, std::uint64_t& seen);
  std::string_view read_value();
  [[nodiscard]] Tag tag_at(std::size_t begin, std::size_t end) const noexcept;
  std::string_view lower_name(std::size_t begin, std::size_t end);
  void keep_attribute(Attribute name, std::string_view value, AttributeRange& range);
  std::uint32_t append_value(std::string_view value);
  [[nodiscard]] std::uint32_t values_end() const noexcept {
    return static_cast<std::uint32_t>(out_.values.size());
  }
  std::string_view kept_value(const AttributeRange& range, Attribute name) const noexcept;
  void forget(const AttributeRange& range);

  // Elements with a rule of their own.
  bool special(Special kind, const StartTag& tag);
  void script(const StartTag& tag);
  void skip_raw_text(std::string_view name);
  bool skip_subtree(Special kind, const StartTag& tag);
  void raw_text_element(Tag tag, const StartTag& start, std::string_view closing_name, bool raw);
  bool text_element(Tag tag, const StartTag& start);

  // Output.
  /// `raw`: what stands there needs no decoding.
  void text(std::size_t begin, std::size_t end, bool raw = false);
  void open_element(Tag tag, const StartTag& start);
  void close_element(Tag tag, std::string_view name);
  void write_start(Tag tag, std::string_view name, const AttributeRange& attributes, bool empty);
  void write_end(Tag tag, std::string_view name);
  void append_break();
  [[nodiscard]] bool is_full() const noexcept { return out_.start_tags >= most_tags_; }

  std::string_view html_;
  Skimmed& out_;
  TreeBuilder* tree_;  // none: what it would get is written for libxml2
  OpenElements open_;
  std::size_t most_tags_;
  std::size_t at_ = 0;
  std::size_t texts_ = 0;           // written so far
  std::size_t texts_at_break_ = 0;  // texts before the last break of append_break()
  std::size_t last_double_quote_;   // so that a quote that is never closed is known at once
  std::size_t last_single_quote_;
  std::array<char, kMaxNameLength> name_{};
  std::array<bool, kSpecialCount> unbalanced_{};  // too few closing tags for nested ones
  std::array<bool, kSpecialCount> unclosed_{};    // no closing tag from here on
  bool title_unclosed_ = false;
  bool textarea_unclosed_ = false;
  bool php_unclosed_ = false;
  bool html_seen_ = false;
  bool head_seen_ = false;
  bool body_seen_ = false;
  bool declined_ = false;
};

/// True for attributes whose values come again and again in a page.
bool is_often_repeated(Attribute name) noexcept {
  switch (name) {
    case Attribute::class_:
    case Attribute::data_component:
    case Attribute::data_testid:
    case Attribute::itemprop:
    case Attribute::itemtype:
    case Attribute::rel:
    case Attribute::role:
    case Attribute::style:
    case Attribute::type:
      return true;
    default:
      return false;
  }
}

bool closes_paragraph(Tag tag) noexcept {
  switch (tag) {
    case Tag::body:
    case Tag::caption:
    case Tag::head:
    case Tag::html:
    case Tag::legend:
    case Tag::noframes:
    case Tag::optgroup:
    case Tag::option:
    case Tag::select:
    case Tag::tbody:
    case Tag::td:
    case Tag::textarea:
    case Tag::tfoot:
    case Tag::th:
    case Tag::thead:
    case Tag::title:
    case Tag::tr:
      return false;
    default:
      return is_block(tag);
  }
}

// ---------------------------------------------------------------------------------------------
// Tokens

void Skimmer::run() {
  std::size_t text_begin = 0;
  bool plain = true;  // the text has no character reference and no carriage return so far
  while (at_ < html_.size() && !declined_) {
    at_ = find_text_end(html_, at_, plain);
    if (!begins_markup(at_)) {
      ++at_;  // a bare '<' is text
      continue;
    }
    text(text_begin, at_, plain);
    markup();
    text_begin = at_;
    plain = true;
  }
  text(text_begin, html_.size());
}

bool Skimmer::begins_markup(std::size_t at) const noexcept {
  if (at + 1 >= html_.size()) return false;
  const char next = html_[at + 1];
  return is_ascii_letter(next) || next == '/' || next == '!' || next == '?';
}

void Skimmer::markup() {
  switch (html_[at_ + 1]) {
    case '!':
      return declaration();
    case '?':
      return instruction();
    case '/':
      return end_tag();
    default:
      return start_tag();
  }
}

void Skimmer::declaration() {
  const bool comment = html_.compare(at_, 4, "<!--") == 0;
  at_ = comment ? skip_comment(html_, at_) : skip_to_tag_end(html_, at_);
}

void Skimmer::instruction() {
  // HTML knows no `<?php ... ?>`: it would end at the first '>' and leave code in the text.
  const bool code =
      starts_with_lower(html_.substr(at_), "<?php") || html_.compare(at_, 3, "<?=") == 0;
  if (code && !php_unclosed_) {
    const std::size_t end = html_.find("?>", at_ + 2);
    if (end != kNotFound) {
      at_ = end + 2;
      return;
    }
    php_unclosed_ = true;
  }
  at_ = skip_to_tag_end(html_, at_);
}

void Skimmer::end_tag() {
  const std::size_t begin = at_ + 2;
  if (begin >= html_.size() || !is_ascii_letter(html_[begin])) {
    at_ = skip_to_tag_end(html_, at_);  // `</>` and `</3` are comments to a browser
    return;
  }
  const std::size_t end = find_name_end(html_, begin);
  const Tag tag = tag_at(begin, end);
  const std::string_view name = tag == Tag::other ? lower_name(begin, end) : name_of(tag);
  at_ = skip_to_tag_end(html_, end);
  close_element(tag, name);
}

void Skimmer::start_tag() {
  const std::size_t begin = at_;
  const std::size_t end = find_name_end(html_, begin + 1);
  StartTag start;
  const Tag tag = tag_at(begin + 1, end);
  start.name = tag == Tag::other ? lower_name(begin + 1, end) : name_of(tag);
  at_ = end;
  if (!read_attributes(start.attributes)) return;  // the page ends in the middle of the tag
  start.source = html_.substr(begin, at_ - begin);
  if (tag == Tag::other) {
    const std::size_t kind = kSpecials.find(start.name);
    if (kind != kSpecials.kNone && special(static_cast<Special>(kind), start)) return;
  }
  if (!text_element(tag, start)) open_element(tag, start);
}

// ---------------------------------------------------------------------------------------------
// Start tags

Tag Skimmer::tag_at(std::size_t begin, std::size_t end) const noexcept {
  return end - begin > PackedName::kLongest ? Tag::other
                                            : tag_by_name(pack_lower(html_, begin, end));
}

/// Valid until the next tag.
std::string_view Skimmer::lower_name(std::size_t begin, std::size_t end) {
  const std::size_t length = std::min(end - begin, kMaxNameLength);
  for (std::size_t i = 0; i < length; ++i) name_[i] = ascii_lower(html_[begin + i]);
  return {name_.data(), length};
}

/// Reads up to and over the tag's '>'. False where the page ends first.
bool Skimmer::read_attributes(AttributeRange& range) {
  range.begin = static_cast<std::uint32_t>(out_.attributes.size());
  std::uint64_t seen = 0;
  while (at_ < html_.size()) {
    const char c = html_[at_];
    if (c == '>') {
      ++at_;
      return true;
    }
    if (is_html_space(c) || c == '/') {
      ++at_;
    } else {
      read_attribute(range, seen);
    }
  }
  forget(range);
  return false;
}

void Skimmer::read_attribute(AttributeRange& range, std::uint64_t& seen) {
  const std::size_t begin = at_;
  const std::size_t end = at_ = find_attribute_end(html_, begin + 1);  // a name may begin with '='
  std::size_t after = at_;
  while (after < html_.size() && is_html_space(html_[after])) ++after;
  std::string_view value;
  if (after < html_.size() && html_[after] == '=') {
    at_ = after + 1;
    value = read_value();
  }
  Attribute name{};
  if (end - begin > PackedName::kLongest) return;
  if (!attribute_by_name(pack_lower(html_, begin, end), name)) return;
  // Of a repeated attribute the first counts.
  const std::uint64_t bit = std::uint64_t{1} << static_cast<unsigned>(name);
  if ((seen & bit) != 0) return;
  seen |= bit;
  keep_attribute(name, value, range);
}

std::string_view Skimmer::read_value() {
  while (at_ < html_.size() && is_html_space(html_[at_])) ++at_;
  if (at_ >= html_.size()) return {};
  const char quote = html_[at_];
  std::size_t begin = at_;
  if (quote == '"' || quote == '\'') {
    ++begin;
    const std::size_t last = quote == '"' ? last_double_quote_ : last_single_quote_;
    if (begin <= last) {
      const std::size_t end = find_near(html_, quote, begin);
      at_ = end + 1;
      return html_.substr(begin, end - begin);
    }
    // Never closed. A browser would drop the rest of the page; here the tag ends at its '>'.
    at_ = std::min(html_.find('>', begin), html_.size());
    return html_.substr(begin, at_ - begin);
  }
  while (at_ < html_.size() && !is_html_space(html_[at_]) && html_[at_] != '>') ++at_;
  return html_.substr(begin, at_ - begin);
}

void Skimmer::keep_attribute(Attribute name, std::string_view value, AttributeRange& range) {
  std::size_t limit = kMaxValueLength;
  if (name == Attribute::style && value.size() > kMaxStyleLength) return;
  if ((name == Attribute::src || name == Attribute::href || name == Attribute::data_src) &&
      starts_with_lower(value, "data:")) {
    limit = kMaxDataUrlLength;
  }
  ++range.count;
  if (is_often_repeated(name) && !value.empty() && value.size() <= limit) {
    KnownValues::Place& place = out_.known_values.find(value);
    if (place.source.empty()) {
      place.source = value;
      place.begin = append_value(value);
      place.end = values_end();
    }
    out_.attributes.push_back({name, place.number, place.begin, place.end});
    return;
  }
  const std::uint32_t begin = append_value(text::whole_prefix(value, limit));
  out_.attributes.push_back({name, 0, begin, values_end()});
}

/// Where the decoded value begins.
std::uint32_t Skimmer::append_value(std::string_view value) {
  const std::uint32_t begin = values_end();
  append_decoded(out_.values, value, ReferenceContext::attribute);
  return begin;
}

std::string_view Skimmer::kept_value(const AttributeRange& range, Attribute name) const noexcept {
  for (std::uint32_t i = range.begin; i < range.begin + range.count; ++i) {
    const AttributeValue& attribute = out_.attributes[i];
    if (attribute.name != name) continue;
    return std::string_view(out_.values).substr(attribute.begin, attribute.end - attribute.begin);
  }
  return {};
}

/// Takes the attributes that were read last out of the table again. Their values stay: others may
/// share them.
void Skimmer::forget(const AttributeRange& range) {
  if (range.count > 0) out_.attributes.resize(range.begin);
}

// ---------------------------------------------------------------------------------------------
// Elements with a rule of their own

/// Returns false if the element is to be written like any other.
bool Skimmer::special(Special kind, const StartTag& tag) {
  switch (kind) {
    case Special::script:
      script(tag);
      return true;
    case Special::style:
    case Special::noembed:
      forget(tag.attributes);
      skip_raw_text(tag.name);
      return true;
    case Special::svg:
    case Special::math:
    case Special::template_:
      return skip_subtree(kind, tag);
    case Special::xmp:
      raw_text_element(Tag::pre, tag, "xmp", true);
      return true;
    case Special::plaintext:
      open_element(Tag::pre, tag);
      text(at_, html_.size(), true);
      at_ = html_.size();
      return true;
    case Special::listing:
      open_element(Tag::pre, tag);
      return true;
  }
  return false;
}

void Skimmer::script(const StartTag& tag) {
  const ClosingTag end = find_script_end(html_, at_);
  const std::size_t body_end = end ? end.begin : html_.size();
  const std::string_view body = html_.substr(at_, body_end - at_);
  out_.script_bytes += body.size();
  if (end) {
    set_aside(body, kept_value(tag.attributes, Attribute::type),
              kept_value(tag.attributes, Attribute::id), out_);
  }
  forget(tag.attributes);
  at_ = end ? end.end : html_.size();
}

void Skimmer::skip_raw_text(std::string_view name) {
  const ClosingTag end = find_closing_tag(html_, at_, name);
  at_ = end ? end.end : html_.size();
}

bool Skimmer::skip_subtree(Special kind, const StartTag& tag) {
  const auto index = static_cast<std::size_t>(kind);
  // A declarative shadow root is shown, unlike other templates; `<svg/>` has no content.
  const bool shown = kind == Special::template_ && tag.source.find("shadowroot") != kNotFound;
  const bool empty = kind != Special::template_ && tag.source.size() > 2 &&
                     tag.source[tag.source.size() - 2] == '/';
  forget(tag.attributes);
  if (shown || empty || unclosed_[index]) return true;
  ClosingTag end;
  if (!unbalanced_[index]) end = find_balanced_end(html_, at_, tag.name);
  if (!end) {
    unbalanced_[index] = true;
    end = find_closing_tag(html_, at_, tag.name);
  }
  if (end) {
    at_ = end.end;
  } else {
    unclosed_[index] = true;  // the tag alone is dropped, its content is kept
  }
  return true;
}

void Skimmer::raw_text_element(Tag tag, const StartTag& start, std::string_view closing_name,
                               bool raw) {
  const ClosingTag end = find_closing_tag(html_, at_, closing_name);
  open_element(tag, start);
  text(at_, end ? end.begin : html_.size(), raw);
  at_ = end ? end.end : html_.size();
  close_element(tag, name_of(tag));
}

/// Elements whose content is text whatever it looks like. False for all others.
bool Skimmer::text_element(Tag tag, const StartTag& start) {
  if (tag == Tag::iframe) {
    open_element(tag, start);
    skip_raw_text("iframe");
    close_element(tag, start.name);
    return true;
  }
  if (tag != Tag::title && tag != Tag::textarea) return false;
  bool& unclosed = tag == Tag::title ? title_unclosed_ : textarea_unclosed_;
  if (!unclosed && !find_closing_tag(html_, at_, start.name)) unclosed = true;
  if (unclosed) return false;  // else the whole page would be its text
  raw_text_element(tag, start, start.name, false);
  return true;
}

// ---------------------------------------------------------------------------------------------
// Output

void Skimmer::text(std::size_t begin, std::size_t end, bool raw) {
  if (begin >= end) return;
  const std::string_view piece = html_.substr(begin, end - begin);
  // Space stays space, for the parser treats it differently; its amount matters in `pre` alone.
  const Blank blank = open_.in_pre() ? Blank::no : blank_of(piece, html_.substr(begin));
  if (blank != Blank::no) {
    const char space = blank == Blank::spaces ? ' ' : '\n';
    if (tree_ != nullptr) return tree_->space(space);
    out_.markup += space;
    return;
  }
  ++texts_;
  const TextPiece found{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), raw};
  if (tree_ != nullptr) return tree_->text(found);
  write_text(found, out_);
}

/// Parts the text of a block whose tags are left out from the text before it.
void Skimmer::append_break() {
  if (texts_at_break_ == texts_) return;
  texts_at_break_ = texts_;
  write_start(Tag::hr, "hr", {}, true);
}

void Skimmer::write_start(Tag tag, std::string_view name, const AttributeRange& attributes,
                          bool empty) {
  if (tree_ != nullptr) {
    declined_ = declined_ || is_for_libxml2(tag, name);
    return tree_->start({tree_name(tag, name), attributes, empty});
  }
  write_start_tag(name, attributes, empty, out_);
}

void Skimmer::write_end(Tag tag, std::string_view name) {
  if (tree_ != nullptr) return tree_->end(tree_name(tag, name));
  write_end_tag(name, out_);
}

void Skimmer::open_element(Tag tag, const StartTag& start) {
  if (tag == Tag::html && out_.html_attributes.count == 0) out_.html_attributes = start.attributes;
  // A second html, head or body is no element to a browser.
  if (tag == Tag::html || tag == Tag::head || tag == Tag::body) {
    bool& seen = tag == Tag::html ? html_seen_ : tag == Tag::head ? head_seen_ : body_seen_;
    if (seen) return;
    seen = true;
  }
  if (closes_paragraph(tag) && open_.paragraph_in_scope()) close_element(Tag::p, "p");
  const std::string_view name = tag == Tag::other ? start.name : name_of(tag);
  const bool empty = is_void(tag);
  if (empty ? is_full() : !open_.open(element_name(tag, name), is_full())) {
    forget(start.attributes);
    if (is_block(tag) || tag == Tag::br) append_break();
    return;
  }
  write_start(tag, name, start.attributes, empty);
  ++out_.start_tags;
}

void Skimmer::close_element(Tag tag, std::string_view name) {
  // What follows </body> still belongs to the body.
  if (tag == Tag::html || tag == Tag::body) return;
  const ElementName element = element_name(tag, name);
  if (open_.was_too_deep(element)) return;
  if (tag == Tag::br || (tag == Tag::p && !open_.paragraph_in_scope())) {
    if (is_full()) return append_break();
    // As browsers read these two end tags.
    write_start(tag, name, {}, tag == Tag::br);
    if (tag == Tag::p) write_end(tag, name);
    ++out_.start_tags;
    return;
  }
  if (is_void(tag) || !open_.close(element)) return;
  write_end(tag, name);
}

}  // namespace

void Skimmed::clear() {
  markup.clear();
  texts.clear();
  elements.clear();
  attributes.clear();
  values.clear();
  known_values.clear();
  json_ld.clear();
  state_json.clear();
  script_bytes = 0;
  html_attributes = {};
  start_tags = 0;
}

void skim(std::string_view html, Skimmed& out) {
  out.clear();
  Skimmer(html, out, nullptr).run();
}

bool skim(std::string_view html, Skimmed& out, TreeBuilder& tree) {
  out.clear();
  Skimmer skimmer(html, out, &tree);
  skimmer.run();
  if (skimmer.declined()) return false;
  tree.finish();
  return true;
}

}  // namespace copydesk::html
