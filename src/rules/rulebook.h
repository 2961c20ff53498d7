#pragma once

/// @file
/// All packs of a run: the ones compiled in and the ones a user added, by language.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"

#include "rules/matcher.h"
#include "rules/pack.h"

namespace copydesk::rules {

struct RulebookOptions {
  RuleLevel level = RuleLevel::news;
  std::vector<Pack> added = {};            ///< used beside the built-in ones of their language
  std::vector<std::string> disabled = {};  ///< rule ids, "en/see-also"
  bool builtin = true;                     ///< false: only what is added
};

/// The packs compiled in, in order of name, parsed.
[[nodiscard]] std::vector<Pack> builtin_packs();

/// The languages that have a pack compiled in, in order; without "any".
[[nodiscard]] std::vector<std::string> builtin_languages();

/// Immutable to the eye; const calls are thread-safe. A language's packs are parsed and indexed
/// when they are first asked for, so that a run pays only for the languages that it meets.
class Rulebook {
 public:
  /// Error bad_rule: an added pack's pattern does not compile, or a disabled rule does not exist.
  [[nodiscard]] static Result<Rulebook> create(RulebookOptions options);
  ~Rulebook();
  Rulebook(Rulebook&&) noexcept;
  Rulebook& operator=(Rulebook&&) noexcept;

  struct Rules {
    RuleSet text;   ///< for lines
    RuleSet title;  ///< for titles
  };

  /// The rules of the level for documents in `language` (primary subtag): its packs and those for
  /// any language. A language without pack, and "", get the rules for any language.
  [[nodiscard]] const Rules& for_language(std::string_view language) const;

  /// Every rule's text and every choice that can bear on the result, as one string to be hashed.
  [[nodiscard]] const std::string& identity() const noexcept;

 private:
  class Impl;
  explicit Rulebook(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk::rules
