#include "clean_program/settings.h"

#include <fstream>
#include <sstream>
#include <utility>

namespace copydesk::tools {

std::optional<std::string> read_whole_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  if (!file.good() && !file.eof()) return std::nullopt;
  return std::move(text).str();
}

}  // namespace copydesk::tools
