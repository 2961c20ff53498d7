#include "clean/facts.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <unordered_set>

#include <xxhash.h>

namespace copydesk::clean {
namespace {

constexpr std::size_t kShortWord = 3;     // bytes: most of them are function words
constexpr std::size_t kContentBytes = 4;  // a word with fewer says little of what a text is about
constexpr std::size_t kHeadWords = 3;     // the words that a line begins with
constexpr std::size_t kNear = 3;          // lines to each side
constexpr float kFew = 4;                 // words added to a line's where a mean is taken
constexpr float kFar = 50;                // distances are not told apart beyond

enum ByteKind : std::uint8_t { gap, letter, capital, digit, symbol, high };

constexpr std::array<ByteKind, 256> make_kinds() {
  std::array<ByteKind, 256> kinds{};
  for (int i = 0; i < 256; ++i) {
    ByteKind kind = symbol;
    if (i <= 0x20) kind = gap;
    if (i >= 'a' && i <= 'z') kind = letter;
    if (i >= 'A' && i <= 'Z') kind = capital;
    if (i >= '0' && i <= '9') kind = digit;
    if (i >= 0x80) kind = high;
    kinds[static_cast<std::size_t>(i)] = kind;
  }
  return kinds;
}
constexpr std::array<ByteKind, 256> kKinds = make_kinds();

constexpr std::uint32_t kHashSeed = 2166136261U;
constexpr std::uint32_t hash_step(std::uint32_t hash, unsigned char byte) noexcept {
  return (hash ^ byte) * 16777619U;
}

constexpr std::uint32_t hash_word(std::string_view word) noexcept {
  std::uint32_t hash = kHashSeed;
  for (const char c : word) hash = hash_step(hash, static_cast<unsigned char>(c));
  return hash;
}

/// True for the first byte of Han and kana, which are written without spaces.
constexpr bool is_unspaced(unsigned char first) noexcept {
  return first >= 0xE3 && first <= 0xE9;
}
constexpr std::size_t kUnspacedBytes = 3;  // of such a character

constexpr std::uint32_t hash_pair(std::uint32_t before, std::uint32_t hash) noexcept {
  return (before * 31 + hash) | 1;
}

/// The hash under which the scanner looks a word of the table up.
std::uint32_t hash_token(std::string_view word) noexcept {
  if (word.empty() || !is_unspaced(static_cast<unsigned char>(word[0])))
    return std::max(hash_word(word), 1U);
  const std::uint32_t first = hash_word(word.substr(0, kUnspacedBytes));
  if (word.size() <= kUnspacedBytes) return first | 1;
  return hash_pair(first, hash_word(word.substr(kUnspacedBytes)));
}

constexpr std::uint32_t kHttp = hash_word("http");
constexpr std::uint32_t kHttps = hash_word("https");
constexpr std::uint32_t kWww = hash_word("www");

/// True if two bytes begin a capital letter of Latin-1, Greek or Cyrillic.
bool is_high_capital(unsigned char first, unsigned char second) noexcept {
  if (first == 0xC3) return second >= 0x80 && second <= 0x9E;
  if (first == 0xCE) return second >= 0x86 && second <= 0xAB;
  if (first == 0xD0) return second <= 0xAF;
  return false;
}

float share(float part, float whole) noexcept {
  return whole > 0 ? part / whole : 0;
}

/// Reads the words of one line.
class WordScanner {
 public:
  WordScanner(std::string_view line, const TokenTable* tokens, std::vector<std::uint32_t>& content,
              LineMeasures& out)
      : line_(line), tokens_(tokens), content_(content), out_(out) {}

  void scan() {
    while (at_ < line_.size()) {
      switch (kKinds[byte(at_)]) {
        case letter:
        case capital:
        case digit:
          read_word();
          break;
        case high:
          read_high();
          break;
        case gap:
          ++at_;
          break;
        case symbol:
          count_symbol(line_[at_++]);
          break;
      }
    }
    finish();
  }

 private:
  [[nodiscard]] unsigned char byte(std::size_t i) const noexcept {
    return i < line_.size() ? static_cast<unsigned char>(line_[i]) : 0;
  }

