#include "stream/sniff.h"

#include <array>

namespace copydesk::stream {
namespace {

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view lower_prefix) noexcept {
  if (text.size() < lower_prefix.size()) return false;
  for (std::size_t i = 0; i < lower_prefix.size(); ++i) {
    if (lower(text[i]) != lower_prefix[i]) return false;
  }
  return true;
}

std::string_view skip_space(std::string_view text) noexcept {
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  return at == std::string_view::npos ? std::string_view() : text.substr(at);
}

/// An object must open as one: `{` and then a key or its end. A text may begin with a brace too.
bool looks_like_record(std::string_view head) noexcept {
  if (head.empty() || head[0] != '{') return false;
  const std::string_view rest = skip_space(head.substr(1));
  return rest.empty() || rest[0] == '"' || rest[0] == '}';
}

bool looks_like_page(std::string_view head) noexcept {
  static constexpr std::array<std::string_view, 8> kOpenings = {
      "<!doctype html", "<html", "<head", "<body", "<!--", "<?xml", "<meta", "<title"};
  for (const std::string_view opening : kOpenings) {
    if (starts_with_ignoring_case(head, opening)) return true;
  }
  return false;
}

}  // namespace

std::string_view without_byte_order_mark(std::string_view head) noexcept {
  return head.starts_with("\xEF\xBB\xBF") ? head.substr(3) : head;
}

bool is_enough(std::string_view head) noexcept {
  constexpr std::size_t kLongestOpening = 16;
  const std::string_view start = skip_space(without_byte_order_mark(head));
  return head.size() >= kSniffSize || start.size() >= kLongestOpening ||
         start.find('\n') != std::string_view::npos;
}

Format sniff(std::string_view head) noexcept {
  if (head.starts_with("WARC/1.")) return Format::warc;
  const std::string_view start = skip_space(without_byte_order_mark(head));
  if (looks_like_record(start)) return Format::jsonl;
  if (looks_like_page(start)) return Format::html;
  return Format::text;
}

}  // namespace copydesk::stream
