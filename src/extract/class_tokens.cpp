#include "extract/class_tokens.h"

#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace copydesk::extract {
namespace {

using html::Attribute;

bool names_a_class(Attribute name) {
  switch (name) {
    case Attribute::class_:
    case Attribute::id:
    case Attribute::itemprop:
    case Attribute::role:
    case Attribute::data_testid:
    case Attribute::data_component:
    case Attribute::itemtype:
      return true;
    default:
      return false;
  }
}

constexpr std::size_t kBits = 64;

/// What sixteen bytes are, a bit each, and the same bytes in lower case.
struct CaseBits {
  std::uint64_t upper = 0, lower = 0, digit = 0;
};

#ifdef __SSE2__
CaseBits lower_sixteen(char* bytes) {
  auto* const at = reinterpret_cast<__m128i*>(bytes);
  const __m128i value = _mm_loadu_si128(at);
  const auto between = [&](char low, char high) {
    return _mm_and_si128(_mm_cmpgt_epi8(value, _mm_set1_epi8(static_cast<char>(low - 1))),
                         _mm_cmplt_epi8(value, _mm_set1_epi8(static_cast<char>(high + 1))));
  };
  const auto bits = [](__m128i set) { return static_cast<std::uint64_t>(_mm_movemask_epi8(set)); };
  const __m128i upper = between('A', 'Z');
  _mm_storeu_si128(at, _mm_or_si128(value, _mm_and_si128(upper, _mm_set1_epi8(0x20))));
  return {bits(upper), bits(between('a', 'z')), bits(between('0', '9'))};
}
#else
CaseBits lower_sixteen(char* bytes) {
  CaseBits bits;
  for (std::size_t i = 0; i < 16; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    if (bytes[i] >= 'A' && bytes[i] <= 'Z') {
      bits.upper |= bit;
      bytes[i] = static_cast<char>(bytes[i] | 0x20);
    } else if (bytes[i] >= 'a' && bytes[i] <= 'z') {
      bits.lower |= bit;
    } else if (bytes[i] >= '0' && bytes[i] <= '9') {
      bits.digit |= bit;
    }
  }
  return bits;
}
#endif

}  // namespace

/// Copies the value, in lower case, and says what its bytes were.
void TokenCutter::read(std::string_view value) {
  constexpr std::size_t kStep = 16;
  std::memcpy(bytes_.data(), value.data(), value.size());
  std::memset(bytes_.data() + value.size(), 0, kStep);
  for (std::size_t word = 0; word <= value.size() / kBits; ++word) masks_[word] = {};
  for (std::size_t at = 0; at < value.size(); at += kStep) {
    const CaseBits bits = lower_sixteen(bytes_.data() + at);
    Masks& masks = masks_[at / kBits];
    masks.upper |= bits.upper << (at % kBits);
    masks.lower |= bits.lower << (at % kBits);
    masks.digit |= bits.digit << (at % kBits);
  }
}

/// Goes from edge to edge: where a token begins, and the first byte behind one.
void TokenCutter::cut(std::string_view value) {
  count_ = 0;
  if (value.empty()) return;
  read(value);
  std::uint64_t word_before = 0;   // 1: the last byte of the mask before was a letter or digit
  std::uint64_t lower_before = 0;  // 1: it was a lower-case letter
  bool open = false;
  std::size_t begin = 0;
  for (std::size_t word = 0; word <= value.size() / kBits; ++word) {
    const Masks& masks = masks_[word];
    const std::uint64_t inside = masks.upper | masks.lower | masks.digit;
    const std::uint64_t humps = masks.upper & (masks.lower << 1 | lower_before);
    std::uint64_t edges = (inside ^ (inside << 1 | word_before)) | humps;
    for (; edges != 0; edges &= edges - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(edges));
      const std::size_t at = word * kBits + bit;
      if (open) close(begin, at);
      open = (inside >> bit & 1) != 0;
      begin = at;
    }
    word_before = inside >> (kBits - 1);
    lower_before = masks.lower >> (kBits - 1);
  }
}

/// True if there is a byte of that kind; a token is in two words at most.
bool TokenCutter::any(std::uint64_t Masks::*kind, std::size_t begin, std::size_t end) const {
  const std::size_t word = begin / kBits;
  const std::uint64_t from = masks_[word].*kind & (~std::uint64_t{0} << (begin % kBits));
  const std::uint64_t below = (std::uint64_t{1} << (end % kBits)) - 1;
  if (end / kBits == word) return (from & below) != 0;
  return from != 0 || (end % kBits != 0 && (masks_[end / kBits].*kind & below) != 0);
}

