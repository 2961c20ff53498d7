#include "clean/quotes.h"

#include <optional>
#include <string>
#include <utility>

#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::clean {
namespace {

constexpr char32_t kDoublePrime = 0x2033;
constexpr char32_t kOpen = 0x201C;
constexpr char32_t kClose = 0x201D;

struct Mark {
  std::size_t at = 0;
  std::size_t size = 0;
  char32_t before = ' ';
  char32_t behind = ' ';
};

bool opens_behind(char32_t before) noexcept {
  return text::is_space(before) || before == '(' || before == '[' || before == '{' ||
         before == 0x2014 || before == 0x2013 || before == '-' || before == '/' ||
         before == 0x201C || before == 0x2018 || before == '"';
}

std::string utf8(char32_t c) {
  std::string out;
  text::append_utf8(out, c);
  return out;
}

class QuotePass {
 public:
  QuotePass(std::string_view text, Quotes quotes) : text_(text), quotes_(quotes) {}

  std::vector<Edit> run() {
    char32_t before = ' ';
    for (std::size_t at = 0; at < text_.size();) {
      std::size_t end = at;
      const char32_t c = text::next_code_point(text_, end);
      std::size_t ahead = end;
      const char32_t behind = end < text_.size() ? text::next_code_point(text_, ahead) : ' ';
      look(c, {at, end - at, before, behind});
      before = c;
      at = end;
    }
    return std::move(edits_);
  }

 private:
  void look(char32_t c, const Mark& mark) {
    if (c == '\n') open_prime_.reset();
    if (c == kDoublePrime) return prime(mark);
    if (quotes_ == Quotes::straight) return straighten(c, mark);
    if (quotes_ == Quotes::curly) return curl(c, mark);
  }

  /// A prime that opens waits for the one that closes; both are changed then.
  void prime(const Mark& mark) {
    if (opens_behind(mark.before) && !text::is_space(mark.behind)) {
      open_prime_ = mark;
      return;
    }
    if (!open_prime_ || text::is_digit(mark.before)) return;
    const bool straight = quotes_ == Quotes::straight;
    insert_ordered(*open_prime_, straight ? "\"" : utf8(kOpen));
    add(mark, straight ? "\"" : utf8(kClose), "repair/double-prime");
    open_prime_.reset();
  }

  void straighten(char32_t c, const Mark& mark) {
    if ((c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB) add(mark, "\"", "repair/quotes");
    if (c >= 0x2018 && c <= 0x201B) add(mark, "'", "repair/quotes");
  }

  void curl(char32_t c, const Mark& mark) {
    if (c == '"') {
      const bool foot = text::is_digit(mark.before) && !text::is_letter(mark.behind) && !open_;
      if (foot) return;
      const bool opens = opens_behind(mark.before) && !text::is_space(mark.behind);
      open_ = opens;
      add(mark, utf8(opens ? kOpen : kClose), "repair/quotes");
    }
    if (c == '\'') {
      const bool opens = opens_behind(mark.before) && text::is_letter(mark.behind);
      add(mark, utf8(opens ? 0x2018 : 0x2019), "repair/quotes");
    }
  }

  void add(const Mark& mark, std::string now, std::string_view rule) {
    edits_.push_back({mark.at, std::string(text_.substr(mark.at, mark.size)), std::move(now),
                      std::string(rule), "quotation mark"});
  }

  /// Other marks may have been changed since the prime was seen.
  void insert_ordered(const Mark& mark, std::string now) {
    auto place = edits_.end();
    while (place != edits_.begin() && (place - 1)->offset > mark.at) --place;
    edits_.insert(place, {mark.at, std::string(text_.substr(mark.at, mark.size)), std::move(now),
                          "repair/double-prime", "quotation mark"});
  }

  std::string_view text_;
  Quotes quotes_;
  std::vector<Edit> edits_;
  std::optional<Mark> open_prime_;
  bool open_ = false;
};

}  // namespace

std::vector<Edit> repair_quotes(std::string_view text, Quotes quotes) {
  return QuotePass(text, quotes).run();
}

}  // namespace copydesk::clean
