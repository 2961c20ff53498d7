#pragma once

/// @file
/// A document as it stands in a stream, and the forms a stream can have.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace copydesk {

/// The form of a stream. Input forms are recognised by content; -f/--from and -t/--to name them.
enum class Format : std::uint8_t {
  text,      ///< UTF-8; a blank line ends a block, a form feed (U+000C) stands between documents
  jsonl,     ///< records: JSON Lines, one document a line
  markdown,  ///< text with CommonMark markup, documents as in `text`
  html,      ///< one page a file; any charset
  warc,      ///< WARC 1.0 and 1.1: the HTML responses in it
  lines,     ///< any lines, a line a document (intermediate files of a tool's own)
  conllu,    ///< tokens as CoNLL-U; written, not read
  counts,    ///< what was counted, a tab, how often; written, not read
};

/// "text", "jsonl", "markdown", "html", "warc", "lines", "conllu", "counts".
[[nodiscard]] std::string_view name(Format format) noexcept;

/// The format of that name, if there is one.
[[nodiscard]] std::optional<Format> format_from_name(std::string_view wanted) noexcept;

/// Where a document begins.
struct Location {
  std::shared_ptr<const std::string> file;  ///< as the user named it; "-" is standard input
  std::uint64_t line = 0;                   ///< counts from 1; 0 where lines mean nothing (a page)

  [[nodiscard]] std::string_view file_name() const noexcept {
    return file ? std::string_view(*file) : std::string_view();
  }
};

/// What a container says of the page in it; empty strings where it says nothing.
struct PageOrigin {
  std::string id;       ///< WARC-Record-ID without its angle brackets
  std::string url;      ///< WARC-Target-URI
  std::string date;     ///< WARC-Date: when the page was fetched
  std::string charset;  ///< of the HTTP Content-Type, as written there
};

/// One document, owned.
struct Document {
  /// text, markdown: the document's bytes without the form feed. jsonl, lines: one line without its
  /// end (\n or \r\n). html: a page's bytes, content codings undone. Never warc.
  Format format = Format::text;
  std::string bytes;
  Location location;
  std::uint64_t number_in_file = 1;  ///< counts from 1
  PageOrigin origin;                 ///< html out of a container only
};

}  // namespace copydesk
