#pragma once

/// @file
/// What a tool is to the common runner: a function on documents, and what it has to say of them.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/error.h"

#include "text/json.h"

namespace copydesk::tools {

/// Something to report about a document on standard error.
struct Diagnostic {
  enum class Kind : std::uint8_t {
    failure,  ///< the document was skipped or damaged: counted, and the run ends with status 1
    warning,  ///< worth a line, not shown with --quiet
    note,     ///< shown with --verbose only
    fatal,    ///< the run cannot go on: nothing more is written, and it ends with status 2
  };
  Kind kind;
  Location location;
  std::string message;
};

/// A tool's own state that travels with a document from work() to settle().
struct Payload {
  virtual ~Payload() = default;
};

/// What became of one document.
struct Outcome {
  bool emit = true;        ///< false: nothing is written for this document
  bool unchanged = false;  ///< the document is written as it is, and not `output`
  std::string
      output;  ///< what is written; the runner adds the line feed a record or text ends with
  std::string removed;  ///< whole JSON lines for --removed, each with its line feed
  std::vector<Diagnostic> diagnostics;
  std::unique_ptr<Payload> payload;

  /// Reports `error` about `document` and writes nothing for it.
  void fail(const Document& document, const Error& error);
  /// Reports `error` and ends the run.
  void stop(const Location& location, const Error& error);
  /// A line for the user; the document goes on.
  void warn(const Document& document, std::string message);
};

/// One tool's work. work() and clean_up() are called from several threads at once; the others from
/// one at a time.
class Filter {
 public:
  virtual ~Filter() = default;

  /// The form the run writes when --to is not given and the first document has this form.
  [[nodiscard]] virtual Format output_format(Format input) const {
    return input == Format::jsonl || input == Format::lines ? input : Format::text;
  }

  /// Turns a document into its outcome. `to` is the form to write. A text document has been made
  /// valid UTF-8; a record has not been parsed.
  virtual void work(const Document& document, Format to, Outcome& outcome) const = 0;

  /// A hint, called before the settle() of the document before: this one is settled next.
  virtual void expect(const Outcome& outcome) { (void)outcome; }

  /// Called in input order before an outcome is written: the place for decisions that depend on the
  /// documents before.
  virtual void settle(const Document& document, Format to, Outcome& outcome) {
    (void)document, (void)to, (void)outcome;
  }

  /// Called now and then after settle(), alongside all other calls: the place for work that no
  /// document waits for.
  virtual void clean_up() {}

  /// True if documents that were held back by settle() are to be written now.
  [[nodiscard]] virtual bool has_ready() const { return false; }
  /// Called while has_ready(): fills the outcome of the next of them.
  virtual void release(Format to, Outcome& outcome) { (void)to, (void)outcome; }

  /// Called after the last document, for what is still to be written: once, and again, each time
  /// with a new outcome, as long as has_more().
  virtual void finish(Format to, Outcome& outcome) { (void)to, (void)outcome; }
  [[nodiscard]] virtual bool has_more() const { return false; }

  /// Adds the tool's own members to the --stats object.
  virtual void add_statistics(text::JsonWriter& writer) const { (void)writer; }

  /// What stands between two documents of a text stream.
  [[nodiscard]] virtual std::string_view separator() const { return "\f"; }
};

/// The id of a document that brings none: its WARC record, or its file, with "#2" and so on for the
/// later documents of one file.
[[nodiscard]] std::string document_id(const Document& document);

/// The `text` of a record. Errors: missing_text.
[[nodiscard]] Result<std::string> record_text(const text::JsonObject& record,
                                              std::string_view member = "text");

}  // namespace copydesk::tools
