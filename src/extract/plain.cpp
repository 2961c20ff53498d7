#include "extract/plain.h"

#include <algorithm>

#include "html/entities.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::extract {
namespace {

bool is_ascii_space(char c) noexcept {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

std::string resolve(std::string_view text) {
  std::string out;
  html::append_decoded(out, text, html::ReferenceContext::text);
  return out;
}

/// `text` with each tag replaced by a space. A bare '<' stays.
std::string without_tags(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = std::min(text.find('<', at), text.size());
    out.append(text, at, open - at);
    at = open;
    if (at >= text.size()) break;
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    const bool tag =
        next == '/' || next == '!' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    const std::size_t close = tag ? text.find('>', at) : std::string_view::npos;
    if (close == std::string_view::npos) {
      out.append(text, at, text.size() - at);
      break;
    }
    out += ' ';
    at = close + 1;
  }
  return out;
}

bool is_plain_ascii(std::string_view text) noexcept {
  bool space = true;  // the last character was one
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || byte < 0x20 || (c == ' ' && space)) return false;
    space = c == ' ';
  }
  return !space || text.empty();
}

struct LineWriter {
  const html::Page& page;
  std::size_t limit;
  std::string out;
  std::size_t hidden = 0;  // open elements that are not shown

  [[nodiscard]] bool is_hidden(html::NodeId id) const {
    using html::Attribute;
    for (const auto& attribute : page.attributes(id)) {
      if (attribute.name == Attribute::hidden) return true;
      if (attribute.name == Attribute::style) {
        const std::string style = ascii_lower(page.value(attribute));
        if (style.find("display:none") != std::string::npos ||
            style.find("display: none") != std::string::npos) {
          return true;
        }
      }
    }
    return false;
  }
  void boundary(html::NodeId id) {
    const html::Tag tag = page.node(id).tag;
    if (html::is_block(tag) || tag == html::Tag::br) out += ' ';
  }
  void open(html::NodeId id) {
    boundary(id);
    if (hidden > 0 || is_hidden(id)) ++hidden;
  }
  void text(const html::Run& run) {
    if (hidden == 0 && out.size() < limit) out += page.text(run).substr(0, limit);
  }
  void close(html::NodeId id) {
    if (hidden > 0) --hidden;
    boundary(id);
  }
};

}  // namespace

std::string plain_text(std::string_view markup) {
  if (is_plain_ascii(markup) && markup.find_first_of("&<") == std::string_view::npos) {
    return std::string(markup);
  }
  std::string text = resolve(markup);
  if (text.find('&') != std::string::npos) text = resolve(text);
  if (text.find('<') != std::string::npos) text = without_tags(text);
  return text::nfc(text::collapse_space(text));
}

std::string line_of(const html::Page& page, html::NodeId node, std::size_t limit) {
  LineWriter writer{page, limit, {}};
  html::walk(page, node, writer);
  // The cut may have gone through a character.
  std::string line = text::is_valid_utf8(writer.out) ? writer.out : text::repair_utf8(writer.out);
  if (is_plain_ascii(line)) return line;
  return text::nfc(text::collapse_space(line));
}

std::string fold_title(std::string_view text) {
  const std::string folded = text::fold_case(text);
  std::string out;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    if (text::is_word(text::next_code_point(folded, at))) out.append(folded, begin, at - begin);
  }
  return out;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("//");
  if (scheme > 8) return {};  // npos too: no scheme, or a slash pair far inside
  std::string_view host = url.substr(scheme + 2);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) {
    host.remove_prefix(at + 1);
  }
  host = host.substr(0, host.find(':'));
  std::string name = ascii_lower(host);
  if (name.rfind("www.", 0) == 0) name.erase(0, 4);
  return name;
}

std::string absolute_url(std::string_view url, std::string_view base) {
  while (!url.empty() && is_ascii_space(url.front())) url.remove_prefix(1);
  while (!url.empty() && is_ascii_space(url.back())) url.remove_suffix(1);
  const std::size_t scheme = base.find("://");
  if (url.empty() || url.find("://") != std::string_view::npos ||
      scheme == std::string_view::npos) {
    return std::string(url);
  }
  if (url.substr(0, 2) == "//") return std::string(base.substr(0, scheme + 1)) + std::string(url);
  const std::size_t path = std::min(base.find_first_of("/?#", scheme + 3), base.size());
  const std::string_view origin = base.substr(0, path);
  if (url.front() == '/') return std::string(origin) + std::string(url);
  const std::string_view whole = base.substr(0, base.find_first_of("?#"));
  const std::size_t slash = whole.rfind('/');
  const std::string_view folder =
      slash == std::string_view::npos || slash < path ? origin : whole.substr(0, slash);
  return std::string(folder) + '/' + std::string(url);
}

}  // namespace copydesk::extract
