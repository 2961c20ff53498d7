#include "extract/item_numbers.h"

#include <algorithm>
#include <charconv>

namespace copydesk::extract {
namespace {

using html::Attribute;
using html::NodeId;
using html::Tag;

constexpr long kMostLetters = 26;
constexpr long kMostRoman = 3999;

/// The number in an attribute; `otherwise` where there is none.
long number_in(const html::Page& page, NodeId id, Attribute name, long otherwise) {
  constexpr long kLargest = 1'000'000;
  const std::string_view text = page.value(id, name);
  long number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return std::clamp(number, -kLargest, kLargest);
}

/// True if the list says in itself that its items have no marks.
bool hides_marks(const html::Page& page, NodeId list) {
  const std::string_view style = page.value(list, Attribute::style);
  const std::size_t at = style.find("list-style");
  if (at != std::string_view::npos &&
      style.substr(at, style.find(';', at) - at).find("none") != std::string_view::npos) {
    return true;
  }
  const std::string_view names = page.value(list, Attribute::class_);
  return names.find("list-none") != std::string_view::npos ||
         names.find("unstyled") != std::string_view::npos;
}

std::string roman(long number) {
  struct Sign {
    long value;
    std::string_view letters;
  };
  static constexpr Sign kSigns[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                                    {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                                    {5, "v"},    {4, "iv"},   {1, "i"}};
  std::string out;
  for (const Sign& sign : kSigns) {
    for (; number >= sign.value; number -= sign.value) out += sign.letters;
  }
  return out;
}

/// `type`: of the list, one of 1 a A i I; anything else is 1.
std::string written(long number, std::string_view type) {
  const char kind = type.size() == 1 ? type[0] : '1';
  std::string out;
  if ((kind == 'a' || kind == 'A') && number >= 1 && number <= kMostLetters) {
    out = static_cast<char>('a' + number - 1);
  } else if ((kind == 'i' || kind == 'I') && number >= 1 && number <= kMostRoman) {
    out = roman(number);
  } else {
    return std::to_string(number);
  }
  if (kind == 'A' || kind == 'I') {
    for (char& c : out) c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

}  // namespace

ItemNumbers::Counted ItemNumbers::begin(NodeId list) const {
  return {list + 1, number_in(page_, list, Attribute::start, 1) - 1, !hides_marks(page_, list)};
}

const ItemNumbers::Counted* ItemNumbers::count_to(NodeId item) {
  if (page_.node(item).tag != Tag::li) return nullptr;
  const NodeId list = page_.node(item).parent;
  if (list == html::kNoNode || page_.node(list).tag != Tag::ol) return nullptr;
  const auto known = lists_.find(list);  // what a list says of itself may be long: read it once
  Counted& counted = known != lists_.end() ? known->second : lists_[list] = begin(list);
  while (counted.next <= item) {  // from child to child
    if (page_.node(counted.next).tag == Tag::li) {
      counted.number = number_in(page_, counted.next, Attribute::value, counted.number + 1);
    }
    counted.next = page_.node(counted.next).subtree_end;
  }
  return &counted;
}

std::optional<long> ItemNumbers::number(NodeId item) {
  const Counted* const counted = count_to(item);
  return counted == nullptr ? std::nullopt : std::optional(counted->number);
}

std::string ItemNumbers::mark(NodeId item) {
  const Counted* const counted = count_to(item);
  if (counted == nullptr || !counted->marked) return {};
  return written(counted->number, page_.value(page_.node(item).parent, Attribute::type)) + ". ";
}

bool begins_with_mark(std::string_view text, std::string_view mark) noexcept {
  const std::string_view number = mark.substr(0, mark.find('.'));
  if (number.empty() || !text.starts_with(number) || text.size() == number.size()) return false;
  const char behind = text[number.size()];
  return behind == '.' || behind == ')' || behind == ':' || behind == ' ';
}

}  // namespace copydesk::extract
