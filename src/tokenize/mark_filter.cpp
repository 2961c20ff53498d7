#include "tokenize/mark_filter.h"

#include <algorithm>

#include "tokenize/last_word.h"
#include "tokenize/mark_table.h"
#include "tokenize/plain_stop.h"

namespace copydesk::tokenize {
namespace {

class MarkFilter {
 public:
  MarkFilter(std::string_view text, const Language& language, std::size_t base)
      : text_(text), language_(language), table_(language.marks()), base_(base) {}

  /// Both take the list from `places` to `end` and return its new end.
  std::uint16_t* drop_by_neighbours(std::uint16_t* places, const std::uint16_t* end) const {
    std::uint16_t* kept = places;
    for (; places != end; ++places) {
      const char* mark = at(*places);
      *kept = *places;
      kept += table_.matters(*mark) >> MarkTable::quick_pair(mark) & 1U;
    }
    return kept;
  }

  std::uint16_t* drop_by_word(std::uint16_t* places, const std::uint16_t* end,
                              std::uint16_t*& settled) const {
    std::uint16_t* kept = places;
    for (; places != end; ++places) {
      const char* mark = at(*places);
      const std::uint16_t place = *places;
      *kept = place;
      *settled = place;
      const bool ascii = ((mark[-1] | mark[0] | mark[1]) & 0x80) == 0;
      const Answer answer = ascii ? judge(mark) : judge_beyond(mark);
      kept += answer.keeps;
      settled += answer.settles;
    }
    return kept;
  }

 private:
  struct Answer {
    unsigned keeps;    ///< 0 or 1
    unsigned settles;  ///< 0 or 1
  };

  [[nodiscard]] const char* at(std::uint16_t place) const { return text_.data() + base_ + place; }

  /// For a mark and neighbours of ASCII.
  [[nodiscard]] Answer judge(const char* mark) const {
    const MarkTable::Entry& entry = table_.entry(*mark);
    const unsigned pair = MarkTable::quick_pair(mark);
    const plain_stop::Letters letters(mark, language_);
    if (letters.before == 0) return judge_beyond(mark);
    const auto stop = static_cast<unsigned>(*mark == '.');
    const unsigned lone = plain_stop::stands_alone(mark, letters);
    const unsigned idle = (stop & lone) | (~stop & is_idle(letters, entry));
    const auto look = static_cast<unsigned>(entry.look >> pair);
    const auto ask = static_cast<unsigned>(entry.ask >> pair);
    const auto elide = static_cast<unsigned>(entry.elide >> pair) & is_elision(letters);
    const auto settles = static_cast<unsigned>((entry.bind | entry.cut) >> pair);
    return {(look | (ask & ~idle & ~elide)) & 1U, (settles | elide) & 1U};
  }

  /// Bit 0: whether the letters are a word of none of the groups.
  static unsigned is_idle(const plain_stop::Letters& letters, const MarkTable::Entry& entry) {
    const unsigned known = letters.length / plain_stop::kAllSeen;
    return known & letters.before / plain_stop::kNoWord &
           static_cast<unsigned>((letters.groups & entry.groups) == 0);
  }
  [[nodiscard]] unsigned is_elision(const plain_stop::Letters& letters) const {
    return letters.before / plain_stop::kNoWord &
           static_cast<unsigned>(language_.is_elision(letters.last));
  }

  [[nodiscard, gnu::noinline]] Answer judge_beyond(const char* mark) const {
    unsigned length = 0;
    const MarkTable::Entry& entry = table_.entry(mark, length);
    const unsigned pair = MarkTable::pair(mark, mark + length);
    const auto holds = [&](std::uint64_t pairs) {
      return static_cast<unsigned>(pairs >> pair & 1U);
    };
    if (holds(entry.ask) == 0) return {holds(entry.look), holds(entry.bind | entry.cut)};
    if (*mark == '.') {
      const auto at = static_cast<std::size_t>(mark - text_.data());
      return {static_cast<unsigned>(!is_lone_stop(text_, at, language_)), 0};
    }
    const plain_stop::Letters letters(mark, language_);
    const unsigned elide = holds(entry.elide) & is_elision(letters) & 1U;
    return {~elide & ~is_idle(letters, entry) & 1U, elide};
  }

  std::string_view text_;
  const Language& language_;
  const MarkTable& table_;
  std::size_t base_;
};

}  // namespace

std::size_t filter_marks(std::string_view text, const Language& language, MarkList& marks,
                         std::uint16_t* settled) {
  // What is too near to the ends of the text to be read around stays.
  constexpr std::size_t kBehind = 8;
  std::uint16_t* begin = marks.places;
  std::uint16_t* const last = begin + marks.count;
  std::uint16_t* end = last;
  while (begin != end && marks.base + *begin <= kLastLetters) ++begin;
  while (begin != end && marks.base + end[-1] + kBehind >= text.size()) --end;
  const MarkFilter filter(text, language, marks.base);
  std::uint16_t* settled_end = settled;
  std::uint16_t* kept = filter.drop_by_neighbours(begin, end);
  kept = filter.drop_by_word(begin, kept, settled_end);
  kept = std::copy(end, last, kept);
  marks.count = static_cast<std::size_t>(kept - marks.places);
  return static_cast<std::size_t>(settled_end - settled);
}

}  // namespace copydesk::tokenize
