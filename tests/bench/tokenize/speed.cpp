/// @file
/// Speed beside ICU's, in turns on the same text: `tokenize_speed FILE LANG [MEGABYTES]`.
/// The file is repeated to that size. Prints MB/s of processor time (the best of
/// seven turns) and the ratio to ICU.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include "copydesk/tokenize.h"

namespace {

using copydesk::Span;

/// The paragraphs of the text: what a tool hands to the library, and ICU to its iterator.
std::vector<std::string> read_documents(const char* name, std::size_t bytes) {
  std::ifstream file(name, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  constexpr std::size_t kDocument = 8000;
  std::vector<std::string> documents;
  for (std::size_t total = 0; total < bytes && !text.empty();) {
    for (std::size_t at = 0; at < text.size() && total < bytes;) {
      std::size_t end = std::min(text.size(), at + kDocument);
      while (end < text.size() && text[end] != ' ' && text[end] != '\n') ++end;
      documents.push_back(text.substr(at, end - at));
      total += end - at;
      at = end;
    }
  }
  return documents;
}

struct Contest {
  const char* name;
  std::function<std::size_t(const std::string&)> work;
  double best = 1e9;
};

std::size_t icu_spans(icu::BreakIterator& iterator, const std::string& text) {
  const icu::UnicodeString units = icu::UnicodeString::fromUTF8(text);
  iterator.setText(units);
  std::size_t count = 0;
  while (iterator.next() != icu::BreakIterator::DONE) ++count;
  return count;
}

std::size_t icu_lines(icu::BreakIterator& iterator, const std::string& text, std::string& out) {
  const icu::UnicodeString units = icu::UnicodeString::fromUTF8(text);
  iterator.setText(units);
  out.clear();
  std::int32_t from = iterator.first();
  for (auto to = iterator.next(); to != icu::BreakIterator::DONE; to = iterator.next()) {
    if (!u_isUWhiteSpace(units.char32At(from))) {
      units.tempSubStringBetween(from, to).toUTF8String(out);
      out += '\n';
    }
    from = to;
  }
  return out.size();
}

std::size_t lines(const std::vector<Span>& spans, const std::string& text, std::string& out) {
  out.clear();
  copydesk::append_joined(text, spans, '\n', out);
  return out.size();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string language = argv[2];
  const auto megabytes = static_cast<std::size_t>(argc > 3 ? std::atoi(argv[3]) : 20);
  const auto documents = read_documents(argv[1], megabytes << 20);
  std::size_t bytes = 0;
  for (const std::string& document : documents) bytes += document.size();
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale(language.c_str());
  const std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(locale, status));
  const std::unique_ptr<icu::BreakIterator> sentences(
      icu::BreakIterator::createSentenceInstance(locale, status));
  const auto news = copydesk::Tokenizer::create();
  copydesk::TokenizerOptions strict_options;
  strict_options.profile = copydesk::Profile::uax29;
  const auto strict = copydesk::Tokenizer::create(strict_options);
  std::vector<Span> spans;
  std::string out;
  const auto found = [&](const copydesk::Tokenizer& tokenizer, const std::string& text,
                         bool of_sentences) -> const std::vector<Span>& {
    spans.clear();
    if (of_sentences) {
      tokenizer.append_sentences(text, language, spans);
    } else {
      tokenizer.append_words(text, language, spans);
    }
    return spans;
  };
  std::vector<Contest> contests = {
      {"ICU words, offsets", [&](const std::string& text) { return icu_spans(*words, text); }},
      {"uax29 words, offsets",
       [&](const std::string& text) { return found(*strict, text, false).size(); }},
      {"news words, offsets",
       [&](const std::string& text) { return found(*news, text, false).size(); }},
      {"ICU words, one a line",
       [&](const std::string& text) { return icu_lines(*words, text, out); }},
      {"uax29 words, one a line",
       [&](const std::string& text) { return lines(found(*strict, text, false), text, out); }},
      {"news words, one a line",
       [&](const std::string& text) { return lines(found(*news, text, false), text, out); }},
      {"ICU sentences", [&](const std::string& text) { return icu_spans(*sentences, text); }},
      {"uax29 sentences",
       [&](const std::string& text) { return found(*strict, text, true).size(); }},
      {"news sentences", [&](const std::string& text) { return found(*news, text, true).size(); }},
  };
  std::size_t sink = 0;
  for (int turn = 0; turn < 7; ++turn) {
    for (Contest& contest : contests) {
      const std::clock_t start = std::clock();
      for (const std::string& document : documents) sink += contest.work(document);
      const auto elapsed = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
      contest.best = std::min(contest.best, elapsed);
    }
  }
  const double size = static_cast<double>(bytes) / 1e6;
  for (std::size_t i = 0; i < contests.size(); ++i) {
    std::printf("%-26s %8.1f MB/s  %5.1f x ICU\n", contests[i].name, size / contests[i].best,
                contests[i / 3 * 3].best / contests[i].best);
  }
  return sink == 0 ? 1 : 0;
}