  /// Bytes of a sign that is no letter: general and CJK punctuation, Latin-1 signs. 0: a letter.
  [[nodiscard]] std::size_t sign_size(std::size_t i) const noexcept {
    const unsigned char first = byte(i);
    if (first == 0xC2) return 2;
    if (first == 0xE2 && byte(i + 1) <= 0xBF) return 3;
    if (first == 0xE3 && byte(i + 1) == 0x80) return 3;
    if (first == 0xEF) return 3;
    if (first >= 0xF0) return 4;
    return 0;
  }

  void read_high() {
    const std::size_t size = sign_size(at_);
    if (size == 0) return read_word();
    const unsigned char third = byte(at_ + 2);
    const bool quote =
        (byte(at_) == 0xE2 && byte(at_ + 1) == 0x80 && third >= 0x98 && third <= 0x9F) ||
        (byte(at_) == 0xC2 && (byte(at_ + 1) == 0xAB || byte(at_ + 1) == 0xBB)) ||
        (byte(at_) == 0xE3 && third >= 0x8A && third <= 0x8F);
    if (quote) {
      ++out_.quotes;
    } else if (byte(at_) == 0xE3 && third == 0x82) {
      ++out_.stops;
    } else if ((byte(at_) == 0xE3 && third == 0x81) || (byte(at_) == 0xEF && third == 0x8C)) {
      ++out_.commas;
    } else {
      ++symbols_;
    }
    at_ = std::min(at_ + size, line_.size());
  }

  void count_symbol(char c) {
    switch (c) {
      case ',':
        ++out_.commas;
        break;
      case '.':
      case '!':
      case '?':
        ++out_.stops;
        break;
      case '"':
        ++out_.quotes;
        break;
      case '|':
      case '>':
        ++out_.bars;
        break;
      case '@':
        ++out_.addresses;
        break;
      case '\'':
      case '-':
        break;
      default:
        ++symbols_;
    }
  }

  void read_word() {
    const std::size_t begin = at_;
    const unsigned char first = byte(at_);
    if (is_unspaced(first)) return read_unspaced();
    const bool starts_capital =
        kKinds[first] == capital || (first >= 0x80 && is_high_capital(first, byte(at_ + 1)));
    std::uint32_t hash = kHashSeed;
    std::size_t capitals = 0;
    std::size_t digits = 0;
    for (; at_ < line_.size(); ++at_) {
      unsigned char c = byte(at_);
      const ByteKind kind = kKinds[c];
      if (kind == capital) {
        ++capitals;
        c |= 0x20;
      } else if (kind == digit) {
        ++digits;
      } else if (kind == high) {
        if (sign_size(at_) > 0 && (c & 0xC0) != 0x80) break;
      } else if (kind != letter) {
        break;
      }
      hash = hash_step(hash, c);
    }
    const std::size_t size = at_ - begin;
    capitals_ += capitals;
    digits_ += digits;
    bytes_ += size;
    starts_capital_ += starts_capital ? 1 : 0;
    short_ += size <= kShortWord ? 1 : 0;
    if (hash == kHttp || hash == kHttps || hash == kWww) ++out_.addresses;
    take(hash == 0 ? 1 : hash, size >= kContentBytes && digits == 0);
  }

  /// Han, kana: each two characters are a word of the text.
  void read_unspaced() {
    std::uint32_t before = 0;
    while (at_ < line_.size()) {
      const unsigned char first = byte(at_);
      if (!is_unspaced(first) || sign_size(at_) > 0) break;
      const std::uint32_t hash = hash_word(line_.substr(at_, kUnspacedBytes));
      if (before != 0) take(hash_pair(before, hash), true);
      before = hash;
      bytes_ += kUnspacedBytes;
      at_ = std::min(at_ + kUnspacedBytes, line_.size());
    }
    if (before != 0) take(before | 1, false);
  }

  void take(std::uint32_t hash, bool is_content) {
    if (is_content) content_.push_back(hash);
    if (tokens_) {
      const float value = tokens_->value(hash);
      out_.token_sum += value;
      if (words_ < kHeadWords) out_.token_head += value;
      out_.token_least = std::min(out_.token_least, value);
    }
    ++words_;
  }

