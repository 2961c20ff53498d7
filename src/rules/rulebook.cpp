#include "rules/rulebook.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

#include "data/rules.h"

namespace copydesk::rules {
namespace {

constexpr std::string_view kAny = "any";

/// "en.rules" is the pack of English.
std::string_view language_of(const data::EmbeddedFile& file) noexcept {
  return file.name.substr(0, file.name.find('.'));
}

const data::EmbeddedFile* builtin_file(std::string_view language) noexcept {
  for (const data::EmbeddedFile& file : data::rules::files()) {
    if (language_of(file) == language) return &file;
  }
  return nullptr;
}

/// Built-in packs are tested; one that does not parse would be a broken build, and is left out.
std::vector<Pack> parse_builtin(const data::EmbeddedFile& file) {
  std::vector<Pack> packs;
  Result<Pack> pack = parse_pack(file.text, file.name, true);
  if (pack) packs.push_back(*std::move(pack));
  return packs;
}

}  // namespace

std::vector<Pack> builtin_packs() {
  std::vector<Pack> packs;
  for (const data::EmbeddedFile& file : data::rules::files()) {
    for (Pack& pack : parse_builtin(file)) packs.push_back(std::move(pack));
  }
  std::sort(packs.begin(), packs.end(),
            [](const Pack& a, const Pack& b) { return a.name < b.name; });
  return packs;
}

std::vector<std::string> builtin_languages() {
  std::vector<std::string> languages;
  for (const data::EmbeddedFile& file : data::rules::files()) {
    if (language_of(file) != kAny) languages.emplace_back(language_of(file));
  }
  std::sort(languages.begin(), languages.end());
  return languages;
}

class Rulebook::Impl {
 public:
  explicit Impl(RulebookOptions options) : options_(std::move(options)) {
    std::sort(options_.disabled.begin(), options_.disabled.end());
    add_slot(kAny);
    if (options_.builtin) {
      for (const std::string& language : builtin_languages()) add_slot(language);
    }
    for (const Pack& pack : options_.added) add_slot(pack.language);
    identity_ = describe();
  }

  Status check() const {
    for (const Pack& pack : options_.added) {
      std::vector<const Rule*> rules;
      for (const Rule& rule : pack.rules) rules.push_back(&rule);
      if (Status status = RuleSet(std::move(rules)).compile(); !status) return status;
    }
    for (const std::string& id : options_.disabled) {
      if (!exists(id)) return {ErrorCode::bad_rule, "no rule '" + id + "' to disable"};
    }
    return {};
  }

  const Rules& for_language(std::string_view language) const {
    auto slot = slots_.find(language);
    if (slot == slots_.end()) slot = slots_.find(kAny);
    std::call_once(slot->second.once, [&] { fill(slot->first, slot->second); });
    return *slot->second.rules;
  }

  [[nodiscard]] const std::string& identity() const noexcept { return identity_; }

 private:
  struct Slot {
    std::once_flag once;
    std::vector<Pack> packs;  ///< the built-in ones; the added ones stay in options_
    std::unique_ptr<Rules> rules;
  };

  void add_slot(std::string_view language) { slots_[std::string(language)]; }

  [[nodiscard]] bool exists(std::string_view id) const {
    const auto has = [&](const Pack& pack) {
      return std::any_of(pack.rules.begin(), pack.rules.end(),
                         [&](const Rule& rule) { return rule.id == id; });
    };
    if (std::any_of(options_.added.begin(), options_.added.end(), has)) return true;
    const data::EmbeddedFile* file = builtin_file(id.substr(0, id.find('/')));
    if (!file) return false;
    const std::vector<Pack> packs = parse_builtin(*file);
    return std::any_of(packs.begin(), packs.end(), has);
  }

  static void add_builtin(std::string_view language, Slot& slot) {
    const data::EmbeddedFile* file = builtin_file(language);
    if (!file) return;
    for (Pack& pack : parse_builtin(*file)) slot.packs.push_back(std::move(pack));
  }

  void fill(const std::string& language, Slot& slot) const {
    if (options_.builtin) {
      add_builtin(kAny, slot);
      if (language != kAny) add_builtin(language, slot);
    }
    std::vector<const Rule*> text;
    std::vector<const Rule*> title;
    const auto choose = [&](const Pack& pack) {
      for (const Rule& rule : pack.rules) {
        if (!in_use(rule)) continue;
        (rule.field == Field::title ? title : text).push_back(&rule);
      }
    };
    for (const Pack& pack : slot.packs) choose(pack);
    for (const Pack& pack : options_.added) {
      if (pack.language == kAny || pack.language == language) choose(pack);
    }
    slot.rules =
        std::make_unique<Rules>(Rules{RuleSet(std::move(text)), RuleSet(std::move(title))});
  }

  [[nodiscard]] bool in_use(const Rule& rule) const {
    return rule.level <= options_.level &&
           !std::binary_search(options_.disabled.begin(), options_.disabled.end(), rule.id);
  }

  [[nodiscard]] std::string describe() const {
    std::string all(name(options_.level));
    if (options_.builtin) {
      for (const data::EmbeddedFile& file : data::rules::files()) all += file.text;
    }
    for (const Pack& pack : options_.added) {
      for (const Rule& rule : pack.rules) append_rule(all, rule);
    }
    for (const std::string& id : options_.disabled) all += '\n' + id;
    return all;
  }

  static void append_rule(std::string& out, const Rule& rule) {
    out += rule.id + '\n' + rule.language + '\n' + std::string(name(rule.verb)) + '\n' +
           std::string(name(rule.level)) + '\n' + rule.site + '\n' + rule.label + '\n';
    for (const auto* list : {&rule.matches, &rule.regexes, &rule.has}) {
      for (const std::string& text : *list) out += text + '\n';
    }
    for (const std::uint32_t number :
         {rule.min_words, rule.max_words, rule.after_words, rule.last_percent, rule.rest_words,
          rule.rest_prose, static_cast<std::uint32_t>(rule.zone),
          static_cast<std::uint32_t>(rule.no_stop)}) {
      out += std::to_string(number) + ',';
    }
  }

  RulebookOptions options_;
  std::string identity_;
  mutable std::map<std::string, Slot, std::less<>> slots_;  // fixed after construction
};

Rulebook::Rulebook(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Rulebook::~Rulebook() = default;
Rulebook::Rulebook(Rulebook&&) noexcept = default;
Rulebook& Rulebook::operator=(Rulebook&&) noexcept = default;

Result<Rulebook> Rulebook::create(RulebookOptions options) {
  auto impl = std::make_unique<Impl>(std::move(options));
  if (Status status = impl->check(); !status) return std::move(status).error();
  return Rulebook(std::move(impl));
}

const Rulebook::Rules& Rulebook::for_language(std::string_view language) const {
  return impl_->for_language(language);
}

const std::string& Rulebook::identity() const noexcept {
  return impl_->identity();
}

}  // namespace copydesk::rules
