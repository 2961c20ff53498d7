#pragma once

/// @file
/// Every story once: documents are reduced to keys and a set of shingles (Sketcher), and each is
/// compared with those that came before it (Deduplicator).
///
/// A Sketch is made from one document alone, so sketches can be made on many threads; deciding
/// looks at what was seen before, so it happens in input order on one thread. A decision depends on
/// the order of documents and the options only: not on threads, locale or time.
///
/// Method: words (or characters) in lower case, sets of 5-word shingles, MinHash signatures of 128
/// values (A. Broder, "On the resemblance and containment of documents", 1997) cut into bands as
/// keys (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3); the hashes of
/// paragraphs are further keys, for stories that were cut or lengthened. Keys only propose: a pair
/// counts after its exact Jaccard index or containment was computed from the shingle sets.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"

namespace copydesk {

/// What a shingle is made of.
enum class ShingleKind : std::uint8_t {
  automatic,  ///< words; characters where most letters are Chinese, Japanese, Thai, Lao, Khmer,
              ///< Burmese
  word,       ///< words: robust against layout, cheap
  character,  ///< characters: for noisy text (OCR) and scripts without spaces
};

/// How sketches are made. All sketches that are compared must be made with equal options.
struct SketchOptions {
  ShingleKind shingle = ShingleKind::automatic;
  /// Tokens in a shingle, 1 to 64; 0: 5 words, 9 characters, or 6 characters of unspaced script.
  std::uint32_t shingle_size = 0;
  /// Bands times rows is at most kSignatureSize. 32 x 4 finds Jaccard 0.5 in 87 of 100 cases and
  /// 0.7 in 9998 of 10000; 20 x 6 has fewer chance hits, for 100 million documents and more.
  std::uint32_t bands = 32;
  std::uint32_t rows = 4;
  /// Paragraphs of at least this many characters give a key.
  std::uint32_t shortest_paragraph = 40;
};

/// Values in a signature.
inline constexpr std::size_t kSignatureSize = 128;

/// Checks the options. Error: bad_option, the detail names the option and its bounds.
[[nodiscard]] Status check(const SketchOptions& options);

/// What the deduplicator looks at. The views need to live only during the call they are passed to.
struct DocumentView {
  std::string_view text;  ///< well-formed UTF-8; a blank line ends a paragraph
  std::string_view id;    ///< empty: the hash of the normalised text stands for it
  std::string_view url;   ///< may be empty
  std::string_view date;  ///< ISO 8601, with or without time and zone; empty or unreadable: no date
};

/// 128 bits that identify a normalised text. Both zero: the text has no word.
struct TextHash {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend bool operator==(const TextHash&, const TextHash&) = default;
};

/// A document as comparison sees it. Plain data: can be moved between threads.
struct Sketch {
  std::string id;             ///< the document's id, or 32 hexadecimal digits of its text hash
  TextHash text_hash;         ///< equal for texts that differ in case, spacing, punctuation only
  std::uint64_t url_key = 0;  ///< hash of the canonical URL; 0: no URL
  std::optional<std::int64_t> date;       ///< seconds since 1970-01-01T00:00Z
  std::uint32_t tokens = 0;               ///< words, or characters where those are the tokens
  std::vector<std::uint32_t> shingles;    ///< hashes in text order; may repeat
  std::vector<std::uint64_t> band_keys;   ///< one a band; none where there is no shingle
  std::vector<std::uint64_t> block_keys;  ///< paragraphs, or sampled shingles; rising, each once
  /// The 4 low bits of each signature value, two to a byte, low half first: for estimates.
  std::array<std::uint8_t, kSignatureSize / 2> digest{};
};

/// Makes sketches. Immutable after construction: one may serve all threads.
class Sketcher {
 public:
  /// Requires check(options).ok().
  explicit Sketcher(const SketchOptions& options);

  /// Linear in the size of the text. Never fails; a text without words gives no keys but the URL's.
  [[nodiscard]] Sketch sketch(const DocumentView& document) const;