  void finish() {
    const auto words = static_cast<float>(words_);
    const auto all = static_cast<float>(std::max<std::size_t>(line_.size(), 1));
    out_.word_bytes = share(static_cast<float>(bytes_), words);
    out_.capital_share = share(static_cast<float>(starts_capital_), words);
    out_.upper_share = static_cast<float>(capitals_) / all;
    out_.digit_share = static_cast<float>(digits_) / all;
    out_.symbol_share = static_cast<float>(symbols_) / all;
    out_.short_word_share = share(static_cast<float>(short_), words);
    out_.token_mean = out_.token_sum / (words + kFew);
  }

  std::string_view line_;
  const TokenTable* tokens_;
  std::vector<std::uint32_t>& content_;
  LineMeasures& out_;
  std::size_t at_ = 0;
  std::size_t words_ = 0;
  std::size_t bytes_ = 0;
  std::size_t capitals_ = 0;
  std::size_t digits_ = 0;
  std::size_t symbols_ = 0;
  std::size_t starts_capital_ = 0;
  std::size_t short_ = 0;
};

float& at(float* row, Fact fact) noexcept {
  return row[static_cast<std::size_t>(fact)];
}

char last_character(std::string_view line) noexcept {
  const std::size_t end = line.find_last_not_of(" \t\"')");
  return end == std::string_view::npos ? ' ' : line[end];
}

}  // namespace

std::string_view name_of(Fact fact) noexcept {
  static constexpr std::array<std::string_view, kFactCount> kNames = {
#define COPYDESK_FACT(name) #name,
#include "clean/fact_names.inc"
#undef COPYDESK_FACT
  };
  return kNames[static_cast<std::size_t>(fact)];
}

void TokenTable::add(std::string_view word, float value) {
  if (slots_.empty() || count_ * 2 >= slots_.size()) grow();
  const std::uint32_t hash = hash_token(word);
  std::size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot].hash != 0 && slots_[slot].hash != hash)
    slot = (slot + 1) & (slots_.size() - 1);
  count_ += slots_[slot].hash == 0 ? 1 : 0;
  slots_[slot] = {hash, value};
}

void TokenTable::grow() {
  std::vector<Slot> old(std::max<std::size_t>(64, slots_.size() * 2));
  old.swap(slots_);
  for (const Slot& each : old) {
    if (each.hash == 0) continue;
    std::size_t slot = each.hash & (slots_.size() - 1);
    while (slots_[slot].hash != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = each;
  }
}

float TokenTable::value(std::uint32_t hash) const noexcept {
  if (slots_.empty()) return 0;
  std::size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot].hash != 0) {
    if (slots_[slot].hash == hash) return slots_[slot].value;
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return 0;
}

void LineReader::measure(std::string_view line, LineMeasures& measures) {
  measures.bytes = line;
  measures.first_content = static_cast<std::uint32_t>(content_.size());
  measures.hash = XXH3_64bits(line.data(), line.size());
  WordScanner(line, tokens_, content_, measures).scan();
  measures.content_count = static_cast<std::uint32_t>(content_.size()) - measures.first_content;
}

FactBuilder::Word& FactBuilder::word(std::uint32_t hash) noexcept {
  std::size_t slot = (hash * 2654435761U) & (table_.size() - 1);
  while (table_[slot].hash != 0 && table_[slot].hash != hash)
    slot = (slot + 1) & (table_.size() - 1);
  return table_[slot];
}

void FactBuilder::count_words(std::span<const LineMeasures* const> lines,
                              std::span<const std::uint32_t> content) {
  std::size_t size = 0;
  std::uint64_t all = 0;
  for (const LineMeasures* line : lines) {
    size += line->content_count;
    all += line->words;
  }
  table_.assign(std::bit_ceil(size * 2 + 2), Word{});
  std::uint64_t before = 0;
  first_lines_ = 0;
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    if (before * 3 < all) first_lines_ = i + 1;
    before += lines[i]->words;
    for (const std::uint32_t hash :
         content.subspan(lines[i]->first_content, lines[i]->content_count)) {
      Word& found = word(hash);
      if (found.hash == 0) found = {hash, 0, i + 1};
      ++found.count;
    }
  }
}

