#include "text/json.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <simdjson.h>

#include "text/utf8.h"

namespace copydesk::text {
namespace {

bool is_json_space(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t skip_space(std::string_view json, std::size_t at) noexcept {
  while (at < json.size() && is_json_space(json[at])) ++at;
  return at;
}

/// Behind the string whose opening quote stands at `at`. Looks for quotes alone, which is memchr's
/// speed, and at the backslashes before each: no backslash is looked at twice.
std::size_t skip_string(std::string_view json, std::size_t at) noexcept {
  const std::size_t begin = at + 1;
  for (at = begin;; ++at) {
    at = json.find('"', at);
    if (at == std::string_view::npos) return json.size();
    std::size_t escapes = at;
    while (escapes > begin && json[escapes - 1] == '\\') --escapes;
    if ((at - escapes) % 2 == 0) return at + 1;
  }
}

/// Behind the array or object that opens at `at`.
std::size_t skip_container(std::string_view json, std::size_t at) noexcept {
  std::size_t depth = 0;
  while (at < json.size()) {
    at = json.find_first_of("\"[]{}", at);
    if (at == std::string_view::npos) return json.size();
    const char c = json[at];
    if (c == '"') {
      at = skip_string(json, at);
      continue;
    }
    ++at;
    if (c == '[' || c == '{') {
      ++depth;
    } else if (--depth == 0) {
      return at;
    }
  }
  return at;
}

/// Behind the value that begins at `at`. The JSON is known to be valid.
std::size_t skip_value(std::string_view json, std::size_t at) noexcept {
  if (at >= json.size()) return at;
  if (json[at] == '"') return skip_string(json, at);
  if (json[at] == '[' || json[at] == '{') return skip_container(json, at);
  while (at < json.size() && !is_json_space(json[at]) && json[at] != ',' && json[at] != ']' &&
         json[at] != '}') {
    ++at;
  }
  return at;
}

/// One parser a thread: simdjson's buffers are reused from line to line.
simdjson::error_code parse_whole(std::string_view json, bool& is_object) {
  thread_local simdjson::dom::parser parser;
  thread_local std::string padded;
  padded.assign(json);
  padded.append(simdjson::SIMDJSON_PADDING, ' ');
  simdjson::dom::element root;
  const auto error = parser.parse(padded.data(), json.size(), false).get(root);
  is_object = error == simdjson::SUCCESS && root.is_object();
  if (padded.capacity() > (std::size_t{8} << 20)) {
    // One huge line must not hold its buffers for the rest of the run.
    padded = {};
    parser = simdjson::dom::parser();
  }
  return error;
}

unsigned hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>((c | 0x20) - 'a' + 10);
}

bool all_hex(std::string_view digits) noexcept {
  return digits.size() == 4 &&
         digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

char32_t hex4(std::string_view json, std::size_t at) noexcept {
  char32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 4 | hex_digit(json[at + i]);
  return value;
}

/// Decodes the \u escape whose digits begin at `at`, with its low half where one follows.
char32_t decode_unicode_escape(std::string_view json, std::size_t& at) noexcept {
  char32_t c = hex4(json, at);
  at += 4;
  if (c >= 0xD800 && c < 0xDC00 && json.substr(at, 2) == "\\u" && all_hex(json.substr(at + 2, 4))) {
    const char32_t low = hex4(json, at + 2);
    if (low >= 0xDC00 && low < 0xE000) {
      at += 6;
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
  }
  return c;
}

/// `json` with every lone surrogate escape replaced by \ufffd, which is as long.
std::string without_lone_surrogates(std::string_view json) {
  std::string mended(json);
  for (std::size_t at = json.find('\\'); at < json.size(); at = json.find('\\', at)) {
    const bool is_unicode = json.substr(at + 1, 1) == "u" && all_hex(json.substr(at + 2, 4));
    if (!is_unicode) {
      at += 2;
      continue;
    }
    const std::size_t begin = at;
    at += 2;
    const char32_t c = decode_unicode_escape(json, at);
    if (c >= 0xD800 && c < 0xE000) mended.replace(begin, 6, "\\ufffd");
  }
  return mended;
}

/// Error text, or empty when `json` is a valid document; `is_object` tells its kind.
///
/// simdjson refuses lone surrogate escapes. RFC 8259's grammar has them (section 8.2), Python
/// writes them, and a story that was cut inside an emoji is still a story.
std::string_view validate(std::string_view json, bool& is_object) {
  auto error = parse_whole(json, is_object);
  if (error == simdjson::STRING_ERROR)
    error = parse_whole(without_lone_surrogates(json), is_object);
  return error == simdjson::SUCCESS ? std::string_view{} : simdjson::error_message(error);
}

char simple_escape(char c) noexcept {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

bool key_equals(std::string_view raw_key, std::string_view key) {
  if (raw_key.find('\\') == std::string_view::npos) return raw_key == key;
  std::string quoted;
  quoted.append("\"").append(raw_key).append("\"");
  return decode_json_string(quoted) == key;
}

void append_escape(std::string& out, unsigned char c) {
  static constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    default:
      out += "\\u00";
      out += {kHex[c >> 4], kHex[c & 15]};
  }
}

/// 1: must be escaped; 2: may begin U+2028 or U+2029.
constexpr std::array<unsigned char, 256> kEscapeClass = [] {
  std::array<unsigned char, 256> table{};
  for (std::size_t i = 0; i < 0x20; ++i) table[i] = 1;
  table['"'] = table['\\'] = table[0x7F] = 1;
  table[0xE2] = 2;
  return table;
}();

/// Where the bytes from `at` on that may need an escape begin, as far as sixteen at a time tell.
std::size_t skip_plain(std::string_view value, std::size_t at) noexcept {
#ifdef __SSE2__
  for (; at + sizeof(__m128i) <= value.size(); at += sizeof(__m128i)) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(value.data() + at));
    const auto is = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
    const __m128i marks = _mm_or_si128(_mm_or_si128(is('"'), is('\\')), is('\x7F'));
    const __m128i found = _mm_or_si128(_mm_or_si128(control, marks), is('\xE2'));
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (bits != 0) return at + static_cast<std::size_t>(std::countr_zero(bits));
  }
#endif
  return at;
}

}  // namespace

bool is_valid_json(std::string_view value) {
  bool is_object = false;
  return validate(value, is_object).empty();
}

Result<JsonObject> JsonObject::parse(std::string_view line) {
  bool is_object = false;
  const std::string_view reason = validate(line, is_object);
  if (!reason.empty()) return {ErrorCode::bad_record, std::string(reason)};
  if (!is_object) return {ErrorCode::bad_record, "another kind of JSON value"};
  JsonObject object;
  object.line_ = line;
  object.members_ = json_object_members(line);
  return object;
}

std::optional<RawJson> JsonObject::find(std::string_view key) const {
  const auto found = std::find_if(members_.rbegin(), members_.rend(),
                                  [&](const JsonMember& m) { return key_equals(m.raw_key, key); });
  if (found == members_.rend()) return std::nullopt;
  return found->value;
}

std::optional<std::string> JsonObject::find_string(std::string_view key) const {
  const auto value = find(key);
  if (!value || !is_json_string(*value)) return std::nullopt;
  return decode_json_string(*value);
}

void RecordEdit::set_raw(std::string_view key, std::string raw_value) {
  changes_.emplace_back(key, std::move(raw_value));
}

void RecordEdit::set_string(std::string_view key, std::string_view value) {
  changes_.emplace_back(key, to_json_string(value));
}

void RecordEdit::remove(std::string_view key) {
  changes_.emplace_back(key, std::nullopt);
}

std::string RecordEdit::apply(const JsonObject& record) const {
  const std::string_view line = record.line();
  const auto& members = record.members();
  // What becomes of each member: as it is, another value, or (empty) gone.
  std::vector<std::optional<std::string_view>> values;
  values.reserve(members.size());
  for (const JsonMember& member : members) values.emplace_back(member.value);
  std::vector<std::size_t> added;
  for (std::size_t change = 0; change < changes_.size(); ++change) {
    const auto& [key, value] = changes_[change];
    bool found = false;
    for (std::size_t i = members.size(); i-- > 0;) {
      if (!key_equals(members[i].raw_key, key)) continue;
      // Of a repeated key the last one counts: that one takes the new value.
      if (!value || !found) values[i] = value;
      found = true;
    }
    if (!found && value) added.push_back(change);
  }

  std::string out;
  const auto offset = [&](const char* p) { return static_cast<std::size_t>(p - line.data()); };
  const auto key_begin = [&](std::size_t i) { return offset(members[i].raw_key.data()) - 1; };
  const auto value_end = [&](std::size_t i) {
    return offset(members[i].value.data()) + members[i].value.size();
  };
  out.append(line.substr(0, members.empty() ? line.find('{') + 1 : key_begin(0)));
  bool first = true;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!values[i]) continue;
    // The separator that stood before this member, unless it is the first one now.
    if (!first) out.append(line.substr(value_end(i - 1), key_begin(i) - value_end(i - 1)));
    out.append(line.substr(key_begin(i), offset(members[i].value.data()) - key_begin(i)));
    out.append(*values[i]);
    first = false;
  }
  const std::size_t tail = members.empty() ? line.rfind('}') : value_end(members.size() - 1);
  const std::size_t close = line.rfind('}');
  out.append(line.substr(tail, close - tail));
  for (const std::size_t change : added) {
    if (!first) out += ',';
    append_json_string(out, changes_[change].first);
    out.append(":").append(*changes_[change].second);
    first = false;
  }
  out.append(line.substr(close));
  return out;
}

