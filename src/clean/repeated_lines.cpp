#include "clean/repeated_lines.h"

#include <unordered_map>

#include <xxhash.h>

namespace copydesk::clean {
namespace {

constexpr std::size_t kRepeatedWords = 20;  // a shorter line may well come twice
constexpr std::size_t kRepeatedShare = 5;   // %: a text that repeats more of itself means to

/// Lines of running text before the line, counted as far as they matter.
std::size_t prose_before(const std::vector<TextLine>& lines, std::size_t line) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < line && count < kEdgeProseLines; ++i) {
    count += lines[i].alive && lines[i].prose ? 1 : 0;
  }
  return count;
}

/// Not a bullet, an indented line or a sign.
bool begins_as_text(std::string_view line) noexcept {
  constexpr std::string_view kQuotes = "\"'(";
  const auto first = static_cast<unsigned char>(line.front());
  return first >= 0x80 || (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z') ||
         kQuotes.find(line.front()) != std::string_view::npos;
}

}  // namespace

bool drop_repeated(TextLines& lines, bool whole_page) {
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> places;
  std::uint64_t all = 0;
  std::vector<TextLine>& each = lines.lines();
  for (std::size_t i = 0; i < each.size(); ++i) {
    if (!each[i].alive) continue;
    all += each[i].words;
    if (each[i].words < kRepeatedWords) continue;
    const std::string_view bytes = lines.bytes_of(each[i]);
    if (!begins_as_text(bytes)) continue;
    places[XXH3_64bits(bytes.data(), bytes.size())].push_back(i);
  }
  std::vector<TextLine*> repeated;
  std::uint64_t words = 0;
  for (const auto& [hash, numbers] : places) {
    if (numbers.size() != 2 || prose_before(each, numbers.front()) >= kEdgeProseLines) continue;
    repeated.push_back(&each[numbers.back()]);
    words += repeated.back()->words;
  }
  if (repeated.empty() || (!whole_page && words * 100 > all * kRepeatedShare)) return false;
  for (TextLine* line : repeated) line->drop("repeat/line", "stood before");
  return true;
}

}  // namespace copydesk::clean
