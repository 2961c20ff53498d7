/// @file
/// Sentences and tokens against gold spans (ud/X.txt, ud/X.gold.json of the bench folder), beside
/// ICU's own: `tokenize_quality UD_DIRECTORY [--half 1|2] [--errors NAME sentences|tokens]`.
/// Spans are compared as offsets over the characters that are not white space.

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <unicode/brkiter.h>

#include "copydesk/tokenize.h"

#include "text/json.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace {

using copydesk::Span;
using Spans = std::set<std::pair<long, long>>;

std::string read_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Python's str.isspace(), which the scorer uses, knows these four beside White_Space.
bool is_space(char32_t c) {
  return copydesk::text::is_space(c) || (c >= 0x1C && c <= 0x1F);
}

struct Treebank {
  std::string name;
  std::string text;
  std::vector<long> index;  ///< of each byte: how many characters but white space stand before it
  std::vector<std::size_t> offset;  ///< of each such character: its first byte
  Spans sentences;
  Spans tokens;
};

Spans read_spans(std::string_view json) {
  Spans spans;
  for (const auto element : copydesk::text::json_array_elements(json)) {
    const auto pair = copydesk::text::json_array_elements(element);
    spans.emplace(std::stol(std::string(pair[0])), std::stol(std::string(pair[1])));
  }
  return spans;
}

Treebank read_treebank(const std::string& directory, const std::string& name) {
  Treebank bank{name, read_file(directory + "/" + name + ".txt"), {}, {}, {}, {}};
  bank.index.resize(bank.text.size() + 1);
  long count = 0;
  for (std::size_t at = 0; at < bank.text.size();) {
    const std::size_t begin = at;
    const char32_t c = copydesk::text::next_code_point(bank.text, at);
    for (std::size_t i = begin; i < at; ++i) bank.index[i] = count;
    if (is_space(c)) continue;
    bank.offset.push_back(begin);
    ++count;
  }
  bank.index[bank.text.size()] = count;
  bank.offset.push_back(bank.text.size());
  const std::string json = read_file(directory + "/" + name + ".gold.json");
  const auto gold = copydesk::text::JsonObject::parse(json);
  if (!gold.ok()) return bank;
  bank.sentences = read_spans(gold->find("sents").value_or("[]"));
  bank.tokens = read_spans(gold->find("toks").value_or("[]"));
  return bank;
}

Spans to_characters(const Treebank& bank, const std::vector<Span>& spans) {
  Spans found;
  for (const Span& span : spans) {
    const long begin = bank.index[span.begin];
    const long end = bank.index[span.end];
    if (begin < end) found.emplace(begin, end);
  }
  return found;
}

/// The spans of an ICU iterator over the whole text, or with `blocks` over each block of it (ICU
/// breaks sentences at line ends anyway).
std::vector<Span> icu_spans(const std::string& text, const std::string& language, bool sentences) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale(language.c_str());
  std::unique_ptr<icu::BreakIterator> iterator(
      sentences ? icu::BreakIterator::createSentenceInstance(locale, status)
                : icu::BreakIterator::createWordInstance(locale, status));
  std::u16string units;
  std::vector<std::uint32_t> offsets;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = static_cast<std::uint32_t>(at);
    const icu::UnicodeString unit(static_cast<UChar32>(copydesk::text::next_code_point(text, at)));
    for (int i = 0; i < unit.length(); ++i) {
      units.push_back(unit.charAt(i));
      offsets.push_back(begin);
    }
  }
  offsets.push_back(static_cast<std::uint32_t>(text.size()));
  const icu::UnicodeString whole(false, units.data(), static_cast<int>(units.size()));
  iterator->setText(whole);
  std::vector<Span> spans;
  std::int32_t begin = iterator->first();
  for (auto end = iterator->next(); end != icu::BreakIterator::DONE; end = iterator->next()) {
    spans.push_back(
        {offsets[static_cast<std::size_t>(begin)], offsets[static_cast<std::size_t>(end)]});
    begin = end;
  }
  return spans;
}

Spans in_half(const Spans& spans, long characters, int half) {
  Spans inside;
  for (const auto& span : spans) {
    const bool first = span.second <= characters / 2;
    if (half == 0 || (half == 1) == first) inside.insert(span);
  }
  return inside;
}

template <typename Set>
double f1(const Set& gold, const Set& found) {
  std::size_t both = 0;
  for (const auto& one : found) both += gold.count(one);
  const double sum = static_cast<double>(gold.size() + found.size());
  return sum > 0 ? 200.0 * static_cast<double>(both) / sum : 0.0;
}

/// The ends of spans that stand behind a terminator and its closing marks, as segscore.py has them.
std::set<long> terminated(const Treebank& bank, const Spans& spans) {
  const std::u32string closers = U"\"'\u201d\u2019\u00bb)]}\u300d\u300f\uff09\u3011";
  const std::u32string terminators = U".!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964";
  const auto character = [&](long i) {
    std::size_t at = bank.offset[static_cast<std::size_t>(i)];
    return copydesk::text::next_code_point(bank.text, at);
  };
  std::set<long> ends;
  for (const auto& span : spans) {
    long i = span.second - 1;
    while (i > 0 && closers.find(character(i)) != std::u32string::npos) --i;
    if (terminators.find(character(i)) != std::u32string::npos) ends.insert(span.second);
  }
  return ends;
}

