/// @file
/// Any bytes as a page: the text is valid UTF-8, blocks say why they were dropped, twice is the
/// same.

#include "copydesk/extract.h"

#include "check.h"
#include "text/utf8.h"

namespace {

const copydesk::Extractor& extractor() {
  static const auto made = [] {
    copydesk::ExtractOptions options;
    options.blocks = true;
    options.comments = true;
    return copydesk::Extractor::create(options);
  }();
  return *made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using copydesk::fuzz::check;
  const std::string_view page = copydesk::fuzz::as_text(data, size);
  const copydesk::Article article = extractor().extract(page);
  check(copydesk::text::is_valid_utf8(article.text));
  check(copydesk::text::is_valid_utf8(article.comments));
  check(article.text.empty() != article.status.empty());
  for (const copydesk::Block& block : article.blocks) {
    check(copydesk::text::is_valid_utf8(block.text));
    check(block.kept == block.reason.empty());
  }
  check(extractor().extract(page).text == article.text);
  return 0;
}
