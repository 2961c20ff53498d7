#include "rules/pattern.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "rules/fold.h"

namespace copydesk::rules {
namespace {

constexpr std::size_t kMostWays = 2000;

Error bad(std::string_view what) {
  return {ErrorCode::bad_rule, std::string(what)};
}

/// Appends folded text to folded text: what stands on both sides of the seam folds there, too.
void join(std::string& head, std::string_view tail) {
  if (head.ends_with(' ') && tail.starts_with(' ')) tail.remove_prefix(1);
  if (head.ends_with(' ') && tail.starts_with(':')) head.pop_back();
  head += tail;
}

/// Every element of `heads` followed by every element of `tails`.
std::vector<std::string> product(const std::vector<std::string>& heads,
                                 const std::vector<std::string>& tails) {
  std::vector<std::string> out;
  out.reserve(heads.size() * tails.size());
  for (const std::string& head : heads) {
    for (const std::string& tail : tails) {
      std::string& way = out.emplace_back();
      way.reserve(head.size() + tail.size());
      way = head;
      join(way, tail);
    }
  }
  return out;
}

/// One bracket that is open: the ways finished in it, and the ways of the alternative being read.
/// All are folded.
struct Group {
  std::vector<std::string> finished;
  std::vector<std::string> current{""};

  void end_alternative() {
    std::move(current.begin(), current.end(), std::back_inserter(finished));
    current.assign(1, "");
  }
};

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

bool is_ascii_mark(char c) noexcept {
  const bool alphanumeric = is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return static_cast<unsigned char>(c) < 0x80 && !alphanumeric;
}

/// The end of the number that begins at `at`: digits with single points, commas or spaces between
/// groups of them, and a closing k or m ("1,204", "3.5k").
std::size_t number_end(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size() || !is_digit(text[at])) return at;
  while (at < text.size() && is_digit(text[at])) {
    ++at;
    if (at + 1 < text.size() && (text[at] == '.' || text[at] == ',') && is_digit(text[at + 1]))
      ++at;
  }
  if (at < text.size() && (text[at] == 'k' || text[at] == 'm') &&
      (at + 1 == text.size() || text[at + 1] == ' ')) {
    ++at;
  }
  return at;
}

/// Makes a space between a mark and `*` optional, so that "related: *" meets "Related:Storm" too.
void close_marks(Glob& glob) {
  constexpr std::string_view kGap = {": \x01", 3};
  for (std::size_t at = 0; (at = glob.find(kGap, at)) != Glob::npos; ++at) glob.erase(at + 1, 1);
}

/// A pattern loses at its edges what a line loses when it becomes a key.
void lose_edges(Glob& glob) {
  const std::string_view left = strip_edges(glob);
  if (left.size() != glob.size()) glob = Glob(left);
}

/// " * " and a closing " *" stand for nothing too: the way with each such gap closed.
Glob without_gaps(std::string_view glob) {
  constexpr std::string_view kGap = {" \x01", 2};
  Glob out;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = glob.find(kGap, at)) != std::string_view::npos;) {
    const std::size_t end = at + kGap.size();
    if (end == glob.size() || glob[end] == ' ') {
      out += glob.substr(done, at - done);
      done = end;
    }
    at = end;
  }
  out += glob.substr(done);
  if (done > 0 && !out.empty()) lose_edges(out);
  return out.empty() ? Glob(glob) : out;
}

