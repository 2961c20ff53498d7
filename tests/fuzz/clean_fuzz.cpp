/// @file
/// Any bytes as a text to clean, at every level: the edits make the output of the input, the input
/// comes back from output and edits, and a text with words is not emptied.

#include <string_view>
#include <utility>

#include "copydesk/clean.h"

#include "check.h"

namespace {

/// Rules are compiled once for all inputs, as a program does.
const copydesk::Cleaner& cleaner(copydesk::CleanLevel level) {
  static const auto make = [](copydesk::CleanLevel wanted) {
    copydesk::CleanOptions options;
    options.level = wanted;
    auto made = copydesk::Cleaner::create(std::move(options));
    copydesk::fuzz::check(made.ok());
    return std::move(made).value();
  };
  static const copydesk::Cleaner kAll[] = {make(copydesk::CleanLevel::safe),
                                           make(copydesk::CleanLevel::news),
                                           make(copydesk::CleanLevel::full_page)};
  return kAll[static_cast<std::size_t>(level)];
}

void check_level(std::string_view text, copydesk::CleanLevel level) {
  const copydesk::CleanResult result = cleaner(level).clean({.text = text, .title = text});
  copydesk::fuzz::check(copydesk::apply_edits(text, result.edits) == result.text);
  const auto restored = copydesk::restore_edits(result.text, result.edits);
  copydesk::fuzz::check(restored.ok() && *restored == text);
  copydesk::fuzz::check(result.words == 0 || result.words_removed < result.words);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = copydesk::fuzz::as_text(data, size);
  for (const auto level :
       {copydesk::CleanLevel::safe, copydesk::CleanLevel::news, copydesk::CleanLevel::full_page}) {
    check_level(text, level);
  }
  return 0;
}
