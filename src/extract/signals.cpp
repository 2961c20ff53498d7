#include "extract/signals.h"

#include <array>
#include <bit>
#include <cstring>
#include <initializer_list>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "extract/plain.h"

namespace copydesk::extract {
namespace {

using html::Attribute;
using html::NodeId;
using html::Tag;

constexpr std::size_t kMaxMetas = 500;
constexpr std::size_t kMaxPlaces = 60;  // of one kind

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// True if `word` (lower case) stands at `at`, whatever its case.
bool is_at(std::string_view text, std::size_t at, std::string_view word) noexcept {
  if (text.size() - at < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (lower(text[at + i]) != word[i]) return false;
  }
  return true;
}

/// What the class or id of an element speaks of.
struct Hints {
  bool author = false;
  bool date = false;
};

/// The first two letters of the words that are looked for, as a set.
class Beginnings {
 public:
  constexpr explicit Beginnings(std::initializer_list<std::string_view> pairs) {
    for (const std::string_view pair : pairs) has_[slot(pair[0], pair[1])] = true;
  }
  /// Whatever the case; bytes that are no letters may count as letters.
  [[nodiscard]] constexpr bool has(char first, char second) const noexcept {
    return has_[slot(first, second)];
  }

 private:
  static constexpr std::size_t slot(char first, char second) noexcept {
    return static_cast<std::size_t>((first & 31) << 5 | (second & 31));
  }
  std::array<bool, 1024> has_{};
};
constexpr Beginnings kBeginnings({"au", "by", "co", "cr", "da", "en", "fe", "in", "me", "po", "pu",
                                  "re", "su", "ti", "up", "wr"});

constexpr std::size_t kStep = 16;

/// Which of sixteen bytes are letters, a bit each.
struct LetterBits {
  unsigned all = 0;
  unsigned capitals = 0;
};

#ifdef __SSE2__
LetterBits letters_of(const char* bytes) noexcept {
  const __m128i value = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const auto between = [](__m128i set, char low, char high) {
    const __m128i inside =
        _mm_and_si128(_mm_cmpgt_epi8(set, _mm_set1_epi8(static_cast<char>(low - 1))),
                      _mm_cmplt_epi8(set, _mm_set1_epi8(static_cast<char>(high + 1))));
    return static_cast<unsigned>(_mm_movemask_epi8(inside));
  };
  return {between(_mm_or_si128(value, _mm_set1_epi8(0x20)), 'a', 'z'), between(value, 'A', 'Z')};
}
#else
LetterBits letters_of(const char* bytes) noexcept {
  LetterBits bits;
  for (std::size_t i = 0; i < kStep; ++i) {
    const bool capital = bytes[i] >= 'A' && bytes[i] <= 'Z';
    bits.capitals |= (capital ? 1U : 0U) << i;
    bits.all |= (capital || (bytes[i] >= 'a' && bytes[i] <= 'z') ? 1U : 0U) << i;
  }
  return bits;
}
#endif

/// Calls `use(at)` for each letter of `name` that begins a word, the last byte apart: one behind
/// another character than a letter, or a capital behind a small letter. "update" is a date,
/// "candidate" is none.
template <typename Use>
void for_each_word(std::string_view name, Use&& use) {
  unsigned letter_before = 0;  // 1: the last byte of the step before was one
  unsigned small_before = 0;
  for (std::size_t from = 0; from + 1 < name.size(); from += kStep) {
    std::array<char, kStep> tail{};
    const char* bytes = name.data() + from;
    if (name.size() - from < kStep) {
      bytes = static_cast<const char*>(std::memcpy(tail.data(), bytes, name.size() - from));
    }
    const LetterBits letters = letters_of(bytes);
    const unsigned small = letters.all & ~letters.capitals;
    unsigned begins = (letters.all & ~(letters.all << 1 | letter_before)) |
                      (letters.capitals & (small << 1 | small_before));
    for (; begins != 0; begins &= begins - 1) {
      const std::size_t at = from + static_cast<std::size_t>(std::countr_zero(begins));
      if (at + 1 < name.size()) use(at);
    }
    letter_before = letters.all >> (kStep - 1);
    small_before = small >> (kStep - 1);
  }
}

/// One look at each word that may count; names are short and there are many.
void look_for_hints(std::string_view name, Hints& hints) noexcept {
  for_each_word(name, [&](std::size_t at) {
    if (!kBeginnings.has(name[at], name[at + 1])) return;
    switch (lower(name[at])) {
      case 'a':
        if (is_at(name, at, "author") || is_at(name, at, "autor") || is_at(name, at, "auteur") ||
            is_at(name, at, "autho")) {
          hints.author = true;
        }
        break;
      case 'b':
        if (is_at(name, at, "byline") || is_at(name, at, "by-line") ||
            is_at(name, at, "byauthor")) {
          hints.author = true;
        }
        break;
      case 'c':
        if (is_at(name, at, "contributor") || is_at(name, at, "creator")) hints.author = true;
        if (is_at(name, at, "created")) hints.date = true;
        break;
      case 'd':
        if (is_at(name, at, "date") || is_at(name, at, "datum") || is_at(name, at, "dateline")) {
          hints.date = true;
        }
        break;
      case 'e':
        if (is_at(name, at, "entry-date") || is_at(name, at, "entry-meta")) hints.date = true;
        break;
      case 'f':
        if (is_at(name, at, "fecha")) hints.date = true;
        break;
      case 'i':
        if (is_at(name, at, "info")) hints.date = true;
        break;
      case 'm':
        if (is_at(name, at, "meta")) hints.date = true;
        break;
      case 'p':
        if (is_at(name, at, "publish") || is_at(name, at, "posted") || is_at(name, at, "pubdate") ||
            is_at(name, at, "post-meta") || is_at(name, at, "published")) {
          hints.date = true;
        }
        break;
      case 'r':
        if (is_at(name, at, "reporter") || is_at(name, at, "redaktor")) hints.author = true;
        break;
      case 's':
        if (is_at(name, at, "submitted")) hints.date = true;
        break;
      case 't':
        if (is_at(name, at, "time")) hints.date = true;
        break;
      case 'u':
        if (is_at(name, at, "updated")) hints.date = true;
        break;
      case 'w':
        if (is_at(name, at, "writer") || is_at(name, at, "written")) hints.author = true;
        break;
      default:
        break;
    }
  });
}

/// True for a link to a page about an author: /author/jane-doe.
bool leads_to_author(std::string_view url) noexcept {
  static constexpr std::string_view kFolders[] = {
      "author/",  "authors/", "autor/",  "autoren/",     "auteur/",
      "autores/", "profile/", "people/", "contributor/", "contributors/"};
  for (std::size_t slash = url.find('/'); slash != std::string_view::npos;
       slash = url.find('/', slash + 1)) {
    const std::string_view rest = url.substr(slash + 1);
    if (rest.empty() || (rest[0] != 'a' && rest[0] != 'p' && rest[0] != 'c')) continue;
    for (const std::string_view folder : kFolders) {
      if (rest.size() > folder.size() && rest.starts_with(folder)) return true;
    }
  }
  return false;
}

Hints hints_in(std::string_view name) noexcept {
  Hints hints;
  look_for_hints(name, hints);
  return hints;
}

class Collector {
 public:
  explicit Collector(const html::Page& page) : page_(page) {}
  Signals run();

