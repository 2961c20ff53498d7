#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "html/builder.h"
#include "html/page.h"
#include "html/skim.h"
#include "html/tree_builder.h"

namespace copydesk::html {
namespace {

// libxml2's dictionary grows with every name it meets and is kept from page to page.
constexpr int kMaxDictionaryNames = 100000;

struct ContextDeleter {
  void operator()(htmlParserCtxt* context) const noexcept { htmlFreeParserCtxt(context); }
};
using Context = std::unique_ptr<htmlParserCtxt, ContextDeleter>;

/// What the handlers work on. Text comes in pieces of any length, so a number may arrive in parts.
struct Events {
  const Skimmed& skimmed;
  PageBuilder& builder;
  std::uint32_t number = 0;
  bool in_number = false;
};

std::uint32_t parse_digits(const char* digits) noexcept {
  std::uint32_t value = 0;
  for (; *digits >= '0' && *digits <= '9'; ++digits) {
    value = value * 10 + static_cast<std::uint32_t>(*digits - '0');
  }
  return value;
}

/// The element's number from the attributes that the skimmer wrote for it; kNoNode for none.
std::uint32_t element_number(const xmlChar** attributes) noexcept {
  if (attributes == nullptr) return kNoNode;
  std::uint32_t number = kNoNode;
  for (; attributes[0] != nullptr; attributes += 2) {
    const char* name = reinterpret_cast<const char*>(attributes[0]);
    if (name[0] == 'a') number = parse_digits(name + 1);
    if (name[0] == 'b') number += parse_digits(name + 1) * kElementNumberBase;
  }
  return number;
}

void on_start(void* user, const xmlChar* name, const xmlChar** attributes) {
  auto& events = *static_cast<Events*>(user);
  const std::uint32_t element = element_number(attributes);
  const auto& elements = events.skimmed.elements;
  events.builder.open(tag_by_name(reinterpret_cast<const char*>(name)),
                      element < elements.size() ? elements[element] : AttributeRange{});
}

void on_end(void* user, const xmlChar* /*name*/) {
  static_cast<Events*>(user)->builder.close();
}

void on_text(void* user, const xmlChar* text, int length) {
  auto& events = *static_cast<Events*>(user);
  for (int i = 0; i < length; ++i) {
    const auto c = static_cast<char>(text[i]);
    if (c >= '0' && c <= '9') {
      events.number = events.number * 10 + static_cast<std::uint32_t>(c - '0');
      events.in_number = true;
    } else if (c == ';' && events.in_number) {
      const auto& texts = events.skimmed.texts;
      if (events.number < texts.size()) events.builder.text(texts[events.number]);
      events.number = 0;
      events.in_number = false;
    } else {
      events.builder.space(c);
    }
  }
}

void ignore_message(void* /*user*/, const char* /*format*/, ...) {}

htmlSAXHandler make_handler() {
  htmlSAXHandler handler{};
  handler.startElement = on_start;
  handler.endElement = on_end;
  handler.characters = on_text;
  handler.ignorableWhitespace = on_text;
  handler.cdataBlock = on_text;
  handler.warning = ignore_message;
  handler.error = ignore_message;
  return handler;
}

}  // namespace

struct Parser::State {
  Skimmed skimmed;
  Page page;
  Context context;

  void parse(std::string_view html, Route route);
  void parse_with_libxml2(std::string_view html);
  bool prepare();
};

/// A fresh or cleaned context that reads `skimmed.markup`. False if there is no memory.
bool Parser::State::prepare() {
  if (context && xmlDictSize(context->dict) > kMaxDictionaryNames) context.reset();
  if (context) {
    htmlCtxtReset(context.get());
  } else {
    xmlInitParser();
    context.reset(htmlNewParserCtxt());
    if (!context) return false;
  }
  xmlParserInputBuffer* buffer = xmlParserInputBufferCreateMem(
      skimmed.markup.data(), static_cast<int>(skimmed.markup.size()), XML_CHAR_ENCODING_NONE);
  if (buffer == nullptr) return false;
  xmlParserInput* input = xmlNewIOInputStream(context.get(), buffer, XML_CHAR_ENCODING_NONE);
  if (input == nullptr) {
    xmlFreeParserInputBuffer(buffer);
    return false;
  }
  inputPush(context.get(), input);
  // HUGE: without it the text behind depth 255 or 10 MB is dropped without a word.
  htmlCtxtUseOptions(context.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                        HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | XML_PARSE_HUGE);
  context->options |= XML_PARSE_HUGE;
  context->charset = XML_CHAR_ENCODING_UTF8;  // else each byte is looked at for its encoding
  return true;
}

void Parser::State::parse(std::string_view html, Route route) {
  if (route == Route::direct) {
    PageBuilder builder(html, page);
    TreeBuilder tree(builder);
    if (skim(html, skimmed, tree)) {
      builder.finish(skimmed);
      return;
    }
  }
  parse_with_libxml2(html);
}

void Parser::State::parse_with_libxml2(std::string_view html) {
  skim(html, skimmed);
  PageBuilder builder(html, page);
  Events events{skimmed, builder};
  if (!skimmed.markup.empty() && prepare()) {
    htmlSAXHandler handler = make_handler();
    htmlSAXHandler* const original = context->sax;
    context->sax = &handler;
    context->userData = &events;
    htmlParseDocument(context.get());
    context->sax = original;
    context->userData = context.get();
  }
  builder.finish(skimmed);
}

Parser::Parser() : state_(std::make_unique<State>()) {}
Parser::~Parser() = default;
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;

const Page& Parser::parse(std::string_view html, Route route) {
  state_->parse(html, route);
  return state_->page;
}

}  // namespace copydesk::html
