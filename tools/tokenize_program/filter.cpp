#include "tokenize_program/filter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "copydesk/abbreviations.h"

#include "text/json.h"
#include "text/language.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::tools {
namespace {

/// The units of one text, sentence by sentence.
struct Analysis {
  std::string_view text;
  std::vector<Span> sentences;
  std::vector<Span> tokens;       ///< those that are kept
  std::vector<std::size_t> ends;  ///< for each sentence the index behind its last token
};

/// What one document adds to the counts.
struct LocalCounts : Payload {
  std::unordered_map<std::string, std::uint64_t> counts;
};

bool breaks_line(char c) {
  return c >= '\t' && c <= '\r';
}

/// Line ends and tabs inside a unit would break the line that it stands on. Eight bytes a step, the
/// last step over bytes that were seen already: of each the highest bit is set in `found` that is
/// at least a tab and not above a carriage return.
bool breaks_line(std::string_view unit) {
  constexpr std::size_t kStep = sizeof(std::uint64_t);
  if (unit.size() < kStep) {
    return std::any_of(unit.begin(), unit.end(), [](char c) { return breaks_line(c); });
  }
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  std::uint64_t found = 0;
  const auto look = [&](std::size_t at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, unit.data() + at, kStep);
    const std::uint64_t seven = bytes & (0x7F * kOnes);
    found |= (seven + (0x80 - '\t') * kOnes) & ~(seven + (0x7F - '\r') * kOnes) & ~bytes;
  };
  for (std::size_t at = 0; at + kStep < unit.size(); at += kStep) look(at);
  look(unit.size() - kStep);
  return (found & (0x80 * kOnes)) != 0;
}

/// The white space at which a line would break becomes one space.
void append_line(std::string& out, std::string_view unit) {
  if (!breaks_line(unit)) {
    out += unit;
    return;
  }
  const auto breaks = [](char c) { return breaks_line(c); };
  while (!unit.empty()) {
    const auto line = std::find_if(unit.begin(), unit.end(), breaks);
    const auto next = std::find_if_not(line, unit.end(), breaks);
    out.append(unit.begin(), line);
    if (line != next && next != unit.end() && !out.empty() && out.back() != ' ') out += ' ';
    unit.remove_prefix(static_cast<std::size_t>(next - unit.begin()));
  }
}

/// A piece of text as it can stand on a line: line ends, control characters, backslashes and bytes
/// that are no whole character as escapes.
std::string escaped(std::string_view bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  const bool whole = text::is_valid_utf8(bytes);
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !whole)) {
      out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      out += c;
    }
  }
  return out;
}

/// What one document adds to the abbreviations.
struct LocalWords : Payload {
  AbbreviationLearner learner;
};

