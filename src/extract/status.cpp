#include "extract/status.h"

#include <algorithm>
#include <string>

#include "extract/plain.h"

namespace copydesk::extract {
namespace {

/// True if the bytes are those of a kind of file that is no text.
bool is_binary(std::string_view source) {
  static constexpr std::string_view kBeginnings[] = {
      "%PDF-", "\x89PNG", "GIF8", "\xFF\xD8\xFF", "PK\x03\x04", "RIFF",
  };
  return std::any_of(std::begin(kBeginnings), std::end(kBeginnings),
                     [&](std::string_view begin) { return source.starts_with(begin); });
}

bool is_consent_wall(const Survey& survey) {
  constexpr double kFewWords = 600;
  if (survey.sums.back().words > kFewWords) return false;
  std::size_t legal = 0;
  for (const TextMeasures& text : survey.measures) {
    if ((text.topics >> static_cast<unsigned>(Topic::legal)) & 1U) ++legal;
  }
  return legal > 0 && 4 * legal >= survey.measures.size();
}

/// True if the page tells a reader without scripts what is missing. The word is the same in all
/// languages.
bool asks_for_javascript(const html::Page& page) {
  constexpr std::size_t kLongestNote = 1000;  // bytes
  for (html::NodeId id = 0; id < page.size(); ++id) {
    if (page.node(id).tag != html::Tag::noscript) continue;
    const std::string_view note = page.text(id).substr(0, kLongestNote);
    if (ascii_lower(note).find("javascript") != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::string_view status_of(const html::Page& page, const BlockList& list, const Survey& survey,
                           std::string_view source) {
  constexpr std::size_t kLargeScripts = 2000;  // bytes
  constexpr double kFewWords = 60;
  if (is_binary(source)) return "unsupported-type";
  const bool few = survey.sums.back().words < kFewWords;
  if (few && (page.script_bytes() > kLargeScripts || asks_for_javascript(page))) {
    return "needs-javascript";
  }
  if (list.blocks.empty()) return "empty";
  if (is_consent_wall(survey)) return "consent-wall";
  return "not-an-article";
}

}  // namespace copydesk::extract
