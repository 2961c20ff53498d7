#include "rules/pack.h"

#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include "rules/fold.h"
#include "rules/pattern.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk::rules {
namespace {

/// The words of a rule's head; "in quotes" is one word, with the quote kept as its first character.
std::vector<std::string> split_words(std::string_view line) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < line.size();) {
    if (line[at] == ' ' || line[at] == '\t') {
      ++at;
      continue;
    }
    const bool quoted = line[at] == '"';
    std::size_t end = quoted ? line.find('"', at + 1) : line.find_first_of(" \t", at);
    if (end == std::string_view::npos) end = line.size();
    words.emplace_back(line.substr(at, end - at));
    at = quoted && end < line.size() ? end + 1 : end;
  }
  return words;
}

std::optional<std::uint32_t> to_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

struct VerbForm {
  std::string_view words;
  Verb verb;
};
constexpr VerbForm kVerbs[] = {
    {"drop line", Verb::drop_line},       {"cut to end", Verb::cut_to_end},
    {"cut to start", Verb::cut_to_start}, {"trim start", Verb::trim_start},
    {"trim end", Verb::trim_end},         {"keep line", Verb::keep_line},
};

class PackParser {
 public:
  PackParser(std::string_view text, std::string_view file, bool trusted)
      : text_(text), file_(file), trusted_(trusted) {}

  Result<Pack> parse() {
    if (!text::is_valid_utf8(text_)) return fail("not UTF-8");
    while (!text_.empty()) {
      ++line_number_;
      const std::size_t end = text_.find('\n');
      std::string_view line = text_.substr(0, end);
      text_.remove_prefix(end == std::string_view::npos ? text_.size() : end + 1);
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      if (Status status = take_line(line); !status) return std::move(status).error();
    }
    if (Status status = finish_rule(); !status) return std::move(status).error();
    if (pack_.name.empty()) return fail("no 'pack NAME lang LANGUAGE' line");
    return std::move(pack_);
  }

 private:
  Error fail(std::string_view what, std::uint32_t line = 0) const {
    std::string detail(file_);
    detail += ':' + std::to_string(line ? line : line_number_) + ": ";
    detail += what;
    return {ErrorCode::bad_rule, std::move(detail)};
  }

  Status take_line(std::string_view line) {
    line = text::trim(line);
    if (line.empty()) return finish_rule();
    if (line.front() == '#') return {};
    const std::size_t space = line.find_first_of(" \t");
    const std::string_view keyword = line.substr(0, space);
    const std::string_view rest =
        space == std::string_view::npos ? std::string_view() : text::trim(line.substr(space));
    if (keyword == "pack") return take_pack(rest);
    if (keyword == "rule") return begin_rule(rest);
    if (!rule_) return fail("'" + std::string(keyword) + "' outside a rule");
    if (rest.empty()) return fail("'" + std::string(keyword) + "' needs something behind it");
    if (keyword == "match") return take_match(rest);
    if (keyword == "regex") return take_regex(rest);
    if (keyword == "yes" || keyword == "no") return take_example(rest, keyword == "yes");
    if (keyword == "has" || keyword == "if") return take_guards(split_words(line));
    return fail("unknown word '" + std::string(keyword) + "'");
  }

  Status take_pack(std::string_view rest) {
    const std::vector<std::string> words = split_words(rest);
    if (!pack_.name.empty()) return fail("a second 'pack' line");
    if (words.size() != 3 || words[1] != "lang") return fail("expected: pack NAME lang LANGUAGE");
    pack_.name = words[0];
    pack_.language = words[2];
    return {};
  }

