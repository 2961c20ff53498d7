#pragma once

/// @file
/// Words in the letters of host names and addresses: without accents, in Latin letters.

#include <string>
#include <string_view>

namespace copydesk::clean {

/// One text in Latin letters, in the two ways that are common ("o" and "oe" for o umlaut).
struct LatinForms {
  std::string first;
  std::string second;

  [[nodiscard]] bool empty() const noexcept { return first.empty(); }
};

/// Letters and digits only, in lower case, without accents, Cyrillic and Greek transliterated
/// (data/clean/latin.txt): "The New York Times" and "thenewyorktimes" are one. Letters of other
/// scripts stay. `text`: well-formed UTF-8.
[[nodiscard]] LatinForms latin_forms(std::string_view text);

}  // namespace copydesk::clean
