#include "extract/declared.h"

#include <algorithm>

#include "extract/blocks.h"
#include "html/page.h"
#include "text/unicode.h"

namespace copydesk::extract {
namespace {

void append_paragraph(std::string& text, std::string_view paragraph) {
  paragraph = text::trim(paragraph);
  if (paragraph.empty()) return;
  if (!text.empty()) text += "\n\n";
  text += paragraph;
}

}  // namespace

std::string declared_text(std::string_view body) {
  std::string text;
  if (body.find("</") != std::string_view::npos) {
    html::Parser parser;
    BlockList list;
    build_blocks(parser.parse(body), list);
    for (const PageBlock& block : list.blocks) append_paragraph(text, list.text_of(block));
  } else {
    while (!body.empty()) {
      const std::string_view line = body.substr(0, body.find('\n'));
      append_paragraph(text, line);
      body.remove_prefix(std::min(line.size() + 1, body.size()));
    }
  }
  if (!text.empty()) text += '\n';
  return text::nfc(text);
}

}  // namespace copydesk::extract
