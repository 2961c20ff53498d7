/// @file
/// Run by the build: writes the two-stage property table of properties.h from ICU's data, so that
/// the table needs neither a network nor a file of the Unicode Character Database, and agrees with
/// the ICU that does the dictionary scripts.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "tokenize/category.h"
#include "tokenize/properties.h"

namespace {

using copydesk::tokenize::Category;
using copydesk::tokenize::kPropertyBlockShift;
using copydesk::tokenize::Properties;
using copydesk::tokenize::SentenceBreak;
using copydesk::tokenize::WordBreak;

static_assert(static_cast<int>(WordBreak::wseg_space) == U_WB_WSEGSPACE);
static_assert(static_cast<int>(WordBreak::zwj) == U_WB_ZWJ);
static_assert(static_cast<int>(WordBreak::double_quote) == U_WB_DOUBLE_QUOTE);
static_assert(static_cast<int>(SentenceBreak::s_continue) == U_SB_SCONTINUE);
static_assert(static_cast<int>(SentenceBreak::lf) == U_SB_LF);

bool is_dictionary_script(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    // The prolonged sound mark belongs to no one script, but stands inside Kana words.
    default:
      return c == 0x30FC || c == 0xFF70;
  }
}

std::uint16_t properties(UChar32 c) {
  const auto word = static_cast<unsigned>(u_getIntPropertyValue(c, UCHAR_WORD_BREAK));
  const auto sentence = static_cast<unsigned>(u_getIntPropertyValue(c, UCHAR_SENTENCE_BREAK));
  if (word > 22 || sentence > 14) {
    std::fprintf(stderr, "generate_properties: U+%04X has a break class that is not known\n",
                 static_cast<unsigned>(c));
    std::exit(1);
  }
  const std::uint32_t category = U_GET_GC_MASK(c);
  const bool letter = (category & U_GC_L_MASK) != 0;
  unsigned bits = word | (sentence << Properties::kSentenceShift);
  if (u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC)) bits |= Properties::kPictographic;
  // Digits and signs of these scripts are ordinary words; only letters and marks need a dictionary.
  if (is_dictionary_script(c) && (category & (U_GC_L_MASK | U_GC_M_MASK | U_GC_NL_MASK)) != 0) {
    bits |= Properties::kDictionary;
  }
  if (u_isUWhiteSpace(c)) bits |= Properties::kSpace;
  if (letter) bits |= Properties::kLetter;
  if (u_isUUppercase(c) || (category & U_GC_LT_MASK) != 0) bits |= Properties::kUpper;
  if (u_isULowercase(c)) bits |= Properties::kLower;
  if ((category & (U_GC_P_MASK | U_GC_S_MASK)) != 0) bits |= Properties::kSymbol;
  return static_cast<std::uint16_t>(bits);
}

void print_array(std::FILE* out, const char* name, const char* part,
                 const std::vector<std::uint16_t>& values) {
  std::fprintf(out, "extern const std::uint16_t k%s%s[] = {", name, part);
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::fprintf(out, "%s%u,", i % 24 == 0 ? "\n" : "", static_cast<unsigned>(values[i]));
  }
  std::fprintf(out, "\n};\n");
}

std::uint16_t category(UChar32 c) {
  const std::uint32_t mask = U_GET_GC_MASK(c);
  const auto value = [&]() {
    if (c == '\n' || c == '\r') return Category::line_end;
    if (u_isUWhiteSpace(c)) return Category::space;
    if ((mask & U_GC_LL_MASK) != 0) return Category::lower;
    if ((mask & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0) return Category::upper;
    if ((mask & U_GC_L_MASK) != 0) return Category::letter;
    if ((mask & U_GC_M_MASK) != 0) return Category::mark;
    return (mask & U_GC_N_MASK) != 0 ? Category::number : Category::other;
  };
  return static_cast<std::uint16_t>(value());
}

/// Writes the two-stage table of `value_of` over all code points.
void print_table(std::FILE* out, const char* name, std::uint16_t (*value_of)(UChar32)) {
  constexpr UChar32 kBlock = 1 << kPropertyBlockShift;
  std::map<std::vector<std::uint16_t>, std::uint16_t> known;
  std::vector<std::uint16_t> index;
  std::vector<std::uint16_t> blocks;
  for (UChar32 first = 0; first <= 0x10FFFF; first += kBlock) {
    std::vector<std::uint16_t> block;
    for (UChar32 c = first; c < first + kBlock; ++c) block.push_back(value_of(c));
    const auto [entry, added] = known.try_emplace(block, static_cast<std::uint16_t>(known.size()));
    if (added) blocks.insert(blocks.end(), block.begin(), block.end());
    index.push_back(entry->second);
  }
  print_array(out, name, "Index", index);
  print_array(out, name, "Blocks", blocks);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::FILE* out = std::fopen(argv[1], "w");
  if (out == nullptr) return 1;
  std::fprintf(out, "// Generated from ICU, Unicode %s. Do not edit.\n#include <cstdint>\n",
               U_UNICODE_VERSION);
  std::fprintf(out, "namespace copydesk::tokenize {\n");
  print_table(out, "Property", properties);
  print_table(out, "Category", category);
  std::fprintf(out, "}  // namespace copydesk::tokenize\n");
  return std::fclose(out) == 0 ? 0 : 1;
}
