#include <array>
#include <utility>

#include "copydesk/document.h"

namespace copydesk {
namespace {
constexpr std::array<std::pair<Format, std::string_view>, 8> kNames = {{
    {Format::text, "text"},
    {Format::jsonl, "jsonl"},
    {Format::markdown, "markdown"},
    {Format::html, "html"},
    {Format::warc, "warc"},
    {Format::lines, "lines"},
    {Format::conllu, "conllu"},
    {Format::counts, "counts"},
}};
}  // namespace

std::string_view name(Format format) noexcept {
  return kNames[static_cast<std::size_t>(format)].second;
}

std::optional<Format> format_from_name(std::string_view wanted) noexcept {
  for (const auto& [format, text] : kNames) {
    if (text == wanted) return format;
  }
  return std::nullopt;
}

}  // namespace copydesk
