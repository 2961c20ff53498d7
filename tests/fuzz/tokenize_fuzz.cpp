/// @file
/// Any text into words, sentences and characters, in both profiles: spans are in order, never
/// empty, and no sentence begins or ends inside a word. Bytes that are not UTF-8 must do no harm,
/// but where spans fall among them is not defined: there only the first two hold.

#include <algorithm>
#include <string_view>
#include <vector>

#include "copydesk/tokenize.h"

#include "check.h"
#include "text/utf8.h"

namespace {

using copydesk::Span;

void check_order(std::string_view text, const std::vector<Span>& spans) {
  std::uint32_t end = 0;
  for (const Span& span : spans) {
    copydesk::fuzz::check(span.begin >= end && span.end > span.begin && span.end <= text.size());
    end = span.end;
  }
}

/// Whether a sentence that begins or ends at `place` would cut one of the words.
bool cuts_a_word(const std::vector<Span>& words, std::uint32_t place) {
  const auto after =
      std::upper_bound(words.begin(), words.end(), place,
                       [](std::uint32_t offset, const Span& word) { return offset < word.end; });
  return after != words.end() && after->begin < place;
}

void check_profile(std::string_view text, copydesk::Profile profile, std::string_view language) {
  const auto tokenizer = copydesk::Tokenizer::create({.profile = profile});
  copydesk::fuzz::check(tokenizer.ok());
  const std::vector<Span> words = tokenizer->words(text, language);
  const std::vector<Span> sentences = tokenizer->sentences(text, language);
  check_order(text, words);
  check_order(text, sentences);
  if (profile != copydesk::Profile::news || !copydesk::text::is_valid_utf8(text)) return;
  for (const Span& sentence : sentences) {
    copydesk::fuzz::check(!cuts_a_word(words, sentence.begin));
    copydesk::fuzz::check(!cuts_a_word(words, sentence.end));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = copydesk::fuzz::as_text(data, size);
  check_profile(text, copydesk::Profile::uax29, "");
  for (const std::string_view language : {"", "en", "fr", "de", "zh", "th"}) {
    check_profile(text, copydesk::Profile::news, language);
  }
  check_order(text, copydesk::characters(text));
  return 0;
}
