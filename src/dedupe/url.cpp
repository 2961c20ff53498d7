#include <algorithm>
#include <array>

#include "copydesk/dedupe.h"

namespace copydesk {
namespace {

/// Query parameters that say how the reader came to the page, not which page it is. A name that
/// ends in '_' stands for all names that begin so.
constexpr std::array<std::string_view, 24> kTracking = {
    "utm_",   "fbclid", "gclid",  "dclid",  "gbraid", "wbraid", "msclkid", "yclid",
    "twclid", "igshid", "mc_cid", "mc_eid", "_ga",    "_gl",    "cmpid",   "ocid",
    "ns_",    "at_",    "xtor",   "ito",    "smid",   "smtyp",  "ref_src", "soc_src"};

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

bool is_tracking(std::string_view parameter) {
  const std::string name = ascii_lower(parameter.substr(0, parameter.find('=')));
  return std::any_of(kTracking.begin(), kTracking.end(), [&](std::string_view known) {
    return known.ends_with('_') ? name.starts_with(known) : name == known;
  });
}

/// The host without user, default port and `www.`, in lower case.
std::string canonical_host(std::string_view authority) {
  if (const auto user = authority.rfind('@'); user != std::string_view::npos) {
    authority.remove_prefix(user + 1);
  }
  std::string host = ascii_lower(authority);
  for (const std::string_view port : {":80", ":443", ":"}) {
    if (host.ends_with(port)) {
      host.resize(host.size() - port.size());
      break;
    }
  }
  if (host.starts_with("www.") && host.find('.', 4) != std::string::npos) host.erase(0, 4);
  return host;
}

void append_query(std::string& url, std::string_view query) {
  char joint = '?';
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (parameter.empty() || is_tracking(parameter)) continue;
    url += joint;
    url.append(parameter);
    joint = '&';
  }
}

}  // namespace

std::string canonical_url(std::string_view url) {
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return std::string(url);
  const std::string scheme = ascii_lower(url.substr(0, scheme_end));
  if (scheme != "http" && scheme != "https") return std::string(url);
  std::string_view rest = url.substr(scheme_end + 3);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t host_end = std::min(rest.find_first_of("/?"), rest.size());
  std::string out = "http://" + canonical_host(rest.substr(0, host_end));
  rest.remove_prefix(host_end);
  const std::size_t path_end = std::min(rest.find('?'), rest.size());
  std::string_view path = rest.substr(0, path_end);
  while (path.ends_with('/')) path.remove_suffix(1);
  out.append(path);
  if (path_end < rest.size()) append_query(out, rest.substr(path_end + 1));
  return out;
}

}  // namespace copydesk
