/// @file
/// tokenize: article text -> sentences, words, n-grams, characters, counts.

#include "copydesk/tokenize.h"

#include <charconv>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "copydesk/counts.h"

#include "common/filter.h"
#include "common/program.h"
#include "text/json.h"
#include "text/language.h"
#include "text/unicode.h"

namespace {

using copydesk::Document;
using copydesk::Format;
using copydesk::Result;
using copydesk::Span;
using copydesk::tools::Outcome;

enum class Unit : std::uint8_t { sentence, word, ngram, character };

struct Settings {
  copydesk::TokenizerOptions tokenizer;
  copydesk::TransformOptions transform;
  copydesk::CounterOptions counter;
  Unit unit = Unit::word;
  std::string language;
  std::size_t shortest = 2;  ///< n-grams
  std::size_t longest = 2;
  bool joined = false;
  bool with_text = false;
};

/// The units of one text, sentence by sentence.
struct Analysis {
  std::string_view text;
  std::vector<Span> sentences;
  std::vector<Span> tokens;       ///< those that are kept
  std::vector<std::size_t> ends;  ///< for each sentence the index behind its last token
};

/// What one document adds to the counts.
struct LocalCounts : copydesk::tools::Payload {
  std::unordered_map<std::string, std::uint64_t> counts;
};

/// Line ends and tabs inside a unit would break the line that it stands on.
void append_line(std::string& out, std::string_view unit) {
  bool space = false;
  for (const char c : unit) {
    if (c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\v') {
      space = true;
      continue;
    }
    if (space && !out.empty() && out.back() != ' ') out += ' ';
    space = false;
    out += c;
  }
}

class TokenizeFilter : public copydesk::tools::Filter {
 public:
  TokenizeFilter(copydesk::Tokenizer tokenizer, copydesk::TokenTransform transform,
                 const Settings& settings, std::optional<Format> to)
      : tokenizer_(std::move(tokenizer)),
        transform_(std::move(transform)),
        settings_(settings),
        counter_(settings.counter),
        conllu_(to == Format::conllu) {}

  void work(const Document& document, Format to, Outcome& outcome) const override {
    if (document.format != Format::jsonl) {
      render(document, document.bytes, settings_.language, nullptr, to, outcome);
      return;
    }
    const auto record = copydesk::text::JsonObject::parse(document.bytes);
    if (!record) {
      outcome.fail(document, record.error());
      return;
    }
    const auto text = copydesk::tools::record_text(*record);
    if (!text) {
      outcome.fail(document, text.error());
      return;
    }
    const std::string language = record->find_string("lang").value_or(settings_.language);
    render(document, *text, language, &*record, to, outcome);
  }

  void settle(const Document& document, Format to, Outcome& outcome) override {
    if (to != Format::counts || !outcome.payload) return;
    auto& local = static_cast<LocalCounts&>(*outcome.payload);
    for (const auto& [key, count] : local.counts) {
      if (const copydesk::Status added = counter_.add(key, count); !added) {
        outcome.stop(document.location, added.error());
        return;
      }
    }
  }

  void finish(Format to, Outcome& outcome) override {
    if (to != Format::counts) return;
    constexpr std::size_t kPart = 1U << 20;
    more_ = false;
    while (outcome.output.size() < kPart) {
      const auto entry = counter_.next();
      if (!entry) {
        outcome.stop({}, entry.error());
        return;
      }
      if (entry->count == 0) break;
      outcome.output += entry->key;
      outcome.output += '\t' + std::to_string(entry->count) + '\n';
      more_ = true;
      ++distinct_;
    }
    outcome.emit = more_;
  }

  [[nodiscard]] bool has_more() const override { return more_; }

  void add_statistics(copydesk::text::JsonWriter& writer) const override {
    if (distinct_ > 0) writer.integer("distinct", static_cast<long long>(distinct_));
  }

  [[nodiscard]] std::string_view separator() const override { return conllu_ ? "" : "\f"; }

 private:
  void render(const Document& document, std::string_view text, std::string language,
              const copydesk::text::JsonObject* record, Format to, Outcome& outcome) const {
    if (language.empty()) language = copydesk::text::detect_language(text).code;
    copydesk::TokenTransform::Run transform = transform_.start(language);
    const Analysis analysis = analyse(text, language, transform);
    switch (to) {
      case Format::jsonl:
        outcome.output = to_record(analysis, record, document, transform);
        break;
      case Format::conllu:
        outcome.output = to_conllu(analysis, document, record, transform);
        break;
      case Format::counts:
        outcome.emit = false;
        outcome.payload = count(analysis, transform);
        break;
      default:
        outcome.output = to_lines(analysis, transform);
        break;
    }
  }

