#include "copydesk/quality.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include <xxhash.h>

#include "data/clean_text.h"
#include "rules/line_facts.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk {
namespace {

constexpr std::size_t kShortLine = 30;  // code points, as in FineWeb

double share(std::size_t part, std::size_t whole) noexcept {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::uint64_t hash_of(std::string_view text) noexcept {
  return XXH3_64bits(text.data(), text.size());
}

/// The pieces of `text` between `separator`, without white space around them and without empty
/// ones.
std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (const auto part = text::trim(text.substr(0, end)); !part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(text.size(), end + separator.size()));
  }
  return parts;
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  const auto end_word = [&](std::size_t end) {
    if (end > begin) words.push_back(text.substr(begin, end - begin));
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = text::next_code_point(text, at);
    const bool alone = c >= 0x0E00 && text::is_unspaced(text::script_of(c)) && text::is_letter(c);
    if (!alone && !text::is_space(c)) continue;
    end_word(start);
    begin = at;
    if (alone) words.push_back(text.substr(start, at - start));
  }
  end_word(text.size());
  return words;
}

bool has_letter(std::string_view word) noexcept {
  for (std::size_t at = 0; at < word.size();) {
    if (text::is_letter(text::next_code_point(word, at))) return true;
  }
  return false;
}

bool ends_with_ellipsis(std::string_view text) noexcept {
  return text.ends_with("...") || text.ends_with("\xE2\x80\xA6");
}

bool begins_with_bullet(std::string_view line) noexcept {
  constexpr std::array<std::string_view, 8> kBullets = {
      "\xE2\x80\xA2", "\xE2\x80\xA3", "\xE2\x96\xB6", "\xE2\x97\x8F", "\xE2\x96\xAA", "-", "*",
      "\xE2\x80\x93"};
  return std::any_of(kBullets.begin(), kBullets.end(),
                     [&](std::string_view bullet) { return line.starts_with(bullet); });
}

/// "en the be to ...": the line of stopwords.txt for the language, without its name.
std::string_view stop_words_of(std::string_view language) {
  if (language.empty()) return {};
  for (const data::EmbeddedFile& file : data::clean_text::files()) {
    if (file.name != "stopwords.txt") continue;
    for (const std::string_view line : split(file.text, "\n")) {
      if (line.starts_with(language) && line.substr(language.size()).starts_with(' ')) {
        return line.substr(language.size() + 1);
      }
    }
  }
  return {};
}

class QualityMeter {
 public:
  QualityMeter(std::string_view text, std::string_view language)
      : text_(text),
        language_(language),
        lines_(split(text, "\n")),
        paragraphs_(split(text, "\n\n")),
        words_(split_words(text)) {}

  std::vector<QualityMeasure> measure() {
    gopher_words();
    gopher_lines();
    duplicates(lines_, "dup_line_frac", "dup_line_char_frac");
    duplicates(paragraphs_, "dup_para_frac", "dup_para_char_frac");
    n_grams();
    c4();
    fineweb();
    return std::move(out_);
  }

 private:
  void add(std::string_view name, double value) { out_.push_back({name, value}); }

  void gopher_words() {
    std::size_t points = 0;
    std::size_t with_letter = 0;
    std::size_t symbols = 0;
    for (const std::string_view word : words_) {
      points += text::count_code_points(word);
      with_letter += has_letter(word) ? 1 : 0;
      symbols += static_cast<std::size_t>(std::count(word.begin(), word.end(), '#'));
      symbols += word.find("...") != word.npos || word.find("\xE2\x80\xA6") != word.npos ? 1 : 0;
    }
    add("word_count", static_cast<double>(words_.size()));
    add("mean_word_length", share(points, words_.size()));
    add("symbol_word_ratio", share(symbols, words_.size()));
    add("alpha_word_ratio", share(with_letter, words_.size()));
    std::unordered_set<std::string> present;
    for (const std::string_view word : words_) present.insert(text::lower(word));
    std::size_t stop_words = 0;
    for (const std::string_view word : split(stop_words_of(language_), " ")) {
      stop_words += present.count(std::string(word));
    }
    add("stop_words", static_cast<double>(stop_words));
  }

  void gopher_lines() {
    std::size_t bullets = 0;
    std::size_t ellipses = 0;
    for (const std::string_view line : lines_) {
      bullets += begins_with_bullet(line) ? 1 : 0;
      ellipses += ends_with_ellipsis(line) ? 1 : 0;
    }
    add("bullet_line_ratio", share(bullets, lines_.size()));
    add("ellipsis_line_ratio", share(ellipses, lines_.size()));
  }