void FactBuilder::share_words(std::size_t line, const LineMeasures& measures,
                              std::span<const std::uint32_t> content) {
  float elsewhere = 0;
  float before = 0;
  float first = 0;
  for (const std::uint32_t hash : content.subspan(measures.first_content, measures.content_count)) {
    const Word& found = word(hash);
    elsewhere += found.count > 1 ? 1.0F : 0.0F;
    before += found.first_line <= line ? 1.0F : 0.0F;
    first += found.first_line <= std::min(line, first_lines_) ? 1.0F : 0.0F;
  }
  const float all = static_cast<float>(measures.content_count) + 1;
  float* row = values_.data() + line * kFactCount;
  at(row, Fact::shared_all) = elsewhere / all;
  at(row, Fact::shared_before) = before / all;
  at(row, Fact::shared_first) = first / all;
}

void FactBuilder::write_own(const LineMeasures& m, float* row) const {
  const auto words = static_cast<float>(m.words);
  const char last = last_character(m.bytes);
  const char first = m.bytes.empty()
                         ? ' '
                         : m.bytes[m.bytes.find_first_not_of(" \t") == std::string_view::npos
                                       ? 0
                                       : m.bytes.find_first_not_of(" \t")];
  const ByteKind kind = kKinds[static_cast<unsigned char>(first)];
  at(row, Fact::words) = words;
  at(row, Fact::bytes) = static_cast<float>(m.bytes.size());
  at(row, Fact::word_bytes) = m.word_bytes;
  at(row, Fact::ends_sentence) = m.ends_sentence ? 1 : 0;
  at(row, Fact::ends_colon) = last == ':' ? 1 : 0;
  at(row, Fact::ends_ellipsis) =
      m.bytes.ends_with("...") || m.bytes.ends_with("\xE2\x80\xA6") ? 1 : 0;
  at(row, Fact::ends_question) = last == '?' ? 1 : 0;
  at(row, Fact::starts_lower) = kind == letter ? 1 : 0;
  at(row, Fact::starts_symbol) = kind == symbol ? 1 : 0;
  at(row, Fact::capital_share) = m.capital_share;
  at(row, Fact::upper_share) = m.upper_share;
  at(row, Fact::digit_share) = m.digit_share;
  at(row, Fact::short_word_share) = m.short_word_share;
  at(row, Fact::commas) = static_cast<float>(m.commas);
  at(row, Fact::comma_rate) = static_cast<float>(m.commas) / (words + 1);
  at(row, Fact::stops) = static_cast<float>(m.stops);
  at(row, Fact::words_per_sentence) = words / static_cast<float>(m.stops + 1);
  at(row, Fact::quotes) = static_cast<float>(m.quotes);
  at(row, Fact::bars) = static_cast<float>(m.bars);
  at(row, Fact::addresses) = static_cast<float>(m.addresses);
  at(row, Fact::symbol_share) = m.symbol_share;
  at(row, Fact::token_mean) = m.token_mean;
  at(row, Fact::token_sum) = m.token_sum;
  at(row, Fact::token_least) = m.token_least;
  at(row, Fact::token_head) = m.token_head;
  at(row, Fact::rule_drop) = m.rule_drop ? 1 : 0;
  at(row, Fact::rule_cut) = m.rule_cut ? 1 : 0;
}

