#include <limits>
#include <memory>
#include <string>

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include "copydesk/tokenize.h"

#include "tokenize/properties.h"

namespace copydesk {
namespace {

/// ICU counts in 32 bits, and UTF-16 of a whole text is large: pieces of this many bytes, cut at
/// line ends or spaces where there are any.
constexpr std::size_t kPiece = 1U << 16;

std::size_t piece_end(std::string_view text, std::size_t begin) {
  if (text.size() - begin <= kPiece) return text.size();
  const std::size_t cut = text.find_last_of(" \n", begin + kPiece);
  if (cut != std::string_view::npos && cut > begin) return cut;
  std::size_t end = begin + kPiece;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return end;
}

void append_piece(std::string_view text, std::size_t begin, std::size_t end,
                  icu::BreakIterator& iterator, std::vector<Span>& spans) {
  std::u16string units;
  std::vector<std::uint32_t> offsets;
  std::vector<bool> spaces;
  for (std::size_t at = begin; at < end;) {
    const tokenize::Decoded decoded = tokenize::decode_at(text, at);
    const icu::UnicodeString unit(static_cast<UChar32>(decoded.code_point));
    for (std::int32_t i = 0; i < unit.length(); ++i) {
      units.push_back(unit.charAt(i));
      offsets.push_back(static_cast<std::uint32_t>(at));
      spaces.push_back(tokenize::properties_of(decoded.code_point).is_space());
    }
    at += decoded.length;
  }
  offsets.push_back(static_cast<std::uint32_t>(end));
  const icu::UnicodeString aliased(false, units.data(), static_cast<std::int32_t>(units.size()));
  iterator.setText(aliased);
  std::int32_t from = 0;
  for (auto to = iterator.next(); to != icu::BreakIterator::DONE; to = iterator.next()) {
    // A space with a combining mark on it is a character to be seen.
    const auto first = static_cast<std::size_t>(from);
    const auto last = static_cast<std::size_t>(to);
    if (!spaces[first] || !spaces[last - 1]) spans.push_back({offsets[first], offsets[last]});
    from = to;
  }
}

}  // namespace

std::vector<Span> characters(std::string_view text) {
  std::vector<Span> spans;
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) return spans;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) return spans;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = piece_end(text, begin);
    append_piece(text, begin, end, *iterator, spans);
    begin = end;
  }
  return spans;
}

}  // namespace copydesk
