/// @file
/// The public class: picks language and profile, and keeps the data that all calls share.

#include <limits>
#include <utility>

#include "copydesk/tokenize.h"

#include "tokenize/dictionary.h"
#include "tokenize/language.h"
#include "tokenize/sentences.h"
#include "tokenize/word_scan.h"
#include "tokenize/words.h"

namespace copydesk {

struct Tokenizer::Data {
  Data(TokenizerOptions given, tokenize::Languages loaded)
      : options(std::move(given)), languages(std::move(loaded)) {}

  TokenizerOptions options;
  tokenize::Languages languages;
  tokenize::DictionaryBreaker dictionary;
};

namespace {

bool fits(std::string_view text) {
  return text.size() < std::numeric_limits<std::uint32_t>::max();
}

}  // namespace

Result<Tokenizer> Tokenizer::create(const TokenizerOptions& options) {
  Result<tokenize::Languages> languages = tokenize::Languages::load(options.abbreviations);
  if (!languages.ok()) return std::move(languages).error();
  return Tokenizer(std::make_shared<const Data>(options, std::move(languages).value()));
}

void Tokenizer::append_words(std::string_view text, std::string_view language,
                             std::vector<Span>& spans) const {
  if (!fits(text)) return;
  tokenize::WordScan scan;
  tokenize::scan_words(text, scan);
  const bool news = data_->options.profile == Profile::news;
  tokenize::settle_marked_spaces(!news, scan);
  if (news) {
    if (scan.has_dictionary) data_->dictionary.mark(text, scan.boundaries);
    tokenize::apply_news_rules(text, data_->languages.find(language), data_->options.lines, scan);
  }
  tokenize::append_spans(scan, text.size(), spans);
}

void Tokenizer::append_sentences(std::string_view text, std::string_view language,
                                 std::vector<Span>& spans) const {
  if (!fits(text)) return;
  if (data_->options.profile == Profile::uax29) {
    tokenize::append_uax29_sentences(text, spans);
  } else {
    tokenize::append_news_sentences(text, data_->languages.find(language), data_->options.lines,
                                    spans);
  }
}

std::vector<Span> Tokenizer::words(std::string_view text, std::string_view language) const {
  std::vector<Span> spans;
  append_words(text, language, spans);
  return spans;
}

std::vector<Span> Tokenizer::sentences(std::string_view text, std::string_view language) const {
  std::vector<Span> spans;
  append_sentences(text, language, spans);
  return spans;
}

}  // namespace copydesk