std::string excerpt(const Treebank& bank, long begin, long end) {
  const auto clamp = [&](long i) {
    return std::min(std::max(i, 0L), static_cast<long>(bank.offset.size()) - 1);
  };
  std::string line;
  const auto part = [&](long from, long to) {
    const std::size_t a = bank.offset[static_cast<std::size_t>(clamp(from))];
    const std::size_t b = bank.offset[static_cast<std::size_t>(clamp(to))];
    line += bank.text.substr(a, b - a);
  };
  part(begin - 14, begin);
  line += "[";
  part(begin, end);
  line += "]";
  part(end, end + 14);
  for (char& c : line) {
    if (c == '\n') c = '~';
  }
  return line;
}

void print_errors(const Treebank& bank, const Spans& gold, const Spans& found, bool sentences) {
  if (sentences) {
    std::set<long> want;
    std::set<long> have;
    for (const auto& span : gold) want.insert(span.second);
    for (const auto& span : found) have.insert(span.second);
    for (const long end : want) {
      if (!have.count(end)) std::printf("missed  %s\n", excerpt(bank, end - 25, end).c_str());
    }
    for (const long end : have) {
      if (!want.count(end)) std::printf("wrong   %s\n", excerpt(bank, end - 25, end).c_str());
    }
    return;
  }
  for (const auto& span : gold) {
    if (!found.count(span))
      std::printf("missed  %s\n", excerpt(bank, span.first, span.second).c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  int half = 0;
  std::string errors_of;
  bool errors_in_sentences = true;
  if (argc < 2) return 2;
  for (int i = 2; i < argc; ++i) {
    if (std::strcmp(argv[i], "--half") == 0 && i + 1 < argc) half = std::atoi(argv[++i]);
    if (std::strcmp(argv[i], "--errors") == 0 && i + 2 < argc) {
      errors_of = argv[++i];
      errors_in_sentences = std::strcmp(argv[++i], "sentences") == 0;
    }
  }
  const auto tokenizer = copydesk::Tokenizer::create();
  if (!tokenizer.ok()) {
    std::fprintf(stderr, "tokenize_quality: %s\n", to_string(tokenizer.error()).c_str());
    return 1;
  }
  if (errors_of.empty()) {
    std::printf("%-12s %8s %8s   %8s %8s   %8s %8s\n", "treebank", "tokens", "ICU", "sents", "ICU",
                "term", "ICU");
  }
  double sum = 0;
  double icu_sum = 0;
  int banks = 0;
  for (const char* name :
       {"en_gum", "en_ewt", "de_gsd", "fr_gsd", "fr_sequoia", "es_gsd", "it_isdt", "pt_bosque",
        "nl_alpino", "pl_pdb", "ru_taiga", "uk_iu", "zh_gsdsimp", "ja_gsd"}) {
    if (!errors_of.empty() && errors_of != name) continue;
    const Treebank bank = read_treebank(argv[1], name);
    if (bank.tokens.empty()) {
      std::printf("%-12s not there\n", name);
      continue;
    }
    const std::string language(name, 2);
    const long size = bank.index.back();
    const auto part = [&](const Spans& spans) { return in_half(spans, size, half); };
    const Spans gold_sentences = part(bank.sentences);
    const Spans gold_tokens = part(bank.tokens);
    const Spans sentences = part(to_characters(bank, tokenizer->sentences(bank.text, language)));
    const Spans tokens = part(to_characters(bank, tokenizer->words(bank.text, language)));
    if (!errors_of.empty()) {
      print_errors(bank, errors_in_sentences ? gold_sentences : gold_tokens,
                   errors_in_sentences ? sentences : tokens, errors_in_sentences);
      continue;
    }
    const Spans icu_sentences = part(to_characters(bank, icu_spans(bank.text, language, true)));
    const Spans icu_tokens = part(to_characters(bank, icu_spans(bank.text, language, false)));
    std::printf("%-12s %8.2f %8.2f   %8.2f %8.2f   %8.2f %8.2f\n", name, f1(gold_tokens, tokens),
                f1(gold_tokens, icu_tokens), f1(gold_sentences, sentences),
                f1(gold_sentences, icu_sentences),
                f1(terminated(bank, gold_sentences), terminated(bank, sentences)),
                f1(terminated(bank, gold_sentences), terminated(bank, icu_sentences)));
    sum += f1(gold_sentences, sentences);
    icu_sum += f1(gold_sentences, icu_sentences);
    ++banks;
  }
  if (errors_of.empty() && banks > 0) {
    std::printf("sentences, macro mean: %.2f, ICU %.2f\n", sum / banks, icu_sum / banks);
  }
  return 0;
}
