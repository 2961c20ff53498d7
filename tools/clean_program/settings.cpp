#include "clean_program/settings.h"

#include <chrono>
#include <fstream>
#include <locale>
#include <sstream>
#include <utility>

namespace copydesk::tools {

std::optional<double> read_share(std::string text) {
  const bool percent = !text.empty() && text.back() == '%';
  if (percent) text.pop_back();
  std::istringstream stream(text);
  stream.imbue(std::locale::classic());
  double value = 0;
  if (!(stream >> value) || !stream.eof()) return std::nullopt;
  if (percent) value /= 100;
  if (value < 0 || value > 1) return std::nullopt;
  return value;
}

std::optional<std::int64_t> day_number(const std::string& text) {
  using std::chrono::floor, std::chrono::days, std::chrono::system_clock;
  if (text.empty()) return floor<days>(system_clock::now()).time_since_epoch().count();
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  char first = 0;
  char second = 0;
  std::istringstream stream(text);
  if (!(stream >> year >> first >> month >> second >> day) || first != '-' || second != '-') {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

std::optional<std::string> read_whole_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  if (!file.good() && !file.eof()) return std::nullopt;
  return std::move(text).str();
}

}  // namespace copydesk::tools
