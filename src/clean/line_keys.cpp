#include "clean/line_keys.h"

#include <algorithm>
#include <utility>

#include <xxhash.h>

#include "rules/line_facts.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::clean {
namespace {

constexpr std::size_t kWordsBesideDigits = 2;  // of a line whose numbers are taken for each other
constexpr std::size_t kMostHeadlines = 12;
constexpr std::size_t kFewestHeadlineWords = 3;
constexpr std::size_t kLongestHeadlineWords = 30;
constexpr std::size_t kFewestOwnWords = 2;     // beside a headline
constexpr std::size_t kLongestRepeater = 600;  // bytes

constexpr char kNumbered = '\x01';  // sets a key apart from that of a line which has the digit

/// Runs of two letters and more.
std::size_t words_with_letters(std::string_view text) {
  std::size_t words = 0;
  std::size_t letters = 0;  // in a row
  for (std::size_t at = 0; at < text.size();) {
    letters = text::is_letter(text::next_code_point(text, at)) ? letters + 1 : 0;
    if (letters == 2) ++words;
  }
  return words;
}

/// Digits of other scripts are not ASCII.
bool may_be_digit(char c) noexcept {
  return (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

std::uint64_t hash_of(std::string_view text) noexcept {
  const std::uint64_t hash = XXH3_64bits(text.data(), text.size());
  return hash == 0 ? 1 : hash;
}

/// `text` with each run of digits made `sign`.
std::string fold_numbers(std::string_view text, std::string_view sign) {
  std::string out;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text::next_code_point(text, at);
    const bool digit = text::is_digit(c);
    if (!digit) text::append_utf8(out, c);
    if (digit && !inside) out += sign;
    inside = digit;
  }
  return out;
}

}  // namespace

bool has_loose_numbers(std::string_view line) {
  return words_with_letters(line) >= kWordsBesideDigits;
}

LineKeys line_keys(std::string_view folded) {
  const std::size_t words = words_with_letters(folded);
  if (words == 0) return {};
  const bool digits = std::any_of(folded.begin(), folded.end(), may_be_digit);
  if (!digits) return {hash_of(folded), 0};
  const std::string numbers_made_one = fold_numbers(folded, "0");
  // A number beside one word says something: "page 4", "25 EUR".
  if (words >= kWordsBesideDigits) return {hash_of(numbers_made_one), 0};
  const bool numbered = fold_numbers(folded, "") != folded;
  return {hash_of(folded), numbered ? hash_of(kNumbered + numbers_made_one) : 0};
}

void PageHeadlines::add(std::string_view folded) {
  if (lines_.size() == kMostHeadlines) return;
  const std::size_t words = rules::count_words(folded);
  if (words < kFewestHeadlineWords || words > kLongestHeadlineWords) return;
  lines_.emplace_back(folded);
}

OwnPart PageHeadlines::own_part(std::string_view folded) const {
  if (folded.size() > kLongestRepeater) return {};
  std::string_view headline;
  for (const std::string_view other : lines_) {
    if (other.size() < folded.size() && other.size() > headline.size() &&
        folded.find(other) != std::string_view::npos) {
      headline = other;
    }
  }
  if (headline.empty()) return {};
  std::string own(folded);
  own.replace(folded.find(headline), headline.size(), 1, kHeadlineSign);
  const std::size_t words = words_with_letters(own);
  if (words < kFewestOwnWords || words < words_with_letters(headline)) return {};
  const std::uint64_t key = hash_of(fold_numbers(own, "0"));
  return {std::move(own), key};
}

}  // namespace copydesk::clean
