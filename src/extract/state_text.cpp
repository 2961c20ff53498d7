#include "extract/state_text.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <unordered_map>
#include <vector>

#include "extract/declared.h"
#include "extract/hashing.h"
#include "extract/lenient_json.h"
#include "extract/text_measures.h"
#include "text/unicode.h"

namespace copydesk::extract {
namespace {

using Id = LenientJson::Id;
using Kind = LenientJson::Kind;
constexpr Id kNone = LenientJson::kNone;

constexpr std::size_t kMostState = std::size_t{8} << 20;  // bytes read of a page's state
constexpr std::size_t kLeastParagraph = 8;                // words; less is a label
constexpr std::size_t kLongestParagraph = 400;            // words; more is many paragraphs

std::size_t words_in(std::string_view text) {
  std::vector<std::uint64_t> words;
  hash_words(text, words);
  return words.size();
}

bool has_tags(std::string_view text) {
  return text.find("</") != std::string_view::npos;
}

/// True for style sheets, scripts and data: their signs are rare in sentences.
bool is_code(std::string_view text) {
  constexpr std::ptrdiff_t kRare = 60;  // bytes for each sign
  const auto signs = std::count_if(text.begin(), text.end(),
                                   [](char c) { return c == '{' || c == '}' || c == '\\'; });
  return kRare * signs > static_cast<std::ptrdiff_t>(text.size());
}

/// True if the text ends as a sentence or a line of speech does; tags behind it do not count.
bool ends_a_sentence(std::string_view text) {
  while (text.size() > 1 && text.back() == '>') {
    const std::size_t tag = text.rfind('<');
    if (tag == std::string_view::npos) break;
    text = text::trim(text.substr(0, tag));
  }
  for (const std::string_view mark : {".", "!", "?", ":", "\"", "\u201D", "\u3002", "\u00BB"}) {
    if (text.size() >= mark.size() && text.substr(text.size() - mark.size()) == mark) return true;
  }
  return false;
}

/// Reads one script's state: which list of values, or which string, holds most running text.
class StateReader {
 public:
  explicit StateReader(const LenientJson& json) : json_(json), words_(json.size(), 0) {}

  /// The best text, and the number of its words in `words`.
  std::string best(std::size_t& words);

 private:
  [[nodiscard]] bool is_text(Id id) const;
  void weigh_strings();
  void weigh_lists();
  [[nodiscard]] Id best_list() const;
  [[nodiscard]] std::string paragraph(Id id) const;
  [[nodiscard]] std::string list_text(Id list) const;

