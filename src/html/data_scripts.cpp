#include "html/data_scripts.h"

#include "html/ascii.h"
#include "html/scan.h"

namespace copydesk::html {
namespace {

/// A view of the JSON that a script assigns to `name`, to the end of the script; else empty.
std::string_view assigned_json(std::string_view body, std::string_view name) {
  const std::size_t found = body.find(name);
  if (found == kNotFound) return {};
  std::size_t at = found + name.size();
  while (at < body.size() &&
         (is_html_space(body[at]) || body[at] == '=' || body[at] == '"' || body[at] == ']')) {
    ++at;
  }
  return at < body.size() && body[at] == '{' ? body.substr(at) : std::string_view{};
}

}  // namespace

void set_aside(std::string_view body, std::string_view type, std::string_view id, Skimmed& out) {
  if (find_lower(type.substr(0, 64), "ld+json") != kNotFound) {
    out.json_ld.push_back({{}, body});
    return;
  }
  // Names under which frameworks leave the page's data.
  static constexpr std::string_view kIds[] = {"__NEXT_DATA__", "__NUXT_DATA__", "fusion-metadata"};
  static constexpr std::string_view kVariables[] = {"Fusion.globalContent", "__INITIAL_STATE__",
                                                    "__PRELOADED_STATE__", "__INITIAL_DATA__",
                                                    "__APOLLO_STATE__"};
  if (id == kIds[0] || id == kIds[1]) {
    out.state_json.push_back({id == kIds[0] ? kIds[0] : kIds[1], body});
    return;
  }
  // The assignment stands at the script's head, or the script is named for it.
  const std::string_view head = id == kIds[2] ? body : body.substr(0, 256);
  for (const std::string_view variable : kVariables) {
    if (head.find(variable) == kNotFound) continue;
    const std::string_view json = assigned_json(body, variable);
    if (!json.empty()) out.state_json.push_back({variable, json});
    return;
  }
}

}  // namespace copydesk::html
