#include "tokenize/vocabulary.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <utility>

#include "text/json.h"
#include "tokenize/properties.h"

namespace copydesk::tokenize {
namespace {

template <typename Number>
std::uint64_t load(const char* from) noexcept {
  Number number = 0;
  std::memcpy(&number, from, sizeof number);
  return number;
}

/// The first eight bytes as a number, zeros behind fewer: another number for other bytes of the
/// same length.
std::uint64_t first_bytes(std::string_view bytes) noexcept {
  const std::size_t size = bytes.size();
  if (size >= 8) return load<std::uint64_t>(bytes.data());
  if (size >= 4 && std::endian::native == std::endian::little) {
    const std::uint64_t first = load<std::uint32_t>(bytes.data());
    return first | load<std::uint32_t>(bytes.data() + size - 4) << (8 * (size - 4));
  }
  std::uint64_t word = 0;
  for (std::size_t i = size; i > 0; --i) {
    word = word << 8 | static_cast<unsigned char>(bytes[i - 1]);
  }
  return word;
}

std::uint64_t hash_of(std::uint64_t first, std::string_view bytes) noexcept {
  std::uint64_t hash = (first ^ bytes.size() * 0x9E3779B97F4A7C15ULL) * 0xD6E8FEB86659FD93ULL;
  while (bytes.size() > 8) {
    bytes.remove_prefix(8);
    hash = (std::rotl(hash, 29) ^ first_bytes(bytes)) * 0xD6E8FEB86659FD93ULL;
  }
  return hash ^ (hash >> 32);
}

Error bad(std::string detail) {
  return {ErrorCode::bad_data, std::move(detail)};
}

int base64_value(char c) noexcept {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

std::optional<std::string> decode_base64(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  std::string out;
  unsigned bits = 0;
  unsigned value = 0;
  for (const char c : text) {
    const int digit = base64_value(c);
    if (digit < 0) return std::nullopt;
    value = (value << 6 | static_cast<unsigned>(digit)) & 0xFFFFU;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>((value >> bits) & 0xFFU);
  }
  return out;
}

std::optional<SubwordPattern> pattern_of_size(std::size_t tokens) {
  switch (tokens) {
    case 50256:
      return SubwordPattern::gpt2;
    case 100256:
      return SubwordPattern::cl100k;
    case 128000:
      return SubwordPattern::llama3;
    case 199998:
      return SubwordPattern::o200k;
    default:
      return std::nullopt;
  }
}

/// GPT-2's alphabet: printable bytes stand for themselves as characters, the others are numbered
/// from U+0100 on.
std::array<char32_t, 256> byte_alphabet() {
  std::array<char32_t, 256> alphabet{};
  char32_t next = 256;
  for (char32_t byte = 0; byte < 256; ++byte) {
    const bool printable =
        (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
    alphabet[byte] = printable ? byte : next++;
  }
  return alphabet;
}

/// The bytes that a token in that alphabet stands for; nothing if it holds another character.
std::optional<std::string> from_alphabet(std::string_view token) {
  static const std::array<char32_t, 256> kAlphabet = byte_alphabet();
  static const std::array<int, 512> kBytes = [] {
    std::array<int, 512> bytes{};
    bytes.fill(-1);
    for (std::size_t byte = 0; byte < 256; ++byte) bytes[kAlphabet[byte]] = static_cast<int>(byte);
    return bytes;
  }();
  std::string out;
  for (std::size_t at = 0; at < token.size();) {
    const Decoded decoded = decode_at(token, at);
    at += decoded.length;
    if (decoded.code_point >= 512 || kBytes[decoded.code_point] < 0) return std::nullopt;
    out += static_cast<char>(kBytes[decoded.code_point]);
  }
  return out;
}

std::optional<text::RawJson> member(text::RawJson object, std::string_view name) {
  for (const text::JsonMember& one : text::json_object_members(object)) {
    if (one.raw_key == name) return one.value;
  }
  return std::nullopt;
}

std::string string_member(text::RawJson object, std::string_view name) {
  const auto value = member(object, name);
  return value && text::is_json_string(*value) ? text::decode_json_string(*value) : std::string();
}

constexpr std::string_view kGpt2Pattern =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
constexpr std::string_view kCl100kPattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kO200kPattern =
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

/// The pattern of a pre_tokenizer: ByteLevel with its own expression, or Split with a known one.
std::optional<SubwordPattern> pattern_of(text::RawJson pre_tokenizer) {
  const std::string type = string_member(pre_tokenizer, "type");
  if (type == "Sequence") {
    for (const text::RawJson part :
         text::json_array_elements(member(pre_tokenizer, "pretokenizers").value_or("[]"))) {
      if (const auto pattern = pattern_of(part)) return pattern;
    }
    return std::nullopt;
  }
  if (type == "ByteLevel") {
    if (member(pre_tokenizer, "use_regex").value_or("true") == "false") return std::nullopt;
    if (member(pre_tokenizer, "add_prefix_space").value_or("false") == "true") return std::nullopt;
    return SubwordPattern::gpt2;
  }
  if (type != "Split") return std::nullopt;
  const std::string expression =
      string_member(member(pre_tokenizer, "pattern").value_or("{}"), "Regex");
  if (expression == kGpt2Pattern) return SubwordPattern::gpt2;
  if (expression == kCl100kPattern) return SubwordPattern::cl100k;
  if (expression == kO200kPattern) return SubwordPattern::o200k;
  return std::nullopt;
}

/// "left right", or the array of both.
std::optional<std::pair<std::string, std::string>> merge_of(text::RawJson element) {
  if (text::is_json_string(element)) {
    const std::string both = text::decode_json_string(element);
    const std::size_t space = both.find(' ');
    if (space == std::string::npos) return std::nullopt;
    return std::pair(both.substr(0, space), both.substr(space + 1));
  }
  const auto parts = text::json_array_elements(element);
  if (parts.size() != 2) return std::nullopt;
  return std::pair(text::decode_json_string(parts[0]), text::decode_json_string(parts[1]));
}

}  // namespace

void Vocabulary::add(std::string_view bytes, std::uint32_t id) {
  if (id >= places_.size()) places_.resize(std::size_t{id} + 1);
  places_[id] = {static_cast<std::uint32_t>(blob_.size()),
                 static_cast<std::uint32_t>(bytes.size())};
  blob_ += bytes;
  longest_ = std::max(longest_, bytes.size());
}

Status Vocabulary::finish() {
  slots_.assign(std::bit_ceil(places_.size() * 2 + 1), Slot{});
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t id = 0; id < places_.size(); ++id) {
    if (places_[id].length == 0) continue;
    const std::uint64_t first = first_bytes(token(id));
    std::size_t slot = hash_of(first, token(id)) & mask;
    while (slots_[slot].id != kNoToken) slot = (slot + 1) & mask;
    slots_[slot] = {first, id, places_[id].length};
  }
  bytes_.resize(256);
  for (unsigned byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    bytes_[byte] = find({&c, 1});
    if (bytes_[byte] == kNoToken) {
      return bad("vocabulary: no token for the byte " + std::to_string(byte));
    }
  }
  return {};
}

std::uint32_t Vocabulary::find(std::string_view bytes) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  const std::uint64_t first = first_bytes(bytes);
  for (std::size_t at = hash_of(first, bytes) & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.id == kNoToken) return kNoToken;
    if (slot.first != first || slot.length != bytes.size()) continue;
    if (bytes.size() <= sizeof first || token(slot.id) == bytes) return slot.id;
  }
}

