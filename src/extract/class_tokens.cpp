#include "extract/class_tokens.h"

#include <algorithm>

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

}  // namespace

void TokenValues::add(float value) noexcept {
  largest = std::max(largest, value);
  smallest = std::min(smallest, value);
  sum += value;
  count += 1;
}

void TokenValues::merge(const TokenValues& other) noexcept {
  largest = std::max(largest, other.largest);
  smallest = std::min(smallest, other.smallest);
  sum += other.sum;
  count += other.count;
}

void TokenTable::add(Scope scope, std::string_view token, float value) {
  const auto next = static_cast<std::uint32_t>(entries_.size());
  const std::uint32_t at = index_.find_or_add(hash_bytes(token), next);
  if (at == next) entries_.emplace_back();
  entries_[at].values[static_cast<std::size_t>(scope)] = value;
}

const float* TokenTable::find(std::uint64_t hash) const noexcept {
  const std::uint32_t found = index_.find(hash);
  return found == HashIndex::kAbsent ? nullptr : entries_[found].values;
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
  for (const html::AttributeValue& attribute : page_->attributes(id)) {
    if (!names_a_class(attribute.name)) continue;
    for_each_token(page_->value(attribute), [&](std::string_view token) {
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
  for (const html::AttributeValue& attribute : page.attributes(id)) {
    if (!names_a_class(attribute.name)) continue;
    for_each_token(page.value(attribute), [&](std::string_view token) {
      if (!out.empty()) out += ' ';
      out += token;
    });
  }
}

}  // namespace copydesk::extract