  Analysis analyse(std::string_view text, const std::string& language,
                   const copydesk::TokenTransform::Run& transform) const {
    Analysis analysis;
    analysis.text = text;
    analysis.sentences = tokenizer_.sentences(text, language);
    if (settings_.unit != Unit::sentence) {
      analysis.tokens = settings_.unit == Unit::character ? copydesk::characters(text)
                                                          : tokenizer_.words(text, language);
      std::erase_if(analysis.tokens,
                    [&](const Span& token) { return !transform.keeps(token.of(text)); });
    }
    std::size_t index = 0;
    for (const Span& sentence : analysis.sentences) {
      while (index < analysis.tokens.size() && analysis.tokens[index].begin < sentence.end) ++index;
      analysis.ends.push_back(index);
    }
    return analysis;
  }

  /// Calls `use` with each unit as it is to be written; with `end` behind each sentence.
  template <typename Use, typename End>
  void for_each_unit(const Analysis& analysis, copydesk::TokenTransform::Run& transform, Use use,
                     End end) const {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < analysis.sentences.size(); ++i) {
      if (settings_.unit == Unit::sentence) {
        use(transform_sentence(analysis.sentences[i].of(analysis.text)));
      } else {
        std::vector<std::string> tokens;
        for (std::size_t t = begin; t < analysis.ends[i]; ++t) {
          tokens.push_back(transform.apply(analysis.tokens[t].of(analysis.text)));
        }
        if (settings_.unit == Unit::ngram) {
          for_each_ngram(tokens, use);
        } else {
          for (const std::string& token : tokens) use(token);
        }
        begin = analysis.ends[i];
      }
      end();
    }
  }

