/// @file
/// TokenTransform: what becomes of a token's characters, and which tokens are left out.

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <libstemmer.h>

#include "copydesk/tokenize.h"

#include "data/stop_word_data.h"
#include "text/language.h"
#include "text/unicode.h"
#include "tokenize/properties.h"

namespace copydesk {
namespace {

using WordSet = std::unordered_set<std::string>;

WordSet read_words(std::string_view text) {
  WordSet words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!word.empty() && word.front() == '#') {  // a comment, to the end of its line
      text.remove_prefix(std::min(text.find('\n'), text.size()));
    } else if (!word.empty()) {
      words.insert(text::fold_case(word));
    }
  }
  return words;
}

bool is_punctuation_only(std::string_view token) {
  for (std::size_t at = 0; at < token.size();) {
    const auto decoded = tokenize::decode_at(token, at);
    const auto properties = tokenize::properties_of(decoded.code_point);
    if (!properties.is_symbol()) return false;
    at += decoded.length;
  }
  return true;
}

struct StemmerDeleter {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using StemmerPointer = std::unique_ptr<sb_stemmer, StemmerDeleter>;

}  // namespace

struct TokenTransform::Data {
  TransformOptions options;
  std::unordered_map<std::string, WordSet> stop_words;  ///< by language
  WordSet own_stop_words;
};

struct TokenTransform::Run::State {
  std::shared_ptr<const Data> data;
  const WordSet* stop_words = nullptr;
  StemmerPointer stemmer;
};

Result<TokenTransform> TokenTransform::create(const TransformOptions& options) {
  auto data = std::make_shared<Data>();
  data->options = options;
  data->own_stop_words = read_words(options.stop_words);
  for (const data::EmbeddedFile& file : data::stop_words::files()) {
    data->stop_words[std::string(file.name.substr(0, file.name.find('.')))] = read_words(file.text);
  }
  const std::string& language = options.stop_word_language;
  if (!language.empty() && language != "auto" && !data->stop_words.contains(language)) {
    return {ErrorCode::bad_option, "no stop words for the language '" + language + "'"};
  }
  return TokenTransform(std::move(data));
}

TokenTransform::Run TokenTransform::start(std::string_view language) const {
  auto state = std::make_unique<Run::State>();
  state->data = data_;
  const std::string code = text::primary_language(language);
  const std::string& wanted = data_->options.stop_word_language;
  if (!wanted.empty()) {
    const auto found = data_->stop_words.find(wanted == "auto" ? code : wanted);
    if (found != data_->stop_words.end()) state->stop_words = &found->second;
  }
  if (data_->options.stem && !code.empty()) {
    // Null for a language that Snowball has no algorithm for: its words stay as they are.
    state->stemmer.reset(sb_stemmer_new(code.c_str(), nullptr));
  }
  return Run(std::move(state));
}

TokenTransform::Run::Run(std::unique_ptr<State> state) : state_(std::move(state)) {}
TokenTransform::Run::Run(Run&&) noexcept = default;
TokenTransform::Run::~Run() = default;

bool TokenTransform::Run::keeps(std::string_view token) const {
  const Data& data = *state_->data;
  if (data.options.no_punctuation && is_punctuation_only(token)) return false;
  if (state_->stop_words == nullptr && data.own_stop_words.empty()) return true;
  const std::string folded = text::fold_case(token);
  return !data.own_stop_words.contains(folded) &&
         (state_->stop_words == nullptr || !state_->stop_words->contains(folded));
}

std::string TokenTransform::Run::apply(std::string_view token) {
  const TransformOptions& options = state_->data->options;
  std::string out = options.fold    ? text::fold_case(token)
                    : options.lower ? text::lower(token)
                                    : std::string(token);
  if (!state_->stemmer) return out;
  if (!options.fold && !options.lower) out = text::lower(out);
  const auto* bytes = reinterpret_cast<const sb_symbol*>(out.data());
  const sb_symbol* stem =
      sb_stemmer_stem(state_->stemmer.get(), bytes, static_cast<int>(out.size()));
  if (stem == nullptr) return out;  // out of memory, says Snowball
  const auto length = static_cast<std::size_t>(sb_stemmer_length(state_->stemmer.get()));
  return {reinterpret_cast<const char*>(stem), length};
}

}  // namespace copydesk