void FactBuilder::write_places(std::span<const LineMeasures* const> lines) {
  const std::size_t count = lines.size();
  std::uint64_t all = 0;
  std::uint32_t prose = 0;
  std::uint64_t prose_words = 0;
  std::uint32_t sentences = 0;
  for (const LineMeasures* line : lines) {
    all += line->words;
    prose += line->prose ? 1 : 0;
    prose_words += line->prose ? line->words : 0;
    sentences += line->ends_sentence ? 1 : 0;
  }
  const auto total = static_cast<float>(all);
  std::unordered_set<std::uint64_t> seen;
  std::uint64_t before = 0;
  std::uint32_t prose_before = 0;
  float distance = kFar;
  float run = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const LineMeasures& m = *lines[i];
    float* row = values_.data() + i * kFactCount;
    at(row, Fact::repeats) = seen.insert(m.hash).second ? 0 : 1;
    at(row, Fact::lines_before) = static_cast<float>(i);
    at(row, Fact::lines_behind) = static_cast<float>(count - 1 - i);
    at(row, Fact::words_before) = static_cast<float>(before);
    at(row, Fact::words_behind) = static_cast<float>(all - before - m.words);
    at(row, Fact::place) = share(static_cast<float>(before), total);
    at(row, Fact::prose_before) = static_cast<float>(prose_before);
    prose_before += m.prose ? 1 : 0;
    at(row, Fact::prose_behind) = static_cast<float>(prose - prose_before);
    at(row, Fact::prose_distance_before) = distance;
    distance = m.prose ? 1 : std::min(distance + 1, kFar);
    at(row, Fact::run_before) = run;
    run = m.ends_sentence ? 0 : std::min(run + 1, kFar);
    at(row, Fact::text_lines) = static_cast<float>(count);
    at(row, Fact::text_words) = total;
    at(row, Fact::text_prose) = share(static_cast<float>(prose_words), total);
    at(row, Fact::text_sentences) = share(static_cast<float>(sentences), static_cast<float>(count));
    at(row, Fact::text_line_words) = share(total, static_cast<float>(count));
    before += m.words;
  }
  distance = kFar;
  run = 0;
  for (std::size_t i = count; i-- > 0;) {
    float* row = values_.data() + i * kFactCount;
    at(row, Fact::prose_distance_behind) = distance;
    distance = lines[i]->prose ? 1 : std::min(distance + 1, kFar);
    at(row, Fact::run_behind) = run;
    run = lines[i]->ends_sentence ? 0 : std::min(run + 1, kFar);
  }
}

void FactBuilder::write_gone(std::span<const LineMeasures* const> lines, GoneWords gone_at_end) {
  const std::size_t count = lines.size();
  const auto gone_before = [&](std::size_t i) {
    return i < count ? lines[i]->gone_before : gone_at_end;
  };
  GoneWords words;
  GoneWords runs;
  std::uint64_t left = 0;
  std::uint32_t marks = 0;
  for (std::size_t i = 0; i <= count; ++i) {
    const GoneWords gone = gone_before(i);
    words.all += gone.all;
    words.sure += gone.sure;
    runs.all += gone.all > 0 ? 1 : 0;
    runs.sure += gone.sure > 0 ? 1 : 0;
    if (i == count) break;
    left += lines[i]->words;
    marks += lines[i]->rule_drop || lines[i]->rule_cut ? 1 : 0;
  }
  GoneWords before;
  float distance = kFar;
  for (std::size_t i = 0; i < count; ++i) {
    float* row = values_.data() + i * kFactCount;
    const GoneWords just_before = gone_before(i);
    before.all += just_before.all;
    before.sure += just_before.sure;
    distance = just_before.all > 0 ? 0 : std::min(distance + 1, kFar);
    at(row, Fact::gone_words) = static_cast<float>(words.all);
    at(row, Fact::gone_share) =
        share(static_cast<float>(words.all), static_cast<float>(words.all + left));
    at(row, Fact::gone_runs) = static_cast<float>(runs.all);
    at(row, Fact::gone_before) = static_cast<float>(before.all);
    at(row, Fact::gone_behind) = static_cast<float>(words.all - before.all);
    at(row, Fact::gone_just_before) = static_cast<float>(just_before.all);
    at(row, Fact::gone_just_behind) = static_cast<float>(gone_before(i + 1).all);
    at(row, Fact::gone_distance_before) = distance;
    at(row, Fact::gone_sure_words) = static_cast<float>(words.sure);
    at(row, Fact::gone_sure_runs) = static_cast<float>(runs.sure);
    at(row, Fact::gone_sure_behind) = static_cast<float>(words.sure - before.sure);
    at(row, Fact::marks) = static_cast<float>(marks);
  }
  distance = kFar;
  for (std::size_t i = count; i-- > 0;) {
    distance = gone_before(i + 1).all > 0 ? 0 : std::min(distance + 1, kFar);
    at(values_.data() + i * kFactCount, Fact::gone_distance_behind) = distance;
  }
}

