#include "tokenize/sentences.h"

#include "tokenize/full_stop.h"
#include "tokenize/properties.h"
#include "tokenize/uax29_sentences.h"

namespace copydesk::tokenize {
namespace {

/// Appends text[begin, end) without white space at its ends, if there is anything else in it.
void append_trimmed(std::string_view text, std::size_t begin, std::size_t end,
                    std::vector<Span>& spans) {
  while (begin < end) {
    const Decoded decoded = decode_at(text, begin);
    if (!properties_of(decoded.code_point).is_space()) break;
    begin += decoded.length;
  }
  while (end > begin) {
    const Decoded decoded = decode_before(text, end);
    if (!properties_of(decoded.code_point).is_space()) break;
    end -= decoded.length;
  }
  if (begin < end)
    spans.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
}

class SentenceScan {
 public:
  SentenceScan(std::string_view text, const Language& language, bool lines, std::vector<Span>& out)
      : text_(text), rules_(text, language, lines), lines_(lines), out_(out) {}

  void run() {
    for (std::size_t at = next_candidate(0); at < text_.size(); at = next_candidate(at)) {
      const char byte = text_[at];
      if (byte == '\n' || byte == '\f') {
        at = line_end(at);
        continue;
      }
      const Decoded decoded = decode_at(text_, at);
      if (!is_terminator(decoded.code_point)) {
        at += decoded.length;
        continue;
      }
      skip_space();
      const Verdict verdict = rules_.judge(at, begin_);
      at = verdict.end;
      if (verdict.ends) end_sentence(at);
    }
    end_sentence(text_.size());
  }

 private:
  /// The next byte that may begin a terminator or end a block.
  [[nodiscard]] std::size_t next_candidate(std::size_t at) const {
    while (at < text_.size()) {
      const auto byte = static_cast<unsigned char>(text_[at]);
      if (byte == '.' || byte == '!' || byte == '?' || byte == '\n' || byte == '\f') break;
      // Leads of the blocks that hold terminators. Letters of Latin, Greek, Cyrillic, Hebrew (up to
      // U+053F), Han (E4 to E9) and Hangul (EB to ED) are passed over.
      if (byte >= 0xD4 && (byte <= 0xE3 || byte == 0xEA || byte >= 0xEF)) break;
      ++at;
    }
    return at;
  }

  void end_sentence(std::size_t end) {
    append_trimmed(text_, begin_, end, out_);
    begin_ = end;
  }

  void skip_space() {
    while (begin_ < text_.size()) {
      const Decoded decoded = decode_at(text_, begin_);
      if (!properties_of(decoded.code_point).is_space()) break;
      begin_ += decoded.length;
    }
  }

  /// At a line end or form feed; an empty line ends the block. Returns where to go on.
  std::size_t line_end(std::size_t at) {
    bool ends = lines_ || text_[at] == '\f';
    std::size_t behind = at + 1;
    while (behind < text_.size() &&
           std::string_view(" \t\r\n\f").find(text_[behind]) != std::string_view::npos) {
      ends |= text_[behind] == '\n' || text_[behind] == '\f';
      ++behind;
    }
    if (ends) end_sentence(behind);
    return behind;
  }

  std::string_view text_;
  TerminatorRules rules_;
  bool lines_;
  std::vector<Span>& out_;
  std::size_t begin_ = 0;  ///< where the sentence that is being read begins
};

}  // namespace

void append_news_sentences(std::string_view text, const Language& language, bool lines,
                           std::vector<Span>& sentences) {
  SentenceScan(text, language, lines, sentences).run();
}

void append_uax29_sentences(std::string_view text, std::vector<Span>& sentences) {
  const std::vector<std::uint32_t> boundaries = sentence_boundaries(text);
  for (std::size_t i = 0; i < boundaries.size(); ++i) {
    const std::size_t end = i + 1 < boundaries.size() ? boundaries[i + 1] : text.size();
    append_trimmed(text, boundaries[i], end, sentences);
  }
}

}  // namespace copydesk::tokenize
