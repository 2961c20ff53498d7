/// @file
/// tokenize: article text -> sentences, words, n-grams, characters, counts.

#include "copydesk/tokenize.h"

#include <charconv>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "copydesk/subwords.h"

#include "common/program.h"
#include "tokenize_program/filter.h"

namespace {

using copydesk::Format;
using copydesk::tools::Settings;
using copydesk::tools::Unit;

/// The memory of a batch is freed and asked for again with the next. Without this glibc gives it
/// back to the kernel in between, and a tenth of the time goes into getting clean pages anew.
void keep_freed_memory() {
#if defined(__GLIBC__)
  constexpr int kKept = 32 << 20;
  mallopt(M_TRIM_THRESHOLD, kKept);
  mallopt(M_MMAP_THRESHOLD, kKept);
#endif
}

/// "3" or "1-3".
bool parse_range(const std::string& text, std::size_t& shortest, std::size_t& longest) {
  const char* end = text.data() + text.size();
  const auto [dash, error] = std::from_chars(text.data(), end, shortest);
  if (error != std::errc() || shortest == 0) return false;
  longest = shortest;
  if (dash == end) return true;
  if (*dash != '-') return false;
  const auto [rest, wrong] = std::from_chars(dash + 1, end, longest);
  return wrong == std::errc() && rest == end && longest >= shortest && longest <= 100;
}

void add_unit_options(CLI::App& app, Settings& settings) {
  app.add_option_function<std::string>(
         "-u,--unit",
         [&settings](const std::string& name) {
           settings.unit = name == "sentence"  ? Unit::sentence
                           : name == "ngram"   ? Unit::ngram
                           : name == "char"    ? Unit::character
                           : name == "subword" ? Unit::subword
                                               : Unit::word;
         },
         "Unit: sentence, word, ngram, char, subword (default word)")
      ->option_text("UNIT")
      ->check([](const std::string& name) {
        return name == "sentence" || name == "word" || name == "ngram" || name == "char" ||
                       name == "subword"
                   ? std::string()
                   : "'" + name + "' is not one of sentence, word, ngram, char, subword";
      })
      ->take_last()
      ->group("Units");
  app.add_option_function<std::string>(
         "--ngrams",
         [&settings](const std::string& range) {
           if (!parse_range(range, settings.shortest, settings.longest)) {
             throw CLI::ValidationError("--ngrams", "'" + range + "' is not N or N-M");
           }
           settings.unit = Unit::ngram;
         },
         "N-grams of N, or of N to M words, within sentences (default 2)")
      ->option_text("N[-M]")
      ->take_last()
      ->group("Units");
  app.add_option_function<std::string>(
         "--profile",
         [&settings](const std::string& name) {
           settings.tokenizer.profile =
               name == "uax29" ? copydesk::Profile::uax29 : copydesk::Profile::news;
         },
         "Rules: news, or uax29 for Unicode's own (default news)")
      ->option_text("NAME")
      ->check([](const std::string& name) {
        return name == "news" || name == "uax29" ? std::string()
                                                 : "'" + name + "' is not one of news, uax29";
      })
      ->take_last()
      ->group("Units");
  app.add_option("-l,--lang", settings.language,
                 "Language of text that does not say its own (default: detected)")
      ->option_text("LANG")
      ->take_last()
      ->group("Units");
  app.add_flag("--lines", settings.tokenizer.lines, "A line end ends a sentence")->group("Units");
}

void add_form_options(CLI::App& app, Settings& settings) {
  app.add_flag("--lower", settings.transform.lower, "Write in lower case")->group("Form");
  app.add_flag("--fold", settings.transform.fold, "Fold case, as for comparing")->group("Form");
  app.add_flag("--stem", settings.transform.stem, "Write Snowball stems")->group("Form");
  app.add_flag("--no-punctuation", settings.transform.no_punctuation,
               "Leave out punctuation and symbols")
      ->group("Form");
  app.add_flag("--joined", settings.joined, "A sentence a line, its tokens parted by a space")
      ->group("Form");
  app.add_flag("--with-text", settings.with_text, "Records: put the string behind each offset pair")
      ->group("Form");
  app.add_option("--min-count", settings.counter.min_count,
                 "Counts: leave out what occurs less often (default 1)")
      ->option_text("N")
      ->take_last()
      ->group("Form");
  app.add_option_function<std::string>(
         "--memory",
         [&settings](const std::string& value) {
           const auto size = copydesk::tools::parse_size(value);
           if (!size) throw CLI::ValidationError("--memory", "'" + value + "' is not a size");
           settings.counter.memory = *size;
         },
         "Counts: hold this much, the rest on disk (default 512M)")
      ->option_text("SIZE")
      ->take_last()
      ->group("Form");
  app.add_option("--temporary-directory", settings.counter.directory,
                 "Counts: where on disk (default: TMPDIR or /tmp)")
      ->option_text("DIR")
      ->take_last()
      ->group("Form");
}

/// The whole of a file; nothing if it cannot be read.
std::optional<std::string> read_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) return std::nullopt;
  return std::move(text).str();
}