  /// Shares of the parts that stood before, by number and by characters of the text.
  void duplicates(const std::vector<std::string_view>& parts, std::string_view name,
                  std::string_view char_name) {
    std::unordered_set<std::uint64_t> seen;
    std::size_t count = 0;
    std::size_t bytes = 0;
    for (const std::string_view part : parts) {
      if (seen.insert(hash_of(part)).second) continue;
      ++count;
      bytes += part.size();
    }
    add(name, share(count, parts.size()));
    add(char_name, share(bytes, text_.size()));
    if (name == "dup_line_frac") duplicate_line_bytes_ = bytes;
  }

  void n_grams() {
    for (const std::string_view word : words_) hashes_.push_back(hash_of(word));
    constexpr std::array<std::string_view, 3> kTop = {"top_2_gram", "top_3_gram", "top_4_gram"};
    for (std::size_t n = 2; n <= 4; ++n) add(kTop[n - 2], top_n_gram(n));
    constexpr std::array<std::string_view, 6> kDuplicated = {
        "duplicated_5_n_grams", "duplicated_6_n_grams", "duplicated_7_n_grams",
        "duplicated_8_n_grams", "duplicated_9_n_grams", "duplicated_10_n_grams"};
    for (std::size_t n = 5; n <= 10; ++n) add(kDuplicated[n - 5], duplicated_n_grams(n));
  }

  [[nodiscard]] std::uint64_t gram(std::size_t at, std::size_t n) const {
    return XXH3_64bits(hashes_.data() + at, n * sizeof hashes_[0]);
  }

  [[nodiscard]] std::size_t gram_bytes(std::size_t at, std::size_t n) const {
    std::size_t bytes = 0;
    for (std::size_t i = at; i < at + n; ++i) bytes += words_[i].size();
    return bytes;
  }

  /// Characters of the most frequent n-gram's places over all; 0 if every n-gram stands once. Of
  /// equally frequent ones the longest counts, so that no order of a hash table shows.
  [[nodiscard]] double top_n_gram(std::size_t n) const {
    std::unordered_map<std::uint64_t, std::size_t> counts;
    std::size_t most = 1;
    std::size_t best = 0;
    for (std::size_t at = 0; at + n <= words_.size(); ++at) {
      const std::size_t count = ++counts[gram(at, n)];
      const std::size_t bytes = count * gram_bytes(at, n);
      if (count > most || (count == most && count > 1 && bytes > best)) {
        most = count;
        best = bytes;
      }
    }
    return std::min(1.0, share(best, text_.size()));
  }

  /// Characters in n-grams that stood before, those that overlap counted once.
  [[nodiscard]] double duplicated_n_grams(std::size_t n) const {
    std::unordered_set<std::uint64_t> seen;
    std::size_t bytes = 0;
    for (std::size_t at = 0; at + n <= words_.size();) {
      if (seen.insert(gram(at, n)).second) {
        ++at;
      } else {
        bytes += gram_bytes(at, n);
        at += n;
      }
    }
    return share(bytes, text_.size());
  }

  void c4() {
    std::size_t sentences = 0;
    std::size_t terminal = 0;
    for (const std::string_view line : lines_) {
      terminal += rules::ends_sentence(line) && !ends_with_ellipsis(line) ? 1 : 0;
    }
    for (const std::string_view word : words_) {
      sentences += rules::ends_sentence(word) && !ends_with_ellipsis(word) ? 1 : 0;
    }
    add("sentence_count", static_cast<double>(sentences));
    add("terminal_line_ratio", share(terminal, lines_.size()));
    add("curly_brackets", text_.find('{') != std::string_view::npos ? 1 : 0);
    add("lorem_ipsum", text::lower(text_).find("lorem ipsum") != std::string::npos ? 1 : 0);
  }

  void fineweb() {
    std::size_t stops = 0;
    std::size_t short_lines = 0;
    for (const std::string_view line : lines_) {
      stops += rules::ends_sentence(line) ? 1 : 0;
      short_lines += text::count_code_points(line) <= kShortLine ? 1 : 0;
    }
    const auto breaks = static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n'));
    add("line_punct_ratio", share(stops, lines_.size()));
    add("short_line_ratio", share(short_lines, lines_.size()));
    add("char_dup_ratio",
        share(duplicate_line_bytes_, text_.size() - std::min(text_.size(), breaks)));
    add("newline_word_ratio", share(breaks, words_.size()));
  }

  std::string_view text_;
  std::string_view language_;
  std::vector<std::string_view> lines_;
  std::vector<std::string_view> paragraphs_;
  std::vector<std::string_view> words_;
  std::vector<std::uint64_t> hashes_;
  std::size_t duplicate_line_bytes_ = 0;
  std::vector<QualityMeasure> out_;
};

}  // namespace

std::vector<QualityMeasure> quality_measures(std::string_view text, std::string_view language) {
  return QualityMeter(text, language).measure();
}

}  // namespace copydesk
