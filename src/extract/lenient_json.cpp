#include "extract/lenient_json.h"

#include <algorithm>

#include "html/swar.h"
#include "text/utf8.h"

namespace copydesk::extract {
namespace {

constexpr std::uint32_t kMaxDepth = 100;

bool is_space(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool is_scalar_char(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '+' || c == '.' || c == '_' || c == '$' || c == '@';
}

int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

class LenientReader {
 public:
  LenientReader(std::string_view source, LenientJson& out) : source_(source), out_(out) {}
  void run();

 private:
  using Kind = LenientJson::Kind;
  using Id = LenientJson::Id;

  void skip_noise();
  bool at_key() const noexcept;
  void read_key();
  void read_string(char quote);
  void read_escape();
  void read_scalar();
  bool ends_string(char quote) const noexcept;
  char32_t read_hex4();
  Id add(Kind kind);
  void close();
  [[nodiscard]] bool in_object() const noexcept {
    return open_ != LenientJson::kNone && out_.values_[open_].kind == Kind::object;
  }
  [[nodiscard]] std::uint32_t text_size() const noexcept {
    return static_cast<std::uint32_t>(out_.text_.size());
  }

  std::string_view source_;
  LenientJson& out_;
  std::size_t at_ = 0;
  Id open_ = LenientJson::kNone;  // innermost open container
  std::uint32_t too_deep_ = 0;    // containers open beyond kMaxDepth
  std::uint32_t key_begin_ = 0;   // of the member whose value comes next
  std::uint32_t key_end_ = 0;
  bool key_read_ = false;
  bool comment_unclosed_ = false;  // no end of a comment from here on
};

/// White space, separators, comments and wrappers: all that stands between values.
void LenientReader::skip_noise() {
  while (at_ < source_.size()) {
    const char c = source_[at_];
    const std::string_view rest = source_.substr(at_);
    if (rest.substr(0, 9) == "<![CDATA[") {
      at_ += 9;
    } else if (rest.substr(0, 2) == "/*" && !comment_unclosed_) {
      const std::size_t end = rest.find("*/", 2);
      comment_unclosed_ = end == std::string_view::npos;
      at_ += comment_unclosed_ ? 2 : end + 2;
    } else if (rest.substr(0, 2) == "//" && rest.substr(2, 9) != "<![CDATA[") {
      at_ += std::min(rest.find('\n'), rest.size());
    } else if (c == '{' || c == '[' || c == '}' || c == ']' || c == '"' || c == '\'' ||
               is_scalar_char(c)) {
      return;
    } else {
      ++at_;
    }
  }
}

char32_t LenientReader::read_hex4() {
  char32_t value = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    const int digit = at_ < source_.size() ? hex_value(source_[at_]) : -1;
    if (digit < 0) return text::kReplacement;
    value = value << 4 | static_cast<char32_t>(digit);
  }
  return value;
}

void LenientReader::read_escape() {
  if (at_ >= source_.size()) return;
  const char c = source_[at_++];
  static constexpr std::string_view kNames = "bfnrt";
  static constexpr std::string_view kMeanings = "\b\f\n\r\t";
  if (const std::size_t found = kNames.find(c); found != std::string_view::npos) {
    out_.text_ += kMeanings[found];
  } else if (c == 'u') {
    char32_t code = read_hex4();
    if (code >= 0xD800 && code < 0xDC00 && source_.substr(at_, 2) == "\\u") {
      at_ += 2;
      const char32_t low = read_hex4();
      code = low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                                           : text::kReplacement;
    }
    text::append_utf8(out_.text_, code);
  } else {
    out_.text_ += c;
  }
}

/// True if the quote at at_ ends its string: an unescaped quote inside a headline does not, for no
/// separator follows it.
bool LenientReader::ends_string(char quote) const noexcept {
  std::size_t next = at_ + 1;
  while (next < source_.size() && is_space(source_[next])) ++next;
  if (next >= source_.size()) return true;
  const char c = source_[next];
  if (c == ',' || c == '}' || c == ']' || c == ':' || c == '/' || c == '<' || c == ';') return true;
  return c == quote && next > at_ + 1;  // a comma was forgotten between two lines
}

void LenientReader::read_string(char quote) {
  ++at_;
  while (at_ < source_.size()) {
    const std::size_t stop = std::min(html::find_either(source_, quote, '\\', at_), source_.size());
    out_.text_.append(source_, at_, stop - at_);
    at_ = stop;
    if (at_ >= source_.size()) return;
    if (source_[at_] == '\\') {
      ++at_;
      read_escape();
    } else if (ends_string(quote)) {
      ++at_;
      return;
    } else {
      out_.text_ += source_[at_++];
    }
  }
}

void LenientReader::read_scalar() {
  const std::size_t begin = at_;
  while (at_ < source_.size() && is_scalar_char(source_[at_])) ++at_;
  out_.text_.append(source_, begin, at_ - begin);
}

/// In an object a string or a bare word is a key if none was read yet.
void LenientReader::read_key() {
  key_begin_ = text_size();
  if (source_[at_] == '"' || source_[at_] == '\'') {
    read_string(source_[at_]);
  } else {
    read_scalar();
  }
  key_end_ = text_size();
  key_read_ = true;
}

LenientReader::Id LenientReader::add(Kind kind) {
  LenientJson::Value value;
  value.kind = kind;
  value.parent = open_;
  value.depth = open_ == LenientJson::kNone ? 0 : out_.values_[open_].depth + 1;
  if (key_read_) {
    value.key_begin = key_begin_;
    value.key_end = key_end_;
    key_read_ = false;
  }
  value.text_begin = value.text_end = text_size();
  const Id id = out_.size();
  value.subtree_end = id + 1;
  out_.values_.push_back(value);
  return id;
}

void LenientReader::close() {
  key_read_ = false;
  if (too_deep_ > 0) {
    --too_deep_;
    return;
  }
  if (open_ == LenientJson::kNone) return;
  out_.values_[open_].subtree_end = out_.size();
  open_ = out_.values_[open_].parent;
}

void LenientReader::run() {
  for (skip_noise(); at_ < source_.size(); skip_noise()) {
    const char c = source_[at_];
    if (open_ == LenientJson::kNone && !out_.values_.empty()) break;  // behind the root
    if (c == '}' || c == ']') {
      ++at_;
      close();
    } else if (c == '{' || c == '[') {
      ++at_;
      const bool fits = open_ == LenientJson::kNone || out_.values_[open_].depth < kMaxDepth;
      if (!fits || too_deep_ > 0) {
        ++too_deep_;
      } else {
        open_ = add(c == '{' ? Kind::object : Kind::array);
      }
    } else if (open_ == LenientJson::kNone) {
      ++at_;  // a root that is no container says nothing
    } else if (in_object() && !key_read_) {
      read_key();
    } else {
      const std::uint32_t begin = text_size();
      const bool quoted = c == '"' || c == '\'';
      if (quoted) {
        read_string(c);
      } else {
        read_scalar();
      }
      if (too_deep_ > 0) continue;
      const std::string_view written = std::string_view(out_.text_).substr(begin);
      const Kind kind = quoted                                    ? Kind::string
                        : written == "true" || written == "false" ? Kind::boolean
                        : written == "null"                       ? Kind::null
                                                                  : Kind::number;
      const Id id = add(kind);
      out_.values_[id].text_begin = begin;
    }
  }
  while (open_ != LenientJson::kNone) close();
}

LenientJson::LenientJson(std::string_view source) {
  LenientReader(source, *this).run();
}

LenientJson::Id LenientJson::first_child(Id parent) const noexcept {
  const Id next = parent + 1;
  return next < values_[parent].subtree_end ? next : kNone;
}

LenientJson::Id LenientJson::next_sibling(Id id) const noexcept {
  const Id next = values_[id].subtree_end;
  const Id parent = values_[id].parent;
  return parent != kNone && next < values_[parent].subtree_end ? next : kNone;
}

LenientJson::Id LenientJson::member(Id object, std::string_view wanted) const noexcept {
  if (values_[object].kind != Kind::object) return kNone;
  for (Id id = first_child(object); id != kNone; id = next_sibling(id)) {
    if (key(id) == wanted) return id;
  }
  return kNone;
}

std::string_view LenientJson::member_text(Id object, std::string_view wanted) const noexcept {
  const Id id = member(object, wanted);
  if (id == kNone) return {};
  const Kind kind = values_[id].kind;
  return kind == Kind::string || kind == Kind::number || kind == Kind::boolean ? text(id)
                                                                               : std::string_view{};
}

}  // namespace copydesk::extract