void add_subword_options(CLI::App& app, Settings& settings, std::string& vocabulary) {
  app.add_option("--vocabulary", vocabulary,
                 "Subwords of this vocabulary: .tiktoken, or Hugging Face tokenizer.json")
      ->option_text("FILE")
      ->take_last()
      ->group("Subwords");
  app.add_flag("--ids", settings.ids, "Write ids, not pieces")->group("Subwords");
  app.add_flag("--count-tokens", settings.count_tokens, "Write only how many each document has")
      ->group("Subwords");
}

/// A language code, or else the name of a file.
bool looks_like_language(const std::string& value) {
  return value == "auto" || (value.size() == 2 && value.find('.') == std::string::npos);
}

}  // namespace

int main(int argc, char** argv) {
  keep_freed_memory();
  copydesk::tools::CommonTraits traits;
  traits.from = {"text", "jsonl"};
  traits.to = {"text", "jsonl", "conllu", "counts"};
  traits.has_removed = false;
  copydesk::tools::Program program(
      {"tokenize",
       "Split text into sentences, words, n-grams or characters, or count them.",
       {"tokenize --unit sentence article.txt", "tokenize --joined --lower article.txt",
        "tokenize -t jsonl articles.jsonl", "tokenize --ngrams 1-3 -t counts *.txt | head"}},
      traits);
  Settings settings;
  std::string abbreviations;
  std::string stop_words;
  add_unit_options(program.app(), settings);
  program.app()
      .add_option("--abbreviations", abbreviations, "Know these abbreviations too")
      ->option_text("FILE")
      ->take_last()
      ->group("Units");
  program.app()
      .add_flag("--learn-abbreviations", settings.learn_abbreviations,
                "Write the abbreviations that the input shows, for --abbreviations")
      ->group("Units");
  add_form_options(program.app(), settings);
  program.app()
      .add_option("--stop-words", stop_words,
                  "Leave out the words of FILE, or of a language (auto: the text's)")
      ->option_text("FILE|LANG")
      ->take_last()
      ->group("Form");
  std::string vocabulary;
  add_subword_options(program.app(), settings, vocabulary);
  if (const auto status = program.parse(argc, argv)) return *status;
  if (settings.learn_abbreviations && program.options().to.value_or(Format::text) != Format::text) {
    return program.refuse("abbreviations are written as text");
  }
  if (vocabulary.empty() && (settings.unit == Unit::subword || settings.count_tokens)) {
    return program.refuse("subwords need --vocabulary");
  }

  const auto read = [&](const std::string& name, std::string& into) -> std::optional<int> {
    auto text = read_file(name);
    if (!text) return program.fatal({copydesk::ErrorCode::cannot_open, ""}, name);
    into = std::move(*text);
    return std::nullopt;
  };
  if (!abbreviations.empty()) {
    if (const auto status = read(abbreviations, settings.tokenizer.abbreviations)) return *status;
  }
  if (looks_like_language(stop_words)) {
    settings.transform.stop_word_language = stop_words;
  } else if (!stop_words.empty()) {
    if (const auto status = read(stop_words, settings.transform.stop_words)) return *status;
  }
  if (!vocabulary.empty()) {
    if (program.options().to == Format::conllu) {
      return program.refuse("subwords cannot be written as conllu");
    }
    std::string file;
    if (const auto status = read(vocabulary, file)) return *status;
    auto subwords = copydesk::Subwords::read(file);
    if (!subwords) return program.fatal(subwords.error(), vocabulary);
    settings.subwords = std::move(*subwords);
    settings.unit = Unit::subword;
  }
  auto tokenizer = copydesk::Tokenizer::create(settings.tokenizer);
  if (!tokenizer) return program.fatal(tokenizer.error(), abbreviations);
  auto transform = copydesk::TokenTransform::create(settings.transform);
  if (!transform) return program.fatal(transform.error(), stop_words);
  const auto filter = copydesk::tools::make_tokenize_filter(
      std::move(*tokenizer), std::move(*transform), settings, program.options().to);
  copydesk::ReadOptions input;
  input.accepted = {Format::text, Format::jsonl};
  return program.run(*filter, input);
}