  [[nodiscard]] const SketchOptions& options() const noexcept { return options_; }

 private:
  SketchOptions options_;
};

/// How a document relates to the one that stands for it.
enum class Relation : std::uint8_t {
  none,
  exact,      ///< the same words in the same order
  near,       ///< Jaccard index of 0.8 and more
  contains,   ///< it holds most of the other one and is longer
  contained,  ///< most of it stands in the other one, which is longer
  updated,    ///< accepted with less: a rewritten version, or another version of the same URL
};

/// "exact", "near" and so on; "none" for none.
[[nodiscard]] std::string_view name(Relation relation) noexcept;

/// What makes two documents the same.
struct DedupeOptions {
  bool by_url = true;        ///< the same canonical URL
  bool by_exact = true;      ///< the same normalised text
  bool by_near = true;       ///< similar text
  double jaccard = 0.5;      ///< similar: Jaccard index of the shingle sets of at least this, or
  double containment = 0.8;  ///< this part of the smaller set stands in the larger one.
  /// Or: this part of each of the two stands in the other in passages of 16 words and more, 48
  /// words at least. So an update that exchanges one of few paragraphs is known for what it is.
  double passages = 0.5;
  /// A document is dropped only if at least this part of its shingles stands in the survivor.
  double covered = 0.6;
  /// Seconds that two dated documents may lie apart; nothing: any time. Without a date: no limit.
  /// The same URL needs no nearness in time.
  std::optional<std::int64_t> window = 72 * 3600;
  /// Documents remembered under one key; of more, the latest stay. Bounds the work for templates.
  std::uint32_t bucket_cap = 64;
  /// Bytes of shingle sets held in memory; what is more goes to an unnamed file in
  /// temporary_folder.
  std::size_t sets_in_memory = std::size_t{16} << 20;
  std::string temporary_folder = "/tmp";
};

/// Checks the options. Error: bad_option, the detail names the option and its bounds.
[[nodiscard]] Status check(const DedupeOptions& options);

/// What was decided about a document.
struct Verdict {
  /// True: `other` stands for the document. False with a relation: the document is a longer or
  /// newer version of `other`, which it supersedes, and stands for itself.
  bool duplicate = false;
  Relation relation = Relation::none;
  std::string other;        ///< the id of the survivor; empty where relation is none
  double similarity = 0.0;  ///< containment for contains and contained, else the Jaccard index
};

/// Counters of a run, for --stats.
struct DedupeCounts {
  std::uint64_t documents = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t exact = 0, near = 0, contained = 0, updated = 0;  ///< the duplicates by relation
  std::uint64_t superseding = 0;
  std::uint64_t candidates = 0;      ///< pairs that share a key and lie within the window
  std::uint64_t estimated_away = 0;  ///< of these, ruled out by the signature estimate
  std::uint64_t verified = 0;        ///< of these, compared exactly
  std::uint64_t keys = 0;            ///< keys remembered
  std::uint64_t remembered = 0;      ///< documents remembered
  std::uint64_t capped = 0;          ///< keys that were dropped because their bucket was full
  std::uint64_t memory = 0;          ///< bytes held by the index in memory, shingle sets included
};

/// Where documents are remembered from run to run: a folder of segments, one a run. A segment is
/// written whole or not at all and never changed; it can be read while others are written.
struct IndexOptions {
  std::string folder;      ///< made if it is not there, unless read_only
  bool read_only = false;  ///< look up only: nothing is written, no lock is taken
  /// Segments made longer ago than this, in seconds, are deleted when the index is opened.
  std::optional<std::int64_t> expire;
  /// A name for the run. What a run of this name remembered before does not count for this one, and
  /// is replaced by it, so that a run that is repeated gives the same output again.
  std::string run;
};

/// What one segment holds.
struct SegmentFacts {
  std::string path;
  std::int64_t created = 0;  ///< seconds since 1970
  std::uint64_t documents = 0;
  std::uint64_t keys = 0;
  std::uint64_t bytes = 0;
  std::optional<std::int64_t> first_date, last_date;  ///< of its documents
};

/// An index opened for a run.
class DedupeIndex {
 public:
  /// Opens the index and, unless read_only, holds its lock until destroyed.
  /// Errors: bad_option if it was made with other options (both are named), locked (with the
  /// process that holds it), cannot_open, write_failed. Damaged segments are no error: see
  /// problems().
  [[nodiscard]] static Result<DedupeIndex> open(const IndexOptions& options,
                                                const SketchOptions& sketch,
                                                const DedupeOptions& dedupe);

