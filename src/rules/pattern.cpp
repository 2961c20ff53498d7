#include "rules/pattern.h"

#include <algorithm>
#include <utility>

#include "rules/fold.h"

namespace copydesk::rules {
namespace {

constexpr std::size_t kMostWays = 2000;

Error bad(std::string_view what) {
  return {ErrorCode::bad_rule, std::string(what)};
}

/// Every element of `heads` followed by every element of `tails`.
std::vector<std::string> product(const std::vector<std::string>& heads,
                                 const std::vector<std::string>& tails) {
  std::vector<std::string> out;
  out.reserve(heads.size() * tails.size());
  for (const std::string& head : heads) {
    for (const std::string& tail : tails) out.push_back(head + tail);
  }
  return out;
}

/// One bracket that is open: the ways finished in it, and the ways of the alternative being read.
struct Group {
  std::vector<std::string> finished;
  std::vector<std::string> current{""};

  void end_alternative() {
    finished.insert(finished.end(), current.begin(), current.end());
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

/// Folds the literal runs of one way; a space between a mark and `*` is optional, so that
/// "related: *" meets "Related:Storm" too.
Glob fold_way(std::string_view way, bool keep_edges) {
  Glob glob;
  for (std::size_t at = 0; at < way.size();) {
    if (way[at] == kAnything || way[at] == kNumber) {
      const bool after_mark = glob.size() > 1 && glob.back() == ' ' && glob[glob.size() - 2] == ':';
      if (way[at] == kAnything && after_mark) glob.pop_back();
      glob.push_back(way[at++]);
      continue;
    }
    std::size_t end = at;
    while (end < way.size() && way[end] != kAnything && way[end] != kNumber) ++end;
    glob += fold_literal(way.substr(at, end - at));
    at = end;
  }
  // A pattern loses at its edges what a line loses when it becomes a key.
  return keep_edges ? glob : Glob(strip_edges(glob));
}

/// " * " and a closing " *" stand for nothing too: the way with each such gap closed.
Glob without_gaps(std::string_view glob) {
  Glob out;
  bool closed = false;
  for (std::size_t at = 0; at < glob.size(); ++at) {
    const bool gap = glob[at] == kAnything && at > 0 && glob[at - 1] == ' ' &&
                     (at + 1 == glob.size() || glob[at + 1] == ' ');
    if (!gap) {
      out.push_back(glob[at]);
      continue;
    }
    out.pop_back();
    closed = true;
  }
  return closed && !out.empty() ? Glob(strip_edges(out)) : Glob(glob);
}

class MatchExpander {
 public:
  Result<std::vector<Glob>> expand(std::string_view pattern, bool keep_edges) {
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      if (Status status = take(pattern, at); !status) return std::move(status).error();
    }
    if (open_.size() != 1) return bad("a bracket is not closed");
    open_.back().end_alternative();
    std::vector<Glob> globs;
    for (const std::string& way : open_.back().finished) {
      Glob glob = fold_way(way, keep_edges);
      if (glob.empty()) return bad("an alternative is empty");
      if (has_wildcard(glob)) {
        Glob shorter = without_gaps(glob);
        if (shorter != glob) globs.push_back(std::move(shorter));
      }
      globs.push_back(std::move(glob));
    }
    std::sort(globs.begin(), globs.end());
    globs.erase(std::unique(globs.begin(), globs.end()), globs.end());
    return globs;
  }

 private:
  Status take(std::string_view pattern, std::size_t& at) {
    const char c = pattern[at];
    if (c == '(') {
      open_.emplace_back();
    } else if (c == '|') {
      open_.back().end_alternative();
    } else if (c == ')') {
      return close();
    } else if (c == '\\' && at + 1 < pattern.size()) {
      append(pattern[++at]);
    } else {
      append(c == '*' ? kAnything : c == '#' ? kNumber : c);
    }
    return {};
  }

  void append(char c) {
    for (std::string& way : open_.back().current) way.push_back(c);
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
};

}  // namespace

Result<std::vector<Glob>> expand_match(std::string_view pattern, bool keep_edges) {
  return MatchExpander().expand(pattern, keep_edges);
}

bool has_wildcard(std::string_view glob) noexcept {
  return literal_head(glob).size() != glob.size();
}

std::string_view literal_head(std::string_view glob) noexcept {
  const auto end =
      std::find_if(glob.begin(), glob.end(), [](char c) { return c == kAnything || c == kNumber; });
  return glob.substr(0, static_cast<std::size_t>(end - glob.begin()));
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