  const LenientJson& json_;
  std::vector<std::uint32_t> words_;          // of text in each value's subtree
  std::unordered_map<Id, std::size_t> list_;  // array -> words of its paragraphs
  Id longest_ = kNone;                        // the string of most words
};

/// A string under a member that holds text, or a longer element of an array; no address, no code.
bool StateReader::is_text(Id id) const {
  constexpr std::size_t kLeastElement = 30;  // bytes; a shorter one is a name
  static constexpr std::string_view kKeys[] = {"",     "value", "text",      "content",    "html",
                                               "body", "copy",  "paragraph", "articleBody"};
  if (json_[id].kind != Kind::string) return false;
  const std::string_view key = json_.key(id);
  if (std::find(std::begin(kKeys), std::end(kKeys), key) == std::end(kKeys)) return false;
  const std::string_view text = json_.text(id);
  if (text.empty() || (key.empty() && text.size() < kLeastElement)) return false;
  return text.substr(0, 4) != "http" && text[0] != '/' && !is_code(text);
}

/// Values stand before what is in them, so that one pass from the end sums up all subtrees.
void StateReader::weigh_strings() {
  for (Id id = json_.size(); id-- > 0;) {
    if (is_text(id)) {
      words_[id] = static_cast<std::uint32_t>(words_in(json_.text(id)));
      const bool longer = longest_ == kNone || words_[id] > words_[longest_];
      if (longer && ends_a_sentence(text::trim(json_.text(id)))) longest_ = id;
    }
    if (json_[id].parent != kNone) words_[json_[id].parent] += words_[id];
  }
}

void StateReader::weigh_lists() {
  for (Id id = 1; id < json_.size(); ++id) {
    const Id parent = json_[id].parent;
    if (json_[parent].kind != Kind::array) continue;
    if (words_[id] < kLeastParagraph || words_[id] > kLongestParagraph) continue;
    if (ends_a_sentence(text::trim(paragraph(id)))) list_[parent] += words_[id];
  }
}

/// Of lists in lists the innermost that has most of the words: its elements are the paragraphs.
Id StateReader::best_list() const {
  constexpr std::size_t kMost = 80;  // per cent
  Id best = kNone;
  std::size_t most = 0;
  for (Id id = 0; id < json_.size(); ++id) {
    const auto found = list_.find(id);
    if (found == list_.end()) continue;
    const bool inside = best != kNone && id < json_[best].subtree_end;
    if (found->second > most || (inside && 100 * found->second >= kMost * most)) {
      best = id;
      most = std::max(most, found->second);
    }
  }
  return best;
}

/// The pieces of a paragraph in order. A piece that begins behind a whole sentence without a space
/// begins a line of its own.
std::string StateReader::paragraph(Id id) const {
  std::string text;
  for (Id at = id; at < std::max(json_[id].subtree_end, id + 1); ++at) {
    if (!is_text(at)) continue;
    const std::string_view piece = json_.text(at);
    const bool ends =
        !text.empty() && std::string_view(".!?").find(text.back()) != std::string_view::npos;
    if (ends && piece[0] != ' ') text += "\n";
    text += piece;
  }
  return text;
}

std::string StateReader::list_text(Id list) const {
  std::vector<std::string> parts;
  for (Id id = json_.first_child(list); id != kNone; id = json_.next_sibling(id)) {
    parts.push_back(paragraph(id));
  }
  const bool tags = std::any_of(parts.begin(), parts.end(), has_tags);
  std::string text;
  for (const std::string& part : parts) {
    if (!part.empty()) text += tags ? "<p>" + part + "</p>" : part + "\n";
  }
  return declared_text(text);
}

std::string StateReader::best(std::size_t& words) {
  weigh_strings();
  weigh_lists();
  const Id list = best_list();
  words = longest_ == kNone ? 0 : words_[longest_];
  if (list != kNone && list_.at(list) > words) {
    words = list_.at(list);
    return list_text(list);
  }
  return words == 0 ? std::string{} : declared_text(json_.text(longest_));
}

std::uint64_t triple_of(const std::uint64_t* words) {
  return mix(words[0] * 5 + words[1] * 3 + words[2]);
}

}  // namespace

std::string state_text(std::span<const html::Script> scripts, double least_words) {
  std::string best;
  auto most = static_cast<std::size_t>(std::max(least_words, 1.0)) - 1;
  std::size_t read = 0;
  for (const html::Script& script : scripts) {
    const std::string_view body = script.body.substr(0, kMostState - std::min(kMostState, read));
    read += body.size();
    const LenientJson json(body);
    if (json.empty()) continue;
    std::size_t words = 0;
    std::string text = StateReader(json).best(words);
    if (words <= most) continue;
    most = words;
    best = std::move(text);
  }
  return best;
}

double share_in(std::string_view part, std::string_view whole) {
  std::vector<std::uint64_t> wanted;
  std::vector<std::uint64_t> words;
  hash_words(part, wanted);
  hash_words(whole, words);
  if (wanted.size() < 3 || words.size() < 3) return 0;
  std::vector<std::uint64_t> triples;
  for (std::size_t i = 0; i + 2 < words.size(); ++i) triples.push_back(triple_of(&words[i]));
  std::sort(triples.begin(), triples.end());
  double found = 0;
  for (std::size_t i = 0; i + 2 < wanted.size(); ++i) {
    found += std::binary_search(triples.begin(), triples.end(), triple_of(&wanted[i])) ? 1 : 0;
  }
  return found / static_cast<double>(wanted.size() - 2);
}

}  // namespace copydesk::extract
