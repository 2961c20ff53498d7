#include "tokenize/dictionary.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include "tokenize/properties.h"

namespace copydesk::tokenize {

/// A break iterator with the storage that it needs for one run.
struct DictionaryBreaker::Iterator {
  std::unique_ptr<icu::BreakIterator> words;
  std::u16string units;                ///< the run as UTF-16
  std::vector<std::uint32_t> offsets;  ///< byte offset in the text of each unit
};

namespace {

/// Longer runs are cut: ICU's dictionary search keeps the whole run in memory several times over.
constexpr std::size_t kLongestRun = 1U << 16;

/// The next byte from 0xE0 on. Nothing of these scripts stands below U+0E00, whose lead that is.
std::size_t next_long_character(std::string_view text, std::size_t at) {
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, 8);
    if ((bytes & (bytes << 1) & (bytes << 2) & 0x8080808080808080ULL) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0xE0) ++at;
  return at;
}

std::size_t next_dictionary_letter(std::string_view text, std::size_t at) {
  for (at = next_long_character(text, at); at < text.size(); at = next_long_character(text, at)) {
    const Decoded decoded = decode_at(text, at);
    if (properties_of(decoded.code_point).is_dictionary()) return at;
    at += decoded.length;
  }
  return at;
}

}  // namespace

DictionaryBreaker::DictionaryBreaker() = default;
DictionaryBreaker::~DictionaryBreaker() = default;

std::unique_ptr<DictionaryBreaker::Iterator> DictionaryBreaker::take() const {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<Iterator> iterator = std::move(idle_.back());
      idle_.pop_back();
      return iterator;
    }
  }
  auto iterator = std::make_unique<Iterator>();
  UErrorCode status = U_ZERO_ERROR;
  iterator->words.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) iterator->words.reset();
  return iterator;
}

void DictionaryBreaker::give_back(std::unique_ptr<Iterator> iterator) const {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(iterator));
}

void DictionaryBreaker::mark(std::string_view text, Bitmap& boundaries) const {
  std::unique_ptr<Iterator> iterator = take();
  // Without ICU's data the boundaries of UAX #29 stay.
  if (!iterator->words) return;
  std::size_t at = next_dictionary_letter(text, 0);
  while (at < text.size()) {
    const std::size_t begin = at;
    iterator->units.clear();
    iterator->offsets.clear();
    while (at < text.size() && at - begin < kLongestRun) {
      const Decoded decoded = decode_at(text, at);
      if (!properties_of(decoded.code_point).is_dictionary()) break;
      icu::UnicodeString unit(static_cast<UChar32>(decoded.code_point));
      for (std::int32_t i = 0; i < unit.length(); ++i) {
        iterator->units.push_back(unit.charAt(i));
        iterator->offsets.push_back(static_cast<std::uint32_t>(at));
      }
      at += decoded.length;
    }
    // Aliases the units: no copy, and they outlive the use of the iterator on them.
    const icu::UnicodeString run(false, iterator->units.data(),
                                 static_cast<std::int32_t>(iterator->units.size()));
    boundaries.clear(begin + 1, at);
    iterator->words->setText(run);
    for (std::int32_t next = iterator->words->next();
         next != icu::BreakIterator::DONE && next < run.length(); next = iterator->words->next()) {
      boundaries.set(iterator->offsets[static_cast<std::size_t>(next)]);
    }
    at = next_dictionary_letter(text, at);
  }
  give_back(std::move(iterator));
}

}  // namespace copydesk::tokenize