std::string decode_json_string(RawJson value) {
  std::string out;
  if (value.size() < 2) return out;
  const std::string_view body = value.substr(1, value.size() - 2);
  out.reserve(body.size());
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t escape = body.find('\\', at);
    if (escape == std::string_view::npos || escape + 1 >= body.size()) {
      out.append(body.substr(at));
      break;
    }
    out.append(body.substr(at, escape - at));
    at = escape + 2;
    if (body[escape + 1] == 'u') {
      append_utf8(out, decode_unicode_escape(body, at));
    } else {
      out += simple_escape(body[escape + 1]);
    }
  }
  return out;
}

void append_json_string(std::string& out, std::string_view value) {
  out += '"';
  std::size_t plain = 0;
  for (std::size_t at = skip_plain(value, 0); at < value.size(); at = skip_plain(value, at + 1)) {
    const auto c = static_cast<unsigned char>(value[at]);
    if (kEscapeClass[c] == 0) continue;
    if (kEscapeClass[c] == 2) {
      const std::string_view rest = value.substr(at, 3);
      if (rest != "\xE2\x80\xA8" && rest != "\xE2\x80\xA9") continue;
      out.append(value.substr(plain, at - plain));
      out += rest[2] == '\xA8' ? "\\u2028" : "\\u2029";
      at += 2;
    } else {
      out.append(value.substr(plain, at - plain));
      append_escape(out, c);
    }
    plain = at + 1;
  }
  out.append(value.substr(plain));
  out += '"';
}