  /// Opens the index to look at it: read_only, and with whatever options it was made.
  [[nodiscard]] static Result<DedupeIndex> inspect(const std::string& folder);

  ~DedupeIndex();
  DedupeIndex(DedupeIndex&&) noexcept;
  DedupeIndex& operator=(DedupeIndex&&) noexcept;

  /// Segments that cannot be used, each with the reason; the others are used.
  [[nodiscard]] const std::vector<Error>& problems() const;
  [[nodiscard]] std::vector<SegmentFacts> segments() const;
  /// The options it was made with, as command-line options: "--bands 32x4 ..."; empty: no segment.
  [[nodiscard]] std::string parameters() const;

  class Impl;  ///< for the library itself
  [[nodiscard]] Impl& impl() noexcept { return *impl_; }

 private:
  explicit DedupeIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Decides about documents one after the other: of a story the first document stays. Memory grows
/// with the number of documents remembered: about 450 bytes each, and the shingle sets (4 bytes a
/// word) up to DedupeOptions::sets_in_memory. Not thread-safe, but for write_behind().
class Deduplicator {
 public:
  /// Requires check(options).ok().
  explicit Deduplicator(const DedupeOptions& options);
  /// With what earlier runs remembered.
  Deduplicator(const DedupeOptions& options, DedupeIndex index);
  ~Deduplicator();
  Deduplicator(Deduplicator&&) noexcept;
  Deduplicator& operator=(Deduplicator&&) noexcept;

  /// Looks the document up under all of its keys, then remembers it. `next` is a hint, the document
  /// of the call that follows, if it is known: what its look-ups will read is fetched meanwhile.
  /// Error: write_failed or read_failed if the temporary file does not work; the run cannot go on.
  [[nodiscard]] Result<Verdict> decide(const Sketch& sketch, const Sketch* next = nullptr);

  /// Writes to the temporary file what decide() has put aside for it. May be called while another
  /// thread is in any other member function. Without it decide() does it by itself, later.
  void write_behind();

  /// Adds the survivors of this run to the index as one segment; none if there is none. Call it
  /// when the output is safe: what is in the index is dropped by the next run. Nothing can be
  /// decided after. Error: write_failed; the index is then as it was.
  [[nodiscard]] Status save();

  /// Segments of the index that turned out damaged while they were read; they are not used further.
  [[nodiscard]] std::vector<Error> problems() const;

  [[nodiscard]] DedupeCounts counts() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// Which document of a story stays.
enum class KeepPolicy : std::uint8_t {
  first,     ///< the one that was read first, or the longer version that supersedes it
  earliest,  ///< the one with the earliest date; undated ones come after all others
  longest,   ///< the one with most tokens
  sites,     ///< the one from the site that stands first in a list; unlisted ones come last
};

/// The order of preference. Ties go to the earlier date, then to the lesser id (bytes), so that the
/// survivor does not depend on the order of reading (but for KeepPolicy::first).
struct KeepOrder {
  KeepPolicy policy = KeepPolicy::first;
  std::vector<std::string> sites;  ///< for KeepPolicy::sites
};

/// What was decided about one document of a plan.
struct Decision {
  bool duplicate = false;  ///< as in Verdict
  Relation relation = Relation::none;
  std::uint32_t other = 0;  ///< number of the survivor, where there is a relation
  double similarity = 0.0;  ///< as in Verdict
};

/// Decides about all documents at once, or about a story at a time: for the policies that cannot be
/// decided while reading.
/// Documents are numbered from 0 in the order they are added. Not thread-safe.
///
/// Pairs are found and verified as by Deduplicator. Then documents are taken in the order of
/// preference, and each joins the survivor that holds most of it, or becomes a survivor: a story is
/// a star around its survivor, never a chain of ever less similar texts.
class Planner {
 public:
  /// Requires check(options).ok().
  Planner(const DedupeOptions& options, KeepOrder order);
  ~Planner();
  Planner(Planner&&) noexcept;
  Planner& operator=(Planner&&) noexcept;