  template <typename Use>
  void for_each_ngram(const std::vector<std::string>& tokens, Use use) const {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      std::string ngram;
      for (std::size_t n = 1; n <= settings_.longest && i + n <= tokens.size(); ++n) {
        if (n > 1) ngram += ' ';
        ngram += tokens[i + n - 1];
        if (n >= settings_.shortest) use(ngram);
      }
    }
  }

  [[nodiscard]] std::string transform_sentence(std::string_view sentence) const {
    if (settings_.transform.fold) return copydesk::text::fold_case(sentence);
    if (settings_.transform.lower) return copydesk::text::lower(sentence);
    return std::string(sentence);
  }

  std::string to_lines(const Analysis& analysis, copydesk::TokenTransform::Run& transform) const {
    std::string out;
    bool first = true;
    bool empty = true;
    const auto use = [&](const std::string& unit) {
      if (settings_.joined && !first) out += ' ';
      append_line(out, unit);
      if (!settings_.joined) out += '\n';
      first = false;
      empty = false;
    };
    const auto end = [&] {
      const bool blank = settings_.unit == Unit::word || settings_.unit == Unit::character;
      if (!empty && (settings_.joined || blank)) out += '\n';
      first = true;
      empty = true;
    };
    for_each_unit(analysis, transform, use, end);
    // The blank line stands between sentences, not behind the last one.
    if (!settings_.joined && out.ends_with("\n\n")) out.pop_back();
    return out;
  }

  std::unique_ptr<LocalCounts> count(const Analysis& analysis,
                                     copydesk::TokenTransform::Run& transform) const {
    auto local = std::make_unique<LocalCounts>();
    std::string line;
    for_each_unit(
        analysis, transform,
        [&](const std::string& unit) {
          line.clear();
          append_line(line, unit);
          ++local->counts[line];
        },
        [] {});
    return local;
  }

  void append_span(std::string& json, const Span& span, const std::string& text) const {
    json += json.size() > 1 ? ",[" : "[";
    json += std::to_string(span.begin) + ',' + std::to_string(span.end);
    if (settings_.with_text) {
      json += ',';
      copydesk::text::append_json_string(json, text);
    }
    json += ']';
  }

  std::string to_record(const Analysis& analysis, const copydesk::text::JsonObject* record,
                        const Document& document, copydesk::TokenTransform::Run& transform) const {
    copydesk::text::RecordEdit edit;
    if (record == nullptr) {
      edit.set_string("id", copydesk::tools::document_id(document));
      edit.set_string("text", analysis.text);
    }
    std::string sentences = "[";
    for (const Span& sentence : analysis.sentences) {
      append_span(sentences, sentence,
                  settings_.with_text ? transform_sentence(sentence.of(analysis.text)) : "");
    }
    edit.set_raw("sentences", sentences + "]");
    if (settings_.unit != Unit::sentence) edit.set_raw(member(), units(analysis, transform));
    static const auto empty = copydesk::text::JsonObject::parse("{}");
    return edit.apply(record != nullptr ? *record : *empty);
  }

  [[nodiscard]] std::string_view member() const {
    return settings_.unit == Unit::ngram       ? "ngrams"
           : settings_.unit == Unit::character ? "characters"
                                               : "tokens";
  }

  std::string units(const Analysis& analysis, copydesk::TokenTransform::Run& transform) const {
    std::string json = "[";
    const auto text_of = [&](const Span& span) {
      return settings_.with_text ? transform.apply(span.of(analysis.text)) : std::string();
    };
    if (settings_.unit != Unit::ngram) {
      for (const Span& token : analysis.tokens) append_span(json, token, text_of(token));
      return json + "]";
    }
    std::size_t begin = 0;
    for (const std::size_t end : analysis.ends) {
      for (std::size_t i = begin; i < end; ++i) {
        std::string ngram;
        for (std::size_t n = 1; n <= settings_.longest && i + n <= end; ++n) {
          ngram += (n > 1 ? " " : "") + text_of(analysis.tokens[i + n - 1]);
          if (n < settings_.shortest) continue;
          append_span(json, {analysis.tokens[i].begin, analysis.tokens[i + n - 1].end}, ngram);
        }
      }
      begin = end;
    }
    return json + "]";
  }

  std::string to_conllu(const Analysis& analysis, const Document& document,
                        const copydesk::text::JsonObject* record,
                        copydesk::TokenTransform::Run& transform) const {
    std::string id = copydesk::tools::document_id(document);
    if (record != nullptr) id = record->find_string("id").value_or(id);
    std::string out;
    std::size_t begin = 0;
    std::size_t previous = 0;
    for (std::size_t i = 0; i < analysis.sentences.size(); ++i) {
      const Span& sentence = analysis.sentences[i];
      const std::string_view gap = analysis.text.substr(previous, sentence.begin - previous);
      if (i == 0) append_comment(out, "newdoc id", id);
      if (i == 0 || gap.find('\n') != gap.rfind('\n') || gap.find('\f') != std::string_view::npos) {
        out += "# newpar\n";
      }
      append_comment(out, "sent_id", std::to_string(i + 1));
      append_comment(out, "text", sentence.of(analysis.text));
      for (std::size_t t = begin; t < analysis.ends[i]; ++t) {
        const Span& token = analysis.tokens[t];
        out += std::to_string(t - begin + 1) + '\t';
        append_line(out, transform.apply(token.of(analysis.text)));
        const bool space = token.end >= analysis.text.size() || is_gap(analysis, t);
        out += std::string("\t_\t_\t_\t_\t_\t_\t_\t") + (space ? "_" : "SpaceAfter=No") + '\n';
      }
      out += '\n';
      begin = analysis.ends[i];
      previous = sentence.end;
    }
    return out;
  }

  static void append_comment(std::string& out, std::string_view key, std::string_view value) {
    out += "# " + std::string(key) + " = ";
    append_line(out, value);
    out += '\n';
  }

  static bool is_gap(const Analysis& analysis, std::size_t token) {
    return token + 1 >= analysis.tokens.size() ||
           analysis.tokens[token].end != analysis.tokens[token + 1].begin;
  }

  copydesk::Tokenizer tokenizer_;
  copydesk::TokenTransform transform_;
  const Settings& settings_;
  copydesk::Counter counter_;
  bool conllu_;
  bool more_ = false;
  std::size_t distinct_ = 0;
};

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
           settings.unit = name == "sentence" ? Unit::sentence
                           : name == "ngram"  ? Unit::ngram
                           : name == "char"   ? Unit::character
                                              : Unit::word;
         },
         "Unit: sentence, word, ngram, char (default word)")
      ->option_text("UNIT")
      ->check([](const std::string& name) {
        return name == "sentence" || name == "word" || name == "ngram" || name == "char"
                   ? std::string()
                   : "'" + name + "' is not one of sentence, word, ngram, char";
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

/// A language code, or else the name of a file.
bool looks_like_language(const std::string& value) {
  return value == "auto" || (value.size() == 2 && value.find('.') == std::string::npos);
}

}  // namespace

int main(int argc, char** argv) {
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
  add_form_options(program.app(), settings);
  program.app()
      .add_option("--stop-words", stop_words,
                  "Leave out the words of FILE, or of a language (auto: the text's)")
      ->option_text("FILE|LANG")
      ->take_last()
      ->group("Form");
  if (const auto status = program.parse(argc, argv)) return *status;

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
  auto tokenizer = copydesk::Tokenizer::create(settings.tokenizer);
  if (!tokenizer) return program.fatal(tokenizer.error(), abbreviations);
  auto transform = copydesk::TokenTransform::create(settings.transform);
  if (!transform) return program.fatal(transform.error(), stop_words);
  TokenizeFilter filter(std::move(*tokenizer), std::move(*transform), settings,
                        program.options().to);
  copydesk::ReadOptions input;
  input.accepted = {Format::text, Format::jsonl};
  return program.run(filter, input);
}