/// Keeps a token if it says anything.
void TokenCutter::close(std::size_t begin, std::size_t end) {
  constexpr std::size_t kLongestToken = 24;
  const std::size_t size = end - begin;
  if (size < 2 || size > kLongestToken) return;
  Token token{static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(size)};
  if (any(&Masks::digit, begin, end)) {
    if (!any(&Masks::lower, begin, end) && !any(&Masks::upper, begin, end)) return;
    std::size_t to = begin;
    for (std::size_t at = begin; at < end; ++at) {
      const bool digit = bytes_[at] >= '0' && bytes_[at] <= '9';
      if (digit && to > begin && bytes_[to - 1] == '0') continue;
      bytes_[to++] = digit ? '0' : bytes_[at];
    }
    token.size = static_cast<std::uint16_t>(to - begin);
  }
  tokens_[count_++] = token;
}

void TokenTable::add(Scope scope, std::string_view token, float value) {
  const std::uint64_t hash = hash_bytes(token);
  if (2 * (hashes_.size() + 1) > entries_.size()) grow();
  Entry& entry = entries_[slot_of(hash)];
  if (entry.tag == 0) {
    entry.tag = tag_of(hash);
    hashes_.push_back(hash);
    filter_[filter_bit(hash) / 64] |= std::uint64_t{1} << (filter_bit(hash) % 64);
  }
  entry.values[static_cast<std::size_t>(scope)] = value;
}

void TokenTable::grow() {
  const TokenTable old = *this;
  entries_.assign(2 * old.entries_.size(), {});
  for (const std::uint64_t hash : hashes_) {
    entries_[slot_of(hash)] = old.entries_[old.slot_of(hash)];
  }
}

void ElementReader::reset(const html::Page& page, const TokenTable& table) {
  page_ = &page;
  table_ = &table;
  slots_.assign(page.size(), 0);
  elements_.clear();
  known_.clear();
}

/// Equal for elements of one tag whose naming attributes have the same values; 0 where the parser
/// has no number for one of them (an id stands once in a page).
std::uint64_t ElementReader::key_of(html::NodeId id) const {
  std::uint64_t key = mix(static_cast<std::uint64_t>(page_->node(id).tag) + 1);
  for (const html::AttributeValue& attribute : page_->attributes(id)) {
    if (!names_a_class(attribute.name)) continue;
    if (attribute.number == 0) return 0;
    key = mix(key + attribute.number);
  }
  return key;
}

std::uint32_t ElementReader::element_of(html::NodeId id) {
  const auto next = static_cast<std::uint32_t>(elements_.size());
  const std::uint64_t key = key_of(id);
  const std::uint32_t element = key == 0 ? next : known_.find_or_add(key, next);
  if (element != next) return element;
  elements_.emplace_back();
  read(id, elements_.back());
  return next;
}

const ElementTokens& ElementReader::tokens(html::NodeId id) {
  if (slots_[id] == 0) slots_[id] = element_of(id) + 1;
  return elements_[slots_[id] - 1];
}

void ElementReader::read(html::NodeId id, ElementTokens& into) const {
  constexpr int kSignatureTokens = 6;
  into.signature = mix(static_cast<std::uint64_t>(page_->node(id).tag) + 1);
  int number = 0;
  TokenCutter cutter;
  for (const html::AttributeValue& attribute : page_->attributes(id)) {
    if (!names_a_class(attribute.name)) continue;
    cutter.for_each(page_->value(attribute), [&](std::string_view token) {
      const std::uint64_t hash = hash_bytes(token);
      if (number++ < kSignatureTokens) into.signature = mix(into.signature ^ hash);
      const float* values = table_->find(hash);
      if (values == nullptr) return;
      for (std::size_t scope = 0; scope < kScopeCount; ++scope) {
        if (values[scope] != TokenTable::kUnknown) into.values[scope].add(values[scope]);
      }
    });
  }
}

void append_tokens(const html::Page& page, html::NodeId id, std::string& out) {
  TokenCutter cutter;
  for (const html::AttributeValue& attribute : page.attributes(id)) {
    if (!names_a_class(attribute.name)) continue;
    cutter.for_each(page.value(attribute), [&](std::string_view token) {
      if (!out.empty()) out += ' ';
      out += token;
    });
  }
}

}  // namespace copydesk::extract
