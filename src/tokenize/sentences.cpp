#include "tokenize/sentences.h"

#include <array>

#include "tokenize/ascii.h"
#include "tokenize/full_stop.h"
#include "tokenize/plain_stop.h"
#include "tokenize/properties.h"
#include "tokenize/uax29_sentences.h"
#include "tokenize/word_scan.h"

namespace copydesk::tokenize {
namespace {

constexpr AsciiSet kWhite(" \t\n\v\f\r");

std::size_t skip_white(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end) {
    if (is_ascii(text[at])) {
      if (!kWhite.has(text[at])) break;
      ++at;
      continue;
    }
    const Decoded decoded = decode_at(text, at);
    if (!properties_of(decoded.code_point).is_space()) break;
    at += decoded.length;
  }
  return at;
}

std::size_t drop_white(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin) {
    if (is_ascii(text[end - 1])) {
      if (!kWhite.has(text[end - 1])) break;
      --end;
      continue;
    }
    const Decoded decoded = decode_before(text, end);
    if (!properties_of(decoded.code_point).is_space()) break;
    end -= decoded.length;
  }
  return end;
}

/// Appends text[begin, end) without white space at its ends, if there is anything else in it.
void append_trimmed(std::string_view text, std::size_t begin, std::size_t end,
                    std::vector<Span>& spans) {
  begin = skip_white(text, begin, end);
  end = drop_white(text, begin, end);
  if (begin < end)
    spans.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
}

class SentenceScan {
 public:
  SentenceScan(std::string_view text, const Language& language, bool lines, std::vector<Span>& out)
      : text_(text), language_(language), rules_(text, language, lines), lines_(lines), out_(out) {}

  void run() {
    std::array<std::uint64_t, kBlocks> found;
    std::array<std::uint16_t, kBlocks * 64 + kSparePlaces> places;
    for (std::size_t base = 0; base < text_.size(); base += kBlocks * 64) {
      const std::string_view part = text_.substr(base, kBlocks * 64);
      find_terminators(text_, base, base + part.size(), found.data());
      const std::size_t count = list_bits(found.data(), (part.size() + 63) / 64, places.data());
      for (std::size_t i = 0; i < count; ++i) {
        if (base + places[i] >= done_) done_ = look_at(base + places[i]);
      }
    }
    end_sentence(text_.size());
  }

 private:
  /// Blocks of 64 bytes whose candidates are listed before any is looked at.
  static constexpr std::size_t kBlocks = 32;

  /// Returns from where on candidates are to be looked at.
  std::size_t look_at(std::size_t at) {
    const char byte = text_[at];
    if (byte == '\n' || byte == '\f') return line_end(at);
    if (is_plain_stop(text_, at, language_)) {
      end_sentence(at + 1);
      return at + 1;
    }
    if (byte == '.') {
      const std::size_t end = plain_end(text_, at);
      if (end != 0 && follows_plain_word(text_, at, language_)) {
        end_sentence(end);
        return end;
      }
    } else if (!is_ascii(byte)) {
      const Decoded decoded = decode_at(text_, at);
      if (!is_terminator(decoded.code_point) && !is_emoji(decoded.code_point)) {
        return at + decoded.length;
      }
    }
    begin_ = skip_white(text_, begin_, text_.size());
    const Verdict verdict = rules_.judge(at, begin_);
    if (verdict.ends) end_sentence(verdict.end);
    return verdict.end;
  }

  void end_sentence(std::size_t end) {
    append_trimmed(text_, begin_, end, out_);
    begin_ = end;
  }

  /// At a line end or form feed; an empty line ends the block. Returns where to go on.
  std::size_t line_end(std::size_t at) {
    bool ends = lines_ || text_[at] == '\f';
    std::size_t behind = at + 1;
    while (behind < text_.size() && kWhite.has(text_[behind])) {
      ends |= text_[behind] == '\n' || text_[behind] == '\f';
      ++behind;
    }
    if (ends) end_sentence(behind);
    return behind;
  }

  std::string_view text_;
  const Language& language_;
  TerminatorRules rules_;
  bool lines_;
  std::vector<Span>& out_;
  std::size_t done_ = 0;   ///< candidates before this have been dealt with
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
