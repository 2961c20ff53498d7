#include "clean_program/restore.h"

#include <cstdlib>
#include <map>
#include <sstream>
#include <utility>
#include <variant>

#include "copydesk/stream.h"

#include "text/json.h"

namespace copydesk::tools {
namespace {

/// What a --removed file says of one document.
struct Removals {
  std::map<std::string, std::vector<Edit>> edits;         ///< by member
  std::map<std::string, std::optional<std::string>> raw;  ///< member as it was; nothing: it was not
};

/// One line of a --removed file into what is known of its document.
bool read_removal(std::string_view line, std::map<std::uint64_t, Removals>& documents) {
  const auto object = text::JsonObject::parse(line);
  if (!object) return false;
  const auto number = object->find("doc");
  const auto field = object->find_string("field");
  if (!number || !field) return false;
  Removals& removals = documents[std::strtoull(std::string(*number).c_str(), nullptr, 10)];
  const auto was = object->find_string("text");
  if (!was) {
    removals.raw[*field] = object->find_string("raw");
    return true;
  }
  const std::string at(object->find("at").value_or("0"));
  removals.edits[*field].push_back({std::strtoull(at.c_str(), nullptr, 10), *was,
                                    object->find_string("now").value_or(""), "", ""});
  return true;
}

Result<std::string> restore_text(std::string_view text, const Removals& removals) {
  const auto edits = removals.edits.find("text");
  if (edits == removals.edits.end()) return std::string(text);
  return restore_edits(text, edits->second);
}

Result<std::string> restore_record(const std::string& line, const Removals& removals) {
  const auto record = text::JsonObject::parse(line);
  if (!record) return record.error();
  text::RecordEdit edit;
  for (const auto& [field, edits] : removals.edits) {
    const auto value = record->find_string(field);
    if (!value) return {ErrorCode::bad_data, "no member " + field};
    auto was = restore_edits(*value, edits);
    if (!was) return std::move(was).error();
    edit.set_string(field, *was);
  }
  for (const auto& [field, raw] : removals.raw) {
    raw ? edit.set_raw(field, *raw) : edit.remove(field);
  }
  return edit.apply(*record);
}

}  // namespace

int restore_documents(const Program& program, const CleanSettings& settings) {
  const auto text = read_whole_file(settings.restore);
  if (!text) return program.fatal({ErrorCode::cannot_open, ""}, settings.restore);
  std::map<std::uint64_t, Removals> documents;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    if (!read_removal(line, documents)) {
      return program.fatal({ErrorCode::bad_data, "not a line of --removed"}, settings.restore);
    }
  }
  auto files = input_files(program.options());
  if (!files) return program.fatal(files.error());
  ReadOptions read;
  read.files = *std::move(files);
  read.from = program.options().from;
  read.max_document_size = program.options().max_document_size;
  DocumentReader reader(std::move(read));
  WriteOptions write;
  write.path = program.options().output;
  auto output = Output::open(std::move(write));
  if (!output) return program.fatal(output.error());
  std::uint64_t number = 0;
  while (auto item = reader.next()) {
    if (auto* problem = std::get_if<ReadProblem>(&*item)) {
      return program.fatal(problem->error, problem->location.file_name());
    }
    const auto& document = std::get<Document>(*item);
    const Removals& removals = documents[++number];
    const bool record = document.format == Format::jsonl;
    auto was =
        record ? restore_record(document.bytes, removals) : restore_text(document.bytes, removals);
    if (!was) return program.fatal(was.error(), document.location.file_name());
    const std::string bytes = record ? *was + "\n" : (number > 1 ? "\f" : "") + *was;
    if (const auto status = output->write(bytes); !status) return program.fatal(status.error());
  }
  const auto status = output->finish();
  return status ? kExitOk : program.fatal(status.error());
}

}  // namespace copydesk::tools