  Status begin_rule(std::string_view rest) {
    if (pack_.name.empty()) return fail("a rule before the 'pack' line");
    if (Status status = finish_rule(); !status) return status;
    std::vector<std::string> words = split_words(rest);
    if (words.size() < 2) return fail("expected: rule NAME VERB [GUARD ...]");
    rule_.emplace();
    rule_->id = pack_.name + "/" + words[0];
    rule_->language = pack_.language;
    rule_->line = line_number_;
    if (!ids_.insert(rule_->id).second) return fail("a second rule '" + rule_->id + "'");
    words.erase(words.begin());
    std::size_t used = take_verb(words);
    if (used == 0) return fail("unknown verb '" + words[0] + "'");
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(used));
    return take_guards(words);
  }

  /// Sets verb and the defaults that go with it. Returns the number of words that it took.
  std::size_t take_verb(const std::vector<std::string>& words) {
    if (words[0] == "label" && words.size() > 1) {
      rule_->verb = Verb::label;
      rule_->label = words[1];
      return 2;
    }
    for (const VerbForm& form : kVerbs) {
      const std::vector<std::string> expected = split_words(form.words);
      if (words.size() < expected.size() ||
          !std::equal(expected.begin(), expected.end(), words.begin())) {
        continue;
      }
      rule_->verb = form.verb;
      if (form.verb == Verb::cut_to_end) set_cut_defaults();
      if (form.verb == Verb::trim_end || form.verb == Verb::trim_start) rule_->max_words = 100000;
      return expected.size();
    }
    return 0;
  }

  /// A cut is the verb that can do harm: short lines only, with an article before it.
  void set_cut_defaults() {
    rule_->max_words = 8;
    rule_->after_words = 40;
    rule_->last_percent = 50;
  }

  Status take_guards(const std::vector<std::string>& words) {
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t used = take_guard(words, at);
      if (used == 0) return fail("unknown or incomplete guard '" + words[at] + "'");
      at += used;
    }
    return {};
  }

  std::size_t take_guard(const std::vector<std::string>& words, std::size_t at) {
    const std::string& word = words[at];
    const std::string_view next = at + 1 < words.size() ? words[at + 1] : std::string_view();
    if (word == "if") return 1;
    if (word.starts_with("words<=")) return take_number(word.substr(7), rule_->max_words, 1);
    if (word.starts_with("words>=")) return take_number(word.substr(7), rule_->min_words, 1);
    if (word == "no" && next == "stop") return rule_->no_stop = true, 2;
    if (word == "case") return rule_->own_case = true, 1;
    if (word == "has" && next.size() > 1 && next.front() == '"') {
      rule_->has.push_back(fold_literal(next.substr(1)));
      return 2;
    }
    if (word == "zone") return take_zone(next);
    if (word == "level") return take_level(next);
    if (word == "field" && (next == "title" || next == "text")) {
      rule_->field = next == "title" ? Field::title : Field::text;
      return 2;
    }
    if (word == "site" && !next.empty()) return rule_->site = std::string(next), 2;
    return take_place_guard(words, at);
  }

  /// `in last N%`, `after N words`, `rest words<=N`, `rest prose<=N%`.
  std::size_t take_place_guard(const std::vector<std::string>& words, std::size_t at) {
    const auto word = [&](std::size_t i) {
      return at + i < words.size() ? std::string_view(words[at + i]) : std::string_view();
    };
    const auto percent = [&](std::string_view number, std::uint32_t& value, std::size_t used) {
      if (!number.ends_with('%')) return std::size_t{0};
      return take_number(number.substr(0, number.size() - 1), value, used);
    };
    if (word(0) == "in" && word(1) == "last") return percent(word(2), rule_->last_percent, 3);
    if (word(0) == "after" && word(2) == "words")
      return take_number(word(1), rule_->after_words, 3);
    if (word(0) != "rest") return 0;
    if (word(1).starts_with("words<=")) return take_number(word(1).substr(7), rule_->rest_words, 2);
    if (word(1).starts_with("prose<=")) return percent(word(1).substr(7), rule_->rest_prose, 2);
    return 0;
  }

  static std::size_t take_number(std::string_view text, std::uint32_t& value, std::size_t used) {
    const std::optional<std::uint32_t> number = to_number(text);
    if (!number) return 0;
    value = *number;
    return used;
  }

  std::size_t take_zone(std::string_view zone) {
    if (zone != "head" && zone != "tail") return 0;
    rule_->zone = zone == "head" ? Zone::head : Zone::tail;
    return 2;
  }

  std::size_t take_level(std::string_view level) {
    for (const RuleLevel each : {RuleLevel::safe, RuleLevel::news, RuleLevel::full_page}) {
      if (name(each) == level) return rule_->level = each, 2;
    }
    return 0;
  }

  Status take_match(std::string_view rest) {
    if (!trusted_) {
      const Result<std::vector<Glob>> globs = expand_match(rest);
      if (!globs) return fail(globs.error().detail);
    }
    rule_->matches.emplace_back(rest);
    return {};
  }

  Status take_regex(std::string_view rest) {
    rule_->regexes.emplace_back(rest);
    return {};
  }

  Status take_example(std::string_view rest, bool positive) {
    Example example;
    example.positive = positive;
    example.line = line_number_;
    const std::size_t arrow = rest.find(" => ");
    const bool trims = rule_->verb == Verb::trim_end || rule_->verb == Verb::trim_start;
    if (trims && positive && arrow != std::string_view::npos) {
      example.has_after = true;
      example.after = text::trim(rest.substr(arrow + 4));
      rest = text::trim(rest.substr(0, arrow));
    }
    example.text = rest;
    rule_->examples.push_back(std::move(example));
    return {};
  }

  Status finish_rule() {
    if (!rule_) return {};
    if (Status status = check_rule(*rule_); !status) return status;
    pack_.rules.push_back(*std::move(rule_));
    rule_.reset();
    return {};
  }

  Status check_rule(const Rule& rule) const {
    if (rule.matches.empty() && rule.regexes.empty()) {
      return fail(rule.id + ": neither match nor regex", rule.line);
    }
    bool yes = false;
    bool no = false;
    for (const Example& example : rule.examples) (example.positive ? yes : no) = true;
    if (!yes || !no) return fail(rule.id + ": needs a 'yes' and a 'no' example", rule.line);
    if (!rule.regexes.empty() && rule.has.empty()) {
      return fail(rule.id + ": a regex needs has \"literal\"", rule.line);
    }
    return {};
  }

  std::string_view text_;
  std::string_view file_;
  bool trusted_;
  std::uint32_t line_number_ = 0;
  Pack pack_;
  std::optional<Rule> rule_;
  std::set<std::string> ids_;
};

}  // namespace

Result<Pack> parse_pack(std::string_view text, std::string_view file, bool trusted) {
  return PackParser(text, file, trusted).parse();
}

}  // namespace copydesk::rules
