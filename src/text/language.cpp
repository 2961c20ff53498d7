#include "text/language.h"

#include <array>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include "text/utf8.h"

namespace copydesk::text {
namespace {

constexpr std::size_t kLongestSample = 16384;

bool continues_character(char c) noexcept {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

}  // namespace

std::string_view language_sample(std::string_view text) noexcept {
  constexpr std::size_t kSample = 1024;
  if (text.size() <= kSample) return text;
  std::size_t begin = (text.size() - kSample) / 3;
  while (begin > 0 && continues_character(text[begin])) --begin;
  std::size_t end = begin + kSample;
  while (end < text.size() && continues_character(text[end])) ++end;
  return text.substr(begin, end - begin);
}

Language detect_language(std::string_view text) {
  const std::string_view part = whole_prefix(text, kLongestSample);
  bool reliable = false;
  // The summary call, unlike DetectLanguage, does not answer "English" where it knows nothing.
  std::array<CLD2::Language, 3> best{};
  std::array<int, 3> percent{};
  int bytes = 0;
  const CLD2::Language language =
      CLD2::DetectLanguageSummary(part.data(), static_cast<int>(part.size()), true, best.data(),
                                  percent.data(), &bytes, &reliable);
  if (language == CLD2::UNKNOWN_LANGUAGE || bytes == 0) return {};
  std::string code = primary_language(CLD2::LanguageCode(language));
  if (code == "iw") code = "he";  // CLD2 keeps the withdrawn code
  return {std::move(code), reliable};
}

std::string primary_language(std::string_view tag) {
  // Pages write anything there; a language is 2 to 8 letters (BCP 47, section 2.2.1).
  constexpr std::size_t kLeast = 2;
  constexpr std::size_t kMost = 8;
  std::string code;
  for (const char c : tag) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    if (lower < 'a' || lower > 'z') break;
    code += lower;
  }
  return code.size() >= kLeast && code.size() <= kMost ? code : std::string();
}

}  // namespace copydesk::text
