#include <algorithm>
#include <bit>
#include <cstdio>
#include <span>

#include <xxhash.h>

#include "copydesk/dedupe.h"

#include "dedupe/hash.h"
#include "dedupe/shingles.h"
#include "dedupe/signature.h"
#include "dedupe/tokens.h"
#include "text/utf8.h"

namespace copydesk {
namespace {

using dedupe::Break;
using dedupe::FoldedText;
using dedupe::Words;

/// Keys of each kind have their own seed, so that a band never meets a paragraph.
constexpr std::uint64_t kParagraphSeed = 0x7061726167726170U;
/// Of a very long text only so many paragraph or sampled keys are kept.
constexpr std::size_t kMostBlockKeys = 512;
constexpr std::size_t kSampleModulus = 16;
constexpr std::size_t kFewParagraphs = 4;

/// Buffers that are reused from document to document, one set a thread.
struct Workspace {
  FoldedText folded;
  Words words;
  std::vector<std::uint64_t> characters;
};

Workspace& workspace() {
  thread_local Workspace instance;
  // One huge document must not hold its buffers for the rest of the run.
  if (instance.folded.bytes.capacity() > (std::size_t{8} << 20)) instance = Workspace();
  return instance;
}

TextHash hash_tokens(std::span<const std::uint64_t> tokens) {
  if (tokens.empty()) return {};
  const XXH128_hash_t hash = XXH3_128bits(tokens.data(), tokens.size_bytes());
  return {hash.high64, hash.low64};
}

std::string to_hex(const TextHash& hash) {
  std::array<char, 33> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx%016llx",
                static_cast<unsigned long long>(hash.high),
                static_cast<unsigned long long>(hash.low));
  return digits.data();
}

/// Words in the window that stands for a paragraph, and in a sampled one.
constexpr std::size_t kBlockWindow = 8;

/// Keys of the paragraphs, cut at every break of `kind` or stronger. The key is the paragraph's
/// least window of words: equal paragraphs always share it, and edited ones mostly, which a hash of
/// the whole paragraph would not give.
void append_paragraph_keys(const FoldedText& folded, const Words& words, Break kind,
                           std::size_t shortest, std::vector<std::uint64_t>& keys) {
  std::size_t word = 0;
  std::size_t byte = words.first_byte;
  const auto close = [&](std::size_t end_word, std::size_t end_byte) {
    std::string_view block = folded.view().substr(byte, end_byte - byte);
    while (!block.empty() && static_cast<unsigned char>(block.back()) <= 0x20) {
      block.remove_suffix(1);
    }
    const std::size_t length = folded.ascii ? block.size() : text::count_code_points(block);
    if (length >= shortest) {
      const std::span hashes = words.hashes();
      keys.push_back(
          dedupe::mix(kParagraphSeed ^
                      dedupe::least_window(hashes.subspan(word, end_word - word), kBlockWindow)));
    }
    word = end_word;
    byte = end_byte;
  };
  for (const auto& at : words.breaks) {
    if (kind == Break::line || at.kind == Break::paragraph) close(at.word, at.byte);
  }
  if (!words.hashes().empty()) close(words.hashes().size(), words.end_byte);
}

/// Each key once; the least ones where there are too many: of a part of the text and of the whole,
/// much the same ones stay.
void limit_keys(std::vector<std::uint64_t>& keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  if (keys.size() > kMostBlockKeys) keys.resize(kMostBlockKeys);
}

/// Paragraphs; where the text has no empty lines, lines; where it has few long ones of either, also
/// a sample of all windows, which needs no breaks.
std::vector<std::uint64_t> block_keys(const Workspace& work, std::span<const std::uint64_t> tokens,
                                      std::size_t window, std::size_t shortest) {
  std::vector<std::uint64_t> keys;
  append_paragraph_keys(work.folded, work.words, Break::paragraph, shortest, keys);
  if (keys.size() < 2) {
    keys.clear();
    append_paragraph_keys(work.folded, work.words, Break::line, shortest, keys);
  }
  if (keys.size() < kFewParagraphs) {
    // Twice the text, half the density: a long text must not fill the index.
    const std::size_t doublings = std::bit_width(tokens.size() / (kSampleModulus * 256));
    dedupe::append_sampled(tokens, window, kSampleModulus << doublings, keys);
  }
  limit_keys(keys);
  return keys;
}

struct Shape {
  bool characters;
  bool spaced;
  std::size_t size;
};

Shape shape_of(const SketchOptions& options, const FoldedText& folded) {
  bool unspaced = false;
  if (folded.unspaced_letters > 0) {
    const std::string_view text = folded.view();
    const auto spaces = static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return c <= 0x20; }));
    unspaced = folded.unspaced_letters * 2 > text::count_code_points(text) - spaces;
  }
  const bool characters = options.shingle == ShingleKind::character ||
                          (options.shingle == ShingleKind::automatic && unspaced);
  const std::size_t usual = !characters ? 5 : unspaced ? 6 : 9;
  return {characters, !unspaced, options.shingle_size > 0 ? options.shingle_size : usual};
}

}  // namespace

Status check(const SketchOptions& options) {
  if (options.shingle_size > 64) return {ErrorCode::bad_option, "shingle size is 1 to 64"};
  if (options.bands == 0 || options.rows == 0 || options.bands > kSignatureSize ||
      options.rows > kSignatureSize || options.bands * options.rows > kSignatureSize) {
    return {ErrorCode::bad_option, "bands times rows is 1 to 128"};
  }
  if (options.shortest_paragraph == 0) {
    return {ErrorCode::bad_option, "the shortest paragraph has 1 character or more"};
  }
  return {};
}

Sketcher::Sketcher(const SketchOptions& options) : options_(options) {}

Sketch Sketcher::sketch(const DocumentView& document) const {
  Workspace& work = workspace();
  dedupe::fold(document.text, work.folded);
  dedupe::split_words(work.folded, work.words);
  const Shape shape = shape_of(options_, work.folded);
  std::span<const std::uint64_t> tokens = work.words.hashes();
  if (shape.characters) {
    dedupe::split_characters(work.folded, shape.spaced, work.characters);
    tokens = work.characters;
  }

  Sketch sketch;
  sketch.text_hash = hash_tokens(tokens);
  sketch.id = document.id.empty() ? to_hex(sketch.text_hash) : std::string(document.id);
  sketch.date = parse_date(document.date);
  sketch.tokens = static_cast<std::uint32_t>(tokens.size());
  if (!document.url.empty()) {
    const std::string url = canonical_url(document.url);
    sketch.url_key = XXH3_64bits(url.data(), url.size()) | 1U;
  }
  if (tokens.empty()) return sketch;
  dedupe::append_shingles(tokens, shape.size, sketch.shingles);
  const dedupe::Signature signature = dedupe::make_signature(sketch.shingles);
  dedupe::append_band_keys(signature, options_.bands, options_.rows, sketch.band_keys);
  sketch.digest = dedupe::make_digest(signature);
  sketch.block_keys = block_keys(work, tokens, shape.size * 8 / 5, options_.shortest_paragraph);
  return sketch;
}

}  // namespace copydesk
