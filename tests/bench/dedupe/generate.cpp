/// @file
/// Writes news-like records to measure dedupe with: generate COUNT [BYTES] [PART] [FIRST]
///
/// COUNT records with texts of about BYTES bytes (default 3000), numbered from FIRST (default 0).
/// Of them PART (default 0.1) are versions of one of the thousand records before: copies, copies
/// with another dateline, cut ones, ones with a paragraph exchanged. The same arguments give the
/// same bytes, and record n is the same whatever FIRST and COUNT are.

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31);
}

/// SplitMix64: a generator whose values are the same with every standard library.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(mix(seed + 0x9E3779B97F4A7C15U)) {}
  std::uint64_t next() { return mix(state_ += 0x9E3779B97F4A7C15U); }
  double part() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  std::uint64_t below(std::uint64_t limit) { return next() % limit; }

 private:
  std::uint64_t state_;
};

/// Made-up words; the first ones are short and frequent.
std::vector<std::string> make_vocabulary() {
  constexpr std::size_t kWords = 40000;
  std::vector<std::string> words;
  Random random(7);
  for (std::size_t i = 0; i < kWords; ++i) {
    const std::uint64_t longest = i < 100 ? 3 : 11;
    const std::uint64_t length = 2 + random.below(longest);
    std::string word;
    for (std::uint64_t letter = 0; letter < length; ++letter) {
      word += letter % 2 == 0 ? "bcdfghklmnprstvw"[random.below(16)] : "aeiou"[random.below(5)];
    }
    words.push_back(word);
  }
  return words;
}

class Generator {
 public:
  Generator(std::size_t bytes, double part)
      : bytes_(bytes), part_(part), vocabulary_(make_vocabulary()) {}

  std::string record(std::uint64_t number) {
    Random random(number * 2 + 1);
    std::string text;
    if (number > 0 && random.part() < part_) {
      const std::uint64_t back = 1 + random.below(number < 1000 ? number : 1000);
      text = version(number - back, random);
    } else {
      text = join(story(number));
    }
    char head[96];
    // A hundred thousand records a day.
    const auto minutes = static_cast<unsigned>(number * 1440 / 100000);
    std::snprintf(head, sizeof head, R"({"id":"g%llu","date":"20%02u-%02u-%02uT%02u:%02u:00Z",)",
                  static_cast<unsigned long long>(number), 10 + minutes / 1440 / 336 % 80,
                  1 + minutes / 1440 / 28 % 12, 1 + minutes / 1440 % 28, minutes / 60 % 24,
                  minutes % 60);
    return head + std::string("\"text\":\"") + text + "\"}\n";
  }

 private:
  std::vector<std::string> story(std::uint64_t number) {
    Random random(number * 2);
    std::vector<std::string> paragraphs;
    for (std::size_t size = 0; size < bytes_; size += paragraphs.back().size() + 2) {
      paragraphs.push_back(paragraph(random));
    }
    return paragraphs;
  }

  std::string paragraph(Random& random) {
    std::string text;
    const std::size_t most = bytes_ < 400 ? bytes_ : 400;
    while (text.size() < most) {
      const double x = random.part();
      std::string word = vocabulary_[static_cast<std::size_t>(
          x * x * x * static_cast<double>(vocabulary_.size()))];
      if (text.empty() || text.back() == '.') word[0] = static_cast<char>(word[0] - 32);
      if (!text.empty()) text += ' ';
      text += word;
      if (random.below(18) == 0) text += '.';
    }
    return text + ".";
  }

  std::string version(std::uint64_t of, Random& random) {
    std::vector<std::string> paragraphs = story(of);
    switch (random.below(4)) {
      case 0:
        break;
      case 1:
        paragraphs[0] = "CAPITAL (Agency) - " + paragraphs[0];
        break;
      case 2:
        paragraphs.resize((paragraphs.size() * 7 + 9) / 10);
        break;
      default:
        paragraphs[random.below(paragraphs.size())] = paragraph(random);
    }
    return join(paragraphs);
  }

  static std::string join(const std::vector<std::string>& paragraphs) {
    std::string text;
    for (const std::string& paragraph : paragraphs) {
      if (!text.empty()) text += "\\n\\n";
      text += paragraph;
    }
    return text;
  }

  std::size_t bytes_;
  double part_;
  std::vector<std::string> vocabulary_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 5) {
    std::fputs("usage: generate COUNT [BYTES] [PART] [FIRST]\n", stderr);
    return 2;
  }
  const auto argument = [&](int i, const char* usual) { return argc > i ? argv[i] : usual; };
  const std::uint64_t count = std::strtoull(argv[1], nullptr, 10);
  Generator generator(std::strtoull(argument(2, "3000"), nullptr, 10),
                      std::strtod(argument(3, "0.1"), nullptr));
  const std::uint64_t first = std::strtoull(argument(4, "0"), nullptr, 10);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string record = generator.record(first + i);
    if (std::fwrite(record.data(), 1, record.size(), stdout) != record.size()) return 2;
  }
  return std::fflush(stdout) == 0 ? 0 : 2;
}