  /// Compares the document with those before it. Memory as for Deduplicator, and its id besides.
  /// `site` counts for KeepPolicy::sites. Error: as Deduplicator::decide.
  [[nodiscard]] Status add(const Sketch& sketch, std::string_view site = {});

  /// Decides; one Decision a document. Call once, after the last add().
  [[nodiscard]] std::vector<Decision> decide();

  /// Decides about document `number` now, and with it about every document added so far that hangs
  /// together with it by similar pairs, for a stream whose end cannot be waited for. Documents that
  /// are added later join the survivors of then, or supersede them, or stand for themselves. Call
  /// it once for each number, and not decide() with it.
  [[nodiscard]] Decision decide_story(std::uint32_t number);

  /// The id of document `number`. The view lives as long as the planner.
  [[nodiscard]] std::string_view id(std::uint32_t number) const;

  [[nodiscard]] DedupeCounts counts() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// What counts as a block.
enum class BlockUnit : std::uint8_t {
  paragraph,  ///< up to an empty line
  line,
};

/// A block that is long enough to count: bytes [begin, end) of the text, its line end included.
struct TextBlock {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint64_t key = 0;  ///< equal for blocks of the same words
};

/// The blocks of `text` (well-formed UTF-8) with at least `shortest` characters, in order.
/// Thread-safe.
[[nodiscard]] std::vector<TextBlock> split_blocks(std::string_view text, BlockUnit unit,
                                                  std::uint32_t shortest);

/// A block that was seen before.
struct RepeatedBlock {
  std::size_t block = 0;        ///< index into the blocks passed
  std::uint32_t documents = 0;  ///< documents before this one that hold it; 0: only this one does
  std::uint32_t sites = 0;      ///< sites among those
  std::uint32_t same_site = 0;  ///< documents among those that come from this document's site
};

/// Remembers blocks, and tells which of a document's blocks are repetitions. What stands on many
/// pages of one site (same_site is high, sites is 1) is the site's furniture; what many sites share
/// is agency text or the like. Memory: about 100 bytes a distinct block and site. Not thread-safe.
class BlockMemory {
 public:
  BlockMemory();
  ~BlockMemory();
  BlockMemory(BlockMemory&&) noexcept;
  BlockMemory& operator=(BlockMemory&&) noexcept;

  /// Looks all blocks of a document up, then remembers them. Within the document the first block of
  /// its kind is no repetition unless an earlier document has it.
  [[nodiscard]] std::vector<RepeatedBlock> see(const std::vector<TextBlock>& blocks,
                                               std::string_view site);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The URL without what does not tell pages apart: fragment, user, default port, tracking
/// parameters, `www.`, the scheme's s, a last slash. Host in lower case. What is no http(s) URL
/// stays as it is.
[[nodiscard]] std::string canonical_url(std::string_view url);

/// Seconds since 1970-01-01T00:00Z of an ISO 8601 date or time ("2026-02-11",
/// "2026-02-11T10:30:00Z",
/// "...+01:00"; a space may stand for the T; no zone means UTC). Nothing where it cannot be read.
[[nodiscard]] std::optional<std::int64_t> parse_date(std::string_view date) noexcept;

}  // namespace copydesk
