#include "dedupe_program/item.h"

#include <utility>

namespace copydesk::tools {
namespace {

/// A string member, or the raw text of a number: both are met as ids.
std::string text_of(const text::JsonObject& record, std::string_view key) {
  const auto value = record.find(key);
  if (!value || *value == "null") return {};
  if (text::is_json_string(*value)) return text::decode_json_string(*value);
  return value->front() == '{' || value->front() == '[' ? std::string() : std::string(*value);
}

std::string host_of(std::string_view url) {
  std::string host = canonical_url(url);
  const std::size_t begin = host.find("://");
  if (begin == std::string::npos) return {};
  return host.substr(begin + 3, host.find('/', begin + 3) - begin - 3);
}

Status read_record(const Document& document, Item& item) {
  auto record = text::JsonObject::parse(document.bytes);
  if (!record) return record.error();
  auto text = record_text(*record);
  if (!text) return text.error();
  item.record = *std::move(record);
  item.text = *std::move(text);
  item.date = text_of(*item.record, "date");
  item.url = text_of(*item.record, "url");
  item.site = text_of(*item.record, "site");
  item.sketch.id = text_of(*item.record, "id");
  item.has_id = !item.sketch.id.empty();
  return {};
}

/// All of an item but its sketch; of that, the id that the document brings.
Result<std::unique_ptr<Item>> read_members(const Document& document,
                                           const DedupeSettings& settings) {
  auto item = std::make_unique<Item>();
  if (document.format == Format::jsonl) {
    if (Status status = read_record(document, *item); !status) return status.error();
  } else {
    item->text = document.bytes;
    item->sketch.id = document_id(document);
  }
  if (item->site.empty() && !item->url.empty()) item->site = host_of(item->url);
  for (const BlockUnit unit : settings.blocks) {
    item->blocks.push_back(
        {unit, split_blocks(item->text, unit, settings.sketch.shortest_paragraph)});
  }
  return item;
}

text::JsonWriter removed_line(const Document& document, const Item& item) {
  text::JsonWriter line;
  line.string("id", item.sketch.id).string("file", document.location.file_name());
  if (document.location.line > 0) {
    line.integer("line", static_cast<long long>(document.location.line));
  }
  return line;
}

}  // namespace

Result<std::unique_ptr<Item>> read_item(const Document& document, const Sketcher& sketcher,
                                        const DedupeSettings& settings) {
  auto item = read_members(document, settings);
  if (!item) return item;
  const std::string id = std::move((*item)->sketch.id);
  (*item)->sketch = sketcher.sketch({(*item)->text, id, (*item)->url, (*item)->date});
  return item;
}

Result<std::unique_ptr<Item>> read_item_again(const Document& document, std::string_view id,
                                              const DedupeSettings& settings) {
  auto item = read_members(document, settings);
  if (item) (*item)->sketch.id = id;
  return item;
}

std::string render(const Document& document, const Item& item, Format to,
                   const text::RecordEdit& edit) {
  if (to != Format::jsonl) return item.text;
  if (item.record) return edit.empty() ? document.bytes : edit.apply(*item.record);
  text::JsonWriter writer;
  writer.string("id", item.sketch.id).string("text", item.text);
  const std::string line = writer.finish();
  auto record = text::JsonObject::parse(line);
  return record ? edit.apply(*record) : line;
}

void mark(text::RecordEdit& edit, const Item& item, const Verdict& verdict) {
  // Others may refer to this record: it must have the id that they name.
  if (item.record && !item.has_id) edit.set_string("id", item.sketch.id);
  if (verdict.relation == Relation::none) return;
  edit.set_string(verdict.duplicate ? "duplicate_of" : "supersedes", verdict.other);
  edit.set_string("relation", name(verdict.relation));
  text::JsonWriter number;
  number.number("x", verdict.similarity);
  const std::string json = number.finish();
  edit.set_raw("similarity", json.substr(5, json.size() - 6));
}

std::string removed_document(const Document& document, const Item& item, const Verdict& verdict) {
  text::JsonWriter line = removed_line(document, item);
  line.string("reason", name(verdict.relation))
      .string("duplicate_of", verdict.other)
      .number("similarity", verdict.similarity)
      .string("text", item.text);
  if (item.record) {
    text::RecordEdit edit;
    edit.remove("text");
    line.raw("record", edit.apply(*item.record));
  }
  return line.finish() + "\n";
}

std::string removed_block(const Document& document, const Item& item, const TextBlock& block,
                          const RepeatedBlock& repeated, BlockUnit unit) {
  text::JsonWriter line = removed_line(document, item);
  line.string("reason", unit == BlockUnit::line ? "repeated line" : "repeated paragraph")
      .integer("offset", static_cast<long long>(block.begin))
      .integer("documents", repeated.documents)
      .integer("sites", repeated.sites)
      .integer("same_site", repeated.same_site)
      .string("text", std::string_view(item.text).substr(block.begin, block.end - block.begin));
  return line.finish() + "\n";
}

}  // namespace copydesk::tools
