#pragma once

/// @file
/// Published measures of a text's quality, as numbers for a person or a filter to judge.
///
/// Gopher (Rae et al. 2021, arXiv 2112.11446, table A1 and A.1.1), C4 (Raffel et al. 2020, arXiv
/// 1910.10683, 2.2) and FineWeb (Penedo et al. 2024, arXiv 2406.17557, 3.6). Words are runs between
/// white space, in scripts without spaces single characters; shares are from 0 to 1.

#include <string_view>
#include <vector>

namespace copydesk {

struct QualityMeasure {
  std::string_view name;  ///< lives as long as the program
  double value = 0;
};

/// All measures, always the same names in the same order:
///   gopher   word_count, mean_word_length (code points), symbol_word_ratio (# and ellipses a
///   word),
///            bullet_line_ratio, ellipsis_line_ratio, alpha_word_ratio, stop_words (how many
///            different of the language's eight), dup_line_frac, dup_para_frac,
///            dup_line_char_frac, dup_para_char_frac, top_2_gram, top_3_gram, top_4_gram,
///            duplicated_5_n_grams ... duplicated_10_n_grams (shares of characters)
///   c4       sentence_count, terminal_line_ratio (lines that end in . ! ? or a quotation mark),
///            curly_brackets, lorem_ipsum (0 or 1)
///   fineweb  line_punct_ratio, short_line_ratio (at most 30 code points), char_dup_ratio,
///            newline_word_ratio
/// `text`: well-formed UTF-8; `language`: ISO 639-1, "" or one without stop words gives stop_words
/// 0. Thread-safe; time proportional to the text (times the ten lengths of n-grams).
[[nodiscard]] std::vector<QualityMeasure> quality_measures(std::string_view text,
                                                           std::string_view language);

}  // namespace copydesk
