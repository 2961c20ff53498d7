// ICU's break iterators behind the contract that ../adapter.py describes: UTF-8 to UTF-16 once a
// paragraph, one segment a line.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>
#include <unicode/brkiter.h>
#include <unicode/uchar.h>

namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

double processor() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

icu::BreakIterator* iterator(bool words, const std::string& language) {
  static std::map<std::string, std::unique_ptr<icu::BreakIterator>> made;
  auto& one = made[language];
  if (!one) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale(language.c_str());
    one.reset(words ? icu::BreakIterator::createWordInstance(locale, status)
                    : icu::BreakIterator::createSentenceInstance(locale, status));
  }
  return one.get();
}

void split(bool words, icu::BreakIterator* breaks, std::string_view paragraph, std::string& out) {
  const icu::UnicodeString text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(paragraph.data(), paragraph.size()));
  breaks->setText(text);
  int32_t begin = breaks->first();
  for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE;
       begin = end, end = breaks->next()) {
    if (words && u_isUWhiteSpace(text.char32At(begin))) continue;
    icu::UnicodeString segment = text.tempSubStringBetween(begin, end);
    segment.findAndReplace(icu::UnicodeString("\n"), icu::UnicodeString(" "));
    segment.trim().toUTF8String(out);
    out += '\n';
  }
}

std::string work(bool words, const std::string& text, const std::string& language) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find("\n\n", at), text.size());
    split(words, iterator(words, language), std::string_view(text).substr(at, end - at), out);
    at = end + 2;
  }
  return out;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    char code[8];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::snprintf(code, sizeof code, "\\u%04x", c);
      out += code;
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace

int main(int, char** argv) {
  const bool words = std::string_view(argv[1]) == "icu-words";
  std::vector<std::vector<std::string>> inputs;
  std::ifstream list(argv[2]);
  for (std::string line; std::getline(list, line);) {
    const auto a = line.find('\t');
    const auto b = line.find('\t', a + 1);
    inputs.push_back({line.substr(0, a), line.substr(a + 1, b - a - 1), line.substr(b + 1)});
  }
  std::ofstream output(argv[3]);
  std::string seconds;
  std::string cpu;
  std::size_t size = 0;
  for (int round = 0; round < std::stoi(argv[5]); ++round) {
    double spent = 0;
    double used = 0;
    for (const auto& input : inputs) {
      const std::string text = read_file(input[1]);
      const double begun = processor();
      const auto start = std::chrono::steady_clock::now();
      const std::string segments = work(words, text, input[2]);
      spent += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      used += processor() - begun;
      if (round > 0) continue;
      size += text.size();
      output << "{\"id\": " << quoted(input[0]) << ", \"text\": " << quoted(segments) << "}\n";
    }
    seconds += (round ? ", " : "") + std::to_string(spent);
    cpu += (round ? ", " : "") + std::to_string(used);
  }
  std::ofstream(argv[4]) << "{\"documents\": " << inputs.size() << ", \"bytes\": " << size
                         << ", \"errors\": 0, \"seconds\": [" << seconds << "], \"cpu\": [" << cpu
                         << "]}";
}