std::string_view Vocabulary::token(std::uint32_t id) const noexcept {
  if (id >= places_.size()) return {};
  return std::string_view(blob_).substr(places_[id].begin, places_[id].length);
}

Result<Vocabulary> Vocabulary::read_tiktoken(std::string_view file,
                                             std::optional<SubwordPattern> pattern) {
  Vocabulary vocabulary;
  std::size_t number = 0;
  std::size_t tokens = 0;
  while (!file.empty()) {
    const std::size_t end = std::min(file.find('\n'), file.size());
    std::string_view line = file.substr(0, end);
    file.remove_prefix(std::min(end + 1, file.size()));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const std::size_t space = line.find(' ');
    std::uint32_t rank = 0;
    const auto token = decode_base64(line.substr(0, space));
    const std::string_view digits = space == std::string_view::npos ? "" : line.substr(space + 1);
    const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), rank);
    // More than this is no vocabulary; the table of places grows with the largest rank.
    constexpr std::uint32_t kMostTokens = 1U << 24;
    if (!token || token->empty() || error != std::errc() || rest != digits.data() + digits.size() ||
        rank >= kMostTokens) {
      return bad("line " + std::to_string(number) + ": not a token in base64 and its rank");
    }
    vocabulary.add(*token, rank);
    ++tokens;
  }
  if (!pattern) pattern = pattern_of_size(tokens);
  if (!pattern) return bad(std::to_string(tokens) + " ranks: name the pattern of this vocabulary");
  vocabulary.pattern_ = *pattern;
  if (Status finished = vocabulary.finish(); !finished) return std::move(finished).error();
  return vocabulary;
}

