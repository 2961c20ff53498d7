#include "tokenize/uax29_sentences.h"

#include "tokenize/properties.h"

namespace copydesk::tokenize {
namespace {

using enum SentenceBreak;

bool is_paragraph_end(SentenceBreak c) noexcept {
  return c == sep || c == cr || c == lf;
}
bool is_ignored(SentenceBreak c) noexcept {
  return c == extend || c == format;
}

/// SB8: after a full stop, the sentence goes on if the next letter is a lower case one. What is
/// read here ends at the next terminator at the latest, so that no byte is read twice.
bool goes_on_in_lower_case(std::string_view text, std::size_t at) noexcept {
  while (at < text.size()) {
    const Decoded decoded = decode_at(text, at);
    switch (properties_of(decoded.code_point).sentence_break()) {
      case lower:
        return true;
      case o_letter:
      case upper:
      case sep:
      case cr:
      case lf:
      case s_term:
      case a_term:
        return false;
      default:
        at += decoded.length;
    }
  }
  return false;
}

/// Where the text stands with regard to the last terminator.
enum class After : std::uint8_t { none, terminator, closers, spaces };

class SentenceAutomaton {
 public:
  explicit SentenceAutomaton(std::string_view text) : text_(text) {}

  std::vector<std::uint32_t> run() {
    for (std::size_t at = 0; at < text_.size();) {
      const Decoded decoded = decode_at(text_, at);
      const SentenceBreak c = properties_of(decoded.code_point).sentence_break();
      step(at, c);
      at += decoded.length;
    }
    return std::move(boundaries_);
  }

 private:
  void step(std::size_t at, SentenceBreak c) {
    const bool first = at == 0;
    if (!first && is_ignored(c) && !is_paragraph_end(last_)) return;  // SB5
    if (first || breaks(at, c)) {
      boundaries_.push_back(static_cast<std::uint32_t>(at));
      after_ = After::none;
    }
    advance(c);
    before_last_ = last_;
    last_ = c;
  }

  bool breaks(std::size_t at, SentenceBreak c) const {
    if (last_ == cr && c == lf) return false;  // SB3
    if (is_paragraph_end(last_)) return true;  // SB4
    if (after_ == After::none) return false;   // SB998
    if (is_paragraph_end(c)) return false;     // SB9, 10
    if (after_ == After::terminator && full_stop_) {
      if (c == numeric) return false;                                                    // SB6
      if (c == upper && (before_last_ == upper || before_last_ == lower)) return false;  // SB7
    }
    if (c == s_continue || c == s_term || c == a_term) return false;  // SB8a
    if (c == close && after_ != After::spaces) return false;          // SB9
    if (c == sp) return false;                                        // SB9, 10
    return !(full_stop_ && goes_on_in_lower_case(text_, at));         // SB8, 11
  }

  void advance(SentenceBreak c) {
    if (c == a_term || c == s_term) {
      after_ = After::terminator;
      full_stop_ = c == a_term;
    } else if (after_ == After::none) {
      return;
    } else if (c == close && after_ != After::spaces) {
      after_ = After::closers;
    } else if (c == sp) {
      after_ = After::spaces;
    } else {
      after_ = After::none;
    }
  }

  std::string_view text_;
  std::vector<std::uint32_t> boundaries_;
  SentenceBreak last_ = other;
  SentenceBreak before_last_ = other;
  After after_ = After::none;
  bool full_stop_ = false;
};

}  // namespace

std::vector<std::uint32_t> sentence_boundaries(std::string_view text) {
  return SentenceAutomaton(text).run();
}

}  // namespace copydesk::tokenize
