#pragma once

/// @file
/// PCRE2, JIT-compiled, with bounds on its work. The only place that knows the library.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "copydesk/error.h"

namespace copydesk::rules {

enum class MatchOutcome : std::uint8_t {
  no,
  yes,
  limited,  ///< PCRE2 gave up at its match or stack limit: no match, but worth a word
};

/// Half-open byte range of the subject.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A pattern that is compiled when it is first used, so that a pack of hundreds costs nothing to
/// load. Thread-safe.
class Regex {
 public:
  enum class Anchor : std::uint8_t { whole, start, end, none };

  Regex(std::string pattern, Anchor anchor);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  /// Compiles now. Error bad_rule: PCRE2's message and where in the pattern.
  [[nodiscard]] Status compile() const;

  /// Matches well-formed UTF-8. A pattern that does not compile never matches.
  /// The work for one call is bounded (100,000 steps of PCRE2's match limit).
  [[nodiscard]] MatchOutcome match(std::string_view subject, Range* found = nullptr) const;

  /// Where a named group of a match stands, if the pattern has it and it took part.
  [[nodiscard]] std::optional<Range> capture(std::string_view subject, const char* group) const;

 private:
  struct Code;
  std::string pattern_;
  Anchor anchor_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<Code> code_;
};

}  // namespace copydesk::rules