Result<Vocabulary> Vocabulary::read_json(std::string_view file,
                                         std::optional<SubwordPattern> pattern) {
  const auto top = text::JsonObject::parse(file);
  if (!top) return bad(top.error().detail);
  const text::RawJson model = top->find("model").value_or("{}");
  if (string_member(model, "type") != "BPE" && !string_member(model, "type").empty()) {
    return bad("the model is not BPE but " + string_member(model, "type"));
  }
  if (!pattern) pattern = pattern_of(top->find("pre_tokenizer").value_or("{}"));
  if (!pattern) return bad("the pre_tokenizer is none of GPT-2, cl100k, o200k and Llama 3");
  const text::RawJson normalizer = top->find("normalizer").value_or("null");
  if (normalizer != "null") return bad("a normalizer is not supported");
  Vocabulary vocabulary;
  vocabulary.pattern_ = *pattern;
  vocabulary.whole_pieces_ = member(model, "ignore_merges").value_or("false") == "true";
  for (const auto& [key, value] :
       text::json_object_members(member(model, "vocab").value_or("{}"))) {
    const std::string quoted = '"' + std::string(key) + '"';
    const auto bytes = from_alphabet(text::decode_json_string(quoted));
    std::uint32_t id = 0;
    const auto parsed = std::from_chars(value.data(), value.data() + value.size(), id);
    if (parsed.ec != std::errc() || id >= 1U << 24)
      return bad("vocab: not an id: " + std::string(value));
    // A special token may hold other characters; ordinary text never becomes one.
    if (bytes && !bytes->empty()) vocabulary.add(*bytes, id);
  }
  if (Status finished = vocabulary.finish(); !finished) return std::move(finished).error();
  std::uint32_t rank = 0;
  for (const text::RawJson element :
       text::json_array_elements(member(model, "merges").value_or("[]"))) {
    const auto pair = merge_of(element);
    const auto left = pair ? from_alphabet(pair->first) : std::nullopt;
    const auto right = pair ? from_alphabet(pair->second) : std::nullopt;
    if (!left || !right) return bad("merges: not a pair: " + std::string(element));
    const std::uint32_t left_id = vocabulary.find(*left);
    const std::uint32_t right_id = vocabulary.find(*right);
    const std::uint32_t id = vocabulary.find(*left + *right);
    if (left_id == kNoToken || right_id == kNoToken || id == kNoToken) {
      return bad("merges: not in the vocabulary: " + std::string(element));
    }
    vocabulary.merges_.try_emplace((std::uint64_t{left_id} << 32) | right_id, Merge{rank, id});
    ++rank;
  }
  if (vocabulary.merges_.empty()) return bad("no merges");
  return vocabulary;
}

}  // namespace copydesk::tokenize
