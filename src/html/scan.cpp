#include "html/scan.h"

#include <algorithm>

#include "html/ascii.h"
#include "html/byte_masks.h"

namespace copydesk::html {
namespace {

/// True if `name` stands at `at` and ends there: `</b>` is not the end of `</base>`.
bool is_name_at(std::string_view html, std::size_t at, std::string_view name) noexcept {
  if (!starts_with_lower(html.substr(std::min(at, html.size())), name)) return false;
  const std::size_t end = at + name.size();
  return end == html.size() || is_html_space(html[end]) || html[end] == '/' || html[end] == '>';
}

/// Tells whether a script's text from `from` to `to` opens `<!-- <script`: then the next
/// `</script>` closes that inner one. `in_comment` and `in_script` carry the state along.
void follow_script_escapes(std::string_view html, std::size_t from, std::size_t to,
                           bool& in_comment, bool& in_script) noexcept {
  for (std::size_t at = from; at < to; ++at) {
    if (!in_comment) {
      at = html.find("<!--", at);
      if (at >= to) return;
      in_comment = true;
      in_script = false;
      at += 1;  // `<!-->` is closed again by the same dashes
      continue;
    }
    const char c = html[at];
    if (c == '-' && html.compare(at, 3, "-->") == 0) in_comment = in_script = false;
    if (c == '<' && is_name_at(html, at + 1, "script")) in_script = true;
  }
}

}  // namespace

std::size_t skip_comment(std::string_view html, std::size_t at) noexcept {
  for (std::size_t end = at + 4; (end = html.find('>', end)) != kNotFound; ++end) {
    // The dashes of `<!-->` and `<!--->` count for both ends, those of `<!--!>` do not.
    if (html[end - 1] == '-' && html[end - 2] == '-') return end + 1;
    if (end >= at + 7 && html[end - 1] == '!' && html[end - 2] == '-' && html[end - 3] == '-') {
      return end + 1;
    }
  }
  return html.size();
}

std::size_t skip_to_tag_end(std::string_view html, std::size_t at) noexcept {
  const std::size_t end = find_near(html, '>', at);
  return end == kNotFound ? html.size() : end + 1;
}

ClosingTag find_closing_tag(std::string_view html, std::size_t at, std::string_view name) noexcept {
  for (; (at = html.find('<', at)) != kNotFound; ++at) {
    if (at + 1 < html.size() && html[at + 1] == '/' && is_name_at(html, at + 2, name)) {
      return {at, skip_to_tag_end(html, at + 2)};
    }
  }
  return {};
}

namespace {

/// The first `</script` from `at` on, if no `<!--` stands before it; else nothing.
ClosingTag find_plain_script_end(std::string_view html, std::size_t at) noexcept {
  for (; (at = html.find('<', at)) != kNotFound; ++at) {
    const char next = at + 1 < html.size() ? html[at + 1] : ' ';
    if (next == '!' && html.compare(at, 4, "<!--") == 0) return {};
    if (next == '/' && is_name_at(html, at + 2, "script")) {
      return {at, skip_to_tag_end(html, at + 2)};
    }
  }
  return {};
}

}  // namespace

ClosingTag find_script_end(std::string_view html, std::size_t at) noexcept {
  // Nearly all scripts are passed over once.
  if (const ClosingTag plain = find_plain_script_end(html, at)) return plain;
  bool in_comment = false;
  bool in_script = false;
  ClosingTag first;
  std::size_t from = at;
  for (ClosingTag end = find_closing_tag(html, at, "script"); end;
       end = find_closing_tag(html, end.end, "script")) {
    if (!first) first = end;
    follow_script_escapes(html, from, end.begin, in_comment, in_script);
    if (!in_script) return end;
    in_script = false;
    from = end.end;
  }
  return first;
}

ClosingTag find_balanced_end(std::string_view html, std::size_t at,
                             std::string_view name) noexcept {
  std::size_t depth = 1;
  for (; (at = html.find('<', at)) != kNotFound; ++at) {
    if (at + 1 < html.size() && html[at + 1] == '/') {
      if (!is_name_at(html, at + 2, name)) continue;
      if (--depth == 0) return {at, skip_to_tag_end(html, at + 2)};
    } else if (is_name_at(html, at + 1, name)) {
      const std::size_t end = skip_to_tag_end(html, at);
      if (html[end - 1] != '>' || html[end - 2] != '/') ++depth;
    }
  }
  return {};
}

}  // namespace copydesk::html