 private:
  void meta(NodeId id);
  void link(NodeId id);
  void element(NodeId id);
  void language(NodeId id);
  void add_hints(const html::AttributeValue& attribute, std::size_t limit, Hints& hints);
  void add(std::vector<NodeId>& places, NodeId id) {
    if (places.size() < kMaxPlaces) places.push_back(id);
  }

  const html::Page& page_;
  Signals signals_;
  struct KnownHints {
    Hints hints;
    std::uint16_t limit = 0;  // how much of the value was read; 0: none yet
  };
  std::vector<KnownHints> known_;  // by the value's number
};

void Collector::meta(NodeId id) {
  if (signals_.metas.size() >= kMaxMetas) return;
  std::string_view value;
  bool valued = false;
  for (const auto& attribute : page_.attributes(id)) {
    if (attribute.name == Attribute::content) {
      value = page_.value(attribute);
      valued = true;
    }
  }
  if (!valued || value.empty()) return;
  for (const auto& attribute : page_.attributes(id)) {
    if (attribute.name == Attribute::name || attribute.name == Attribute::property ||
        attribute.name == Attribute::itemprop) {
      signals_.metas.push_back({ascii_lower(page_.value(attribute)), value});
    }
  }
}

void Collector::link(NodeId id) {
  const std::string rel = ascii_lower(page_.value(id, Attribute::rel));
  const std::string_view href = page_.value(id, Attribute::href);
  if (href.empty()) return;
  if (rel == "canonical" && signals_.canonical.empty()) signals_.canonical = href;
  if (rel == "image_src" && signals_.image_link.empty()) signals_.image_link = href;
}

void Collector::language(NodeId id) {
  if (!signals_.language_tag.empty()) return;
  for (const Attribute name : {Attribute::lang, Attribute::xml_lang}) {
    const std::string_view tag = page_.value(id, name);
    if (signals_.language_tag.empty()) signals_.language_tag = ascii_lower(tag.substr(0, 35));
  }
}

/// Adds what a value speaks of; of values that the parser numbers each is read once.
void Collector::add_hints(const html::AttributeValue& attribute, std::size_t limit, Hints& hints) {
  if (attribute.number >= known_.size()) known_.resize(attribute.number + 64U);
  KnownHints& known = known_[attribute.number];
  if (known.limit != limit || attribute.number == 0) {
    known = {hints_in(page_.value(attribute).substr(0, limit)), static_cast<std::uint16_t>(limit)};
  }
  hints.author = hints.author || known.hints.author;
  hints.date = hints.date || known.hints.date;
}

void Collector::element(NodeId id) {
  Hints hints;
  for (const auto& attribute : page_.attributes(id)) {
    const std::string_view value = page_.value(attribute);
    switch (attribute.name) {
      case Attribute::class_:
      case Attribute::id:
      case Attribute::data_testid:
      case Attribute::data_component:
        add_hints(attribute, 300, hints);
        break;
      case Attribute::rel:
        if (value == "author") hints.author = true;
        break;
      case Attribute::itemprop:
      case Attribute::property:
        add_hints(attribute, 100, hints);
        add(signals_.properties, id);
        break;
      case Attribute::href:
        if (page_.node(id).tag == Tag::a && leads_to_author(value)) hints.author = true;
        break;
      default:
        break;
    }
  }
  if (hints.author) add(signals_.bylines, id);
  if (hints.date) add(signals_.date_places, id);
}

Signals Collector::run() {
  for (NodeId id = 0; id < page_.size(); ++id) {
    switch (page_.node(id).tag) {
      case Tag::meta:
        meta(id);
        break;
      case Tag::link:
        link(id);
        break;
      case Tag::base:
        if (signals_.base.empty()) signals_.base = page_.value(id, Attribute::href);
        break;
      case Tag::title:
        if (signals_.title == html::kNoNode) signals_.title = id;
        break;
      case Tag::html:
      case Tag::body:
        language(id);
        break;
      case Tag::time:
        add(signals_.times, id);
        element(id);
        break;
      case Tag::h1:
        add(signals_.headings, id);
        element(id);
        break;
      case Tag::h2:
      case Tag::h3:
        add(signals_.subheadings, id);
        element(id);
        break;
      default:
        element(id);
        break;
    }
  }
  return std::move(signals_);
}

}  // namespace

std::string_view Signals::meta(std::string_view key) const noexcept {
  for (const MetaTag& tag : metas) {
    if (tag.key == key) return tag.value;
  }
  return {};
}

Signals collect_signals(const html::Page& page) {
  return Collector(page).run();
}

}  // namespace copydesk::extract
