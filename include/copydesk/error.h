#pragma once

/// @file
/// What can go wrong, as a closed list, and the value-or-error type that carries it.
///
/// The library never prints, throws on bad input, exits or aborts: a function that can fail returns
/// Result<T> or Status. (Memory exhaustion still throws std::bad_alloc.)

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace copydesk {

/// Every kind of failure. phrase() has the sentence that goes with each.
enum class ErrorCode : std::uint8_t {
  cannot_open,       ///< the file cannot be opened for reading or writing
  is_directory,      ///< a directory was named where a file is read
  read_failed,       ///< the operating system reported a read error
  write_failed,      ///< a write, flush, close or rename failed; the run cannot go on
  bad_compression,   ///< gzip or zstd data is damaged
  truncated,         ///< the input ends in the middle of a compressed stream or WARC record
  bad_warc,          ///< not a WARC record where one must begin
  bad_record,        ///< a line of a record stream is not a JSON object in UTF-8
  missing_text,      ///< a record has no member `text` (or the named one), or it is not a string
  too_large,         ///< the document is larger than the limit for one document
  unsupported_type,  ///< the content is of a kind the tool does not read (an image, a PDF)
  bad_option,        ///< an option has a value that cannot be used
  bad_rule,          ///< a rule file has an error; the detail names file and line
  bad_data,          ///< another data file (abbreviations, vocabulary, index, plan) has an error
  limit_reached,     ///< a bound on work was met (for example PCRE2's match limit)
  locked,            ///< another process holds the file or index for writing
};

/// The phrase for a code: English, lower case, no full stop. The view lives as long as the program.
[[nodiscard]] std::string_view phrase(ErrorCode code) noexcept;

/// A failure: its kind, and the detail that makes it actionable (a system message, a value).
struct Error {
  ErrorCode code;
  std::string detail;  ///< may be empty
};

/// "phrase" or "phrase: detail": what stands after `tool: file:line: `.
[[nodiscard]] std::string to_string(const Error& error);

/// Either a value or an Error. Asking for the one that is not there is a programming error
/// (std::get throws std::bad_variant_access).
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
  Result(ErrorCode code, std::string detail = {})
      : state_(std::in_place_index<1>, Error{code, std::move(detail)}) {}

  [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  Error& error() & { return std::get<1>(state_); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

/// Success, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}
  Result(ErrorCode code, std::string detail = {}) : error_(Error{code, std::move(detail)}) {}

  [[nodiscard]] bool ok() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return ok(); }
  Error& error() & { return *error_; }
  const Error& error() const& { return *error_; }
  Error&& error() && { return *std::move(error_); }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace copydesk
