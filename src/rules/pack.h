#pragma once

/// @file
/// Rule packs: plain text, one paragraph a rule, with the examples that test it.
///
/// docs/rules.md describes the format for those who write packs.

#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"

#include "rules/rule.h"

namespace copydesk::rules {

struct Pack {
  std::string name;
  std::string language;
  std::vector<Rule> rules;
};

/// Reads a pack. `file` names it in messages ("en.rules:12: ...").
/// Error bad_rule: with file, line and what is wrong; nothing of the pack is used then.
/// `trusted`: the patterns are known to be sound, and are not tried; for packs that are built in,
/// which every program reads at its start and the tests have read before.
[[nodiscard]] Result<Pack> parse_pack(std::string_view text, std::string_view file,
                                      bool trusted = false);

}  // namespace copydesk::rules