class TokenizeFilter : public Filter {
 public:
  TokenizeFilter(Tokenizer tokenizer, TokenTransform transform, const Settings& settings,
                 std::optional<Format> to)
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
    const auto record = text::JsonObject::parse(document.bytes);
    if (!record) {
      outcome.fail(document, record.error());
      return;
    }
    const auto text = record_text(*record);
    if (!text) {
      outcome.fail(document, text.error());
      return;
    }
    const std::string language = record->find_string("lang").value_or(settings_.language);
    render(document, *text, language, &*record, to, outcome);
  }

  [[nodiscard]] Format output_format(Format input) const override {
    return settings_.learn_abbreviations ? Format::text : Filter::output_format(input);
  }

  void settle(const Document& document, Format to, Outcome& outcome) override {
    if (settings_.learn_abbreviations && outcome.payload) {
      learner_.merge(static_cast<const LocalWords&>(*outcome.payload).learner);
      return;
    }
    if (to != Format::counts || !outcome.payload) return;
    auto& local = static_cast<LocalCounts&>(*outcome.payload);
    for (const auto& [key, count] : local.counts) {
      if (const Status added = counter_.add(key, count); !added) {
        outcome.stop(document.location, added.error());
        return;
      }
    }
  }

  void finish(Format to, Outcome& outcome) override {
    if (settings_.learn_abbreviations) {
      outcome.output = abbreviation_lines(learner_.learned());
      outcome.emit = true;
      return;
    }
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

  void add_statistics(text::JsonWriter& writer) const override {
    if (distinct_ > 0) writer.integer("distinct", static_cast<long long>(distinct_));
  }

  [[nodiscard]] std::string_view separator() const override { return conllu_ ? "" : "\f"; }

 private:
  void render(const Document& document, std::string_view text, std::string language,
              const text::JsonObject* record, Format to, Outcome& outcome) const {
    if (settings_.learn_abbreviations) {
      auto local = std::make_unique<LocalWords>();
      local->learner.add(text);
      outcome.emit = false;
      outcome.payload = std::move(local);
      return;
    }
    if (settings_.unit == Unit::subword) {
      render_subwords(document, text, record, to, outcome);
      return;
    }
    if (language.empty()) language = text::detect_language(text::language_sample(text)).code;
    TokenTransform::Run transform = transform_.start(language);
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

  void render_subwords(const Document& document, std::string_view text,
                       const text::JsonObject* record, Format to, Outcome& outcome) const {
    if (settings_.count_tokens) {
      const std::size_t count = settings_.subwords->count(text);
      if (to == Format::jsonl) {
        text::RecordEdit edit;
        edit.set_raw("token_count", std::to_string(count));
        outcome.output = edit_record(record, document, text, edit);
      } else {
        outcome.output = std::to_string(count) + '\n';
      }
      return;
    }
    const std::vector<std::uint32_t> ids = settings_.subwords->encode(text);
    if (to == Format::jsonl) {
      text::RecordEdit edit;
      edit.set_raw("subwords", subword_array(ids));
      outcome.output = edit_record(record, document, text, edit);
    } else if (to == Format::counts) {
      auto local = std::make_unique<LocalCounts>();
      for (const std::uint32_t id : ids) ++local->counts[subword(id)];
      outcome.emit = false;
      outcome.payload = std::move(local);
    } else {
      for (const std::uint32_t id : ids) {
        outcome.output += subword(id);
        outcome.output += settings_.joined ? ' ' : '\n';
      }
      if (settings_.joined && !ids.empty()) outcome.output.back() = '\n';
    }
  }

  [[nodiscard]] std::string subword(std::uint32_t id) const {
    return settings_.ids ? std::to_string(id) : escaped(settings_.subwords->bytes_of(id));
  }

  [[nodiscard]] std::string subword_array(const std::vector<std::uint32_t>& ids) const {
    std::string json = "[";
    for (const std::uint32_t id : ids) {
      if (json.size() > 1) json += ',';
      if (settings_.with_text) {
        text::append_json_string(json, escaped(settings_.subwords->bytes_of(id)));
      } else {
        json += std::to_string(id);
      }
    }
    return json + "]";
  }

  static std::string edit_record(const text::JsonObject* record, const Document& document,
                                 std::string_view text, text::RecordEdit& edit) {
    if (record != nullptr) return edit.apply(*record);
    text::RecordEdit whole;
    whole.set_string("id", document_id(document));
    whole.set_string("text", text);
    const std::string line = whole.apply(*text::JsonObject::parse("{}"));
    return edit.apply(*text::JsonObject::parse(line));
  }

  Analysis analyse(std::string_view text, const std::string& language,
                   const TokenTransform::Run& transform) const {
    Analysis analysis;
    analysis.text = text;
    analysis.sentences = tokenizer_.sentences(text, language);
    if (settings_.unit != Unit::sentence) {
      analysis.tokens =
          settings_.unit == Unit::character ? characters(text) : tokenizer_.words(text, language);
      if (leaves_out()) {
        std::erase_if(analysis.tokens,
                      [&](const Span& token) { return !transform.keeps(token.of(text)); });
      }
    }
    std::size_t index = 0;
    for (const Span& sentence : analysis.sentences) {
      while (index < analysis.tokens.size() && analysis.tokens[index].begin < sentence.end) ++index;
      analysis.ends.push_back(index);
    }
    return analysis;
  }

  [[nodiscard]] bool leaves_out() const {
    const TransformOptions& options = settings_.transform;
    return options.no_punctuation || !options.stop_words.empty() ||
           !options.stop_word_language.empty();
  }
  /// Whether units are written as they stand in the text.
  [[nodiscard]] bool writes_as_is() const {
    const TransformOptions& options = settings_.transform;
    return !options.lower && !options.fold && !options.stem;
  }

  /// Calls `use` with each unit as it is to be written; with `end` behind each sentence.
  template <typename Use, typename End>
  void for_each_unit(const Analysis& analysis, TokenTransform::Run& transform, Use use,
                     End end) const {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < analysis.sentences.size(); ++i) {
      if (settings_.unit == Unit::sentence) {
        const std::string_view sentence = analysis.sentences[i].of(analysis.text);
        if (writes_as_is()) {
          use(sentence);
        } else {
          use(std::string_view(transform_sentence(sentence)));
        }
      } else {
        std::vector<std::string> tokens;
        for (std::size_t t = begin; t < analysis.ends[i]; ++t) {
          tokens.push_back(transform.apply(analysis.tokens[t].of(analysis.text)));
        }
        if (settings_.unit == Unit::ngram) {
          for_each_ngram(tokens, use);
        } else {
          for (const std::string& token : tokens) use(std::string_view(token));
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
        if (n >= settings_.shortest) use(std::string_view(ngram));
      }
    }
  }

  [[nodiscard]] std::string transform_sentence(std::string_view sentence) const {
    if (settings_.transform.fold) return text::fold_case(sentence);
    if (settings_.transform.lower) return text::lower(sentence);
    return std::string(sentence);
  }

  /// As to_lines(), for words and characters that are written as they stand.
  [[nodiscard]] std::string to_plain_lines(const Analysis& analysis) const {
    std::string out;
    out.reserve(analysis.text.size() + analysis.tokens.size() + analysis.ends.size());
    const std::span<const Span> tokens = analysis.tokens;
    std::size_t begin = 0;
    for (const std::size_t end : analysis.ends) {
      if (end == begin) continue;
      append_joined(analysis.text, tokens.subspan(begin, end - begin),
                    settings_.joined ? ' ' : '\n', out);
      if (settings_.joined) {
        out.back() = '\n';
      } else {
        out += '\n';
      }
      begin = end;
    }
    if (!settings_.joined && out.ends_with("\n\n")) out.pop_back();
    return out;
  }

  /// Tokens with white space other than a space in them are those that begin with it, as UAX #29
  /// has them before a combining mark.
  [[nodiscard]] bool hold_line_ends(const Analysis& analysis) const {
    if (settings_.unit == Unit::word && settings_.tokenizer.profile == Profile::news) return false;
    bool found = false;
    for (const Span& token : analysis.tokens) {
      const char first = analysis.text[token.begin];
      found |= first >= '\t' && first <= '\r';
    }
    return found;
  }

  std::string to_lines(const Analysis& analysis, TokenTransform::Run& transform) const {
    const bool words = settings_.unit == Unit::word || settings_.unit == Unit::character;
    if (words && writes_as_is() && !hold_line_ends(analysis)) return to_plain_lines(analysis);
    std::string out;
    bool first = true;
    bool empty = true;
    const auto use = [&](std::string_view unit) {
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
                                     TokenTransform::Run& transform) const {
    auto local = std::make_unique<LocalCounts>();
    std::string line;
    for_each_unit(
        analysis, transform,
        [&](std::string_view unit) {
          line.clear();
          append_line(line, unit);
          ++local->counts[line];
        },
        [] {});
    return local;
  }

  void append_span(std::string& json, const Span& span, const std::string& text) const {
    constexpr std::ptrdiff_t kDigits = 10;     // of 32 bits
    std::array<char, 2 * kDigits + 4> buffer;  // with a comma, a bracket, a comma, a bracket
    char* end = buffer.data();
    if (json.size() > 1) *end++ = ',';
    *end++ = '[';
    end = std::to_chars(end, end + kDigits, span.begin).ptr;
    *end++ = ',';
    end = std::to_chars(end, end + kDigits, span.end).ptr;
    *end++ = settings_.with_text ? ',' : ']';
    json.append(buffer.data(), end);
    if (!settings_.with_text) return;
    text::append_json_string(json, text);
    json += ']';
  }

  std::string to_record(const Analysis& analysis, const text::JsonObject* record,
                        const Document& document, TokenTransform::Run& transform) const {
    text::RecordEdit edit;
    if (record == nullptr) {
      edit.set_string("id", document_id(document));
      edit.set_string("text", analysis.text);
    }
    std::string sentences = "[";
    for (const Span& sentence : analysis.sentences) {
      append_span(sentences, sentence,
                  settings_.with_text ? transform_sentence(sentence.of(analysis.text)) : "");
    }
    sentences += ']';
    edit.set_raw("sentences", std::move(sentences));
    if (settings_.unit != Unit::sentence) edit.set_raw(member(), units(analysis, transform));
    static const auto empty = text::JsonObject::parse("{}");
    return edit.apply(record != nullptr ? *record : *empty);
  }

  [[nodiscard]] std::string_view member() const {
    return settings_.unit == Unit::ngram       ? "ngrams"
           : settings_.unit == Unit::character ? "characters"
                                               : "tokens";
  }

  std::string units(const Analysis& analysis, TokenTransform::Run& transform) const {
    std::string json = "[";
    constexpr std::size_t kUsual = 14;  // "[10000,10005],"
    json.reserve(analysis.tokens.size() * kUsual);
    const auto text_of = [&](const Span& span) {
      return settings_.with_text ? transform.apply(span.of(analysis.text)) : std::string();
    };
    if (settings_.unit != Unit::ngram) {
      for (const Span& token : analysis.tokens) append_span(json, token, text_of(token));
      json += ']';
      return json;
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
    json += ']';
    return json;
  }

  std::string to_conllu(const Analysis& analysis, const Document& document,
                        const text::JsonObject* record, TokenTransform::Run& transform) const {
    std::string id = document_id(document);
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

  Tokenizer tokenizer_;
  TokenTransform transform_;
  const Settings& settings_;
  Counter counter_;
  AbbreviationLearner learner_;
  bool conllu_;
  bool more_ = false;
  std::size_t distinct_ = 0;
};

}  // namespace

std::unique_ptr<Filter> make_tokenize_filter(Tokenizer tokenizer, TokenTransform transform,
                                             const Settings& settings, std::optional<Format> to) {
  return std::make_unique<TokenizeFilter>(std::move(tokenizer), std::move(transform), settings, to);
}

}  // namespace copydesk::tools
