#pragma once

/// @file
/// Which language a text is written in (CLD2). Thread-safe.

#include <string>
#include <string_view>

namespace copydesk::text {

struct Language {
  std::string code;       ///< ISO 639-1 (639-3 where there is none), lower case; empty: not known
  bool reliable = false;  ///< the detector's own word
};

/// Detects the main language of well-formed UTF-8. At most the first 16 KiB are read, so the cost
/// is bounded. Returns an empty code for text that is too short to tell.
[[nodiscard]] Language detect_language(std::string_view text);

/// About 1 KiB of a longer text, from a third of the way into it, where what stands around an
/// article is least likely: enough to tell its language, and an eighth of the cost of all of it.
[[nodiscard]] std::string_view language_sample(std::string_view text) noexcept;

/// The primary subtag of a language tag, lower case: "pt-BR" and "PT_br" give "pt".
[[nodiscard]] std::string primary_language(std::string_view tag);

}  // namespace copydesk::text