class MatchExpander {
 public:
  Result<std::vector<Glob>> expand(std::string_view pattern, bool keep_edges) {
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      if (Status status = take(pattern, at); !status) return std::move(status).error();
    }
    end_literal();
    if (open_.size() != 1) return bad("a bracket is not closed");
    open_.back().end_alternative();
    std::vector<Glob> globs;
    for (std::string& way : open_.back().finished) {
      if (!finish_way(std::move(way), keep_edges, globs)) return bad("an alternative is empty");
    }
    std::sort(globs.begin(), globs.end());
    globs.erase(std::unique(globs.begin(), globs.end()), globs.end());
    return globs;
  }

 private:
  /// False if nothing is left of the way.
  static bool finish_way(Glob way, bool keep_edges, std::vector<Glob>& globs) {
    const bool wild = has_wildcard(way);
    if (wild) close_marks(way);
    if (!keep_edges) lose_edges(way);
    if (way.empty()) return false;
    if (wild) {
      Glob shorter = without_gaps(way);
      if (shorter != way) globs.push_back(std::move(shorter));
    }
    globs.push_back(std::move(way));
    return true;
  }

  Status take(std::string_view pattern, std::size_t& at) {
    const char c = pattern[at];
    if (c == '\\' && at + 1 < pattern.size()) {
      literal_.push_back(pattern[++at]);
      return {};
    }
    if (std::string_view("(|)*#").find(c) == std::string_view::npos) {
      literal_.push_back(c);
      return {};
    }
    end_literal();
    if (c == '(') {
      open_.emplace_back();
    } else if (c == '|') {
      open_.back().end_alternative();
    } else if (c == ')') {
      return close();
    } else {
      for (std::string& way : open_.back().current) way.push_back(c == '*' ? kAnything : kNumber);
    }
    return {};
  }

  /// Folds what was read once, not once for each way that it is in.
  void end_literal() {
    if (literal_.empty()) return;
    const std::string folded = fold_literal(literal_);
    for (std::string& way : open_.back().current) join(way, folded);
    literal_.clear();
  }

  Status close() {
    if (open_.size() == 1) return bad("a bracket closes that was not opened");
    Group group = std::move(open_.back());
    open_.pop_back();
    group.end_alternative();
    std::vector<std::string>& current = open_.back().current;
    if (current.size() * group.finished.size() > kMostWays) return bad("too many alternatives");
    current = product(current, group.finished);
    return {};
  }

  std::vector<Group> open_{1};
  std::string literal_;  ///< read since the last wildcard, bracket or bar; not folded yet
};

}  // namespace

Result<std::vector<Glob>> expand_match(std::string_view pattern, bool keep_edges) {
  return MatchExpander().expand(pattern, keep_edges);
}

bool has_wildcard(std::string_view glob) noexcept {
  return literal_head(glob).size() != glob.size();
}

std::string_view literal_head(std::string_view glob) noexcept {
  const std::string_view head = glob.substr(0, glob.find(kAnything));
  return head.substr(0, head.find(kNumber));
}

std::string_view longest_literal(std::string_view glob) noexcept {
  std::string_view best;
  while (!glob.empty()) {
    const std::string_view literal = literal_head(glob);
    if (literal.size() > best.size()) best = literal;
    glob.remove_prefix(std::min(glob.size(), literal.size() + 1));
  }
  return best;
}

bool glob_matches(std::string_view glob, std::string_view text) noexcept {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t g = 0;
  std::size_t t = 0;
  std::size_t star = kNone;  // the last kAnything seen, and the text that it has swallowed up to
  std::size_t star_text = 0;
  while (t < text.size() || g < glob.size()) {
    if (g < glob.size() && glob[g] == kAnything) {
      star = g++;
      star_text = t;
      continue;
    }
    if (g < glob.size() && t < text.size() && glob[g] == text[t] && glob[g] != kNumber) {
      ++g;
      ++t;
      continue;
    }
    if (g < glob.size() && glob[g] == kNumber) {
      const std::size_t end = number_end(text, t);
      if (end > t) {
        t = end;
        ++g;
        continue;
      }
    }
    if (star == kNone || star_text >= text.size()) return false;
    g = star + 1;
    t = ++star_text;
  }
  return true;
}

std::string glob_to_regex(std::string_view glob) {
  std::string out;
  for (const char c : glob) {
    if (c == kAnything) {
      out += ".*?";
    } else if (c == kNumber) {
      out += "[0-9][0-9.,]*[km]?";
    } else {
      if (is_ascii_mark(c)) out.push_back('\\');
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace copydesk::rules