void FactBuilder::write_context(std::span<const LineMeasures* const> lines) {
  const auto count = static_cast<std::ptrdiff_t>(lines.size());
  const auto value = [&](std::ptrdiff_t i, Fact fact) {
    if (i < 0 || i >= count) return -1.0F;
    return values_[static_cast<std::size_t>(i) * kFactCount + static_cast<std::size_t>(fact)];
  };
  float tokens = 0;
  for (std::ptrdiff_t i = 0; i < count; ++i) {
    float* row = values_.data() + static_cast<std::size_t>(i) * kFactCount;
    at(row, Fact::all_before_tokens) = tokens / (at(row, Fact::words_before) + kFew);
    tokens += lines[static_cast<std::size_t>(i)]->token_sum;
    at(row, Fact::before2_words) = value(i - 2, Fact::words);
    at(row, Fact::before1_words) = value(i - 1, Fact::words);
    at(row, Fact::behind1_words) = value(i + 1, Fact::words);
    at(row, Fact::behind2_words) = value(i + 2, Fact::words);
    at(row, Fact::before1_ends_sentence) = value(i - 1, Fact::ends_sentence);
    at(row, Fact::behind1_ends_sentence) = value(i + 1, Fact::ends_sentence);
    at(row, Fact::before1_capitals) = value(i - 1, Fact::capital_share);
    at(row, Fact::behind1_capitals) = value(i + 1, Fact::capital_share);
    at(row, Fact::before1_shared) = value(i - 1, Fact::shared_all);
    at(row, Fact::behind1_shared) = value(i + 1, Fact::shared_all);
    at(row, Fact::before1_tokens) = i > 0 ? value(i - 1, Fact::token_mean) : 0;
    at(row, Fact::behind1_tokens) = i + 1 < count ? value(i + 1, Fact::token_mean) : 0;
    float near = 0;
    float words = 0;
    float sentences = 0;
    float shared = 0;
    float near_tokens = 0;
    const auto last = std::min(count - 1, i + static_cast<std::ptrdiff_t>(kNear));
    for (auto j = std::max<std::ptrdiff_t>(0, i - static_cast<std::ptrdiff_t>(kNear)); j <= last;
         ++j) {
      near += 1;
      words += value(j, Fact::words);
      sentences += value(j, Fact::ends_sentence);
      shared += value(j, Fact::shared_all);
      near_tokens += value(j, Fact::token_sum);
    }
    at(row, Fact::near_words) = words / near;
    at(row, Fact::near_sentences) = sentences / near;
    at(row, Fact::near_shared) = shared / near;
    at(row, Fact::near_tokens) = near_tokens / (words + kFew);
  }
  float behind_tokens = 0;
  float behind_words = 0;
  float behind_sentences = 0;
  float behind_shared = 0;
  float marks = 0;
  float lines_behind = 0;
  for (std::ptrdiff_t i = count; i-- > 0;) {
    float* row = values_.data() + static_cast<std::size_t>(i) * kFactCount;
    at(row, Fact::all_behind_tokens) = behind_tokens / (behind_words + kFew);
    at(row, Fact::all_behind_sentences) = share(behind_sentences, lines_behind);
    at(row, Fact::all_behind_shared) = share(behind_shared, lines_behind);
    at(row, Fact::all_behind_line_words) = share(behind_words, lines_behind);
    at(row, Fact::all_behind_marks) = share(marks, lines_behind);
    behind_tokens += at(row, Fact::token_sum);
    behind_words += at(row, Fact::words);
    behind_sentences += at(row, Fact::ends_sentence);
    behind_shared += at(row, Fact::shared_all);
    marks += std::max(at(row, Fact::rule_drop), at(row, Fact::rule_cut));
    lines_behind += 1;
  }
}

void FactBuilder::build(std::span<const LineMeasures* const> lines,
                        std::span<const std::uint32_t> content, GoneWords gone_at_end) {
  values_.assign(lines.size() * kFactCount, 0);
  count_words(lines, content);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    write_own(*lines[i], values_.data() + i * kFactCount);
    share_words(i, *lines[i], content);
  }
  write_places(lines);
  write_gone(lines, gone_at_end);
  write_context(lines);
}

}  // namespace copydesk::clean