std::string to_json_string(std::string_view value) {
  std::string out;
  out.reserve(value.size() + 2);
  append_json_string(out, value);
  return out;
}

std::vector<RawJson> json_array_elements(RawJson array) {
  std::vector<RawJson> elements;
  std::size_t at = skip_space(array, 0);
  if (at >= array.size() || array[at] != '[') return elements;
  for (++at;;) {
    at = skip_space(array, at);
    if (at >= array.size() || array[at] == ']') return elements;
    const std::size_t end = skip_value(array, at);
    elements.push_back(array.substr(at, end - at));
    at = skip_space(array, end);
    if (at < array.size() && array[at] == ',') ++at;
  }
}

std::vector<JsonMember> json_object_members(RawJson object) {
  std::vector<JsonMember> members;
  std::size_t at = skip_space(object, 0);
  if (at >= object.size() || object[at] != '{') return members;
  for (++at;;) {
    at = skip_space(object, at);
    if (at >= object.size() || object[at] != '"') return members;
    const std::size_t key_end = skip_string(object, at);
    const std::string_view key = object.substr(at + 1, key_end - at - 2);
    at = skip_space(object, key_end);
    at = skip_space(object, at + 1);  // the colon
    const std::size_t end = skip_value(object, at);
    members.push_back({key, object.substr(at, end - at)});
    at = skip_space(object, end);
    if (at < object.size() && object[at] == ',') ++at;
  }
}

void JsonWriter::key(std::string_view name) {
  if (out_.size() > 1) out_ += ',';
  append_json_string(out_, name);
  out_ += ':';
}

JsonWriter& JsonWriter::string(std::string_view name, std::string_view value) {
  key(name);
  append_json_string(out_, value);
  return *this;
}

JsonWriter& JsonWriter::integer(std::string_view name, long long value) {
  key(name);
  out_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::number(std::string_view name, double value) {
  key(name);
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  out_.append(buffer.data(), end);
  return *this;
}

JsonWriter& JsonWriter::boolean(std::string_view name, bool value) {
  key(name);
  out_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view name, std::string_view json) {
  key(name);
  out_.append(json);
  return *this;
}

JsonWriter& JsonWriter::strings(std::string_view name, const std::vector<std::string>& values) {
  key(name);
  out_ += '[';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out_ += ',';
    append_json_string(out_, values[i]);
  }
  out_ += ']';
  return *this;
}

std::string JsonWriter::finish() {
  std::string done = std::move(out_);
  done += '}';
  out_ = "{";
  return done;
}

}  // namespace copydesk::text
