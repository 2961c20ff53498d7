#pragma once

/// @file
/// HTML page -> article: its text, and every block of the page with the reason why it is in or out.
///
///     auto extractor = copydesk::Extractor::create({});
///     copydesk::Article article = extractor->extract(bytes_of_a_page);
///     use(article.text);
///
/// A page is cut into blocks (paragraph, heading, list item ...). Each block is judged by a table
/// of gradient-boosted trees over facts about the block, the subtrees it stands in and the blocks
/// that share its place in the page; explicit rules then take out hidden text, comments and what
/// follows the article. docs/training.md tells where the table comes from and how to make another
/// one.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/metadata.h"

namespace copydesk {

/// What a block is on the page.
enum class BlockKind : std::uint8_t {
  paragraph,
  heading,     ///< h1 to h6
  list_item,   ///< inside li
  quote,       ///< inside blockquote
  caption,     ///< figcaption, caption of a table
  table_cell,  ///< directly inside td or th
  code,        ///< inside pre; white space as it stood
  embed,       ///< a post of a social network, quoted by its embed code
};

/// The kind's name as --explain and --removed write it: "list_item". Lives as long as the program.
[[nodiscard]] std::string_view name_of(BlockKind kind) noexcept;

/// Which error to avoid when in doubt.
enum class Favor : std::uint8_t { balanced, precision, recall };

/// How Article::text is written.
enum class TextFormat : std::uint8_t {
  plain,     ///< blocks apart by a blank line, items of one list and rows of one table by a newline
  markdown,  ///< CommonMark with tables
};

struct ExtractOptions {
  TextFormat format = TextFormat::plain;
  Favor favor = Favor::balanced;
  bool links = false;     ///< Markdown: keep links
  bool images = false;    ///< Markdown: keep images that stand in the article
  bool comments = false;  ///< fill Article::comments
  bool blocks = false;    ///< fill Article::blocks
  bool facts = false;     ///< fill Block::facts and the class tokens too (implies blocks)
  bool trace = false;     ///< fill Article::trace
  /// A scorer table as tools/train writes it, in place of the one compiled in; empty: that one.
  std::string scorer_table;
};

/// One block of the page. A block is kept or dropped as a whole.
struct Block {
  std::size_t index = 0;  ///< position among the page's blocks, in document order
  BlockKind kind = BlockKind::paragraph;
  int level = 0;     ///< of a heading: 1 to 6; otherwise 0
  std::string text;  ///< white space collapsed as a browser does; NFC
  bool kept = false;
  double score = 0;  ///< the scorer's probability, 0 to 1
  /// Why it was dropped: the rule's name, which lives as long as the extractor. Empty for a kept
  /// block.
  std::string_view reason;
  /// Blocks of a page that look alike (the same tags and class names on the last steps of their
  /// paths) have the same number.
  std::uint32_t alike = 0;
  /// Facts that are not zero, by name. Names are static.
  std::vector<std::pair<std::string_view, float>> facts;
  /// Tokens of class, id and the like: of the block's own element, of the three above, of the rest.
  std::string own_tokens, near_tokens, far_tokens;
};

/// A kept block as other pages are compared with it. Offsets are bytes of Article::text, half-open.
struct TracedBlock {
  std::size_t index = 0;  ///< see Block
  BlockKind kind = BlockKind::paragraph;
  std::uint64_t hash = 0;  ///< of its text; 0 for what is never compared: cells, code, embeds
  std::uint32_t words = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// What SharedBlocks (shared_blocks.h) needs of a page. Hashes are those of this process.
struct PageTrace {
  std::vector<TracedBlock> kept;       ///< in order
  std::vector<std::uint64_t> dropped;  ///< hashes of the other blocks of some length
  std::vector<std::uint64_t> site;  ///< the least hashes of what is not article: a sketch, sorted
};

/// What a page gives.
struct Article {
  Metadata metadata;
  /// The body without its title, in ExtractOptions::format; NFC. Ends with a line end, or is empty.
  std::string text;
  std::string comments;       ///< readers' comments, plain; only with ExtractOptions::comments
  std::string_view status;    ///< why `text` is empty; empty where it is not. Static.
  std::vector<Block> blocks;  ///< all blocks of the page; only with ExtractOptions::blocks
  PageTrace trace;            ///< only with ExtractOptions::trace
};

/// What is known of a page before it is read. Views are used during the call only.
struct PageSource {
  std::string_view url;      ///< where it was found; may be empty
  std::string_view charset;  ///< of the HTTP header, as written; "utf-8" for text out of a record
};

/// Takes articles out of pages. Immutable after create(): one object may be used by many threads at
/// a time. Buffers are kept between pages, one set for each thread at work.
class Extractor {
 public:
  /// Error: bad_data where ExtractOptions::scorer_table is not a valid table.
  [[nodiscard]] static Result<Extractor> create(ExtractOptions options);
  ~Extractor();
  Extractor(Extractor&&) noexcept;
  Extractor& operator=(Extractor&&) noexcept;

  /// The article of a page: its bytes as they were found, in any charset. Never fails: a page
  /// without an article gives an empty text and a status. Linear in the page's size.
  [[nodiscard]] Article extract(std::string_view bytes, const PageSource& source = {}) const;

 private:
  struct State;
  explicit Extractor(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace copydesk
