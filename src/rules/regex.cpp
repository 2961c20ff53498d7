#include "rules/regex.h"

#include <array>
#include <utility>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace copydesk::rules {
namespace {

constexpr std::uint32_t kMatchLimit = 100000;

struct CodeDeleter {
  void operator()(pcre2_code* code) const noexcept { pcre2_code_free(code); }
};
struct MatchDataDeleter {
  void operator()(pcre2_match_data* data) const noexcept { pcre2_match_data_free(data); }
};
struct ContextDeleter {
  void operator()(pcre2_match_context* context) const noexcept {
    pcre2_match_context_free(context);
  }
};
using MatchData = std::unique_ptr<pcre2_match_data, MatchDataDeleter>;

PCRE2_SPTR units(std::string_view text) noexcept {
  return reinterpret_cast<PCRE2_SPTR>(text.data());
}

std::string with_anchor(const std::string& pattern, Regex::Anchor anchor) {
  return anchor == Regex::Anchor::end ? "(?:" + pattern + ")\\z" : pattern;
}

std::uint32_t options(Regex::Anchor anchor) noexcept {
  std::uint32_t flags = PCRE2_UTF;
  if (anchor == Regex::Anchor::whole) flags |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
  if (anchor == Regex::Anchor::start) flags |= PCRE2_ANCHORED;
  return flags;
}

}  // namespace

struct Regex::Code {
  std::unique_ptr<pcre2_code, CodeDeleter> code;
  std::unique_ptr<pcre2_match_context, ContextDeleter> context;
  std::string error;

  int run(std::string_view subject, pcre2_match_data* data) const noexcept {
    return pcre2_match(code.get(), units(subject), subject.size(), 0, PCRE2_NO_UTF_CHECK, data,
                       context.get());
  }
};

Regex::Regex(std::string pattern, Anchor anchor) : pattern_(std::move(pattern)), anchor_(anchor) {}
Regex::~Regex() = default;

Status Regex::compile() const {
  std::call_once(once_, [this] {
    auto made = std::make_unique<Code>();
    const std::string whole = with_anchor(pattern_, anchor_);
    int error = 0;
    std::size_t offset = 0;
    made->code.reset(
        pcre2_compile(units(whole), whole.size(), options(anchor_), &error, &offset, nullptr));
    if (!made->code) {
      std::array<PCRE2_UCHAR, 256> message{};
      pcre2_get_error_message(error, message.data(), message.size());
      made->error = reinterpret_cast<const char*>(message.data());
      made->error += " at offset " + std::to_string(offset);
    } else {
      pcre2_jit_compile(made->code.get(), PCRE2_JIT_COMPLETE);  // without JIT it is only slower
      made->context.reset(pcre2_match_context_create(nullptr));
      pcre2_set_match_limit(made->context.get(), kMatchLimit);
    }
    code_ = std::move(made);
  });
  if (!code_->code) return {ErrorCode::bad_rule, code_->error};
  return {};
}

MatchOutcome Regex::match(std::string_view subject, Range* found) const {
  if (!compile()) return MatchOutcome::no;
  const MatchData data(pcre2_match_data_create_from_pattern(code_->code.get(), nullptr));
  const int count = code_->run(subject, data.get());
  if (count == PCRE2_ERROR_NOMATCH) return MatchOutcome::no;
  if (count < 0) return MatchOutcome::limited;
  if (found) {
    const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(data.get());
    *found = {offsets[0], offsets[1]};
  }
  return MatchOutcome::yes;
}

std::optional<Range> Regex::capture(std::string_view subject, const char* group) const {
  if (!compile()) return std::nullopt;
  const MatchData data(pcre2_match_data_create_from_pattern(code_->code.get(), nullptr));
  if (code_->run(subject, data.get()) < 0) return std::nullopt;
  const int number =
      pcre2_substring_number_from_name(code_->code.get(), reinterpret_cast<PCRE2_SPTR>(group));
  if (number < 0) return std::nullopt;
  const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(data.get()) + 2 * number;
  if (offsets[0] == PCRE2_UNSET) return std::nullopt;
  return Range{offsets[0], offsets[1]};
}

}  // namespace copydesk::rules
