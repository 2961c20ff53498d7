#include "rules/rule.h"

namespace copydesk::rules {

std::string_view name(Verb verb) noexcept {
  switch (verb) {
    case Verb::drop_line:
      return "drop line";
    case Verb::cut_to_end:
      return "cut to end";
    case Verb::cut_to_start:
      return "cut to start";
    case Verb::trim_start:
      return "trim start";
    case Verb::trim_end:
      return "trim end";
    case Verb::keep_line:
      return "keep line";
    case Verb::label:
      return "label";
  }
  return "";
}

std::string_view name(RuleLevel level) noexcept {
  switch (level) {
    case RuleLevel::safe:
      return "safe";
    case RuleLevel::news:
      return "news";
    case RuleLevel::full_page:
      return "full-page";
  }
  return "";
}

bool is_for_host(const Rule& rule, std::string_view host) noexcept {
  if (rule.site.empty()) return true;
  const std::string_view site = rule.site;
  if (site.front() == '.') return host == site.substr(1) || host.ends_with(site);
  return host == site || (host.starts_with("www.") && host.substr(4) == site);
}

}  // namespace copydesk::rules
